-- returning-clause: *, expressions, aliases, on INSERT, UPDATE and DELETE

-- @@{ name=insertStar }
INSERT INTO code (k, v) VALUES ('r', 1) RETURNING *;

-- @@{ name=insertId }
INSERT INTO note (body) VALUES (:body) RETURNING id;

-- @@{ name=insertRowid }
INSERT INTO audit (at, what) VALUES (1, 'x') RETURNING rowid;

-- @@{ name=insertExpressions }
INSERT INTO code (k, v) VALUES ('r', :v) RETURNING k || '!' AS loud, v * 2 AS double, 1 AS one, NULL IS NULL AS truth;

-- @@{ name=insertSubquery }
INSERT INTO code (k) VALUES ('r') RETURNING k, (SELECT count(*) FROM person) AS people;

-- @@{ name=insertGenerated }
INSERT INTO generated (a, b) VALUES (5, 6) RETURNING total, twice, label;

-- @@{ name=varyingInsertDefaults }
INSERT INTO defaults DEFAULT VALUES RETURNING a, b, c, d, e, f, g, k, l, m;

-- @@{ name=insertSeveral }
INSERT INTO tree (parent, label) VALUES (1, 'a'), (1, 'b') RETURNING id, label;

-- @@{ name=insertQuoted }
INSERT INTO "quoted table" ("a b") VALUES ('z') RETURNING "a b" AS ab, [c d];

-- @@{ name=insertView }
INSERT INTO adult (who, years) VALUES ('new', 20) RETURNING who, years;

-- @@{ name=insertQualified }
INSERT INTO code (k) VALUES ('r') RETURNING code.k;

-- @@{ name=insertStarAndMore }
INSERT INTO tree (label) VALUES ('s') RETURNING *, upper(label) AS shout;

-- @@{ name=replace }
REPLACE INTO code (k, v) VALUES ('x', 8) RETURNING k, v;

-- @@{ name=update }
UPDATE person SET age = age + 1 RETURNING id, age;

-- @@{ name=updateStar }
UPDATE code SET v = 1 WHERE k = :key RETURNING *;

-- @@{ name=updateAlias }
UPDATE person AS p SET nick = 'q' WHERE p.id = 1 RETURNING name AS who, nick;

-- @@{ name=updateCase }
UPDATE event SET amount = 0 WHERE id = 1 RETURNING CASE WHEN price IS NULL THEN 'none' ELSE 'some' END AS what;

-- @@{ name=delete }
DELETE FROM event WHERE kind = :kind RETURNING id, amount, price;

-- @@{ name=deleteStar }
DELETE FROM address RETURNING *;

-- @@{ name=deleteExpression }
DELETE FROM event RETURNING amount + 1 AS more, kind IN ('in') AS is_in;

-- @@{ name=deleteWords }
DELETE FROM words RETURNING "order", rows, window AS key;
