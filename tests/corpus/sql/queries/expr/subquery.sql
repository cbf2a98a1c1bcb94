-- scalar subqueries, EXISTS, row values from subqueries

-- @@{ name=scalar }
SELECT (SELECT max(age) FROM person) AS a, (SELECT name FROM person WHERE id = :id) AS b;

-- @@{ name=scalarEmpty }
SELECT (SELECT name FROM person WHERE 0) AS a, (SELECT count(*) FROM person WHERE 0) AS b;

-- @@{ name=correlated }
SELECT name, (SELECT group_concat(city, ', ') FROM address WHERE person_id = p.id) AS cities FROM person AS p;

-- @@{ name=exists }
SELECT EXISTS (SELECT 1 FROM address) AS a, NOT EXISTS (SELECT * FROM code WHERE v = :v) AS b;

-- @@{ name=subqueryNested }
SELECT (SELECT (SELECT max(id) FROM note) + 1) AS a;

-- @@{ name=inLimit }
SELECT name FROM person LIMIT (SELECT count(*) - 1 FROM code);

-- @@{ name=rowCompare }
SELECT name FROM person WHERE (id, name) = (SELECT person_id, 'ann' FROM address LIMIT 1);

-- @@{ name=compareScalar }
SELECT name FROM person WHERE age > (SELECT avg(age) FROM person);

-- @@{ name=compound }
SELECT (SELECT 1 UNION SELECT 2 ORDER BY 1 DESC LIMIT 1) AS a;

-- @@{ name=values }
SELECT (VALUES (5)) AS a;
