-- VALUES as a statement and inside others

-- @@{ name=values }
VALUES (1, 'a', 2.5), (2, 'b', NULL);

-- @@{ name=valuesOne }
VALUES ('only');

-- @@{ name=valuesExpressions }
VALUES (1 + 1, upper('x'), (SELECT count(*) FROM person));

-- @@{ name=valuesParameters }
VALUES (CAST(:n AS INTEGER), CAST(:name AS TEXT));

-- @@{ name=valuesUnion }
VALUES (1) UNION ALL VALUES (2) UNION SELECT 3 ORDER BY 1;

-- @@{ name=valuesInFrom }
SELECT max(column1) AS top FROM (VALUES (1), (5), (3));

-- @@{ name=valuesInIn }
SELECT name FROM person WHERE (id, name) IN (VALUES (1, 'ann'), (2, 'x'));

-- @@{ name=valuesInCte }
WITH v(a, b) AS (VALUES (1, 'x'), (2, 'y')) SELECT a, b FROM v;
