-- Adds a task and gives it back with its key.
-- @@{ queryResult=Task }
INSERT INTO task (title, due, priority) VALUES (:title, :due, :priority)
RETURNING id, title, due, done, priority;
