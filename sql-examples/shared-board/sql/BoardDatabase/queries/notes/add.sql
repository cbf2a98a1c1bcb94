-- Pins a note to the board.
INSERT INTO note (text) VALUES (:text);
