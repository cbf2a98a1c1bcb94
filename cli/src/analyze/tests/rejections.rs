//! What SQLite refuses, and where it is shown.

use super::Fixture;
use crate::diagnostic::{Code, Diagnostic};

fn marked(fixture: &Fixture, problem: &Diagnostic) -> String {
    let span = problem.primary.as_ref().expect("a place").span;
    format!("{} @ {}", problem.message, fixture.sources.text(span))
}

#[test]
fn c125_errors_point_at_the_word() {
    let mut shop = Fixture::shop();
    for (sql, expected, help) in [
        (
            "SELECT nam FROM person",
            "no such column `nam` @ nam",
            Some("did you mean `name`?"),
        ),
        (
            "SELECT 1; SELECT 2;\n-- é\nSELECT p.nam FROM person p",
            "no such column `p.nam` @ p.nam",
            Some("did you mean `name`?"),
        ),
        (
            "SELECT 1 FROM persons",
            "no such table `persons` @ persons",
            Some("did you mean `person`?"),
        ),
        (
            "SELECT 1 FORM person",
            "found `FORM`, expected `FROM` @ FORM",
            Some("did you mean `FROM`?"),
        ),
        (
            "INSERT INTO code (k, weight) VALUES (1, 2)",
            "table `code` has no column `weight` @ weight",
            None,
        ),
        (
            "INSERT INTO code VALUES (1)",
            "found 1 value for the 2 columns of `code` @ (1)",
            None,
        ),
        (
            "SELECT uper(name) FROM person",
            "no such function `uper` @ uper",
            Some("did you mean `upper`?"),
        ),
        (
            "SELECT id FROM person, address",
            "ambiguous column name `id` @ id",
            Some("write the table or its alias in front of it"),
        ),
        ("SELECT (1", "`(` is never closed @ (", None),
        (
            "SELECT id FROM person WHERE id = :a :b",
            "syntax error near `:b` @ :b",
            None,
        ),
    ] {
        let (analysis, problems) = shop.try_analyze(sql);
        assert!(analysis.is_none(), "{sql}");
        let [problem] = problems.as_slice() else {
            panic!("{sql}: {problems:?}")
        };
        assert_eq!(problem.code, Code::QueryRejected, "{sql}");
        assert_eq!(marked(&shop, problem), expected, "{sql}");
        assert_eq!(problem.help.first().map(String::as_str), help, "{sql}");
    }
}

#[test]
fn c126_a_broken_table_is_one_diagnostic() {
    let mut fixture = Fixture::new(
        "CREATE TABLE broken (id INTEGER PRIMARY KEY, id TEXT);
         CREATE TABLE fine (a TEXT REFERENCES broken(id));
         CREATE VIEW v AS SELECT * FROM broken;
         CREATE VIEW w AS SELECT * FROM v;
         CREATE INDEX i ON broken(id);
         CREATE TRIGGER t AFTER INSERT ON broken BEGIN SELECT 1; END;
         CREATE TRIGGER u AFTER INSERT ON fine BEGIN INSERT INTO broken VALUES (1); END;",
    );
    let [problem] = fixture.problems.as_slice() else {
        panic!("{:?}", fixture.problems)
    };
    assert_eq!(problem.code, Code::SchemaRejected);
    assert_eq!(marked(&fixture, problem), "duplicate column name `id` @ id");
    for sql in [
        "SELECT * FROM broken",
        "SELECT * FROM fine, w",
        "INSERT INTO broken VALUES (1)",
        "SELECT * FROM v",
    ] {
        let (analysis, problems) = fixture.try_analyze(sql);
        assert!(analysis.is_none(), "{sql}");
        assert_eq!(problems, [], "{sql}");
    }
    assert_eq!(fixture.try_analyze("SELECT b FROM fine").1.len(), 1);
}

#[test]
fn schema_statements_work_in_any_order() {
    let fixture = Fixture::new(
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO u VALUES (new.a); END;
         CREATE INDEX i ON t(a);
         CREATE VIEW a1 AS SELECT * FROM b1;
         CREATE VIEW b1 AS SELECT a FROM t;
         CREATE TABLE t (a INTEGER);
         CREATE TABLE u AS SELECT * FROM t;",
    );
    assert_eq!(fixture.problems, []);
    assert_eq!(fixture.catalog.order(), [4, 5, 3, 2, 1, 0]);
}

#[test]
fn each_mistake_in_the_schema_is_told_once() {
    let fixture = Fixture::new(
        "CREATE TABLE t (a INTEGER);
         INSERT INTO t VALUES (1);
         CREATE VIEW v AS SELECT nope FROM t;
         CREATE VIEW x AS SELECT * FROM y;
         CREATE VIEW y AS SELECT * FROM x;
         CREATE TABLE t (b TEXT);
         CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET oops = 1; END;
         CREATE VIEW z (a, b) AS SELECT a FROM t;
         CREATE TABLE s (x INTEGER,, y);",
    );
    let found: Vec<String> = fixture
        .problems
        .iter()
        .map(|problem| marked(&fixture, problem))
        .collect();
    assert_eq!(
        found,
        [
            "table `t` is created twice @ t",
            "found a statement that creates no table, view, index or trigger @ INSERT",
            "no such column `nope` @ nope",
            "`x` and `y` are defined by each other @ y",
            "no such column `oops` @ oops",
            "the query of view `z` gives 1 column, expected 2 as named @ z",
            "nothing stands behind this comma @ ,",
        ]
    );
}

#[test]
fn a_key_that_refers_to_what_was_rejected_is_not_blamed() {
    let mut fixture = Fixture::new(
        "CREATE TABLE list (id INTEGER PRIMARY KEY, name TEXT);
         CREATE UNIQUE INDEX list_name ON list(nmae);
         CREATE TEMP TABLE draft (id INTEGER PRIMARY KEY);
         CREATE VIEW drafts AS SELECT id FROM draft;
         CREATE TABLE task (list TEXT REFERENCES list(name), draft INTEGER REFERENCES draft(id));",
    );
    let found: Vec<String> = fixture
        .problems
        .iter()
        .map(|problem| marked(&fixture, problem))
        .collect();
    assert_eq!(
        found,
        [
            "what this statement creates would be gone when the file is opened again @ TEMP",
            "no such column `nmae` @ nmae",
        ]
    );
    for sql in [
        "INSERT INTO task VALUES (1, 2)",
        "DELETE FROM list",
        "SELECT * FROM drafts",
    ] {
        assert_eq!(fixture.try_analyze(sql).1, [], "{sql}");
    }
}

#[test]
fn c34_an_unknown_name_in_a_write_is_told_at_that_very_word() {
    let mut shop = Fixture::shop();
    for (sql, expected) in [
        (
            "INSERT INTO notes (body) VALUES ('x')",
            "no such table `notes` @ notes",
        ),
        (
            "INSERT INTO note (txt) VALUES ('x')",
            "table `note` has no column `txt` @ txt",
        ),
        (
            "UPDATE notes SET body = 'body'",
            "no such table `notes` @ notes",
        ),
        (
            "UPDATE note SET id = 1, txt = 'txt'",
            "no such column `txt` @ txt",
        ),
        (
            "UPDATE note SET body = 'x' WHERE txt = 'txt'",
            "no such column `txt` @ txt",
        ),
        (
            "UPDATE note SET body = q.c FROM address q",
            "no such column `q.c` @ q.c",
        ),
        (
            "DELETE FROM notes WHERE id = 1",
            "no such table `notes` @ notes",
        ),
        (
            "DELETE FROM note WHERE nid = 1",
            "no such column `nid` @ nid",
        ),
        (
            "DELETE FROM note RETURNING nid",
            "no such column `nid` @ nid",
        ),
        (
            "INSERT INTO code (k) VALUES ('x') ON CONFLICT (k) DO UPDATE SET v = excluded.w",
            "no such column `excluded.w` @ excluded.w",
        ),
    ] {
        let (analysis, problems) = shop.try_analyze(sql);
        assert!(analysis.is_none(), "{sql}");
        let shown: Vec<_> = problems
            .iter()
            .map(|problem| marked(&shop, problem))
            .collect();
        assert_eq!(shown, [expected], "{sql}");
    }
}
