-- update-stmt: FROM

-- @@{ name=oneTable }
UPDATE person SET nick = a.city FROM address AS a WHERE a.person_id = person.id AND a.id > 1;

-- @@{ name=join }
UPDATE person AS p SET nick = n.body FROM address AS a JOIN note AS n ON n.person_id = a.person_id WHERE a.person_id = p.id AND a.id = 1;

-- @@{ name=commaJoin }
UPDATE person SET nick = t.label FROM tree AS t, code WHERE t.id = person.id AND code.k = 'x';

-- @@{ name=leftJoin }
UPDATE person SET nick = n.body FROM address AS a LEFT JOIN note AS n ON n.id = 77 WHERE a.person_id = person.id;

-- @@{ name=fromSubquery }
UPDATE code SET v = q.n FROM (SELECT kind, count(*) AS n FROM event GROUP BY kind) AS q WHERE q.kind = code.k;

-- @@{ name=subqueryParameter }
UPDATE event SET price = q.p FROM (SELECT :price AS p) AS q WHERE event.kind = :kind;

-- @@{ name=itself }
UPDATE tree SET label = p.label || '/' || tree.label FROM tree AS p WHERE p.id = tree.parent;

-- @@{ name=function }
UPDATE code SET v = j.value FROM json_each('{"x": 12, "note": 13}') AS j WHERE j.key = code.k;

-- @@{ name=returning }
UPDATE person SET nick = a.city FROM address AS a WHERE a.person_id = person.id AND a.id = 9 RETURNING id, nick;
