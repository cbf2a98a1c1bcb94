CREATE VIEW album_length AS
SELECT album.id, album.title, artist.name AS artist, COUNT(track.position) AS tracks, TOTAL(track.seconds) AS seconds
FROM album
JOIN artist ON artist.id = album.artist_id
LEFT JOIN track ON track.album_id = album.id
GROUP BY album.id;
