-- The tracks at a place: row values.
SELECT TrackId, Name, Milliseconds
FROM Track
WHERE (AlbumId, GenreId) = (:album_id, :genre_id) AND (Milliseconds, TrackId) > (:milliseconds, 0)
ORDER BY Milliseconds, TrackId;
