-- What is in a playlist, by its name.
SELECT PlaylistId, TrackId, list.Name AS playlist
FROM Playlist AS list NATURAL JOIN PlaylistTrack
WHERE list.Name = :name
ORDER BY PlaylistId, TrackId;
