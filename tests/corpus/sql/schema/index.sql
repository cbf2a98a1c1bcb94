-- create-index: plain, unique, IF NOT EXISTS, schema name.
CREATE INDEX person_age ON person (age);
CREATE UNIQUE INDEX person_name ON person (name);
CREATE INDEX IF NOT EXISTS main.address_person ON address (person_id);

-- indexed-column: expressions, COLLATE, order; partial indexes.
CREATE INDEX note_lower ON note (lower(body) COLLATE BINARY DESC, id ASC);
CREATE INDEX note_meta ON note (json_extract(meta, '$.tag'));
CREATE UNIQUE INDEX event_once ON event (day, kind) WHERE amount > 0;
CREATE INDEX "quoted index" ON "quoted table" ("a b", [c d] DESC);
