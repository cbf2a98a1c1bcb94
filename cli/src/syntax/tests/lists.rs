//! Where lists stand, what becomes of them, and how SQLite's offsets find their way back.

use rusqlite::Connection;

use super::cut;
use crate::syntax::{ListForm, Statement};

fn only(text: &str) -> (crate::source::SourceMap, Statement) {
    let (sources, _, mut statements) = cut(text);
    assert_eq!(statements.len(), 1, "{text}");
    (sources, statements.remove(0))
}

fn run(text: &str, form: ListForm) -> String {
    let (sources, statement) = only(text);
    statement.run_text(&sources, |_| form).into_owned()
}

#[test]
fn c94_a_list_has_exactly_one_pair_of_parentheses_and_the_rest_is_kept() {
    for (text, expected) in [
        (
            "SELECT 1 WHERE 1 IN :a",
            "SELECT 1 WHERE 1 IN (SELECT value FROM json_each(:a))",
        ),
        (
            "SELECT 1 WHERE 1 in(:a)",
            "SELECT 1 WHERE 1 in(SELECT value FROM json_each(:a))",
        ),
        (
            "SELECT 1 WHERE 1 NOT IN/**/\t@a -- all\n  AND 'é' = 'é'",
            "SELECT 1 WHERE 1 NOT IN/**/\t(SELECT value FROM json_each(@a)) -- all\n  AND 'é' = 'é'",
        ),
        (
            "SELECT 1 WHERE 'ü' IN (\r\n /* x */ $a --\n )",
            "SELECT 1 WHERE 'ü' IN (\r\n /* x */ SELECT value FROM json_each($a) --\n )",
        ),
        (
            "DELETE FROM t WHERE a IN ?2 OR b IN (?)",
            "DELETE FROM t WHERE a IN (SELECT value FROM json_each(?2)) OR b IN (SELECT value FROM json_each(?))",
        ),
    ] {
        assert_eq!(run(text, ListForm::Plain), expected);
    }
}

#[test]
fn c95_everything_else_is_the_same_text() {
    for text in [
        "SELECT 1 WHERE 1 IN (:a, :b)",
        "SELECT 1 WHERE 1 IN ((:a))",
        "SELECT 1 WHERE 1 IN (:a + 1)",
        "SELECT 1 WHERE 1 IN (SELECT :a)",
        "SELECT 1 WHERE 1 IN json_each(:a)",
        "SELECT max(:a), \"in\"(:a), 'IN' || :a",
        "SELECT 1 AS \"in\" WHERE \"in\" = (:a)",
    ] {
        for form in [ListForm::Plain, ListForm::Mixed] {
            assert_eq!(run(text, form), text);
        }
    }
}

/// What SQLite marks in the text that runs is what it would mark in the user's.
#[test]
fn offsets_point_into_the_file_before_inside_and_behind_lists() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE t (a, b)").unwrap();
    for (text, marked) in [
        ("SELECT oops FROM t WHERE a IN :x AND b IN (:y)", "oops"),
        ("SELECT a FROM t WHERE oops IN :x AND b IN (:y)", "oops"),
        ("SELECT a FROM t WHERE a IN :x AND oops IN (:y)", "oops"),
        (
            "SELECT a FROM t WHERE a IN :x AND b IN (:y) AND 'é' = oops",
            "oops",
        ),
        (
            "/* é */ SELECT a FROM t WHERE a IN (:x) ORDER BY oops",
            "oops",
        ),
        ("SELECT a FROM t WHERE a IN :x :y", ":y"),
        ("SELECT a FROM t WHERE a IN (:x) oops", "oops"),
        ("SELECT a FROM t WHERE a IN :x AND AND b IN :y", "AND b"),
    ] {
        let (sources, statement) = only(text);
        for form in [ListForm::Plain, ListForm::Mixed] {
            let run = statement.run_text(&sources, |_| form);
            let error = connection.prepare(&run).unwrap_err();
            let rusqlite::Error::SqlInputError { offset, .. } = error else {
                panic!("{text}: {error}")
            };
            let offset = usize::try_from(offset).unwrap();
            let byte = statement.source_byte(offset, |_| form);
            assert!(
                text[byte..].starts_with(marked),
                "{text}: {}",
                &text[byte..]
            );
        }
    }
}

#[test]
fn every_byte_that_runs_comes_from_the_file() {
    let text = "-- é\nSELECT 'ü' FROM t WHERE a IN :x AND b NOT IN ( :y ) AND c IN :z";
    let (sources, statement) = only(text);
    let form = |number| {
        if number == 2 {
            ListForm::Plain
        } else {
            ListForm::Mixed
        }
    };
    let run = statement.run_text(&sources, form);
    let mut kept = String::new();
    for (offset, c) in run.char_indices() {
        let source = statement.source_byte(offset, form);
        let place = &text[source..];
        if place.starts_with(c) {
            kept.push(c);
        } else {
            assert!(place.starts_with(':'), "{c} at {offset} belongs to a list");
        }
    }
    assert_eq!(kept, statement.text(&sources));
    assert_eq!(statement.source_byte(run.len(), form), statement.span.end);
}
