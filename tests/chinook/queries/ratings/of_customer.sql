-- What a customer thinks of what.
SELECT rating.*, track.Name AS track
FROM Rating AS rating JOIN Track AS track USING (TrackId)
WHERE rating.CustomerId = :customer_id
ORDER BY rating.TrackId;
