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
fn c107_c108_writes_are_named_by_what_changes() {
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
            ("DELETE FROM made", "-made, +strings, -strings"),
            ("INSERT INTO swap VALUES ('a', 'b')", "+swap, -swap"),
            ("UPDATE OR REPLACE code SET k = 'x'", "~code(k), -code"),
            ("UPDATE code SET k = replace(k, 'a', 'b')", "~code(k)"),
            ("INSERT INTO doc VALUES ('a', 'b')", "+doc"),
        ],
        accesses,
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
