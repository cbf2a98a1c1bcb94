-- create-view: columns traced through joins, a column list, IF NOT EXISTS, schema name.
CREATE VIEW citizen AS
SELECT p.id AS pid, p.name, a.city, a.id AS aid FROM person AS p LEFT JOIN address AS a ON a.person_id = p.id;

CREATE VIEW IF NOT EXISTS adult (who, years) AS SELECT name, age FROM person WHERE age IS NOT NULL AND age >= 18;
CREATE VIEW main.words_view AS SELECT "order", window, rows FROM words;

-- create-view: over a view, compound, with common table expressions, aggregates and windows.
CREATE VIEW deep AS SELECT who AS w, (SELECT count(*) FROM citizen) AS n FROM adult;
CREATE VIEW all_texts (text) AS SELECT name FROM person UNION ALL SELECT body FROM note UNION SELECT k FROM code;
CREATE VIEW numbers AS WITH RECURSIVE up(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM up WHERE n < 5) SELECT n FROM up;
CREATE VIEW totals AS SELECT kind, sum(amount) AS total, count(*) AS n FROM event GROUP BY kind HAVING count(*) > 0;
CREATE VIEW running AS SELECT id, sum(amount) OVER (ORDER BY id) AS so_far FROM event;
