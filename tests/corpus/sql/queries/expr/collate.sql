-- COLLATE, chained, in comparisons

-- @@{ name=comparison }
SELECT city FROM address WHERE zip = :zip COLLATE NOCASE;

-- @@{ name=collateChained }
SELECT name COLLATE NOCASE COLLATE BINARY AS a FROM person;

-- @@{ name=inExpression }
SELECT 'A' = 'a' COLLATE NOCASE AS a, 'a ' = 'a' COLLATE RTRIM AS b, 'a' COLLATE BINARY < 'B' AS c;

-- @@{ name=afterIn }
SELECT name IN ('ANN') COLLATE NOCASE AS a, name COLLATE NOCASE IN ('ANN') AS b FROM person;

-- @@{ name=quoted }
SELECT name COLLATE "nocase" AS a FROM person ORDER BY name COLLATE [rtrim];
