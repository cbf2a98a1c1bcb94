//! Seeds that SQLite rejects, and seeds about which nothing can be said.

use crate::annotation::Annotations;
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Declarations, DeclaredCollation, DeclaredFunction, SourceMap, Span};
use crate::syntax::split;

use super::{Catalog, SchemaStatement, check_seeds};

const SCHEMA: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER CHECK (age > 0));
    CREATE TABLE note (
        id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person(id) ON DELETE CASCADE, body TEXT NOT NULL);
    CREATE TABLE tag (
        name TEXT PRIMARY KEY, parent TEXT REFERENCES tag(name), place TEXT COLLATE german UNIQUE) WITHOUT ROWID;
    CREATE TABLE strict_one (id INTEGER PRIMARY KEY, n INT) STRICT;
    CREATE UNIQUE INDEX person_lower ON person(lower(name));
    CREATE TRIGGER old AFTER INSERT ON note WHEN new.body = 'old' BEGIN SELECT RAISE(ABORT, 'Too old'); END;
    CREATE VIEW adult AS SELECT * FROM person WHERE age > 17;";

/// What is said of seeds in files, one for each of `files`, as `message @ place`.
fn told_of(schema: &str, files: &[&str]) -> Vec<(Code, String)> {
    let mut sources = SourceMap::default();
    let file = sources.add("schema/schema.sql", schema);
    let nowhere = Span::new(file, 0..0);
    let declarations = Declarations {
        database: "App".to_owned(),
        functions: vec![DeclaredFunction {
            name: "slug".to_owned(),
            key: nowhere,
            arguments: Some(1),
            returns: Some("TEXT".to_owned()),
            nullable: false,
        }],
        collations: vec![DeclaredCollation {
            name: "german".to_owned(),
            span: nowhere,
        }],
    };
    let schema: Vec<SchemaStatement> = split(file, schema)
        .into_iter()
        .map(|statement| SchemaStatement {
            statement,
            annotations: Annotations::default(),
        })
        .collect();
    let mut diagnostics = Diagnostics::default();
    let catalog = Catalog::build(&sources, &declarations, &schema, &mut diagnostics)
        .expect("a database in memory");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut seeds = Vec::new();
    for text in files {
        let file = sources.add("init/seed.sql", *text);
        seeds.extend(split(file, text));
    }
    check_seeds(&catalog, &sources, &schema, &seeds, &mut diagnostics).expect("a database");
    let show = |diagnostic: &crate::diagnostic::Diagnostic| {
        let span = diagnostic.primary.as_ref().expect("a place").span;
        let shown = format!("{} @ {}", diagnostic.message, sources.text(span));
        (diagnostic.code, shown)
    };
    diagnostics.iter().map(show).collect()
}

#[track_caller]
fn check(seeds: &str, expected: &[&str]) {
    let told = told_of(SCHEMA, &[seeds]);
    let found: Vec<_> = told.iter().map(|(_, shown)| shown.as_str()).collect();
    assert_eq!(found, expected, "{seeds}");
    assert!(told.iter().all(|(code, _)| *code == Code::InitRejected));
}

#[test]
fn c9_right_seeds_are_silent() {
    for seeds in [
        "INSERT INTO person (name) VALUES ('a'), ('b'); SELECT * FROM adult; PRAGMA user_version;",
        // Foreign keys wait for the end, whatever they are declared as.
        "INSERT INTO note (person_id, body) VALUES (7, 'x'); INSERT INTO person (id, name) VALUES (7, 'a');",
        "INSERT INTO note (person_id, body) VALUES (7, 'x'); DELETE FROM note;",
        // Actions of foreign keys do not happen yet.
        "INSERT INTO person (id, name) VALUES (1, 'a'); INSERT INTO note (id, person_id, body) VALUES (1, 1, 'x');
         DELETE FROM person; INSERT INTO person (id, name) VALUES (1, 'b'); UPDATE note SET body = 'y' WHERE id = 1;",
        "CREATE TEMP TABLE t AS SELECT 1 AS a; INSERT INTO person (name) SELECT a FROM t; DROP TABLE t;",
        "SAVEPOINT a; INSERT INTO person (name) VALUES ('a'); RELEASE a;",
        "INSERT OR IGNORE INTO person (name) VALUES ('a'), ('a');",
        "",
    ] {
        check(seeds, &[]);
    }
}

#[test]
fn c9_a_rejected_seed_is_told_at_the_word() {
    for (seed, expected) in [
        (
            "INSERT INTO person (nam) VALUES ('a')",
            "table `person` has no column `nam` @ nam",
        ),
        (
            "INSERT INTO persons (name) VALUES ('a')",
            "no such table `persons` @ persons",
        ),
        (
            "INSERT INTO person (name) VALUES (nope('a'))",
            "no such function `nope` @ nope",
        ),
        (
            "INSERT INTO person VALUES (1, 'a')",
            "found 2 values for the 3 columns of `person` @ (1, 'a')",
        ),
        (
            "INSERT INTO person (name) VALUES (NULL)",
            "NOT NULL constraint failed: `person.name` @ name",
        ),
        (
            "INSERT INTO person VALUES (1, NULL, 2)",
            "NOT NULL constraint failed: `person.name` @ person",
        ),
        (
            "INSERT INTO person (id, name) VALUES (1, 'a'), (1, 'b')",
            "UNIQUE constraint failed: `person.id` @ id",
        ),
        (
            "INSERT INTO person (name) VALUES ('a'), ('A')",
            "UNIQUE constraint failed: index `person_lower` @ person",
        ),
        (
            "INSERT INTO person (name, age) VALUES ('a', -1)",
            "CHECK constraint failed: `age > 0` @ person",
        ),
        ("INSERT INTO note (body) VALUES ('old')", "too old @ note"),
        (
            "INSERT INTO strict_one (n) VALUES ('x')",
            "cannot store TEXT value in INT column `strict_one.n` @ n",
        ),
        (
            "INSERT INTO person (id, name) VALUES ('x', 'a')",
            "datatype mismatch @ person",
        ),
        (
            "INSERT INTO person (name) VALUES (:name)",
            "a seed takes no parameters @ :name",
        ),
        (
            "INSERT INTO person (name) VALUES ('a'",
            "`(` is never closed @ (",
        ),
        ("UPDATE note SET bdy = 'x'", "no such column `bdy` @ bdy"),
        (
            "SELECT abs(-9223372036854775808)",
            "integer overflow @ SELECT abs(-9223372036854775808)",
        ),
        (
            "BEGIN",
            "cannot start a transaction within a transaction @ BEGIN",
        ),
        ("VACUUM", "cannot VACUUM from within a transaction @ VACUUM"),
        (
            "INSERT OR ROLLBACK INTO person (id, name) VALUES (1, 'a'), (1, 'b')",
            "UNIQUE constraint failed: `person.id` @ id",
        ),
    ] {
        check(&format!("-- é\n{seed}; SELECT 1;"), &[expected]);
    }
}

#[test]
fn c9_a_foreign_key_without_its_row_is_told_at_the_seed_that_leaves_it() {
    let missing = "`note.person_id` refers to a row of `person` that is not there";
    let ten: Vec<_> = (1..=10)
        .map(|id| format!("INSERT INTO person (id, name) VALUES ({id}, 'p{id}');\n"))
        .collect();
    let ten = ten.concat();
    check(
        &format!(
            "{ten}INSERT INTO note (person_id, body) VALUES (3, 'a');\nINSERT INTO note (body, person_id) VALUES ('b', 11);\n{}",
            "SELECT 1;"
        ),
        &[&format!("{missing} @ person_id")],
    );
    check(
        &format!(
            "{ten}INSERT INTO note VALUES (1, 3, 'a');\nSELECT 1;\nDELETE FROM person WHERE id = 3; SELECT 2"
        ),
        &[&format!("{missing} @ person")],
    );
    check(
        "INSERT INTO tag (name, parent) VALUES ('a', 'b'); INSERT INTO note (person_id, body) VALUES (1, 'a'), (2, 'b');",
        &[
            &format!("{missing} @ person_id"),
            "`tag.parent` refers to a row of `tag` that is not there @ parent",
        ],
    );
}

#[test]
fn a_seed_that_is_not_about_rows_is_told_at_its_first_word() {
    let ends = "this statement ends the transaction in which a fresh database is made";
    let changes = "this statement changes the schema, which queries are not checked against";
    for (seeds, expected) in [
        ("COMMIT; SELECT 1", &[format!("{ends} @ COMMIT")][..]),
        ("END TRANSACTION", &[format!("{ends} @ END")]),
        (
            "CREATE TABLE IF NOT EXISTS t (a); INSERT INTO t VALUES (1); DROP VIEW adult; SELECT nope FROM t;",
            &[
                format!("{changes} @ CREATE"),
                format!("{changes} @ DROP"),
                "no such column `nope` @ nope".to_owned(),
            ],
        ),
        (
            "ALTER TABLE note ADD COLUMN x; UPDATE note SET x = 1;",
            &[format!("{changes} @ ALTER")],
        ),
        (
            "CREATE TABLE IF NOT EXISTS note (a); ANALYZE; REINDEX; PRAGMA defer_foreign_keys = 1;",
            &[],
        ),
    ] {
        let told = told_of(SCHEMA, &[seeds]);
        let found: Vec<_> = told.iter().map(|(_, shown)| shown).collect();
        assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{seeds}");
    }
}

#[test]
fn c9_one_broken_seed_hides_no_other_and_makes_no_nonsense() {
    let files = [
        "INSERT INTO person (id, name) VALUES (1, NULL);",
        // Both need the row that is missing.
        "INSERT INTO note (person_id, body) VALUES (1, 'a');
         INSERT INTO note (body) VALUES ((SELECT name FROM person));",
        "INSERT INTO person (id, name, age) VALUES (2, 'b', 0);",
        "INSERT INTO note (id, text) VALUES (1, 'a');",
        "UPDATE person SET nam = 'c';",
        // By now anything may be in the tables.
        "INSERT INTO person (id, name) VALUES (2, NULL);
         SELECT nope FROM person;",
    ];
    let told = told_of(SCHEMA, &files);
    let found: Vec<_> = told.iter().map(|(_, shown)| shown.as_str()).collect();
    assert_eq!(
        found,
        [
            "NOT NULL constraint failed: `person.name` @ name",
            "CHECK constraint failed: `age > 0` @ person",
            "table `note` has no column `text` @ text",
            "no such column `nam` @ nam",
            "no such column `nope` @ nope",
        ]
    );
    // What a statement would have made cannot be missed twice.
    check(
        "CREATE TABEL t (a); INSERT INTO t VALUES (1);",
        &["found `TABEL`, expected `TABLE` @ TABEL"],
    );
}

#[test]
fn c9_what_asks_the_application_is_only_prepared() {
    check("INSERT INTO person (name) VALUES (slug('a')), (NULL);", &[]);
    check(
        "INSERT INTO person (name) VALUES (slug('a'));
         INSERT INTO note (person_id, body) VALUES (1, NULL);
         INSERT INTO note (text) VALUES (slug('b'));
         INSERT INTO person (name) VALUES (slug('a', 1));",
        &[
            "table `note` has no column `text` @ text",
            "wrong number of arguments to function `slug` @ slug",
        ],
    );
    // In front of the first call everything is certain.
    check(
        "INSERT INTO person (name) VALUES (NULL); INSERT INTO person (name) VALUES (slug('a'));",
        &["NOT NULL constraint failed: `person.name` @ name"],
    );
    // What the collation of the application calls equal is not known, except a text and itself.
    check(
        "INSERT INTO tag (name, place) VALUES ('a', 'x'), ('b', 'x');",
        &["UNIQUE constraint failed: `tag.place` @ place"],
    );
    check(
        "INSERT INTO tag (name, place) VALUES ('a', 'x'), ('b', 'X'); INSERT INTO tag (name) VALUES ('a');",
        &[],
    );
}

#[test]
fn c9_no_seed_reaches_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("other.db");
    let seeds = format!(
        "ATTACH '{}' AS other; CREATE TABLE other.t (a); INSERT INTO other.t VALUES (1);",
        path.display()
    );
    check(&seeds, &[]);
    assert!(!path.exists());
}
