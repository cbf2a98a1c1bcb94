-- Takes the lines off the invoices of a customer that are older than a day, and tells which.
WITH old AS (
    SELECT InvoiceId FROM Invoice WHERE CustomerId = :customer_id AND InvoiceDate < :before
)
DELETE FROM InvoiceLine WHERE InvoiceId IN (SELECT InvoiceId FROM old)
RETURNING InvoiceLineId, InvoiceId, TrackId, UnitPrice, Quantity;
