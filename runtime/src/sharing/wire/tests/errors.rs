//! Errors arrive whole.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{Cause, ConstraintKind, Error};

use super::super::Faults;
use super::{CLIENT, OWNER, across, here};

fn cause() -> Cause {
    let io = io::Error::new(io::ErrorKind::InvalidData, "inner");
    Box::new(Error::Io {
        path: PathBuf::from("outer"),
        source: io,
    })
}

/// One of each.
pub(super) fn errors() -> Vec<Error> {
    let mut all = of_calls();
    all.extend(of_databases());
    all
}

fn text() -> String {
    "text".to_owned()
}

fn of_calls() -> Vec<Error> {
    vec![
        Error::Closed { source: None },
        Error::Closed {
            source: Some(Arc::new(Error::sqlite(13, "full"))),
        },
        Error::Unopened {
            source: Arc::new(Error::NewerDatabase { found: 3, known: 2 }),
        },
        Error::Delayed { source: cause() },
        Error::Busy {
            waited: Duration::from_millis(5),
            origin: None,
        },
        Error::Deadlock {
            waiting: here(),
            holding: here(),
        },
        Error::Deadline {
            after: Duration::MAX,
            waiting: here(),
            holding: Some(here()),
        },
        Error::TransactionEnded { block: here() },
        Error::sqlite(2067, "UNIQUE constraint failed: seat.row, seat.number"),
        Error::RowCount {
            expected: "exactly one row".into(),
            found: 2,
            origin: None,
        },
        Error::Convert {
            column: text(),
            expected: "TEXT".into(),
            found: text(),
            origin: None,
        },
        Error::Adapter {
            column: text(),
            class: "BLOB".into(),
            source: cause(),
            origin: None,
        },
        Error::Map {
            target: "app::Card".into(),
            source: cause(),
            origin: None,
        },
    ]
}

fn of_databases() -> Vec<Error> {
    vec![
        Error::Migration {
            version: 4,
            file: text(),
            statement: text(),
            source: Box::new(Error::sqlite(1, "no such table: a")),
        },
        Error::OlderDatabase { found: 1, known: 2 },
        Error::Unversioned { table: text() },
        Error::SchemaMismatch {
            ours: text(),
            theirs: text(),
        },
        Error::Io {
            path: PathBuf::from("a/b"),
            source: io::Error::from_raw_os_error(2),
        },
        Error::Io {
            path: PathBuf::from("a/b"),
            source: io::Error::new(io::ErrorKind::TimedOut, "late"),
        },
        Error::Transaction {
            primary: Box::new(Error::sqlite(19, "rule")),
            cleanup: Arc::new(Error::Closed { source: None }),
        },
        Error::Unsupported {
            capability: "savepoints".into(),
        },
        Error::ReadOnly { origin: None },
        Error::Refused {
            reason: "ATTACH".into(),
            origin: None,
        },
        Error::BlockingInAsync {
            door: "read".into(),
            caller: here(),
        },
        Error::Remote {
            reason: "gone".into(),
            may_have_run: true,
            source: Some(cause()),
            origin: None,
        },
        Error::Sqlite {
            code: 10,
            extended: 266,
            message: text(),
            origin: None,
            source: Some(cause()),
        },
        Error::NewerDatabase { found: 2, known: 1 },
        Error::NoOwner {
            place: text(),
            source: Some(io::Error::from_raw_os_error(111)),
        },
        Error::NoOwner {
            place: text(),
            source: None,
        },
        Error::Owned { place: text() },
        Error::Unanswered {
            place: text(),
            after: Duration::from_secs(5),
        },
        Error::Untrusted {
            path: PathBuf::from("a/b"),
            reason: "it is a link".into(),
        },
        Error::Port {
            reason: "no token".into(),
        },
    ]
}

/// Does not compile when there is a new one, of which [`errors`] needs an example.
fn number(error: &Error) -> usize {
    match error {
        Error::Closed { .. } => 0,
        Error::Unopened { .. } => 1,
        Error::Delayed { .. } => 2,
        Error::Busy { .. } => 3,
        Error::Deadlock { .. } => 4,
        Error::Deadline { .. } => 5,
        Error::TransactionEnded { .. } => 6,
        Error::Constraint { .. } => 7,
        Error::RowCount { .. } => 8,
        Error::Convert { .. } => 9,
        Error::Adapter { .. } => 10,
        Error::Map { .. } => 11,
        Error::Migration { .. } => 12,
        Error::NewerDatabase { .. } => 13,
        Error::OlderDatabase { .. } => 14,
        Error::Unversioned { .. } => 15,
        Error::SchemaMismatch { .. } => 16,
        Error::Io { .. } => 17,
        Error::Transaction { .. } => 18,
        Error::Unsupported { .. } => 19,
        Error::ReadOnly { .. } => 20,
        Error::Refused { .. } => 21,
        Error::BlockingInAsync { .. } => 22,
        Error::Remote { .. } => 23,
        Error::Sqlite { .. } => 24,
        Error::NoOwner { .. } => 25,
        Error::Owned { .. } => 26,
        Error::Unanswered { .. } => 27,
        Error::Untrusted { .. } => 28,
        Error::Port { .. } => 29,
    }
}

#[test]
fn every_error_has_a_fault() {
    let numbers: BTreeSet<usize> = errors().iter().map(number).collect();
    assert!(numbers.into_iter().eq(0..30));
}

/// What an error and all its causes say, with all fields.
fn said(error: &Error) -> (String, Vec<String>) {
    let chain = std::iter::successors(std::error::Error::source(error), |cause| (*cause).source());
    (error.to_string(), chain.map(ToString::to_string).collect())
}

#[test]
fn s46_every_error_arrives_with_its_fields_and_causes() {
    for error in errors() {
        let sent = Faults::from(&error);
        let arrived = across(&sent).received(CLIENT, Some(CLIENT));
        assert_eq!(said(&arrived), said(&error));
        assert_eq!(
            std::mem::discriminant(&arrived),
            std::mem::discriminant(&error),
            "{error:?}"
        );
        assert_eq!(Faults::from(&arrived), sent, "{error:?}");
    }
    let constraint = across(&Faults::from(&errors()[8])).received(OWNER, Some(CLIENT));
    let Error::Constraint {
        kind,
        table,
        columns,
        ..
    } = constraint
    else {
        panic!("{constraint:?}")
    };
    assert_eq!(
        (kind, table.as_deref()),
        (ConstraintKind::Unique, Some("seat"))
    );
    assert_eq!(columns, ["row", "number"]);
}

#[test]
fn errors_deep_in_errors_are_told_by_their_texts() {
    let deep = (0..100).fold(Error::Closed { source: None }, |source, _| Error::Closed {
        source: Some(Arc::new(source)),
    });
    let arrived = across(&Faults::from(&deep)).received(OWNER, Some(CLIENT));
    assert!(matches!(&arrived, Error::Closed { source: Some(_) }));
    assert!(said(&arrived).1.len() > 3);
    let pair = |error: Error| Error::Transaction {
        primary: Box::new(error),
        cleanup: Arc::new((0..9).fold(Error::Closed { source: None }, |source, _| {
            Error::Transaction {
                primary: Box::new(Error::Closed { source: None }),
                cleanup: Arc::new(source),
            }
        })),
    };
    across(&Faults::from(&pair(pair(pair(deep)))));
}
