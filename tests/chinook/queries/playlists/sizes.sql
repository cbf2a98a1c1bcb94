-- Playlists by their number of tracks; each size once, empty ones as well.
SELECT sizes.tracks, count(*) AS playlists, min(sizes.Name) AS example
FROM (
    SELECT list.PlaylistId, list.Name, count(entry.TrackId) AS tracks
    FROM Playlist AS list LEFT JOIN PlaylistTrack AS entry ON entry.PlaylistId = list.PlaylistId
    GROUP BY list.PlaylistId
) AS sizes
GROUP BY sizes.tracks
ORDER BY sizes.tracks;
