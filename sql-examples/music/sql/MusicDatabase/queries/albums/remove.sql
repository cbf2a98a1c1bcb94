-- Removes an album and, by its foreign key, its tracks.
DELETE FROM album WHERE id = :id;
