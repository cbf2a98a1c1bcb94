-- A new shelf of a customer; `None` lets SQLite choose the number.
INSERT INTO Shelf (ShelfId, CustomerId, Name, Note) VALUES (:shelf_id, :customer_id, :name, :note);
