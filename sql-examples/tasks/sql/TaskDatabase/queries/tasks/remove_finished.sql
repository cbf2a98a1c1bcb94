-- Removes what is done.
DELETE FROM task WHERE done;
