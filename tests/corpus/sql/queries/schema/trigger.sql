-- statements that set triggers off

-- @@{ name=noteMade }
INSERT INTO note (body) VALUES (:body);

-- @@{ name=noteChanged }
UPDATE note SET body = :word, meta = NULL WHERE id = :id;

-- @@{ name=noteGone }
DELETE FROM note WHERE id = 1;

-- @@{ name=eventCounted }
INSERT INTO event (day, kind, amount) VALUES ('2024-03-01', 'note', 500);

-- @@{ name=adultUpdate }
UPDATE adult SET years = 99 WHERE who = 'ann';

-- @@{ name=adultDelete }
DELETE FROM adult WHERE years = :age;

-- @@{ name=viewReturning }
UPDATE adult SET years = 5 WHERE who = 'ann' RETURNING who, years;
