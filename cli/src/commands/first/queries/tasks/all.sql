-- All tasks, the open ones first.
SELECT id, title, due, done FROM task ORDER BY done, due IS NULL, due, id;
