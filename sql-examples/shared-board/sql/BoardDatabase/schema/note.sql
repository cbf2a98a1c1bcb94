-- What somebody has pinned to the board.
CREATE TABLE note (
    -- Numbers are never given again: what one instance shows as 3 is no other note in the next moment.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    done BOOLEAN NOT NULL DEFAULT FALSE
);
