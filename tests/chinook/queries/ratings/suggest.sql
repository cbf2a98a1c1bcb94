-- Rates a track unless it is rated.
INSERT INTO Rating (CustomerId, TrackId, Stars) VALUES (:customer_id, :track_id, :stars) ON CONFLICT DO NOTHING;
