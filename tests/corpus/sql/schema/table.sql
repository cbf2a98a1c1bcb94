-- create-table: the tables that the queries are about.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    nick TEXT,
    age INTEGER,
    height REAL NOT NULL,
    score REAL,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    photo BLOB,
    born DATE,
    extra
);

CREATE TABLE address (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE ON UPDATE CASCADE,
    city TEXT NOT NULL COLLATE NOCASE,
    zip TEXT
);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES person ON DELETE SET NULL ON UPDATE CASCADE,
    body TEXT NOT NULL DEFAULT '',
    meta TEXT
);

CREATE TABLE code (k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID;

CREATE TABLE tree (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES tree (id),
    label TEXT NOT NULL
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    price REAL
);

CREATE TABLE audit (at INTEGER NOT NULL, what TEXT NOT NULL);
