INSERT INTO album (artist_id, title, year) VALUES (:artist_id, :title, :year);
