-- window-defn and WINDOW: names, chains, extended definitions

-- @@{ name=one }
SELECT id, sum(amount) OVER w AS a, count(*) OVER w AS b FROM event WINDOW w AS (PARTITION BY kind ORDER BY id);

-- @@{ name=two }
SELECT id, sum(amount) OVER w AS a, rank() OVER v AS b FROM event WINDOW w AS (ORDER BY id), v AS (ORDER BY amount);

-- @@{ name=extended }
SELECT id, sum(amount) OVER (w ORDER BY id) AS a, sum(amount) OVER (w ORDER BY id ROWS 1 PRECEDING) AS b FROM event WINDOW w AS (PARTITION BY kind);

-- @@{ name=chained }
SELECT id, sum(amount) OVER v AS a FROM event WINDOW w AS (PARTITION BY kind), v AS (w ORDER BY id);

-- @@{ name=framed }
SELECT id, sum(amount) OVER w AS a FROM event WINDOW w AS (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING);

-- @@{ name=wordNames }
SELECT id, sum(amount) OVER rows AS a, sum(amount) OVER (current) AS b FROM event WINDOW rows AS (ORDER BY id), current AS (PARTITION BY kind);

-- @@{ name=quotedNames }
SELECT id, sum(amount) OVER "the w" AS a FROM event WINDOW "the w" AS (ORDER BY id);

-- @@{ name=inCte }
WITH q AS (SELECT id, rank() OVER w AS r FROM event WINDOW w AS (ORDER BY amount)) SELECT id FROM q WHERE r = 1;
