-- The tracks that are in both of two playlists.
SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = :one
INTERSECT
SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = :other
ORDER BY TrackId;
