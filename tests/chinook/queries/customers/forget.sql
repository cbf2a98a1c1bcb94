-- Removes a customer who never bought anything, with what is kept for them.
DELETE FROM Customer
WHERE CustomerId = :customer_id
    AND NOT EXISTS (SELECT 1 FROM Invoice AS invoice WHERE invoice.CustomerId = Customer.CustomerId);
