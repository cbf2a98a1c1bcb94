-- The albums of an artist, by year.
SELECT id, title, year FROM album WHERE artist_id = :artist_id ORDER BY year IS NULL, year, title;
