-- How many tracks there are of every genre on every medium.
SELECT
    genre.Name AS genre,
    medium.Name AS medium,
    count(track.TrackId) AS tracks,
    sum(track.Milliseconds) AS milliseconds
FROM Genre AS genre
    CROSS JOIN MediaType AS medium
    LEFT JOIN Track AS track ON track.GenreId = genre.GenreId AND track.MediaTypeId = medium.MediaTypeId
GROUP BY genre.GenreId, medium.MediaTypeId
ORDER BY genre.GenreId, medium.MediaTypeId;
