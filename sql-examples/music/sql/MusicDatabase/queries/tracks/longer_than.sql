-- Tracks that last longer, with their album.
SELECT track.title, album.title AS album, track.seconds
FROM track
JOIN album ON album.id = track.album_id
WHERE track.seconds > :seconds
ORDER BY track.seconds DESC;
