-- Shelves, ratings and full text search for files that came from the shop.
CREATE TABLE Shelf (
    ShelfId INTEGER PRIMARY KEY,
    CustomerId INTEGER NOT NULL REFERENCES Customer (CustomerId) ON DELETE CASCADE,
    Name TEXT NOT NULL,
    Note TEXT,
    UNIQUE (CustomerId, Name)
);

CREATE TABLE ShelfTrack (
    ShelfId INTEGER NOT NULL REFERENCES Shelf (ShelfId) ON DELETE CASCADE,
    Place INTEGER NOT NULL,
    TrackId INTEGER REFERENCES Track (TrackId) ON DELETE SET NULL,
    PRIMARY KEY (ShelfId, Place)
) WITHOUT ROWID;

CREATE TABLE Rating (
    CustomerId INTEGER NOT NULL REFERENCES Customer (CustomerId) ON DELETE CASCADE,
    TrackId INTEGER NOT NULL REFERENCES Track (TrackId) ON DELETE CASCADE,
    Stars INTEGER NOT NULL CHECK (Stars BETWEEN 1 AND 5),
    Comment TEXT,
    Changes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (CustomerId, TrackId)
) STRICT;

CREATE TABLE RemovedShelf (
    RemovedShelfId INTEGER PRIMARY KEY,
    CustomerId INTEGER NOT NULL,
    Name TEXT NOT NULL
);

CREATE TRIGGER RememberShelf AFTER DELETE ON Shelf
BEGIN
    INSERT INTO RemovedShelf (CustomerId, Name) VALUES (old.CustomerId, old.Name);
END;

CREATE VIEW TrackInfo AS
SELECT track.TrackId, track.AlbumId, track.Name, album.Title AS Album, artist.Name AS Artist, genre.Name AS Genre
FROM Track AS track
    LEFT JOIN Album AS album ON album.AlbumId = track.AlbumId
    LEFT JOIN Artist AS artist ON artist.ArtistId = album.ArtistId
    LEFT JOIN Genre AS genre ON genre.GenreId = track.GenreId;

CREATE VIRTUAL TABLE TrackText USING fts5 (Name, Composer, content = 'Track', content_rowid = 'TrackId');

INSERT INTO TrackText (TrackText) VALUES ('rebuild');
