-- Marks a task as done.
UPDATE task SET done = TRUE WHERE id = :id AND NOT done;
