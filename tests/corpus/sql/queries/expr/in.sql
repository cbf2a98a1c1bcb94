-- IN and NOT IN: lists, subqueries, tables, functions, empty lists, row values

-- @@{ name=list }
SELECT name FROM person WHERE id IN (1, 2, :n);

-- @@{ name=notList }
SELECT name FROM person WHERE id NOT IN (1, 2);

-- @@{ name=empty }
SELECT id IN () AS a, id NOT IN () AS b FROM person;

-- @@{ name=subquery }
SELECT name FROM person WHERE id IN (SELECT person_id FROM address);

-- @@{ name=table }
SELECT name FROM person WHERE id IN numbers;

-- @@{ name=tableSchema }
SELECT id FROM note WHERE id NOT IN main.numbers;

-- @@{ name=tableWithColumns }
WITH q AS (SELECT 1 AS x) SELECT name FROM person WHERE id IN q;

-- @@{ name=function }
SELECT id FROM person WHERE id IN pragma_application_id();

-- @@{ name=jsonList }
SELECT name FROM person WHERE id IN (SELECT value FROM json_each(:doc, :path));

-- @@{ name=rowList }
SELECT name FROM person WHERE (id, name) IN (VALUES (1, 'ann'));

-- @@{ name=rowSubquery }
SELECT name FROM person WHERE (id, name) NOT IN (SELECT person_id, city FROM address);

-- @@{ name=scalarFirst }
SELECT name FROM person WHERE id IN ((SELECT 1), 2);

-- @@{ name=valueInColumns }
SELECT name FROM person WHERE :n IN (id, age);

-- @@{ name=asResult }
SELECT name IN ('ann', NULL) AS a, id IN (1, 2) AS b FROM person;
