-- names in all quotings, names that are keywords, case

-- @@{ name=quotings }
SELECT "a b", [c d], `e f`, "g h" FROM "quoted table";

-- @@{ name=quotedWords }
SELECT "order", "group", "left", "where" FROM words;

-- @@{ name=bareWords }
SELECT abort, action, after, before, begin, current, explain, filter, first, groups, key, last, match, over, partition, plan, range, recursive, replace, row, rows, temp, ties, trigger, view, window FROM words;

-- @@{ name=wordAliases }
SELECT 1 AS abort, 2 AS "select", 3 AS end, 4 AS row, 5 AS of, 6 AS ties;

-- @@{ name=wordTables }
SELECT window.id, rows.city FROM person AS window JOIN address AS rows ON rows.person_id = window.id;

-- @@{ name=letterCase }
SELECT NAME, NiCk FROM PERSON WHERE Id = 1;

-- @@{ name=qualifiedAll }
SELECT "main"."person"."name" AS a FROM "main"."person";

-- @@{ name=unicode }
SELECT 1 AS größe, 2 AS 数;

-- @@{ name=dollarName }
SELECT a$b FROM (SELECT 1 AS a$b);
