-- Renames an artist; spaces around the name are dropped.
UPDATE OR ABORT Artist SET Name = trim(:name) WHERE ArtistId = :artist_id
RETURNING ArtistId, Name, length(Name) AS letters, upper(Name) AS heading;
