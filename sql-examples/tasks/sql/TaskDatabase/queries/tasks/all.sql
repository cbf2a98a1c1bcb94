-- All tasks: the open ones first, then by urgency.
-- @@{ queryResult=Task }
SELECT id, title, due, done, priority
FROM task
ORDER BY done, priority DESC, due IS NULL, due, id;
