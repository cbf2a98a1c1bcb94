-- The artists who have recorded something of a genre.
SELECT artist.ArtistId, artist.Name
FROM Artist AS artist
WHERE EXISTS (
    SELECT 1
    FROM Album AS album
        JOIN Track AS track USING (AlbumId)
        JOIN Genre AS genre USING (GenreId)
    WHERE album.ArtistId = artist.ArtistId AND genre.Name = :genre
)
ORDER BY artist.Name;
