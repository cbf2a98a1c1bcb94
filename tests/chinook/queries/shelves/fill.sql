-- Puts all that a customer has bought onto a shelf.
INSERT INTO ShelfTrack (ShelfId, Place, TrackId)
SELECT shelf.ShelfId, row_number() OVER (ORDER BY bought.TrackId), bought.TrackId
FROM Shelf AS shelf
    JOIN (
        SELECT DISTINCT invoice.CustomerId, line.TrackId
        FROM InvoiceLine AS line JOIN Invoice AS invoice USING (InvoiceId)
    ) AS bought USING (CustomerId)
WHERE shelf.ShelfId = :shelf_id;
