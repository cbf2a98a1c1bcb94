-- The lines of an invoice, priced.
SELECT
    line.InvoiceLineId,
    track.Name AS track,
    line.Quantity,
    line.UnitPrice,
    line.UnitPrice * line.Quantity AS amount,
    invoice.BillingState
FROM InvoiceLine AS line
    JOIN Invoice AS invoice USING (InvoiceId)
    JOIN Track AS track USING (TrackId)
WHERE InvoiceId = :invoice_id
ORDER BY line.InvoiceLineId;
