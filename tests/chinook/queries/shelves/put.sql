-- Puts a track onto the place of a shelf.
INSERT INTO ShelfTrack (ShelfId, Place, TrackId) VALUES (:shelf_id, :place, :track_id);
