-- What every customer has spent on invoices above `:least`, and the standing that this gives.
SELECT
    customer.CustomerId,
    customer.FirstName || ' ' || customer.LastName AS name,
    customer.Company || ', ' || customer.City AS place,
    count(invoice.InvoiceId) AS invoices,
    coalesce(sum(invoice.Total), 0.0) AS spent,
    max(invoice.InvoiceDate) AS latest,
    CASE WHEN sum(invoice.Total) >= :gold THEN 'gold' WHEN sum(invoice.Total) >= :silver THEN 'silver' END AS standing,
    CASE WHEN count(*) > 3 THEN 'often' ELSE 'seldom' END AS frequency
FROM Customer AS customer
    LEFT JOIN Invoice AS invoice ON invoice.CustomerId = customer.CustomerId AND invoice.Total > :least
GROUP BY customer.CustomerId
ORDER BY spent DESC, customer.CustomerId;
