-- What an artist has recorded, with everything that a listing shows.
SELECT
    track.TrackId,
    track.Name,
    album.Title AS album,
    genre.Name AS genre,
    medium.Name AS medium,
    track.Composer,
    track.Milliseconds,
    track.UnitPrice
FROM Artist AS artist
    JOIN Album AS album ON album.ArtistId = artist.ArtistId
    JOIN Track AS track ON track.AlbumId = album.AlbumId
    JOIN MediaType AS medium ON medium.MediaTypeId = track.MediaTypeId
    LEFT JOIN Genre AS genre ON genre.GenreId = track.GenreId
WHERE artist.Name = :artist
ORDER BY album.Title, track.TrackId;
