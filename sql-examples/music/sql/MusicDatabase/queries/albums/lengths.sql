-- Every album with its length.
SELECT artist, title, tracks, seconds FROM album_length ORDER BY artist, title;
