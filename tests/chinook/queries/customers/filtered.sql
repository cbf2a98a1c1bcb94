-- The customers of a country and of a company; of any, where none is given.
SELECT CustomerId, LastName, Company, Country
FROM Customer
WHERE (:country IS NULL OR Country = :country) AND (:company IS NULL OR Company LIKE :company || '%')
ORDER BY CustomerId;
