//! Opening a file that this project did not make.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::types::Value;
use sqlitenow::catalog::read_schema;
use sqlitenow_runtime::{Error, Executor};

use crate::generated::ChinookDatabase;
use crate::sample::Sample;

#[test]
fn a_file_without_a_version_is_refused_and_left_as_it_was() {
    let sample = Sample::unversioned();
    let before = std::fs::read(sample.path()).unwrap();
    let refused = ChinookDatabase::open_blocking(sample.path());
    let Err(Error::Unversioned { table, .. }) = refused else {
        panic!("expected the refusal, found {refused:?}");
    };
    let tables = names(&sample.path());
    assert!(tables.contains(&table), "`{table}` is one of its tables");
    assert!(
        std::fs::read(sample.path()).unwrap() == before,
        "it was written to"
    );
}

#[test]
fn the_same_file_with_its_version_is_migrated_and_keeps_its_rows() {
    let sample = Sample::new();
    let tables = names(&sample.path());
    let count = || -> Vec<Value> {
        let connection = sample.plain();
        let counts = tables.iter().map(|table| {
            let sql = format!("SELECT count(*) FROM \"{table}\"");
            connection.query_row(&sql, (), |row| row.get(0)).unwrap()
        });
        counts.collect()
    };
    let before = count();
    assert!(
        before.iter().all(|rows| *rows != Value::Integer(0)),
        "{before:?}"
    );
    drop(sample.open(Executor::Auto));
    assert_eq!(count(), before);
    assert!(names(&sample.path()).len() > tables.len());
}

#[test]
fn a_fresh_database_and_the_migrated_sample_have_one_schema() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("fresh.db");
    drop(ChinookDatabase::open_blocking(&fresh).unwrap());
    let sample = Sample::new();
    drop(sample.open(Executor::Auto));
    let objects = |path: &Path| {
        let mut objects = read_schema(path).unwrap();
        objects.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        objects
    };
    let made = objects(&fresh);
    assert_eq!(made, objects(&sample.path()), "text for text");
    let shipped = objects(Path::new(crate::FILE));
    assert!(!shipped.is_empty());
    assert!(shipped.iter().all(|object| made.contains(object)));
}

/// The tables of the file.
fn names(path: &Path) -> BTreeSet<String> {
    let objects = read_schema(path).unwrap();
    objects.into_iter().map(|object| object.table).collect()
}
