-- ordering-term: expression, COLLATE, ASC, DESC, NULLS FIRST, NULLS LAST

-- @@{ name=asc }
SELECT name FROM person ORDER BY name ASC;

-- @@{ name=desc }
SELECT name FROM person ORDER BY name DESC;

-- @@{ name=collate }
SELECT name FROM person ORDER BY name COLLATE NOCASE DESC;

-- @@{ name=chainedCollate }
SELECT name FROM person ORDER BY name COLLATE NOCASE COLLATE RTRIM;

-- @@{ name=nullsFirst }
SELECT nick FROM person ORDER BY nick ASC NULLS FIRST;

-- @@{ name=nullsLast }
SELECT nick FROM person ORDER BY nick DESC NULLS LAST;

-- @@{ name=byNumber2 }
SELECT name, age FROM person ORDER BY 2, 1 DESC;

-- @@{ name=byAlias2 }
SELECT age * 2 AS double FROM person ORDER BY double;

-- @@{ name=byExpression2 }
SELECT name FROM person ORDER BY abs(score), length(name) DESC;

-- @@{ name=bySubquery }
SELECT name FROM person AS p ORDER BY (SELECT count(*) FROM address WHERE person_id = p.id) DESC, name;

-- @@{ name=byHidden }
SELECT name FROM person ORDER BY age;

-- @@{ name=byParameter }
SELECT name FROM person ORDER BY CASE WHEN :active THEN name ELSE nick END;

-- @@{ name=byRandom }
SELECT count(*) AS n FROM (SELECT name FROM person ORDER BY random());

-- @@{ name=columnNamedDesc }
SELECT desc, asc FROM words ORDER BY desc DESC, asc ASC;
