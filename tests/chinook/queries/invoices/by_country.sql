-- The countries that bought for more than `:least`, the best one first.
SELECT
    BillingCountry AS country,
    count(*) AS invoices,
    sum(Total) AS revenue,
    avg(Total) AS average,
    min(InvoiceDate) AS earliest,
    max(BillingState) AS last_state,
    count(DISTINCT CustomerId) > 5 AS many_customers
FROM Invoice
GROUP BY BillingCountry
HAVING sum(Total) > :least
ORDER BY revenue DESC;
