-- The months between two days, with what a country had in them.
SELECT
    strftime('%Y-%m', InvoiceDate) AS month,
    count(*) AS invoices,
    count(*) FILTER (WHERE BillingCountry = :country) AS there,
    sum(Total) FILTER (WHERE BillingCountry = :country) AS revenue_there,
    sum(Total) AS revenue
FROM Invoice
WHERE InvoiceDate BETWEEN :first AND :last
GROUP BY month
ORDER BY month;
