-- Adds a task that is still to be done.
INSERT INTO task (title, due) VALUES (:title, :due);
