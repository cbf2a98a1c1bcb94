-- A customer has moved.
UPDATE Customer
SET (Address, City, State, Country, PostalCode) = (:address, :city, :state, :country, :postal_code)
WHERE CustomerId = :customer_id;
