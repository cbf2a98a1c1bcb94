-- The artists of whom nobody has bought anything, and whether there is an album of theirs at all.
SELECT
    artist.ArtistId,
    artist.Name,
    EXISTS (SELECT 1 FROM Album AS album WHERE album.ArtistId = artist.ArtistId) AS has_album
FROM Artist AS artist
WHERE NOT EXISTS (
    SELECT 1
    FROM Album AS album, Track AS track, InvoiceLine AS line
    WHERE album.ArtistId = artist.ArtistId AND track.AlbumId = album.AlbumId AND line.TrackId = track.TrackId
)
ORDER BY artist.ArtistId;
