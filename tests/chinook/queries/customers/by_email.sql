-- The customer with that address.
SELECT * FROM Customer WHERE Email = :email;
