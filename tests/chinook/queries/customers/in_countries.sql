-- The customers of some countries whose company is not one of some others.
SELECT customer.CustomerId, customer.Country, customer.Company, count(invoice.InvoiceId) AS invoices
FROM Customer AS customer JOIN Invoice AS invoice USING (CustomerId)
WHERE customer.Country IN (:countries) AND coalesce(customer.Company, '') NOT IN :companies
GROUP BY customer.CustomerId
ORDER BY customer.CustomerId;
