-- A new track, not in any playlist yet.
INSERT INTO Track (Name, AlbumId, MediaTypeId, GenreId, Composer, Milliseconds, Bytes, UnitPrice)
VALUES (:name, :album_id, :media_type_id, :genre_id, :composer, :milliseconds, :bytes, :unit_price);
