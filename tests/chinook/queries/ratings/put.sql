-- Rates a track as if it had never been rated.
REPLACE INTO Rating (CustomerId, TrackId, Stars, Comment) VALUES (:customer_id, :track_id, :stars, NULL);
