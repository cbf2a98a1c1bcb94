//! `init --from-database`: the schema of a file that exists already.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::project::Project;

/// The objects of a database: kind, name and text, in a stable order.
fn objects(connection: &Connection) -> Vec<(String, String, String)> {
    let sql = "SELECT type, name, sql FROM sqlite_schema
               WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type, name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map((), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Runs every file of the schema folder on an empty database, tables first as the generator does.
fn rebuilt(project: &Project, folder: &str) -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    let mut files: Vec<PathBuf> = std::fs::read_dir(project.path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    // A view's file may come before the table that it reads, which SQLite does not mind.
    for file in files {
        connection
            .execute_batch(&std::fs::read_to_string(file).unwrap())
            .unwrap();
    }
    connection
}

#[test]
fn the_schema_of_a_file_becomes_a_folder_that_generates() {
    let project = Project::empty();
    let database = project.path("old.db");
    let original = Connection::open(&database).unwrap();
    original
        .execute_batch(
            "CREATE TABLE [Order Line] (id INTEGER PRIMARY KEY, \"a;b\" TEXT DEFAULT 'x;y');
             CREATE INDEX by_text ON [Order Line] (\"a;b\");
             CREATE VIEW lines AS SELECT id FROM [Order Line];
             CREATE TABLE log (text TEXT);
             CREATE TRIGGER logged AFTER INSERT ON [Order Line] BEGIN
                 INSERT INTO log VALUES ('one; two');
             END;
             CREATE VIRTUAL TABLE search USING fts5(text);",
        )
        .unwrap();
    let bytes = std::fs::read(&database).unwrap();
    let init = project.run(&["init", "--name", "OldDatabase", "--from-database", "old.db"]);
    assert_eq!(init.code, 0, "{init:?}");
    assert_eq!(
        std::fs::read(&database).unwrap(),
        bytes,
        "the file is only read"
    );
    let generate = project.run(&["generate"]);
    assert_eq!(generate.code, 0, "{generate:?}");
    assert!(project.path("src/db/old_database.rs").exists());
    let rebuilt = rebuilt(&project, "sql/OldDatabase/schema");
    assert_eq!(objects(&rebuilt), objects(&original));
}

#[test]
fn a_hostile_schema_becomes_a_folder_that_generates_the_same() {
    let project = Project::empty();
    let original = Connection::open(project.path("old.db")).unwrap();
    let long = "x".repeat(300);
    original
        .execute_batch(&format!(
            "CREATE TABLE con (id INTEGER PRIMARY KEY, a TEXT /* @@{{ field=nothing, adapter=yes }} */);
             CREATE TABLE \"Nul.\" (a DEFAULT '@@{{' -- @@{{ never closed
             , b REFERENCES con (id));
             CREATE TABLE \"nul \" (\"@@{{\" TEXT, [;] TEXT, `type` TEXT, 'self' TEXT);
             CREATE TABLE \"../../etc/passwd\" (a); CREATE TABLE \"C:\\x\" (a); CREATE TABLE \"\" (a);
             CREATE TABLE \"line\nbreak\" (a); CREATE TABLE 🦀 (a); CREATE TABLE \"{long}\" (a); CREATE TABLE \"{long}y\" (a);
             CREATE INDEX [by;a] ON \"Nul.\" (a) WHERE a <> ';' -- @@{{
             ;
             CREATE VIEW late AS SELECT * FROM later; -- the view is older than what it reads
             CREATE VIEW later AS SELECT a /* ; @@{{ name=x }} */ FROM \"Nul.\" -- at the end
             ;
             CREATE TRIGGER \"on;con\" AFTER INSERT ON con BEGIN
                 DELETE FROM \"../../etc/passwd\"; -- @@{{ queryResult=; }}
             END;
             CREATE VIRTUAL TABLE \"find it\" USING fts5(a, content='con', content_rowid='id');"
        ))
        .unwrap();
    let init = project.run(&["init", "--name", "OldDatabase", "--from-database", "old.db"]);
    assert_eq!(init.code, 0, "{init:?}");
    let generate = project.run(&["generate"]);
    assert_eq!(generate.code, 0, "{generate:?}");
    assert_eq!(generate.stderr, "");
    let rebuilt = rebuilt(&project, "sql/OldDatabase/schema");
    // An index keeps the white space in front of its semicolon.
    let as_written = |(kind, name, sql): (String, String, String)| {
        (kind, name, sql.replace("@@ {", "@@{").trim_end().to_owned())
    };
    let found: Vec<_> = objects(&rebuilt).into_iter().map(as_written).collect();
    let expected: Vec<_> = objects(&original).into_iter().map(as_written).collect();
    assert_eq!(found, expected);
}

#[test]
fn chinook_becomes_a_folder_that_generates() {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/chinook/chinook.sqlite");
    let Ok(file) = file.canonicalize() else {
        eprintln!("skipped: the sample database Chinook is not there");
        return;
    };
    let project = Project::empty();
    // A copy: opening a file can write beside it.
    std::fs::copy(file, project.path("chinook.sqlite")).unwrap();
    let arguments = [
        "init",
        "--name",
        "Chinook",
        "--from-database",
        "chinook.sqlite",
    ];
    let init = project.run(&arguments);
    assert_eq!(init.code, 0, "{init:?}");
    let generate = project.run(&["generate"]);
    assert_eq!(generate.code, 0, "{generate:?}");
    assert!(
        generate
            .stdout
            .starts_with("Chinook: 11 tables, 0 statements"),
        "{generate:?}"
    );
    let original = Connection::open(project.path("chinook.sqlite")).unwrap();
    let rebuilt = rebuilt(&project, "sql/Chinook/schema");
    assert_eq!(objects(&rebuilt), objects(&original));
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let project = Project::empty();
    project.write(
        "text.db",
        "certainly no database, but long enough to be looked at by SQLite",
    );
    let outcome = project.run(&["init", "--from-database", "text.db"]);
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains("text.db"), "{outcome:?}");
    let missing = project.run(&["init", "--from-database", "missing.db"]);
    assert_eq!(missing.code, 2, "{missing:?}");
    assert!(missing.stderr.contains("missing.db"), "{missing:?}");
    assert_eq!(project.snapshot().len(), 1, "nothing was written");
}
