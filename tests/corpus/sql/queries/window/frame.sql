-- frame-spec: ROWS, RANGE, GROUPS, all bounds, EXCLUDE

-- @@{ name=rowsUnbounded }
SELECT id, sum(amount) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS a FROM event;

-- @@{ name=rowsCurrent }
SELECT id, sum(amount) OVER (ORDER BY id ROWS CURRENT ROW) AS a FROM event;

-- @@{ name=rowsNumber }
SELECT id, sum(amount) OVER (ORDER BY id ROWS 2 PRECEDING) AS a FROM event;

-- @@{ name=rowsBetween }
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a FROM event;

-- @@{ name=rowsAll }
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS a FROM event;

-- @@{ name=rowsAhead }
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING) AS a FROM event;

-- @@{ name=rowsBehind }
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS a FROM event;

-- @@{ name=rowsParameter }
SELECT id, sum(amount) OVER (ORDER BY id ROWS BETWEEN :n PRECEDING AND CURRENT ROW) AS a FROM event;

-- @@{ name=rangeUnbounded }
SELECT id, sum(amount) OVER (ORDER BY amount RANGE UNBOUNDED PRECEDING) AS a FROM event;

-- @@{ name=rangeNumber }
SELECT id, sum(amount) OVER (ORDER BY amount RANGE BETWEEN 2 PRECEDING AND 2 FOLLOWING) AS a FROM event;

-- @@{ name=rangeReal }
SELECT id, sum(price) OVER (ORDER BY price RANGE BETWEEN 0.5 PRECEDING AND 1.5 FOLLOWING) AS a FROM event;

-- @@{ name=rangeCurrent }
SELECT id, count(*) OVER (ORDER BY amount RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS a FROM event;

-- @@{ name=groups }
SELECT id, sum(amount) OVER (ORDER BY amount GROUPS 1 PRECEDING) AS a, sum(amount) OVER (ORDER BY amount GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS b FROM event;

-- @@{ name=excludeNoOthers }
SELECT id, sum(amount) OVER (ORDER BY id ROWS 2 PRECEDING EXCLUDE NO OTHERS) AS a FROM event;

-- @@{ name=excludeCurrentRow }
SELECT id, sum(amount) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS a FROM event;

-- @@{ name=excludeGroup }
SELECT id, sum(amount) OVER (ORDER BY amount GROUPS UNBOUNDED PRECEDING EXCLUDE GROUP) AS a FROM event;

-- @@{ name=excludeTies }
SELECT id, sum(amount) OVER (ORDER BY amount RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS a FROM event;

-- @@{ name=frameAlone }
SELECT id, count(*) OVER (ROWS UNBOUNDED PRECEDING) AS a FROM event;

-- @@{ name=frameFirstValue }
SELECT id, first_value(id) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS a, max(amount) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS b FROM event;
