-- One task by its key.
-- @@{ queryResult=Task }
SELECT id, title, due, done, priority FROM task WHERE id = :id;
