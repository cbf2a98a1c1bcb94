-- The invoices of a customer with what came before and after.
SELECT
    InvoiceId,
    Total,
    row_number() OVER history AS number,
    sum(Total) OVER history AS so_far,
    lag(InvoiceDate) OVER history AS previous,
    lag(Total, 1, 0.0) OVER history AS previous_total,
    lead(InvoiceId) OVER history AS next,
    avg(Total) OVER (history ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING) AS before,
    ntile(4) OVER (ORDER BY Total, InvoiceId) AS quarter
FROM Invoice
WHERE CustomerId = :customer_id
WINDOW history AS (ORDER BY InvoiceDate, InvoiceId)
ORDER BY number;
