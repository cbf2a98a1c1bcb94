-- CASE with and without a base, nested, without ELSE

-- @@{ name=searched }
SELECT CASE WHEN age > 20 THEN 'old' WHEN age > 10 THEN 'young' ELSE 'new' END AS a FROM person;

-- @@{ name=base }
SELECT CASE id WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS a FROM person;

-- @@{ name=nested }
SELECT CASE WHEN active THEN CASE name WHEN 'ann' THEN 1 ELSE 2 END ELSE 3 END AS a FROM person;

-- @@{ name=mixedTypes }
SELECT CASE WHEN id = 1 THEN 1 ELSE 1.5 END AS a, CASE WHEN id = 1 THEN name ELSE 'x' END AS b FROM person;

-- @@{ name=nullArm }
SELECT CASE WHEN id = 1 THEN NULL ELSE age END AS a FROM person;

-- @@{ name=parameterArms }
SELECT CASE WHEN :active THEN :word ELSE name END AS a FROM person;

-- @@{ name=inWhere }
SELECT name FROM person WHERE CASE WHEN age IS NULL THEN 1 ELSE age > 3 END;

-- @@{ name=inOrder }
SELECT name FROM person ORDER BY CASE name WHEN 'cid' THEN 0 ELSE 1 END, name;

-- @@{ name=columnsNamedEnd }
SELECT CASE end WHEN 6 THEN end ELSE 0 END AS end FROM words;

-- @@{ name=rowBase }
SELECT CASE (id, name) WHEN (1, 'ann') THEN 'hit' END AS a FROM person;
