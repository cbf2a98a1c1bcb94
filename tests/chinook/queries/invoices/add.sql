-- Adds an invoice and returns it as it was stored.
INSERT INTO Invoice (CustomerId, InvoiceDate, BillingCity, BillingCountry, Total)
VALUES (:customer_id, :date, :city, :country, :total)
RETURNING *;
