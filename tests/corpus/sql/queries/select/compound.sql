-- compound-operator: UNION, UNION ALL, INTERSECT, EXCEPT, their order and their names

-- @@{ name=union }
SELECT name FROM person UNION SELECT city FROM address;

-- @@{ name=unionAll }
SELECT name AS first, 1 AS second FROM person UNION ALL SELECT city AS other, NULL FROM address;

-- @@{ name=intersect }
SELECT id FROM person INTERSECT SELECT person_id FROM address;

-- @@{ name=except }
SELECT id FROM person EXCEPT SELECT person_id FROM address;

-- @@{ name=chain }
SELECT id FROM person UNION SELECT id FROM note INTERSECT SELECT id FROM tree EXCEPT SELECT 2 UNION ALL SELECT 1;

-- @@{ name=ordered }
SELECT name AS t FROM person UNION SELECT city FROM address ORDER BY t COLLATE NOCASE DESC LIMIT 3;

-- @@{ name=orderedByNumber }
SELECT id, name FROM person UNION ALL SELECT id, body FROM note ORDER BY 2, 1 LIMIT :limit OFFSET :offset;

-- @@{ name=mixedTypes }
SELECT age AS x FROM person UNION ALL SELECT height FROM person;

-- @@{ name=mixedText }
SELECT age AS x FROM person UNION ALL SELECT name FROM person;

-- @@{ name=nullArm }
SELECT NULL AS x UNION ALL SELECT name FROM person;

-- @@{ name=parameterArm }
SELECT name FROM person UNION SELECT :name;

-- @@{ name=valuesArm }
SELECT id, label FROM tree UNION ALL VALUES (10, 'ten'), (11, 'eleven');

-- @@{ name=viewArms }
SELECT text FROM all_texts;

-- @@{ name=sameColumn }
SELECT name FROM person WHERE age > :lo UNION SELECT name FROM person WHERE active;

-- @@{ name=subqueryArm }
SELECT * FROM (SELECT id FROM person UNION SELECT id FROM tree) WHERE id > :lo;

-- @@{ name=compoundInIn }
SELECT name FROM person WHERE id IN (SELECT 1 UNION SELECT person_id FROM note);
