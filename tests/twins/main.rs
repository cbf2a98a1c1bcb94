//! R70: a flat query and its nested twin agree.
//!
//! The build script draws trees of tables and writes a nested query for each, whose generated code is compiled and run here.
//! The oracle knows nothing of it: it nests the rows of the flat twin, which rusqlite reads, by the plainest means.

#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

use std::ops::Range;

use rusqlite::Connection;
use rusqlite::types::Value as Sqlite;
use sqlitenow_runtime::{Result, Value};
use sqlitenow_tests::way::{Builder, Kind, Way, run_again, serve};

/// The module as an application has it.
mod database {
    include!(concat!(env!("OUT_DIR"), "/twins_database.rs"));
}

use database::TwinsDatabase;

/// A nested query and the flat one that gives the same rows of the join.
struct Twin {
    flat: &'static str,
    shape: Shape,
    run: fn(&TwinsDatabase) -> Result<Vec<Node>>,
}

/// How the rows of the flat query nest, by the indexes of their columns.
struct Shape {
    own: Range<usize>,
    all: Range<usize>,
    key: &'static [usize],
    is_collection: bool,
    children: &'static [Shape],
}

/// A row with the values inside of it.
#[derive(Debug, PartialEq)]
struct Node {
    cells: Vec<Value>,
    children: Vec<Vec<Node>>,
}

const TWINS: &[Twin] = include!(concat!(env!("OUT_DIR"), "/twins_samples.rs"));

fn value<T: Clone + Into<Value>>(field: &T) -> Value {
    field.clone().into()
}

type Row = Vec<Value>;

/// Nests rows as `shape` says.
fn nest(rows: &[&Row], shape: &Shape) -> Vec<Node> {
    let is_there = |row: &Row| {
        row[shape.all.clone()]
            .iter()
            .any(|cell| *cell != Value::Null)
    };
    let mut groups: Vec<(Vec<&Value>, Vec<&Row>)> = Vec::new();
    if shape.is_collection {
        for row in rows.iter().copied().filter(|row| is_there(row)) {
            let key: Vec<&Value> = shape.key.iter().map(|at| &row[*at]).collect();
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, group)) => group.push(row),
                None => groups.push((key, vec![row])),
            }
        }
    } else if is_there(rows[0]) {
        groups.push((Vec::new(), rows.to_vec()));
    }
    let nodes = groups.into_iter().map(|(_, group)| Node {
        cells: group[0][shape.own.clone()].to_vec(),
        children: shape
            .children
            .iter()
            .map(|child| nest(&group, child))
            .collect(),
    });
    nodes.collect()
}

/// What rusqlite reads.
fn flat_rows(connection: &Connection, sql: &str) -> Vec<Row> {
    let mut statement = connection.prepare(sql).unwrap();
    let width = statement.column_count();
    let cell = |cell| match cell {
        Sqlite::Null => Value::Null,
        Sqlite::Integer(integer) => Value::Integer(integer),
        Sqlite::Real(real) => Value::Real(real),
        Sqlite::Text(text) => Value::Text(text),
        Sqlite::Blob(blob) => Value::Blob(blob),
    };
    let rows = statement.query_map([], |row| {
        (0..width).map(|at| row.get(at).map(cell)).collect()
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn count(nodes: &[Node]) -> usize {
    let below = |node: &Node| {
        node.children
            .iter()
            .map(|nodes| count(nodes))
            .sum::<usize>()
    };
    nodes.iter().map(|node| 1 + below(node)).sum()
}

#[test]
fn r70_a_flat_query_and_its_nested_twin_agree() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("twins.db");
    let db = Builder::<TwinsDatabase>::new()
        .path(&path)
        .open_blocking()
        .unwrap();
    let connection = Connection::open(&path).unwrap();
    let (mut joined, mut values) = (0, 0);
    for twin in TWINS {
        let rows = flat_rows(&connection, twin.flat);
        let expected = nest(&rows.iter().collect::<Vec<_>>(), &twin.shape);
        let found = (twin.run)(&db).unwrap();
        assert_eq!(found, expected, "{}", twin.flat);
        joined += rows.len();
        values += count(&expected);
    }
    println!(
        "{} queries, {joined} rows of joins, {values} nested rows",
        TWINS.len()
    );
    assert!(TWINS.len() >= 40 && joined >= 3000 && values >= 2000);
}

mod remote {
    use super::*;

    #[test]
    fn s19_they_agree_through_an_owner_too() {
        for way in [Way::Thread, Way::Process] {
            run_again(way, &["r70_"], &[], 1);
        }
    }

    /// No test: the other process, which is this program.
    #[test]
    fn owners() {
        serve(&[Kind::of::<TwinsDatabase>(|| ())]);
    }
}
