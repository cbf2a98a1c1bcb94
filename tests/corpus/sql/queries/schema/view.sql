-- views of every kind, read

-- @@{ name=citizen }
SELECT pid, name, city, aid FROM citizen;

-- @@{ name=adult }
SELECT who, years FROM adult WHERE years > :age;

-- @@{ name=deep }
SELECT w, n FROM deep;

-- @@{ name=allTexts }
SELECT text FROM all_texts ORDER BY text;

-- @@{ name=numbers }
SELECT n FROM numbers;

-- @@{ name=totals }
SELECT kind, total, n FROM totals;

-- @@{ name=running }
SELECT so_far FROM running;

-- @@{ name=wordsView }
SELECT "order", window, rows FROM words_view;

-- @@{ name=viewOfJoin }
SELECT c.name, a.years FROM citizen AS c LEFT JOIN adult AS a ON a.who = c.name;

-- @@{ name=viewAggregate }
SELECT count(city) AS cities, max(name) AS last FROM citizen;

-- @@{ name=viewInSubquery }
SELECT name FROM person WHERE id IN (SELECT pid FROM citizen WHERE city IS NULL);
