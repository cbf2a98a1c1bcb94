//! `explain` of a query: how SQLite runs it.

use rusqlite::Connection;

use super::project::Project;

fn project() -> Project {
    let project = Project::empty();
    project.write("sqlitenow.toml", "[databases.App]\n");
    project.write(
        "sql/App/schema/task.sql",
        "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL, list INTEGER);
         CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
         CREATE VIEW size AS SELECT list, count(*) AS size FROM task GROUP BY list;",
    );
    for (file, text) in [
        ("tasks/by_id", "SELECT title FROM task WHERE id = :id"),
        ("tasks/titled", "SELECT id FROM task AS t WHERE title IN :titles ORDER BY title"),
        ("tasks/add", "INSERT INTO task (title) VALUES (:title)"),
        ("sizes", "SELECT name, size FROM list JOIN size ON list.id = size.list"),
        (
            "numbers",
            "-- @@{ name=up }\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n;
             -- @@{ name=down }\nDELETE FROM list",
        ),
    ] {
        project.write(&format!("sql/App/queries/{file}.sql"), text);
    }
    project
}

#[test]
fn c135_the_plan_of_a_query_marks_full_scans_and_sorts() {
    let project = project();
    let before = project.snapshot();
    let searched = project.run(&["explain", "tasks.by_id"]);
    assert_eq!(
        (
            searched.code,
            searched.stdout.as_str(),
            searched.stderr.as_str()
        ),
        (
            0,
            "tasks.by_id  sql/App/queries/tasks/by_id.sql:1\n  SEARCH task USING INTEGER PRIMARY KEY (rowid=?)\n",
            ""
        )
    );
    let scanned = project.run(&["explain", "tasks.titled"]);
    assert_eq!(scanned.code, 0);
    let lines: Vec<_> = scanned.stdout.lines().collect();
    assert_eq!(lines[1], "  SCAN t  <- full scan");
    // The list itself is read as a whole, and that is what it is for.
    assert!(
        lines[2..].iter().all(|line| !line.ends_with("full scan")),
        "{scanned:?}"
    );
    assert!(lines.contains(&"  USE TEMP B-TREE FOR ORDER BY  <- sorts"));
    assert!(scanned.stderr.starts_with("1 full scan: "), "{scanned:?}");
    let added = project.run(&["explain", "tasks.add"]);
    assert!(
        added.stdout.ends_with("\n  looks nothing up\n"),
        "{added:?}"
    );
    assert_eq!(project.snapshot(), before);
}

#[test]
fn c135_what_a_statement_makes_itself_is_no_full_scan() {
    let project = project();
    let up = project.run(&["explain", "up"]);
    assert!(up.stdout.contains("SCAN n\n"), "{up:?}");
    assert_eq!(up.stderr, "", "{up:?}");
    let sizes = project.run(&["explain", "sizes"]).stdout;
    let scan = " size\n    SCAN task  <- full scan\n";
    assert!(sizes.contains(scan), "{sizes}");
    assert_eq!(sizes.matches("full scan").count(), 1, "{sizes}");
}

#[test]
fn c135_a_query_is_named_by_its_file_too() {
    let project = project();
    let by_name = project.run(&["explain", "tasks.by_id"]);
    for file in ["sql/App/queries/tasks/by_id.sql", "queries/tasks/by_id.sql"] {
        assert_eq!(project.run(&["explain", file]).stdout, by_name.stdout);
    }
    let several = project
        .run(&["explain", "sql/App/queries/numbers.sql"])
        .stdout;
    assert!(
        several.contains("up  ") && several.contains("\ndown  "),
        "{several}"
    );
    let unknown = project.run(&["explain", "tasks.byid"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(
        unknown.stderr.contains("did you mean `tasks.by_id`?"),
        "{unknown:?}"
    );
}

#[test]
fn c135_a_database_file_is_planned_for_by_its_own_indexes() {
    let project = project();
    let file = Connection::open(project.path("app.db")).unwrap();
    file.execute_batch(
        "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT NOT NULL, list INTEGER);
         CREATE INDEX by_title ON task (title);",
    )
    .unwrap();
    let planned = |query| project.run(&["explain", query, "--database", "app.db"]);
    let searched = planned("tasks.titled");
    assert!(
        searched.stdout.contains("INDEX by_title (title=?)"),
        "{searched:?}"
    );
    assert!(!searched.stdout.contains("full scan"), "{searched:?}");
    let lacking = planned("sizes");
    assert_eq!(lacking.code, 2);
    assert!(
        lacking
            .stderr
            .contains("`sizes` cannot be planned for app.db"),
        "{lacking:?}"
    );
    assert!(
        lacking.stderr.contains("no such table: list"),
        "{lacking:?}"
    );
    project.write("no.db", "this is no database, but a text that is long enough for a header of SQLite: it has a hundred bytes.");
    let none = project.run(&["explain", "tasks.by_id", "--database", "no.db"]);
    assert_eq!(none.code, 2);
    assert!(
        none.stderr.contains("cannot read the database `no.db`"),
        "{none:?}"
    );
    let missing = project.run(&["explain", "tasks.by_id", "--database", "missing.db"]);
    assert_eq!(missing.code, 2);
    assert!(!project.path("missing.db").exists());
}
