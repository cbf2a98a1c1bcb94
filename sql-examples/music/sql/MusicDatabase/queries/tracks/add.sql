INSERT INTO track (album_id, position, title, seconds) VALUES (:album_id, :position, :title, :seconds);
