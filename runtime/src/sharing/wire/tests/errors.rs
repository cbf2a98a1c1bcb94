//! Errors arrive whole.

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
    let text = || "text".to_owned();
    let origin = None;
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
            origin,
            source: Some(cause()),
        },
    ]
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
