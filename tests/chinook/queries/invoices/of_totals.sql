-- The invoices of some sums.
SELECT InvoiceId, Total FROM Invoice WHERE Total IN :totals ORDER BY InvoiceId;
