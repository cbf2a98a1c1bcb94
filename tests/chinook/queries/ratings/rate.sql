-- Rates a track; a later rating replaces an earlier one.
INSERT INTO Rating (CustomerId, TrackId, Stars, Comment)
VALUES (:customer_id, :track_id, :stars, :comment)
ON CONFLICT (CustomerId, TrackId) DO UPDATE
SET Stars = excluded.Stars, Comment = coalesce(excluded.Comment, Rating.Comment), Changes = Rating.Changes + 1
WHERE excluded.Stars <> Rating.Stars OR excluded.Comment IS NOT NULL
RETURNING Stars, Comment, Changes;
