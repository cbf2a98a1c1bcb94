CREATE TABLE album (
    id INTEGER PRIMARY KEY,
    artist_id INTEGER NOT NULL REFERENCES artist (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    year INTEGER
);

CREATE INDEX album_by_artist ON album (artist_id);
