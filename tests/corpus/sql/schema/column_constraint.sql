-- column-constraint: PRIMARY KEY with order and conflict clause; such a key is none of the rowid.
CREATE TABLE pk_descending (id INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE, a TEXT);
CREATE TABLE pk_ascending (id INTEGER CONSTRAINT the_key PRIMARY KEY ASC AUTOINCREMENT, a TEXT);
CREATE TABLE pk_text (k VARCHAR(20) PRIMARY KEY ON CONFLICT FAIL, a TEXT);

-- column-constraint: NOT NULL, NULL, UNIQUE, with conflict clauses.
CREATE TABLE conflicts (
    a INTEGER NOT NULL ON CONFLICT IGNORE,
    b TEXT UNIQUE ON CONFLICT REPLACE,
    c TEXT NULL UNIQUE,
    d INT NOT NULL ON CONFLICT REPLACE DEFAULT 7,
    e INT NOT NULL ON CONFLICT ABORT DEFAULT 1 UNIQUE ON CONFLICT ROLLBACK
);

-- column-constraint: CHECK, named ones, several per column without commas.
CREATE TABLE checked (
    id INTEGER PRIMARY KEY,
    n INTEGER NOT NULL CHECK (n > 0) CONSTRAINT small CHECK (n < 1000) DEFAULT (1 + 1),
    word TEXT CHECK (length(word) BETWEEN 1 AND 20 OR word IS NULL)
);

-- column-constraint: DEFAULT with literals, signs, keywords, expressions and bare words.
CREATE TABLE defaults (
    id INTEGER PRIMARY KEY,
    a INTEGER DEFAULT 5,
    b INTEGER DEFAULT -5,
    c REAL DEFAULT +1.5,
    d TEXT DEFAULT 'it''s',
    e BLOB DEFAULT x'00ff',
    f TEXT DEFAULT NULL,
    g BOOLEAN DEFAULT TRUE,
    h TEXT DEFAULT CURRENT_DATE,
    i TEXT DEFAULT CURRENT_TIME,
    j TEXT DEFAULT CURRENT_TIMESTAMP,
    k TEXT DEFAULT (lower('ABC') || 'd'),
    l TEXT DEFAULT word,
    m INTEGER DEFAULT 0x10
);

-- column-constraint: COLLATE, REFERENCES in all forms, generated columns.
CREATE TABLE references_all (
    id INTEGER PRIMARY KEY,
    a INTEGER REFERENCES person ON DELETE SET DEFAULT ON UPDATE NO ACTION DEFAULT 1,
    b INTEGER REFERENCES person (id) ON DELETE RESTRICT ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
    c INTEGER REFERENCES person (id) MATCH SIMPLE NOT DEFERRABLE INITIALLY IMMEDIATE,
    d INTEGER CONSTRAINT known REFERENCES person (id) DEFERRABLE,
    e TEXT COLLATE RTRIM CONSTRAINT named_only
);

CREATE TABLE generated (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    total INTEGER GENERATED ALWAYS AS (a + b) STORED NOT NULL,
    twice AS (total * 2),
    label TEXT AS (a || '/' || b) VIRTUAL UNIQUE
);
