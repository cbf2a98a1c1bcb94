-- CAST to every kind of type name

-- @@{ name=affinities }
SELECT CAST(id AS TEXT) AS a, CAST(name AS INTEGER) AS b, CAST(id AS REAL) AS c, CAST(name AS BLOB) AS d FROM person;

-- @@{ name=numeric }
SELECT CAST('5' AS NUMERIC) + 0.0 AS a, CAST('1.5' AS DECIMAL(10, 2)) AS b;

-- @@{ name=severalWords }
SELECT CAST(id AS BIG INT) AS a, CAST(id AS UNSIGNED BIG INT) AS b, CAST(name AS VARYING CHARACTER(20)) AS c, CAST(id AS DOUBLE PRECISION) AS d FROM person;

-- @@{ name=sizes }
SELECT CAST(name AS VARCHAR(10)) AS a, CAST(id AS INT(1, -2)) AS b FROM person;

-- @@{ name=nothing }
SELECT CAST(id AS) + 0 AS a FROM person;

-- @@{ name=quotedType }
SELECT CAST(id AS "text") AS a, CAST(id AS 'text') AS b FROM person;

-- @@{ name=ofNull }
SELECT CAST(NULL AS TEXT) AS a, CAST(nick AS INTEGER) AS b FROM person;

-- @@{ name=ofParameter }
SELECT CAST(:any AS INTEGER) AS a, CAST(:photo AS BLOB) AS b;

-- @@{ name=castNested }
SELECT CAST(CAST(height AS INTEGER) AS TEXT) AS a FROM person;
