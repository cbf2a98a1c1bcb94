-- Customers and employees in one list.
SELECT FirstName, LastName, Email, Fax, 'customer' AS role FROM Customer
UNION ALL
SELECT FirstName, LastName, Email, Fax, 'employee' FROM Employee
ORDER BY LastName, FirstName;
