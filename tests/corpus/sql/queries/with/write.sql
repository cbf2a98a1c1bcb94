-- WITH in front of INSERT, UPDATE, DELETE and REPLACE

-- @@{ name=insertFrom }
WITH q(k, v) AS (VALUES ('a', 1), ('b', 2)) INSERT INTO code (k, v) SELECT k, v FROM q;

-- @@{ name=insertBehind }
INSERT INTO code (k, v) WITH q(k, v) AS (VALUES ('a', 1)) SELECT k, v FROM q;

-- @@{ name=insertBehindTable }
INSERT INTO code WITH q AS (SELECT 'a', 1) SELECT * FROM q;

-- @@{ name=insertReturning }
WITH q(k) AS (VALUES ('a')) INSERT INTO code (k) SELECT k FROM q RETURNING k, v;

-- @@{ name=insertUpsert }
WITH q(k, v) AS (VALUES ('x', 1)) INSERT INTO code SELECT k, v FROM q WHERE true ON CONFLICT (k) DO UPDATE SET v = excluded.v;

-- @@{ name=replaceFrom }
WITH q(k) AS (VALUES ('x')) REPLACE INTO code (k) SELECT k FROM q;

-- @@{ name=updateIn }
WITH q AS (SELECT person_id FROM address) UPDATE person SET nick = 'found' WHERE id IN (SELECT person_id FROM q);

-- @@{ name=updateFrom }
WITH q AS (SELECT person_id, count(*) AS n FROM address GROUP BY person_id) UPDATE person SET age = q.n FROM q WHERE q.person_id = person.id;

-- @@{ name=updateSet }
WITH q(top) AS (SELECT max(age) FROM person) UPDATE person SET age = (SELECT top FROM q) WHERE id = :id;

-- @@{ name=deleteIn }
WITH q AS (SELECT id FROM event ORDER BY amount DESC LIMIT 2) DELETE FROM event WHERE id IN q;

-- @@{ name=deleteReturning }
WITH q(x) AS (SELECT 5) DELETE FROM code WHERE v IN q RETURNING k;

-- @@{ name=recursiveInsert }
WITH RECURSIVE up(n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM up WHERE n < 103) INSERT INTO tree (id, label) SELECT n, 'n' || n FROM up;

-- @@{ name=recursiveDelete }
WITH RECURSIVE below(id) AS (SELECT id FROM tree WHERE id = 2 UNION ALL SELECT t.id FROM tree AS t JOIN below AS b ON t.parent = b.id) DELETE FROM tree WHERE id = 4 AND id IN (SELECT id FROM below);
