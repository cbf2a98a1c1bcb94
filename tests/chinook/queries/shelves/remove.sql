-- Removes the shelves of a customer by name, with all that is on them.
DELETE FROM Shelf WHERE CustomerId = :customer_id AND Name LIKE :name;
