-- The largest invoice of each customer: columns beside `max` come from its row.
SELECT CustomerId, max(Total) AS total, InvoiceId, BillingState
FROM Invoice
GROUP BY CustomerId
ORDER BY CustomerId;
