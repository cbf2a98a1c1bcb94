-- Copies the short tracks of a playlist into another one, where they may be already.
WITH short AS (
    SELECT entry.TrackId
    FROM PlaylistTrack AS entry JOIN Track AS track USING (TrackId)
    WHERE entry.PlaylistId = :from AND track.Milliseconds < :below
)
INSERT OR IGNORE INTO PlaylistTrack (PlaylistId, TrackId)
SELECT :into, TrackId FROM short;
