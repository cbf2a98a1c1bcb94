-- Who looks after whom; employees without customers too.
SELECT
    customer.CustomerId,
    customer.LastName AS customer,
    customer.SupportRepId,
    employee.EmployeeId,
    employee.LastName AS employee
FROM Customer AS customer
    RIGHT JOIN Employee AS employee ON employee.EmployeeId = customer.SupportRepId
ORDER BY employee.EmployeeId, customer.CustomerId;
