-- When everybody came, seen from `:today`.
SELECT
    LastName,
    date(HireDate) AS hired,
    CAST(strftime('%Y', HireDate) AS INTEGER) AS year,
    julianday(CAST(:today AS TEXT)) - julianday(HireDate) AS days,
    HireDate < BirthDate AS wrong,
    ifnull(Title, '–') AS title,
    ReportsTo IS NULL AS head
FROM Employee
ORDER BY HireDate, EmployeeId;
