-- Marks a note as done.
UPDATE note SET done = TRUE WHERE id = :id;
