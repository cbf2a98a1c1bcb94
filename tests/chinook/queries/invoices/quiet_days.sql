-- The days between two days on which nothing was bought.
WITH RECURSIVE calendar (day) AS (
    VALUES (date(:first))
    UNION ALL
    SELECT date(day, '+1 day') FROM calendar WHERE day < date(:last)
),
sold AS MATERIALIZED (SELECT DISTINCT date(InvoiceDate) AS day FROM Invoice)
SELECT calendar.day FROM calendar WHERE calendar.day NOT IN (SELECT sold.day FROM sold) ORDER BY calendar.day;
