-- The tracks that a full text search finds, the best ones first.
SELECT
    track.TrackId,
    track.Name,
    highlight(TrackText, 0, '[', ']') AS found
FROM TrackText JOIN Track AS track ON track.TrackId = TrackText.rowid
WHERE TrackText MATCH :words
ORDER BY bm25(TrackText, 2.0, 1.0), track.TrackId
LIMIT :most;
