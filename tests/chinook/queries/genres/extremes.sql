-- The longest track of every genre, and what the genre has sold.
SELECT
    genre.GenreId,
    genre.Name,
    (SELECT max(track.Milliseconds) FROM Track AS track WHERE track.GenreId = genre.GenreId) AS longest,
    (
        SELECT track.Name
        FROM Track AS track
        WHERE track.GenreId = genre.GenreId
        ORDER BY track.Milliseconds DESC, track.TrackId
        LIMIT 1
    ) AS longest_name,
    coalesce((
        SELECT sum(line.Quantity)
        FROM InvoiceLine AS line JOIN Track AS track USING (TrackId)
        WHERE track.GenreId = genre.GenreId
    ), 0) AS sold
FROM Genre AS genre
ORDER BY genre.GenreId;
