-- table-constraint: PRIMARY KEY, UNIQUE, CHECK and FOREIGN KEY, named and with conflict clauses.
CREATE TABLE composite (
    a INTEGER NOT NULL,
    b TEXT NOT NULL,
    c REAL,
    CONSTRAINT composite_key PRIMARY KEY (a, b DESC) ON CONFLICT REPLACE,
    UNIQUE (b COLLATE NOCASE, c) ON CONFLICT IGNORE,
    CONSTRAINT positive CHECK (a >= 0),
    CHECK (c IS NULL OR c > -1e9)
);

-- table-constraint: separated by spaces only, which SQLite lets pass.
CREATE TABLE part (
    a INTEGER NOT NULL,
    b TEXT NOT NULL,
    amount INTEGER,
    PRIMARY KEY (a) UNIQUE (b, amount)
    FOREIGN KEY (a, b) REFERENCES composite (a, b) ON DELETE CASCADE ON UPDATE CASCADE
        DEFERRABLE INITIALLY DEFERRED
);

-- table-options: STRICT and WITHOUT ROWID, alone and together in either order.
CREATE TABLE strict_one (id INTEGER PRIMARY KEY, a INT NOT NULL, b ANY, c TEXT, d REAL, e BLOB) STRICT;
CREATE TABLE strict_keyed (k TEXT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID;
CREATE TABLE keyed_strict (a INTEGER, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID, STRICT;

-- create-table: IF NOT EXISTS, a schema name, names in all quotings, columns without a type.
CREATE TABLE IF NOT EXISTS main."quoted table" ("a b" TEXT NOT NULL, [c d] INTEGER, `e f`, 'g h' REAL);

-- type-name: several words, numbers in parentheses, signs.
CREATE TABLE type_names (
    a UNSIGNED BIG INT,
    b VARYING CHARACTER(255),
    c NATIVE CHARACTER(70),
    d DOUBLE PRECISION,
    e DECIMAL(10, 5),
    f NUMERIC(-3, +2),
    g BIGINT UNSIGNED NOT NULL DEFAULT 0,
    h FLOATING POINT,
    i CUSTOM TYPE,
    j "quoted type",
    k INT8,
    l DATETIME,
    m JSON
);

-- create-table: names that are keywords elsewhere.
CREATE TABLE words (
    abort TEXT,
    action TEXT,
    after INTEGER,
    asc INTEGER,
    before TEXT,
    begin TEXT,
    by INTEGER,
    cast TEXT,
    "column" TEXT,
    cross INTEGER,
    current TEXT,
    "default" TEXT,
    desc TEXT,
    end INTEGER,
    explain TEXT,
    filter INTEGER,
    first TEXT,
    "group" TEXT,
    groups INTEGER,
    key TEXT,
    last TEXT,
    "left" TEXT,
    "like" TEXT,
    match TEXT,
    offset INTEGER,
    "order" INTEGER NOT NULL,
    over TEXT,
    partition TEXT,
    plan TEXT,
    range INTEGER,
    recursive TEXT,
    replace TEXT,
    row INTEGER,
    rows INTEGER,
    temp TEXT,
    ties TEXT,
    trigger TEXT,
    view TEXT,
    "where" TEXT,
    window INTEGER,
    "with" TEXT
);

-- create-table: AS select.
CREATE TABLE copied AS SELECT 1 AS one, 'two' AS two, 3.5 AS three, NULL AS none;
