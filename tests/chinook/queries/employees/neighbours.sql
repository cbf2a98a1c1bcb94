-- Employees and customers of one city side by side, and those who are alone there.
SELECT
    employee.LastName AS employee,
    customer.LastName AS customer,
    coalesce(employee.City, customer.City) AS city,
    coalesce(employee.City, customer.City, 'nowhere') AS place
FROM Employee AS employee
    FULL JOIN Customer AS customer ON customer.City = employee.City
ORDER BY city, employee, customer;
