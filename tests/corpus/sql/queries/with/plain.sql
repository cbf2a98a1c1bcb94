-- common-table-expression: with and without columns, several, MATERIALIZED

-- @@{ name=one }
WITH q AS (SELECT id, name FROM person) SELECT name FROM q;

-- @@{ name=columns }
WITH q(a, b) AS (SELECT id, name FROM person) SELECT a, b FROM q;

-- @@{ name=two }
WITH q AS (SELECT id FROM person), r AS (SELECT id FROM q WHERE id > :lo) SELECT id FROM r;

-- @@{ name=forward }
WITH q AS (SELECT id FROM r), r AS (SELECT id FROM person) SELECT id FROM q;

-- @@{ name=forwardChain }
WITH a AS (SELECT x FROM b), b AS (SELECT x FROM c), c(x) AS (VALUES (1)) SELECT x FROM a;

-- @@{ name=shadows }
WITH person AS (SELECT city AS name FROM address) SELECT name FROM person;

-- @@{ name=shadowsBehind }
WITH q AS (SELECT * FROM code), code AS (SELECT 'new' AS k) SELECT k FROM q;

-- @@{ name=unused }
WITH q AS (SELECT nobody FROM no_such_table) SELECT 1 AS one;

-- @@{ name=twice }
WITH q AS (SELECT id, label FROM tree) SELECT a.label AS a, b.label AS b FROM q AS a JOIN q AS b ON b.id = a.id + 1;

-- @@{ name=materialized }
WITH q AS MATERIALIZED (SELECT id, name FROM person) SELECT name FROM q;

-- @@{ name=notMaterialized }
WITH q AS NOT MATERIALIZED (SELECT id, name FROM person), r(x) AS MATERIALIZED (SELECT id FROM q) SELECT x FROM r;

-- @@{ name=nested }
WITH q AS (WITH r AS (SELECT id FROM person) SELECT id FROM r) SELECT id FROM q;

-- @@{ name=inSubquery }
SELECT name FROM person WHERE id IN (WITH q AS (SELECT person_id FROM address) SELECT person_id FROM q);

-- @@{ name=inScalar }
SELECT (WITH q AS (SELECT max(age) AS m FROM person) SELECT m FROM q) AS oldest;

-- @@{ name=inFrom }
SELECT x FROM (WITH q(x) AS (SELECT 1) SELECT x FROM q UNION ALL SELECT x + 1 FROM q);

-- @@{ name=compoundBody }
WITH q AS (SELECT name AS t FROM person UNION SELECT city FROM address) SELECT t FROM q ORDER BY t;

-- @@{ name=aggregated }
WITH q AS (SELECT kind, sum(amount) AS total FROM event GROUP BY kind) SELECT kind, total FROM q WHERE total > :lo;

-- @@{ name=parameter }
WITH q AS (SELECT id FROM person WHERE name = :name) SELECT body FROM note WHERE person_id IN q;

-- @@{ name=quotedNames }
WITH "the q"("the a") AS (SELECT id FROM person) SELECT "the a" AS a FROM "the q";

-- @@{ name=wordNames }
WITH rows(key) AS (SELECT id FROM person) SELECT key FROM rows;

-- @@{ name=orderInside }
WITH q AS (SELECT name FROM person ORDER BY age LIMIT 2) SELECT name FROM q;

-- @@{ name=withValues }
WITH q AS (VALUES (1, 'a')) SELECT column1 AS n, column2 AS t FROM q;
