-- LIMIT and OFFSET

-- @@{ name=limit }
SELECT name FROM person ORDER BY id LIMIT :limit;

-- @@{ name=limitOffset }
SELECT name FROM person ORDER BY id LIMIT :limit OFFSET :offset;

-- @@{ name=limitComma }
SELECT name FROM person ORDER BY id LIMIT :offset, :limit;

-- @@{ name=limitExpression }
SELECT name FROM person ORDER BY id LIMIT 1 + 1 OFFSET 2 - 1;

-- @@{ name=limitSubquery }
SELECT name FROM person ORDER BY id LIMIT (SELECT count(*) FROM code);

-- @@{ name=limitNegative }
SELECT name FROM person ORDER BY id LIMIT -1 OFFSET 1;

-- @@{ name=limitColumnOffset }
SELECT offset AS o, "order" FROM words ORDER BY offset LIMIT 1 OFFSET 0;

-- @@{ name=limitCast }
SELECT name FROM person ORDER BY id LIMIT CAST(:any AS INTEGER);
