-- ISNULL, NOTNULL, NOT NULL, IS NULL

-- @@{ name=isnull }
SELECT nick ISNULL AS a, nick NOTNULL AS b, nick NOT NULL AS c, nick IS NULL AS d, nick IS NOT NULL AS e FROM person;

-- @@{ name=chained }
SELECT nick ISNULL ISNULL AS a, nick IS NULL IS NOT NULL AS b, - nick ISNULL AS c FROM person;

-- @@{ name=where }
SELECT name, nick FROM person WHERE nick NOTNULL;

-- @@{ name=whereNot }
SELECT name FROM person WHERE NOT nick ISNULL;
