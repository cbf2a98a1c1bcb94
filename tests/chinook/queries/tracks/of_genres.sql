-- The tracks of one of two genres that are shorter than a limit.
SELECT TrackId, Name, GenreId, Composer
FROM Track
WHERE GenreId IN (:one, :other) AND Milliseconds NOT BETWEEN :limit AND 100000000
ORDER BY TrackId;
