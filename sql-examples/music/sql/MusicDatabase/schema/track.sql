CREATE TABLE track (
    album_id INTEGER NOT NULL REFERENCES album (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (album_id, position)
) WITHOUT ROWID;
