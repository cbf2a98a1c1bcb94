-- BETWEEN and NOT BETWEEN

-- @@{ name=columns }
SELECT name FROM person WHERE id BETWEEN 1 AND age;

-- @@{ name=notBetween }
SELECT name FROM person WHERE age NOT BETWEEN :lo AND :n;

-- @@{ name=expressions }
SELECT age BETWEEN id + 1 AND id * 10 AS a, name BETWEEN 'a' AND 'c' AS b FROM person;

-- @@{ name=parameter }
SELECT name FROM person WHERE :age BETWEEN id AND age;

-- @@{ name=rowValues }
SELECT name FROM person WHERE (id, name) BETWEEN (1, 'a') AND (2, 'z');

-- @@{ name=withAnd }
SELECT age BETWEEN 1 AND 40 AND active AS a FROM person;
