-- window-function-invocation: OVER, FILTER, all of windowfunctions.html

-- @@{ name=rowNumber }
SELECT name, row_number() OVER (ORDER BY id) AS n FROM person;

-- @@{ name=ranks }
SELECT kind, rank() OVER (ORDER BY amount) AS a, dense_rank() OVER (ORDER BY amount) AS b, percent_rank() OVER (ORDER BY amount) AS c, cume_dist() OVER (ORDER BY amount) AS d FROM event;

-- @@{ name=ntile }
SELECT id, ntile(2) OVER (ORDER BY id) AS half, ntile(:n) OVER (ORDER BY id) AS third FROM event;

-- @@{ name=lagLead }
SELECT id, lag(amount) OVER (ORDER BY id) AS a, lag(amount, 2) OVER (ORDER BY id) AS b, lag(amount, 1, 0) OVER (ORDER BY id) AS c, lead(kind) OVER (ORDER BY id) AS d FROM event;

-- @@{ name=values }
SELECT id, first_value(amount) OVER (ORDER BY id) AS a, last_value(amount) OVER (ORDER BY id) AS b, nth_value(amount, 2) OVER (ORDER BY id) AS c FROM event;

-- @@{ name=aggregates }
SELECT id, sum(amount) OVER (ORDER BY id) AS a, avg(price) OVER (PARTITION BY kind) AS b, count(*) OVER () AS c, max(day) OVER (PARTITION BY kind ORDER BY id) AS d FROM event;

-- @@{ name=filter }
SELECT id, count(*) FILTER (WHERE amount > 3) OVER (ORDER BY id) AS a, sum(amount) FILTER (WHERE kind = :kind) OVER () AS b FROM event;

-- @@{ name=groupConcat }
SELECT id, group_concat(kind, '.') OVER (ORDER BY id ROWS 1 PRECEDING) AS a FROM event;

-- @@{ name=partitionTwo }
SELECT id, row_number() OVER (PARTITION BY kind, day ORDER BY amount DESC, id) AS n FROM event;

-- @@{ name=ofAggregate }
SELECT kind, sum(sum(amount)) OVER (ORDER BY kind) AS a, rank() OVER (ORDER BY count(*)) AS b FROM event GROUP BY kind;

-- @@{ name=inExpression }
SELECT id, amount - avg(amount) OVER () AS a, coalesce(lag(price) OVER (ORDER BY id), 0.0) AS b FROM event;

-- @@{ name=inOrder }
SELECT id FROM event ORDER BY rank() OVER (ORDER BY amount), id;

-- @@{ name=inSubquery }
SELECT id, n FROM (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY amount DESC) AS n FROM event) WHERE n <= :limit;

-- @@{ name=viaView }
SELECT id, so_far FROM running;

-- @@{ name=wordsAsNames }
SELECT count(*) over, sum(id) filter FROM person;

-- @@{ name=jsonWindow }
SELECT id, json_group_array(amount) OVER (ORDER BY id) AS a FROM event;
