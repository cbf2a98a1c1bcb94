//! Numbered scenarios about what SQL generates: each names statements of the corpus, and reads some by their types.

use std::path::Path;

use rusqlite::Connection;
use sqlitenow_runtime::{Error, Value};

use super::database::{self, CorpusDatabase};
use super::run::try_named;

/// A new database with the corpus' rows, and what `check` makes of it.
fn on_new_database(check: impl FnOnce(&CorpusDatabase, &Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.db");
    check(&CorpusDatabase::open_blocking(&path).unwrap(), &path);
}

#[test]
fn c21_the_schema_works_in_a_fresh_database_as_written() {
    on_new_database(|_, path| {
        let connection = Connection::open(path).unwrap();
        let one =
            |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(
            one("SELECT total || ' ' || twice || ' ' || label FROM generated"),
            "3 6 1/2"
        );
        assert_eq!(
            one(
                "SELECT group_concat(name, ' ') FROM (SELECT name FROM pragma_table_list WHERE strict AND wr ORDER BY name)"
            ),
            "keyed_strict strict_keyed"
        );
        assert_eq!(
            one("SELECT sql FROM sqlite_schema WHERE name = 'audit'"),
            "CREATE TABLE audit (at INTEGER NOT NULL, what TEXT NOT NULL)"
        );
        connection
            .execute_batch("BEGIN; INSERT INTO part VALUES (77, 'late', 1); INSERT INTO composite VALUES (77, 'late', 1); COMMIT")
            .expect("the key is deferred");
    });
    try_named(&[
        "insert.constraint_ignores",
        "insert.constraint_replaces",
        "insert.failing_strict",
        "insert.failing_raise",
        "schema.note_made",
        "schema.note_changed",
    ]);
}

#[test]
fn c22_an_upsert_on_a_unique_index_runs() {
    try_named(&["upsert.target_expression", "upsert.several_clauses"]);
}

#[test]
fn c23_full_text_and_r_tree_queries_are_typed() {
    on_new_database(|database, _| {
        let (found, parts, places) = database
            .blocking_read(|on| {
                let found = on.fts5().bm25().list()?;
                let parts = on.fts5().snippet("fox").list()?;
                Ok::<_, Error>((found, parts, on.rtree().contains(5.0).list()?))
            })
            .unwrap();
        let scores: Vec<Option<f64>> = found.iter().map(|row| row.score).collect();
        assert!(scores.len() == 2 && scores.iter().flatten().all(|score| *score < 0.0));
        let whole: Option<String> = parts[0].whole.clone();
        assert_eq!(whole.as_deref(), Some("the quick brown [fox]"));
        let ids: Vec<i64> = places.iter().map(|row| row.id).collect();
        assert_eq!(ids, [1, 2]);
    });
}

#[test]
fn c24_compounds_are_named_by_their_first_arm() {
    on_new_database(|database, _| {
        let rows = database
            .blocking_read(|on| on.select().union_all().list())
            .unwrap();
        let last = database::select::UnionAllRow {
            first: "bern".to_owned(),
            second: None,
        };
        assert_eq!(rows.last(), Some(&last));
    });
    try_named(&[
        "select.union",
        "select.intersect",
        "select.except",
        "select.values",
    ]);
}

#[test]
fn c25_every_way_to_write_runs() {
    try_named(&[
        "insert.or_ignore",
        "insert.replace_into",
        "update.or_fail",
        "update.one_table",
        "upsert.do_nothing",
        "upsert.do_update",
    ]);
}

#[test]
fn c26_subqueries_everywhere_run() {
    try_named(&[
        "select.subquery",
        "select.subquery_column",
        "select.scalar_subquery",
        "select.in_subquery",
        "select.exists_correlated",
        "select.limit_subquery",
    ]);
}

#[test]
fn c27_table_expressions_run_in_front_of_every_statement() {
    try_named(&[
        "with.one",
        "with.descend",
        "with.materialized",
        "with.insert_from",
        "with.update_from",
        "with.delete_in",
        "with.recursive_delete",
    ]);
}

#[test]
fn c28_windows_and_table_valued_functions_run() {
    try_named(&[
        "window.one",
        "window.filter",
        "window.rows_between",
        "window.exclude_ties",
        "json.each",
        "json.of_column_left",
    ]);
}

#[test]
fn c29_odd_operators_give_what_rusqlite_gives() {
    try_named(&[
        "expr.row_value_equal",
        "expr.arrows",
        "expr.isnull",
        "expr.is_distinct",
        "expr.scrolling",
    ]);
}

#[test]
fn c30_returning_gives_a_row_in_the_written_order() {
    on_new_database(|database, _| {
        let rows = database
            .blocking_write(|on| on.returning().insert_expressions(Some(4)).list())
            .unwrap();
        let expected = database::returning::InsertExpressionsRow {
            loud: "r!".to_owned(),
            double: Some(8),
            one: 1,
            truth: true,
        };
        assert_eq!(rows, [expected]);
    });
    try_named(&[
        "returning.insert_star",
        "returning.update_star",
        "returning.delete_star",
    ]);
}

#[test]
fn c31_a_view_gives_the_names_of_its_column_list() {
    on_new_database(|database, _| {
        let rows = database
            .blocking_read(|on| on.schema().adult(20).list())
            .unwrap();
        let expected = database::schema::AdultRow {
            who: "ann".to_owned(),
            years: 30,
        };
        assert_eq!(rows, [expected]);
    });
}

#[test]
fn c33_what_is_not_taken_apart_is_typed_by_metadata() {
    on_new_database(|database, _| {
        let rows = database
            .blocking_read(|on| on.limits().too_deep(&Value::Integer(1)).list())
            .unwrap();
        let expected = database::limits::TooDeepRow {
            name: Some("ann".to_owned()),
            a: Some(30),
        };
        assert_eq!(rows, [expected]);
    });
}
