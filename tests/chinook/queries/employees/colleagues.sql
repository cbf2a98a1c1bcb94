-- Pairs that report to the same person.
SELECT one.LastName AS one, other.LastName AS other, boss.LastName AS boss, boss.Title, one.ReportsTo
FROM Employee AS one
    JOIN Employee AS other ON other.ReportsTo = one.ReportsTo AND other.EmployeeId > one.EmployeeId
    JOIN Employee AS boss ON boss.EmployeeId = one.ReportsTo
ORDER BY one.EmployeeId, other.EmployeeId;
