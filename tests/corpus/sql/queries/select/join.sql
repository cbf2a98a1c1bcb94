-- join-clause, join-operator, join-constraint: every operator and word order

-- @@{ name=comma }
SELECT p.name, a.city FROM person AS p, address AS a WHERE a.person_id = p.id;

-- @@{ name=commaThree }
SELECT p.name, a.city, n.body FROM person p, address a, note n WHERE a.person_id = p.id AND n.person_id = p.id;

-- @@{ name=commaOn }
SELECT p.name, a.city FROM person AS p, address AS a ON a.person_id = p.id;

-- @@{ name=commaUsing }
SELECT p.name, t.label FROM person AS p, tree AS t USING (id);

-- @@{ name=commaOnThenLeft }
SELECT p.name, a.city, n.body FROM person AS p, address AS a ON a.person_id = p.id LEFT JOIN note AS n ON n.id = a.id, code;

-- @@{ name=join }
SELECT p.name, a.city FROM person AS p JOIN address AS a ON a.person_id = p.id;

-- @@{ name=joinWithoutConstraint }
SELECT p.name, a.city FROM person AS p JOIN address AS a;

-- @@{ name=innerJoin }
SELECT p.name, a.city FROM person AS p INNER JOIN address AS a ON a.person_id = p.id;

-- @@{ name=crossJoin }
SELECT p.name, a.city FROM person AS p CROSS JOIN address AS a;

-- @@{ name=crossJoinOn }
SELECT p.name, a.city FROM person AS p CROSS JOIN address AS a ON a.person_id = p.id;

-- @@{ name=leftJoin }
SELECT p.name, a.city FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id;

-- @@{ name=leftOuterJoin }
SELECT p.name, a.city FROM person AS p LEFT OUTER JOIN address AS a ON a.person_id = p.id AND a.zip IS NOT NULL;

-- @@{ name=leftJoinFiltered }
SELECT p.name, a.city FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id WHERE a.id IS NOT NULL;

-- @@{ name=leftJoinMissing }
SELECT p.name FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id WHERE a.id IS NULL;

-- @@{ name=rightJoin }
SELECT p.name, a.city FROM person AS p RIGHT JOIN address AS a ON a.person_id = p.id AND p.id > 1;

-- @@{ name=rightOuterJoin }
SELECT p.name, n.body FROM person AS p RIGHT OUTER JOIN note AS n ON n.person_id = p.id;

-- @@{ name=fullJoin }
SELECT p.name, n.body FROM person AS p FULL JOIN note AS n ON n.person_id = p.id;

-- @@{ name=fullOuterJoin }
SELECT p.name, n.body FROM person AS p FULL OUTER JOIN note AS n ON n.person_id = p.id;

-- @@{ name=leftRight }
SELECT p.name, n.body FROM person AS p LEFT RIGHT JOIN note AS n ON n.person_id = p.id;

-- @@{ name=outerFull }
SELECT p.name, n.body FROM person AS p OUTER FULL JOIN note AS n ON n.person_id = p.id;

-- @@{ name=outerLeft }
SELECT p.name, n.body FROM person AS p OUTER LEFT JOIN note AS n ON n.person_id = p.id;

-- @@{ name=crossInner }
SELECT p.name, n.body FROM person AS p CROSS INNER JOIN note AS n ON n.person_id = p.id;

-- @@{ name=naturalJoin }
SELECT * FROM person NATURAL JOIN tree;

-- @@{ name=naturalLeftJoin }
SELECT * FROM tree NATURAL LEFT JOIN address;

-- @@{ name=naturalRightJoin }
SELECT * FROM tree NATURAL RIGHT JOIN address;

-- @@{ name=naturalFullJoin }
SELECT * FROM tree NATURAL FULL OUTER JOIN address;

-- @@{ name=naturalInnerJoin }
SELECT label, v FROM tree NATURAL INNER JOIN (SELECT 1 AS id, 2 AS v);

-- @@{ name=naturalCrossJoin }
SELECT label, v FROM tree NATURAL CROSS JOIN (SELECT 1 AS id, 2 AS v);

-- @@{ name=leftNaturalJoin }
SELECT label, v FROM tree LEFT NATURAL JOIN (SELECT 1 AS id, 2 AS v);

-- @@{ name=outerLeftNatural }
SELECT label, v FROM tree OUTER LEFT NATURAL JOIN (SELECT 1 AS id, 2 AS v);

-- @@{ name=naturalNothingShared }
SELECT k, label FROM code NATURAL JOIN tree;

-- @@{ name=using }
SELECT * FROM person JOIN tree USING (id);

-- @@{ name=usingTwo }
SELECT * FROM composite JOIN part USING (a, b);

-- @@{ name=usingThreeTables }
SELECT id, p.name, t.label, n.body FROM person AS p JOIN tree AS t USING (id) JOIN note AS n USING (id);

-- @@{ name=usingLeft }
SELECT id, t.label, n.body FROM tree AS t LEFT JOIN note AS n USING (id);

-- @@{ name=usingRight }
SELECT id, t.label, a.city FROM tree AS t RIGHT JOIN address AS a USING (id);

-- @@{ name=usingFull }
SELECT id, t.label, a.city FROM tree AS t FULL JOIN address AS a USING (id);

-- @@{ name=usingFullQualified }
SELECT t.id AS t_id, a.id AS a_id FROM tree AS t FULL JOIN address AS a USING (id);

-- @@{ name=usingQuoted }
SELECT p.name FROM person AS p JOIN tree AS t USING ("id");

-- @@{ name=onExpression }
SELECT p.name, e.kind FROM person AS p JOIN event AS e ON e.amount BETWEEN p.id AND p.id + :n;

-- @@{ name=onSubquery }
SELECT p.name FROM person AS p JOIN note AS n ON n.person_id = p.id AND n.id IN (SELECT max(id) FROM note GROUP BY person_id);

-- @@{ name=mixedChain }
SELECT p.name, a.city, n.body, c.k FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id JOIN note AS n ON n.id > 0 CROSS JOIN code AS c;

-- @@{ name=leftOfLeft }
SELECT p.name, a.city, n.body FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id LEFT JOIN note AS n ON n.id = a.id;

-- @@{ name=rightAfterLeft }
SELECT p.name, a.city, n.body FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id RIGHT JOIN note AS n ON n.person_id = p.id;

-- @@{ name=fullChain }
SELECT p.name, a.city, n.body FROM person AS p FULL JOIN address AS a ON a.id = p.id FULL JOIN note AS n ON n.id = a.id;

-- @@{ name=joinView }
SELECT c.name, n.body FROM citizen AS c JOIN note AS n ON n.person_id = c.pid;

-- @@{ name=joinSubquery }
SELECT p.name, q.n FROM person AS p LEFT JOIN (SELECT person_id, count(*) AS n FROM address GROUP BY person_id) AS q ON q.person_id = p.id;

-- @@{ name=joinCte }
WITH q AS (SELECT person_id, max(city) AS city FROM address GROUP BY person_id) SELECT p.name, q.city FROM person AS p LEFT JOIN q ON q.person_id = p.id;

-- @@{ name=parameterInOn }
SELECT p.name, a.city FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id AND a.city = :city;
