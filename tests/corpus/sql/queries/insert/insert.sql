-- insert-stmt: INTO, columns, VALUES, SELECT, DEFAULT VALUES, schema name, alias

-- @@{ name=values }
INSERT INTO code (k, v) VALUES ('a', 1);

-- @@{ name=valuesAllColumns }
INSERT INTO code VALUES ('a', 1);

-- @@{ name=severalRows }
INSERT INTO code (k, v) VALUES ('a', 1), ('b', NULL), ('c', 1 + 2);

-- @@{ name=parameters }
INSERT INTO person (name, nick, age, height) VALUES (:body, :nick, :age, :height);

-- @@{ name=allParameters }
INSERT INTO event (day, kind, amount, price) VALUES (:day, :word, :amount, :price);

-- @@{ name=oneParameter }
INSERT INTO code (k) VALUES (:body);

-- @@{ name=rowidGiven }
INSERT INTO note (id, body) VALUES (50, :body);

-- @@{ name=rowidByName }
INSERT INTO note (rowid, body) VALUES (51, 'by rowid');

-- @@{ name=varyingDefaultValues }
INSERT INTO defaults DEFAULT VALUES;

-- @@{ name=schemaName }
INSERT INTO main.code (k) VALUES ('m');

-- @@{ name=alias }
INSERT INTO code AS c (k, v) VALUES ('a', 1);

-- @@{ name=quoted }
INSERT INTO "quoted table" ("a b", [c d], `e f`) VALUES ('q', 1, 'x');

-- @@{ name=fromSelect }
INSERT INTO code (k, v) SELECT name, age FROM person;

-- @@{ name=fromSelectParameter }
INSERT INTO code (k, v) SELECT name, :v FROM person WHERE id = :id;

-- @@{ name=fromTable }
INSERT INTO audit SELECT id, label FROM tree;

-- @@{ name=fromValuesOrdered }
INSERT INTO code (k, v) SELECT * FROM (VALUES ('p', 1), ('q', 2)) ORDER BY 1 LIMIT 1;

-- @@{ name=fromCompound }
INSERT INTO code (k) SELECT city FROM address UNION SELECT label FROM tree;

-- @@{ name=expressions }
INSERT INTO note (person_id, body) VALUES ((SELECT min(id) FROM person), upper(:body) || '!');

-- @@{ name=intoView }
INSERT INTO adult (who, years) VALUES (:word, :age);

-- @@{ name=intoGenerated }
INSERT INTO generated (a, b) VALUES (:n, 7);

-- @@{ name=intoStrict }
INSERT INTO strict_one (a, b, c, d, e) VALUES (:n, :any, :word, :x, :photo);

-- @@{ name=intoWords }
INSERT INTO words ("order", window, "left", desc) VALUES (1, :n, 'l', 'd');

-- @@{ name=orderOfColumns }
INSERT INTO person (height, name) VALUES (1.0, 'zoe');

-- @@{ name=withoutSpaces }
INSERT INTO code(k,v)VALUES('a',1);

-- @@{ name=varyingLiteralForms }
INSERT INTO defaults (a, c, d, e, g) VALUES (0x1F, 1e3, 'x', x'AB', FALSE);

-- @@{ name=varyingCurrentTimes }
INSERT INTO defaults (h, i, j) VALUES (date('2024-01-01'), time('12:00'), datetime(0, 'unixepoch'));
