-- The invoices of a customer, the newest first.
SELECT InvoiceId, InvoiceDate, BillingCity, Total
FROM Invoice
WHERE CustomerId = :customer_id
ORDER BY InvoiceId DESC;
