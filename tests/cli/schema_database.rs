//! `schema-database`: the checking database as a file to look at.

use std::fs;

use rusqlite::Connection;

use super::project::Project;

const FILE: &str = "target/app-schema.db";

fn project() -> Project {
    let project = Project::empty();
    project.write(
        "sqlitenow.toml",
        &format!("[databases.App]\nschema-database = \"{FILE}\"\n"),
    );
    project.write(
        "sql/App/schema/all.sql",
        "CREATE TRIGGER logged AFTER INSERT ON task BEGIN INSERT INTO log VALUES (new.title); END;
         CREATE VIEW titles AS SELECT title FROM task;
         CREATE INDEX by_title ON task (title);
         CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT);
         CREATE TABLE log (title TEXT);",
    );
    project
}

/// Kind and name of everything in the file.
fn objects(project: &Project) -> Vec<String> {
    let connection = Connection::open(project.path(FILE)).unwrap();
    let sql = "SELECT type || ' ' || name FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map((), |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn c15_the_file_has_every_object_and_the_next_run_replaces_it() {
    let project = project();
    let outcome = project.run(&["generate"]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    let all = [
        "index by_title",
        "table log",
        "table task",
        "trigger logged",
        "view titles",
    ];
    assert_eq!(objects(&project), all);
    let before = project.snapshot();
    assert_eq!(project.run(&["generate"]).code, 0);
    assert_eq!(project.snapshot(), before, "nothing changed");
    project.write(
        "sql/App/schema/all.sql",
        "CREATE TABLE other (id INTEGER PRIMARY KEY);",
    );
    let checked = project.run(&["check"]);
    assert_eq!(checked.code, 1, "{checked:?}");
    assert_eq!(objects(&project), all, "checking writes nothing");
    assert_eq!(project.run(&["generate"]).code, 0);
    assert_eq!(objects(&project), ["table other"]);
}

#[test]
fn c15_somebody_elses_file_is_not_replaced() {
    let project = project();
    fs::create_dir_all(project.path("target")).unwrap();
    let connection = Connection::open(project.path(FILE)).unwrap();
    connection
        .execute_batch("CREATE TABLE precious (a)")
        .unwrap();
    drop(connection);
    let before = project.snapshot();
    let refused = project.run(&["generate"]);
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(
        refused
            .stderr
            .contains("app-schema.db` was not made by sqlitenow"),
        "{refused:?}"
    );
    assert_eq!(
        project.snapshot(),
        before,
        "the module is not written either"
    );
}

#[test]
fn c143_a_schema_with_a_mistake_leaves_the_file_as_it_was() {
    let project = project();
    assert_eq!(project.run(&["generate"]).code, 0);
    project.write("sql/App/queries/all.sql", "SELECT titel FROM task");
    let before = project.snapshot();
    assert_eq!(project.run(&["generate"]).code, 1);
    assert_eq!(project.snapshot(), before);
}
