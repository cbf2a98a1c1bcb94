-- Takes a note off the board.
DELETE FROM note WHERE id = :id;
