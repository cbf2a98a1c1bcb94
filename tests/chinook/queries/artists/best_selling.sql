-- The artists with the highest revenue since a day.
SELECT
    artist.Name,
    sum(line.Quantity) AS sold,
    round(sum(line.UnitPrice * line.Quantity), 2) AS revenue,
    count(DISTINCT invoice.CustomerId) AS buyers
FROM InvoiceLine AS line
    JOIN Invoice AS invoice USING (InvoiceId)
    JOIN Track AS track USING (TrackId)
    JOIN Album AS album USING (AlbumId)
    JOIN Artist AS artist USING (ArtistId)
WHERE invoice.InvoiceDate >= :since
GROUP BY artist.ArtistId
ORDER BY revenue DESC, artist.ArtistId
LIMIT :most;
