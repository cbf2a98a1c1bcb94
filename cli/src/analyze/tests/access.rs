//! Read and write sets, and which statements are short.

use super::{Fixture, show_accesses};

fn accesses(fixture: &mut Fixture, sql: &str) -> String {
    show_accesses(&fixture.analyze(sql))
}

#[test]
fn c106_c107_reads_are_base_tables_with_columns() {
    Fixture::shop().check(
        &[
            ("SELECT name FROM person", "person(name)"),
            ("SELECT COUNT(*) FROM person", "person()"),
            ("SELECT who FROM adult", "person(name age)"),
            ("SELECT pid FROM citizen", "address(id person_id city), person(id name)"),
            ("WITH q AS (SELECT id FROM person) SELECT id FROM q WHERE EXISTS (SELECT 1 FROM note WHERE body = 'x')", "note(body), person(id)"),
            ("SELECT rowid FROM person", "person(id)"),
            ("SELECT NAME FROM PERSON UNION SELECT city FROM address", "address(city), person(name)"),
            ("SELECT total FROM made", "made(total)"),
        ],
        accesses,
    );
}

#[test]
fn c107_c108_c147_writes_are_named_by_what_changes() {
    Fixture::shop().check(
        &[
            ("INSERT INTO code VALUES ('a', 1)", "+code"),
            ("UPDATE person SET NAME = 'x', age = 1", "~person(name age)"),
            (
                "INSERT INTO code VALUES ('a', 1) ON CONFLICT (k) DO UPDATE SET v = 2",
                "+code, ~code(v)",
            ),
            (
                "INSERT INTO code VALUES ('a', 1) ON CONFLICT DO NOTHING",
                "+code",
            ),
            ("DELETE FROM person", "-address, ~note(address_id), -person"),
            ("INSERT INTO note (body) VALUES ('x')", "~code(v), +note"),
            ("INSERT INTO adult VALUES ('x', 3)", "+person"),
            ("UPDATE made SET a = 1", "~made(a total twice)"),
            ("REPLACE INTO code VALUES ('a', 1)", "+code, -code"),
            (
                "INSERT OR REPLACE INTO code VALUES ('a', 1)",
                "+code, -code",
            ),
            (
                "WITH x AS (SELECT 1) REPLACE INTO code VALUES ('a', 1)",
                "+code, -code",
            ),
            ("DELETE FROM made", "-made, +strings"),
            ("INSERT INTO swap VALUES ('a', 'b')", "+swap, -swap"),
            ("UPDATE OR REPLACE code SET k = 'x'", "~code(k), -code"),
            ("UPDATE code SET k = replace(k, 'a', 'b')", "~code(k)"),
            ("INSERT INTO doc VALUES ('a', 'b')", "+doc"),
        ],
        accesses,
    );
}

/// Keys, foreign-key actions, triggers and virtual tables of every kind.
const EFFECTS: &str = "
    CREATE TABLE team (id INTEGER PRIMARY KEY, code TEXT UNIQUE, slogan TEXT);
    CREATE TABLE player (
        id INTEGER PRIMARY KEY AUTOINCREMENT, team_id INTEGER REFERENCES team(id) ON DELETE CASCADE,
        team_code TEXT REFERENCES team(code) ON UPDATE CASCADE ON DELETE SET NULL, name TEXT);
    CREATE TABLE medal (player_id INTEGER DEFAULT 0 REFERENCES player(id) ON DELETE SET DEFAULT, place INTEGER);
    CREATE TABLE fan (player_id INTEGER REFERENCES player(id), name TEXT);
    CREATE TABLE tree (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES tree(id) ON DELETE CASCADE, n INTEGER);
    CREATE TABLE slot (k TEXT PRIMARY KEY, room TEXT, day TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'mon', n INTEGER,
        CONSTRAINT one UNIQUE (room, day) ON CONFLICT REPLACE) WITHOUT ROWID;
    CREATE TABLE plain (a TEXT, b TEXT);
    CREATE TABLE log (a TEXT UNIQUE);
    CREATE TABLE page (id INTEGER PRIMARY KEY, title TEXT, body TEXT, views INTEGER);
    CREATE VIEW shown AS SELECT id, title AS t, views FROM page;
    CREATE VIEW pair AS SELECT team.slogan FROM team JOIN player USING (id);
    CREATE VIRTUAL TABLE own USING fts5(title, body);
    CREATE VIRTUAL TABLE page_index USING fts5(title, body, content='page', content_rowid='id');
    CREATE VIRTUAL TABLE shown_index USING fts5(t, content=shown, content_rowid=id);
    CREATE VIRTUAL TABLE bare USING fts5(title, content='');
    CREATE VIRTUAL TABLE words USING fts5vocab(own, row);
    CREATE VIRTUAL TABLE box USING rtree(id, low, high);
    CREATE TRIGGER fan_in AFTER INSERT ON fan BEGIN INSERT INTO log VALUES (new.name); END;
    CREATE TRIGGER log_in AFTER INSERT ON log BEGIN UPDATE plain SET b = new.a; END;
    CREATE TRIGGER plain_b AFTER UPDATE OF b ON plain BEGIN UPDATE plain SET b = 'again'; END;
    CREATE TRIGGER plain_a AFTER UPDATE OF a ON plain BEGIN REPLACE INTO log VALUES (new.a); END;
    CREATE TRIGGER shown_change INSTEAD OF UPDATE ON shown BEGIN UPDATE page SET views = new.views; END;
";

#[test]
fn c106_reads_see_through_joins_and_virtual_tables() {
    Fixture::new(EFFECTS).check(
        &[
            ("SELECT slogan FROM team JOIN player USING (id)", "player(id), team(id slogan)"),
            ("SELECT slogan FROM pair", "player(id), team(id slogan)"),
            ("SELECT COUNT(*) FROM plain NATURAL JOIN (SELECT 'x' AS a)", "plain(a)"),
            ("SELECT p.a FROM plain p NATURAL JOIN plain q", "plain(a b)"),
            ("SELECT plain.b, slogan FROM plain NATURAL JOIN team WHERE plain.b > 1", "plain(b), team(slogan)"),
            ("SELECT a FROM plain NATURAL JOIN json_each('[1]')", "plain(a b)"),
            ("SELECT a FROM plain NATURAL JOIN (VALUES (1))", "plain(a b)"),
            ("SELECT rowid FROM plain", "plain(rowid)"),
            ("SELECT oid FROM team", "team(id)"),
            ("WITH RECURSIVE up (id) AS (SELECT 1 UNION SELECT parent_id FROM tree JOIN up USING (id)) SELECT id FROM up", "tree(id parent_id)"),
            ("SELECT title FROM own WHERE own MATCH 'x'", "own(title own)"),
            ("SELECT body FROM page_index", "page(id body), page_index(body)"),
            ("SELECT rowid FROM page_index WHERE page_index MATCH 'x'", "page(id title body), page_index(page_index rowid)"),
            ("SELECT highlight(page_index, 1, '', '') FROM page_index", "page(id title body), page_index(page_index)"),
            ("SELECT COUNT(*) FROM shown_index", "page(id title views), shown_index()"),
            ("SELECT rowid FROM bare WHERE bare MATCH 'x'", "bare(bare rowid)"),
            ("SELECT term FROM words", "own(title body own), words(term)"),
            ("SELECT c0 FROM own_content", "own(title body own rank rowid)"),
            ("SELECT id FROM box WHERE low > 1", "box(id low)"),
            ("SELECT seq FROM sqlite_sequence WHERE name = 'player'", "player(), sqlite_sequence(name seq)"),
            ("SELECT name FROM sqlite_schema", ""),
            ("SELECT 1 WHERE 0 AND EXISTS (SELECT 1 FROM team)", ""),
        ],
        accesses,
    );
}

#[test]
fn c109_c110_c111_c148_writes_follow_triggers_keys_and_conflicts() {
    Fixture::new(EFFECTS).check(
        &[
            // Triggers: those of triggers as well, one that fires itself, and none on other columns.
            ("INSERT INTO fan VALUES (1, 'x')", "+fan, +log, ~plain(b)"),
            ("UPDATE plain SET b = 'x'", "~plain(b)"),
            ("UPDATE plain SET a = 'x'", "+log, -log, ~plain(a b)"),
            ("UPDATE shown SET views = 1", "~page(views)"),
            ("UPDATE fan SET name = 'x'", "~fan(name)"),
            // Foreign keys: what they really cause, for the columns that are set.
            ("DELETE FROM team", "~medal(player_id), ~player(team_code), -player, -team"),
            ("DELETE FROM player", "~medal(player_id), -player"),
            ("UPDATE team SET slogan = 'x'", "~team(slogan)"),
            ("UPDATE team SET code = 'x'", "~player(team_code), ~team(code)"),
            ("UPDATE team SET id = 2", "~team(id)"),
            ("DELETE FROM tree WHERE id = 1", "-tree"),
            ("DELETE FROM fan", "-fan"),
            // REPLACE: only where a key is set, with the foreign-key actions of the rows that go.
            ("REPLACE INTO team (code) VALUES ('x')", "~medal(player_id), ~player(team_code), -player, +team, -team"),
            ("UPDATE OR REPLACE team SET slogan = 'x'", "~team(slogan)"),
            ("UPDATE OR REPLACE team SET id = 2", "~medal(player_id), ~player(team_code), -player, ~team(id), -team"),
            ("REPLACE INTO plain VALUES ('a', 'b')", "+plain"),
            ("REPLACE INTO plain (rowid, a) VALUES (1, 'b')", "+plain, -plain"),
            ("REPLACE INTO tree (n) VALUES (1)", "+tree"),
            ("REPLACE INTO fan VALUES (1, 'x')", "+fan, +log, -log, ~plain(b)"),
            ("INSERT OR IGNORE INTO fan VALUES (1, 'x')", "+fan, +log, ~plain(b)"),
            // Constraints: by their columns, and not when the statement or its upsert says otherwise.
            ("UPDATE slot SET room = 'x'", "~slot(room), -slot"),
            ("UPDATE slot SET n = 1", "~slot(n)"),
            ("UPDATE OR IGNORE slot SET room = 'x'", "~slot(room)"),
            ("INSERT INTO slot (k, room) VALUES ('a', 'b')", "+slot, -slot"),
            ("INSERT INTO slot (k, n) VALUES ('a', 1)", "+slot"),
            ("INSERT INTO slot (k, room) VALUES ('a', 'b') ON CONFLICT (k) DO UPDATE SET room = 'x'", "+slot, ~slot(room), -slot"),
            ("INSERT INTO slot (k, room) VALUES ('a', 'b') ON CONFLICT DO UPDATE SET room = 'x'", "+slot, ~slot(room)"),
            // Rowids and virtual tables.
            ("UPDATE plain SET rowid = 2", "~plain(rowid)"),
            ("UPDATE own SET title = 'x'", "~own(title own rank)"),
            ("REPLACE INTO own (rowid, title) VALUES (1, 'x')", "+own, -own"),
            ("REPLACE INTO own (title) VALUES ('x')", "+own"),
            ("REPLACE INTO box VALUES (1, 2, 3)", "+box, -box"),
            ("INSERT INTO player (name) VALUES ('x')", "+player"),
            ("UPDATE sqlite_sequence SET seq = 7", "~sqlite_sequence(seq)"),
        ],
        accesses,
    );
}

fn keys(fixture: &mut Fixture, sql: &str) -> String {
    let keys = fixture.analyze(sql).keys.into_iter();
    let shown = keys.map(|key| format!("{}={}", key.table, key.parameter));
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn r100_queries_are_confined_to_the_rows_they_pin() {
    Fixture::new(EFFECTS).check(
        &[
            ("SELECT * FROM team WHERE id = :id", "team=1"),
            ("SELECT * FROM team t WHERE (:id = t.id) AND code = :c", "team=1"),
            ("SELECT slogan FROM main.team WHERE rowid = ?2", "team=2"),
            ("SELECT * FROM plain WHERE oid = ?", "plain=1"),
            ("SELECT t.slogan, p.name FROM player p LEFT JOIN team t ON t.id = p.team_id WHERE p.id = :id", "player=1"),
            ("SELECT t.slogan, p.name FROM player p LEFT JOIN team t ON t.id = :t", "team=1"),
            ("SELECT t.slogan, p.name FROM player p JOIN team t ON t.id = :t WHERE p.id = :p", "player=2, team=1"),
            ("SELECT a.n, b.n FROM tree a, tree b WHERE a.id = :a AND b.id = :b", "tree=1, tree=2"),
            ("SELECT n FROM tree WHERE id = :a UNION SELECT n FROM tree WHERE id = :b", "tree=1, tree=2"),
            ("WITH one AS (SELECT n FROM tree WHERE id = :a) SELECT COUNT(*) FROM one, one AS other", "tree=1"),
            ("SELECT COUNT(*) FROM (SELECT 1 FROM team WHERE id = :id)", "team=1"),
            ("SELECT slogan, (SELECT COUNT(*) FROM player WHERE team_id = team.id) FROM team WHERE id = :id", "team=1"),
            // Other rows are seen as well, or may be.
            ("SELECT * FROM team WHERE id = :id OR code = :c", ""),
            ("SELECT * FROM team WHERE NOT id = :id", ""),
            ("SELECT * FROM team WHERE id > :id", ""),
            ("SELECT * FROM team WHERE id = :id + 1", ""),
            ("SELECT * FROM team WHERE code = :id", ""),
            ("SELECT * FROM slot WHERE k = :k", ""),
            ("SELECT t.slogan FROM player p RIGHT JOIN team t ON t.id = :t", ""),
            ("SELECT t.slogan FROM team t LEFT JOIN player p ON t.id = :t", ""),
            ("SELECT a.n FROM tree a JOIN tree b ON b.parent_id = a.id WHERE a.id = :a", ""),
            ("SELECT n, (SELECT MAX(n) FROM tree) FROM tree WHERE id = :a", ""),
            ("SELECT n FROM tree WHERE id = :a UNION SELECT n FROM tree", ""),
            ("WITH tree AS (SELECT 1 AS id) SELECT id FROM tree WHERE id = :id", ""),
            ("SELECT t.slogan FROM team t JOIN pair ON pair.slogan = t.slogan WHERE t.id = :t", ""),
            ("SELECT p.title FROM page p, page_index WHERE p.id = :id", ""),
            ("SELECT title FROM own WHERE rowid = :id", ""),
            ("SELECT * FROM shown WHERE id = :id", ""),
            ("SELECT name, (SELECT MAX(seq) FROM sqlite_sequence) FROM player WHERE id = :id", ""),
        ],
        keys,
    );
}

#[test]
fn r100_writes_name_their_row_unless_others_may_change() {
    Fixture::new(EFFECTS).check(
        &[
            ("UPDATE page SET title = :t WHERE id = :id", "page=2"),
            ("UPDATE page AS p SET title = :t WHERE p.id = :id AND views > 3", "page=2"),
            ("DELETE FROM page WHERE id = ?", "page=1"),
            ("DELETE FROM player WHERE id = :id RETURNING name", "player=1"),
            ("INSERT INTO page (id, title) VALUES (:id, :t)", "page=1"),
            ("INSERT INTO page VALUES (:id, 'a', 'b', 1), (:other, 'c', 'd', 2)", "page=1, page=2"),
            ("INSERT INTO page (id, title) VALUES (:id, :t) ON CONFLICT (id) DO UPDATE SET title = :t", "page=1"),
            ("WITH one AS (SELECT 1) DELETE FROM page WHERE id = :id", "page=1"),
            ("UPDATE team SET slogan = :s WHERE id = :id", "team=2"),
            ("UPDATE tree SET n = 1 WHERE id = :id", "tree=1"),
            // It moves its row, or other rows of the table change with it.
            ("UPDATE page SET id = :new WHERE id = :id", ""),
            ("UPDATE page SET rowid = :new WHERE id = :id", ""),
            ("UPDATE page SET title = 'x' WHERE id = :id OR views = 1", ""),
            ("UPDATE page SET title = 'x' FROM team WHERE team.id = :id", ""),
            ("INSERT INTO page (title) VALUES (:t)", ""),
            ("INSERT INTO page (id, title) VALUES (:id, 'x'), (NULL, 'y')", ""),
            ("INSERT INTO page (id, title) SELECT :id, 'x'", ""),
            ("REPLACE INTO page (id, title) VALUES (:id, :t)", ""),
            ("UPDATE OR REPLACE team SET code = :c WHERE id = :id", ""),
            ("INSERT INTO team (id, code) VALUES (:id, 'x') ON CONFLICT (code) DO UPDATE SET slogan = 'x'", ""),
            ("DELETE FROM tree WHERE id = :id", ""),
            ("UPDATE plain SET b = 'x' WHERE rowid = :id", ""),
            ("UPDATE shown SET views = 1 WHERE id = :id", ""),
            ("UPDATE own SET title = 'x' WHERE rowid = :id", ""),
        ],
        keys,
    );
}

#[test]
fn short_statements_look_up_a_bounded_number_of_rows() {
    let mut shop = Fixture::shop();
    for (sql, short) in [
        ("SELECT * FROM person WHERE id = ?", true),
        ("SELECT * FROM person WHERE name = :n", true),
        ("SELECT * FROM person WHERE age = 3", false),
        (
            "SELECT id FROM person WHERE age > 3 ORDER BY age LIMIT 10",
            true,
        ),
        (
            "SELECT id FROM person WHERE age > 3 AND nick = 'x' LIMIT 10",
            false,
        ),
        ("SELECT COUNT(*) FROM person WHERE age > 3 LIMIT 10", false),
        ("SELECT * FROM person", false),
        ("SELECT * FROM person ORDER BY nick", false),
        (
            "SELECT p.name, a.city FROM address a JOIN person p ON p.id = a.person_id WHERE a.id = 1",
            true,
        ),
        (
            "SELECT * FROM person WHERE id IN (SELECT person_id FROM address)",
            false,
        ),
        // The look-ups are as many as the caller likes; the runtime finds out by itself how long they take.
        ("SELECT * FROM person WHERE id IN :ids", false),
        ("SELECT v FROM code WHERE k = 'x'", true),
        ("INSERT INTO code VALUES ('a', 1)", true),
        ("INSERT INTO code SELECT name, id FROM person", false),
        ("INSERT INTO note (body) VALUES ('x')", true),
        ("UPDATE person SET age = 1 WHERE id = 1", true),
        ("UPDATE person SET age = 1", false),
        ("DELETE FROM code WHERE k = 'x'", true),
        ("SELECT 1", true),
        (
            "SELECT EXISTS (SELECT 1 FROM person WHERE nick = 'x')",
            false,
        ),
    ] {
        assert_eq!(shop.analyze(sql).short, short, "{sql}");
    }
}
