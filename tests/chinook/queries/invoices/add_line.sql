-- Puts a track onto an invoice, at its price of today.
INSERT INTO InvoiceLine (InvoiceId, TrackId, UnitPrice, Quantity)
SELECT :invoice_id, track.TrackId, track.UnitPrice, :quantity
FROM Track AS track
WHERE track.TrackId = :track_id
RETURNING InvoiceLineId, UnitPrice, UnitPrice * Quantity AS amount;
