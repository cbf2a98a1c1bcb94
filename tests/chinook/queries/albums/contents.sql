-- What is on each album of an artist.
SELECT
    album.Title,
    count(*) AS tracks,
    count(track.Composer) AS credited,
    sum(track.Milliseconds) / 1000 AS seconds,
    sum(track.Milliseconds) AS milliseconds,
    total(track.Bytes) AS bytes,
    min(track.UnitPrice) AS cheapest,
    max(track.Composer) AS last_composer,
    group_concat(DISTINCT genre.Name) AS genres,
    group_concat(track.Name, '; ') AS names,
    avg(track.Milliseconds) AS average
FROM Album AS album
    JOIN Track AS track USING (AlbumId)
    JOIN Genre AS genre USING (GenreId)
WHERE album.ArtistId = :artist_id
GROUP BY album.AlbumId
ORDER BY album.AlbumId;
