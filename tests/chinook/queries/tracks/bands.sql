-- How many tracks lie in each band of lengths.
WITH band (label, low, high) AS (VALUES ('short', 0, 180000), ('usual', 180000, 360000), ('long', 360000, 99999999))
SELECT band.label, band.low, count(track.TrackId) AS tracks, avg(track.Milliseconds) AS average
FROM band LEFT JOIN Track AS track
    ON track.Milliseconds >= band.low AND track.Milliseconds < band.high AND track.UnitPrice = :price
GROUP BY band.label
ORDER BY band.low;
