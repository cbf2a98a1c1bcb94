-- recursive common table expressions: UNION, UNION ALL, LIMIT, ORDER BY, several recursive arms

-- @@{ name=count }
WITH RECURSIVE up(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM up WHERE n < 5) SELECT n FROM up;

-- @@{ name=countSelect }
WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up LIMIT 5) SELECT sum(n) AS total FROM up;

-- @@{ name=withoutKeyword }
WITH up(n) AS (SELECT 1 UNION SELECT n + 1 FROM up WHERE n < 3) SELECT n FROM up;

-- @@{ name=bound }
WITH RECURSIVE up(n) AS (SELECT CAST(:lo AS INTEGER) UNION ALL SELECT n + 1 FROM up WHERE n < :n) SELECT n FROM up;

-- @@{ name=descend }
WITH RECURSIVE below(id, label, depth) AS (SELECT id, label, 0 FROM tree WHERE id = :id UNION ALL SELECT t.id, t.label, b.depth + 1 FROM tree AS t JOIN below AS b ON t.parent = b.id) SELECT id, label, depth FROM below;

-- @@{ name=ascend }
WITH RECURSIVE above(id, parent) AS (SELECT id, parent FROM tree WHERE label = :label UNION SELECT t.id, t.parent FROM tree AS t, above AS a WHERE t.id = a.parent) SELECT id, parent FROM above;

-- @@{ name=path }
WITH RECURSIVE p(id, path) AS (SELECT id, label FROM tree WHERE parent IS NULL UNION ALL SELECT t.id, p.path || '/' || t.label FROM tree AS t JOIN p ON p.id = t.parent) SELECT path FROM p ORDER BY path;

-- @@{ name=depthFirst }
WITH RECURSIVE d(id, level) AS (SELECT 1, 0 UNION ALL SELECT t.id, d.level + 1 FROM tree AS t JOIN d ON t.parent = d.id ORDER BY 2 DESC) SELECT id, level FROM d;

-- @@{ name=limited }
WITH RECURSIVE d(n) AS (SELECT 1 UNION ALL SELECT n * 2 FROM d LIMIT 4 OFFSET 1) SELECT n FROM d;

-- @@{ name=twoArms }
WITH RECURSIVE d(n) AS (SELECT 1 UNION SELECT n * 2 FROM d WHERE n < 10 UNION SELECT n * 3 FROM d WHERE n < 10) SELECT n FROM d ORDER BY n;

-- @@{ name=twoStarts }
WITH RECURSIVE d(n) AS (SELECT 1 UNION ALL SELECT 100 UNION ALL SELECT n + 1 FROM d WHERE n < 3) SELECT n FROM d;

-- @@{ name=becomesReal }
WITH RECURSIVE d(n) AS (SELECT 1 UNION ALL SELECT n + 0.5 FROM d WHERE n < 3) SELECT n FROM d;

-- @@{ name=becomesNull }
WITH RECURSIVE d(n, prev) AS (SELECT 1, 0 UNION ALL SELECT n + 1, nullif(n, 2) FROM d WHERE n < 4) SELECT n, prev FROM d;

-- @@{ name=dates }
WITH RECURSIVE d(day) AS (SELECT date('2024-01-30') UNION ALL SELECT date(day, '+1 day') FROM d WHERE day < '2024-02-02') SELECT day FROM d;

-- @@{ name=mandelbrot }
WITH RECURSIVE xaxis(x) AS (VALUES (-2.0) UNION ALL SELECT x + 1.0 FROM xaxis WHERE x < 0.5), m(iter, cx, x) AS (SELECT 0, x, 0.0 FROM xaxis UNION ALL SELECT iter + 1, cx, x * x + cx FROM m WHERE x * x < 4.0 AND iter < 4) SELECT max(iter) AS iterations, cx FROM m GROUP BY cx;

-- @@{ name=recursiveAndPlain }
WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 3), names AS (SELECT name FROM person) SELECT n, name FROM up, names;

-- @@{ name=viaView }
SELECT n FROM numbers WHERE n > :lo;
