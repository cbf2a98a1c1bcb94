-- aggregate-function-invocation: *, DISTINCT, ORDER BY, FILTER, all of lang_aggfunc

-- @@{ name=counts }
SELECT count(*) AS a, count() AS b, count(age) AS c, count(DISTINCT kind) AS d FROM person, event;

-- @@{ name=sums }
SELECT sum(amount) AS a, sum(price) AS b, total(amount) AS c, total(price) AS d FROM event;

-- @@{ name=averages }
SELECT avg(amount) AS a, avg(DISTINCT amount) AS b, avg(price) AS c FROM event;

-- @@{ name=extremes }
SELECT min(amount) AS a, max(price) AS b, min(kind) AS c, max(day) AS d FROM event;

-- @@{ name=groupConcat }
SELECT group_concat(kind) AS a, group_concat(kind, '-') AS b, string_agg(kind, ', ') AS c FROM event;

-- @@{ name=groupConcatOrdered }
SELECT group_concat(kind, ',' ORDER BY amount DESC, id) AS a, group_concat(day ORDER BY id) AS b FROM event;

-- @@{ name=groupConcatDistinct }
SELECT group_concat(DISTINCT kind) AS a FROM event;

-- @@{ name=filtered }
SELECT count(*) FILTER (WHERE kind = :kind) AS a, sum(amount) FILTER (WHERE price IS NOT NULL) AS b, group_concat(kind, '/') FILTER (WHERE amount > 3) AS c FROM event;

-- @@{ name=filteredAndOrdered }
SELECT group_concat(kind, ',' ORDER BY id DESC) FILTER (WHERE amount > :n) AS a FROM event;

-- @@{ name=expressions }
SELECT sum(amount * 2) + count(*) AS a, max(amount) - min(amount) AS b, avg(amount) * 1.0 AS c FROM event;

-- @@{ name=nestedCalls }
SELECT round(avg(price), 1) AS a, coalesce(sum(amount), 0) AS b, coalesce(max(price), 0.0) AS c FROM event WHERE kind = :kind;

-- @@{ name=empty }
SELECT count(*) AS a, sum(amount) AS b, total(amount) AS c, max(day) AS d FROM event WHERE id < 0;

-- @@{ name=inHaving }
SELECT kind FROM event GROUP BY kind HAVING max(amount) > :n AND total(price) >= 0;

-- @@{ name=inOrder }
SELECT kind FROM event GROUP BY kind ORDER BY sum(amount) DESC, count(*);

-- @@{ name=inSubquery }
SELECT name FROM person WHERE id = (SELECT max(person_id) FROM note);

-- @@{ name=booleans }
SELECT max(active) AS a, min(active) AS b, sum(active) AS c, total(active) AS d FROM person;

-- @@{ name=jsonAggregates }
SELECT json_group_array(name) AS a, json_group_object(name, age) AS b, json_group_array(age ORDER BY id DESC) AS c FROM person;

-- @@{ name=distinctOfExpression }
SELECT count(DISTINCT substr(day, 1, 7)) AS months FROM event;
