-- The tracks with some numbers.
SELECT TrackId, Name, Composer FROM Track WHERE TrackId IN :ids ORDER BY TrackId;
