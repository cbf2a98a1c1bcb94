-- The totals are what the lines say.
UPDATE Invoice
SET Total = lines.amount
FROM (
    SELECT InvoiceId, round(sum(UnitPrice * Quantity), 2) AS amount FROM InvoiceLine GROUP BY InvoiceId
) AS lines
WHERE lines.InvoiceId = Invoice.InvoiceId AND Invoice.CustomerId = :customer_id;
