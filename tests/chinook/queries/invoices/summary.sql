-- One row whatever there is.
SELECT
    count(*) AS invoices,
    sum(Total) AS revenue,
    total(Total) AS revenue_or_zero,
    min(InvoiceDate) AS first,
    max(InvoiceId) AS last,
    avg(Total) AS average
FROM Invoice
WHERE BillingCountry = :country;
