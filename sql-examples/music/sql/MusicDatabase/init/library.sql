INSERT INTO artist (id, name) VALUES (1, 'The Indices'), (2, 'Write-Ahead Loggers');
INSERT INTO album (id, artist_id, title, year) VALUES
    (1, 1, 'Covering', 2004),
    (2, 1, 'Partial', NULL),
    (3, 2, 'Checkpoint', 2010);
INSERT INTO track (album_id, position, title, seconds) VALUES
    (1, 1, 'B-Tree', 201.5),
    (1, 2, 'Overflow Page', 187.0),
    (3, 1, 'Passive', 95.25),
    (3, 2, 'Restart', 240.0),
    (3, 3, 'Truncate', 61.0);
