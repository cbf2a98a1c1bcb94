-- Removes a track that was never sold; shelves keep an empty place.
DELETE FROM Track
WHERE TrackId = :track_id AND TrackId NOT IN (SELECT line.TrackId FROM InvoiceLine AS line)
RETURNING Name, Composer;
