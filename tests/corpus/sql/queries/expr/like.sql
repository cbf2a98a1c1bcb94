-- LIKE, GLOB, REGEXP, MATCH with ESCAPE and NOT

-- @@{ name=like }
SELECT name FROM person WHERE name LIKE :pattern;

-- @@{ name=notLike }
SELECT name FROM person WHERE name NOT LIKE 'a%';

-- @@{ name=escape }
SELECT nick FROM person WHERE nick LIKE 'd!%' ESCAPE '!';

-- @@{ name=escapeParameter }
SELECT name FROM person WHERE nick LIKE :pattern ESCAPE '\';

-- @@{ name=glob }
SELECT name FROM person WHERE name GLOB '[a-c]*';

-- @@{ name=notGlob }
SELECT name FROM person WHERE name NOT GLOB 'a*';

-- @@{ name=likeAsResult }
SELECT name LIKE 'a%' AS a, nick LIKE 'a' AS b, name GLOB 'b*' AS c FROM person;

-- @@{ name=concatenated }
SELECT name FROM person WHERE name LIKE '%' || :word || '%';

-- @@{ name=functionForm }
SELECT like('a%', name) AS a, like('d!%', nick, '!') AS b, glob('a*', name) AS c FROM person;

-- @@{ name=match }
SELECT title FROM doc WHERE doc MATCH :wanted;

-- @@{ name=matchColumn }
SELECT title FROM doc WHERE title MATCH 'first';

-- @@{ name=numbers }
SELECT age LIKE 3 AS a, 2 LIKE 2 == 1 AS b FROM person;
