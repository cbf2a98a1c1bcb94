-- What nobody has bought so far.
SELECT TrackId FROM Track
EXCEPT
SELECT TrackId FROM InvoiceLine
ORDER BY TrackId;
