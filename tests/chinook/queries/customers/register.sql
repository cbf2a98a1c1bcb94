-- A new customer, looked after by whoever has the fewest.
INSERT INTO Customer (FirstName, LastName, Email, Country, SupportRepId)
VALUES (
    :first_name, :last_name, lower(:email), :country,
    (
        SELECT employee.EmployeeId
        FROM Employee AS employee LEFT JOIN Customer AS customer ON customer.SupportRepId = employee.EmployeeId
        WHERE employee.Title = 'Sales Support Agent'
        GROUP BY employee.EmployeeId
        ORDER BY count(customer.CustomerId), employee.EmployeeId
        LIMIT 1
    )
);
