-- Everybody with the way up to the top; who is at the top reports to nobody.
WITH RECURSIVE chart (EmployeeId, LastName, ReportsTo, level, path) AS (
    SELECT EmployeeId, LastName, ReportsTo, 0, LastName FROM Employee WHERE ReportsTo IS NULL
    UNION ALL
    SELECT below.EmployeeId, below.LastName, below.ReportsTo, chart.level + 1, chart.path || ' > ' || below.LastName
    FROM Employee AS below JOIN chart ON chart.EmployeeId = below.ReportsTo
)
SELECT EmployeeId, LastName, ReportsTo, level, path FROM chart ORDER BY path;
