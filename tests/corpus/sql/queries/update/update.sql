-- update-stmt: SET, row values, WHERE, schema name, alias, INDEXED BY, view

-- @@{ name=all }
UPDATE code SET v = 0;

-- @@{ name=where }
UPDATE person SET nick = :nick, age = :age WHERE id = :id;

-- @@{ name=expression }
UPDATE event SET amount = amount * 2, price = price + :x;

-- @@{ name=toNull }
UPDATE person SET nick = NULL WHERE nick = '';

-- @@{ name=subquery }
UPDATE person SET age = (SELECT count(*) FROM address WHERE person_id = person.id);

-- @@{ name=rowValue }
UPDATE person SET (nick, age) = ('row', 5) WHERE id = :id;

-- @@{ name=rowSubquery }
UPDATE person SET (nick, age) = (SELECT city, length(city) FROM address WHERE person_id = person.id) WHERE id = 1;

-- @@{ name=rowAndColumn }
UPDATE person SET (nick, age) = ('a', 1), score = 9.5, name = upper(name) WHERE id = 2;

-- @@{ name=rowParameters }
UPDATE person SET (nick, age) = (:nick, :age) WHERE name = :name;

-- @@{ name=oneColumnRow }
UPDATE person SET (nick) = ('only') WHERE id = 1;

-- @@{ name=alias }
UPDATE person AS p SET nick = p.name WHERE p.id = :id;

-- @@{ name=schemaName }
UPDATE main.person SET nick = 'm' WHERE main.person.id = 1;

-- @@{ name=indexedBy }
UPDATE person INDEXED BY person_age SET nick = 'i' WHERE age = :age;

-- @@{ name=notIndexed }
UPDATE person NOT INDEXED SET nick = 'n' WHERE age = :age;

-- @@{ name=quoted }
UPDATE "quoted table" SET "e f" = 1, [c d] = 2 WHERE `a b` = 'a';

-- @@{ name=words }
UPDATE words SET window = 1, "left" = 'l', rows = rows + 1;

-- @@{ name=view }
UPDATE adult SET years = years + 1 WHERE who = :name;

-- @@{ name=rowid }
UPDATE note SET body = 'r' WHERE rowid = :id;

-- @@{ name=keyItself }
UPDATE code SET k = k || '2' WHERE v IS NULL;

-- @@{ name=generated }
UPDATE generated SET a = a + 1;

-- @@{ name=cascade }
UPDATE person SET id = 100 WHERE id = 1;

-- @@{ name=strict }
UPDATE strict_one SET b = :any, d = :x WHERE id = 1;

-- @@{ name=inList }
UPDATE event SET price = 1.0 WHERE id IN (1, 2, :n);

-- @@{ name=blobs }
UPDATE person SET photo = :photo WHERE photo IS NULL;

-- @@{ name=booleans }
UPDATE person SET active = NOT active, extra = active + 1;

-- @@{ name=collated }
UPDATE address SET zip = city WHERE city = 'ROME' COLLATE NOCASE;

-- @@{ name=triggered }
UPDATE note SET body = body || '.' WHERE id = 1;
