-- What is on the shelves of a customer; removed tracks leave an empty place, new shelves are empty.
SELECT shelf.ShelfId, shelf.Name AS shelf, shelf.Note, entry.Place, entry.TrackId, track.Name AS track
FROM Shelf AS shelf
    LEFT JOIN ShelfTrack AS entry ON entry.ShelfId = shelf.ShelfId
    LEFT JOIN Track AS track ON track.TrackId = entry.TrackId
WHERE shelf.CustomerId = :customer_id
ORDER BY shelf.ShelfId, entry.Place;
