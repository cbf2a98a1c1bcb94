-- GROUP BY and HAVING

-- @@{ name=one }
SELECT kind, count(*) AS n FROM event GROUP BY kind;

-- @@{ name=two }
SELECT kind, day, sum(amount) AS total FROM event GROUP BY kind, day;

-- @@{ name=byNumber }
SELECT kind, max(amount) AS top FROM event GROUP BY 1;

-- @@{ name=byAlias }
SELECT substr(day, 1, 7) AS month, total(price) AS price FROM event GROUP BY month;

-- @@{ name=byExpression }
SELECT count(*) AS n FROM event GROUP BY amount % 2;

-- @@{ name=byCollate }
SELECT min(city) AS city FROM address GROUP BY city COLLATE BINARY;

-- @@{ name=having }
SELECT kind, count(*) AS n FROM event GROUP BY kind HAVING count(*) > :lo;

-- @@{ name=havingAlias }
SELECT kind, count(*) AS n FROM event GROUP BY kind HAVING n > 1 AND kind <> :kind;

-- @@{ name=havingWithoutGroup }
SELECT count(*) AS n FROM event HAVING count(*) > 1;

-- @@{ name=bareColumn }
SELECT kind, max(amount) AS top, day FROM event GROUP BY kind;

-- @@{ name=bareColumnAlone }
SELECT day, max(amount) AS top FROM event;

-- @@{ name=groupOfJoin }
SELECT p.name, count(a.id) AS n, group_concat(a.city, '+') AS cities FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id GROUP BY p.id;

-- @@{ name=distinctGroup }
SELECT DISTINCT count(*) AS n FROM event GROUP BY day;

-- @@{ name=emptyGroup }
SELECT sum(amount) AS total FROM event WHERE id < 0 GROUP BY kind;

-- @@{ name=emptyAll }
SELECT sum(amount) AS total, count(*) AS n, kind FROM event WHERE id < 0;
