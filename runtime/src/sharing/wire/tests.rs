//! What is sent arrives.

use std::io;
use std::panic::Location;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::error::{CallSite, Cause, ConstraintKind, Error, Party};
use crate::invalidation::{ChangeOrigin, Tables, WriteSet};
use crate::statement::{Key, Statement, Writes};
use crate::value::Value;

use super::*;

const CLIENT: Party = Party {
    client: Some(3),
    process: 4711,
};
const OWNER: Party = Party {
    client: None,
    process: 12,
};

fn across<T: serde::Serialize + serde::de::DeserializeOwned>(sent: &T) -> T {
    let bytes = postcard::to_allocvec(sent).unwrap();
    postcard::from_bytes(&bytes).unwrap()
}

#[track_caller]
fn here() -> CallSite {
    Location::caller().into()
}

fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        Value::Integer(i64::MIN),
        Value::Integer(i64::MAX),
        Value::Integer(0),
        Value::Real(f64::MIN_POSITIVE),
        Value::Real(f64::NEG_INFINITY),
        Value::Text(String::new()),
        Value::Text("a\0b\u{10ffff}".to_owned()),
        Value::Blob(Vec::new()),
        Value::Blob((0..=255).collect()),
    ]
}

#[test]
fn s21_every_value_arrives_as_it_was() {
    let values = odd_values();
    let cells = across(&Cells::from(values.as_slice()));
    assert_eq!(cells.to_values(), values);
    assert_eq!(cells.count(), values.len());
    for real in [-0.0, f64::NAN, f64::from_bits(0x7ff0_0000_0000_0001)] {
        let cells = across(&Cells::from(&[Value::Real(real)][..]));
        let [Value::Real(arrived)] = cells.to_values()[..] else {
            panic!("{real}")
        };
        assert_eq!(arrived.to_bits(), real.to_bits());
    }
}

#[test]
fn rows_keep_their_width() {
    let rows: Vec<Vec<Value>> = odd_values().chunks(2).map(<[Value]>::to_vec).collect();
    let mut arrived = Vec::new();
    across(&Rows::from(rows.as_slice())).append_to(&mut arrived);
    assert_eq!(arrived, rows);
    let none = across(&Rows::default());
    assert!(none.is_empty() && none.count() == 0);
}

#[test]
fn cells_that_are_none_and_rows_that_are_not_whole_are_refused() {
    for bytes in [&[1, 9][..], &[2, 3, 2], &[2, 3, 0xff], &[1, 1]] {
        assert!(postcard::from_bytes::<Cells>(bytes).is_err(), "{bytes:?}");
    }
    let three = Cells::from(&odd_values()[..3]);
    for width in [0, 2, 4, u32::MAX] {
        let bytes = postcard::to_allocvec(&(width, &three)).unwrap();
        assert!(postcard::from_bytes::<Rows>(&bytes).is_err(), "{width}");
    }
    let bytes = postcard::to_allocvec(&three).unwrap();
    assert!(postcard::from_bytes::<Pairs>(&bytes).is_err());
}

#[test]
fn pairs_arrive() {
    let mut pairs = Pairs::default();
    pairs.push(1, i64::MIN);
    pairs.push(7, 7);
    let arrived = across(&pairs);
    assert_eq!(arrived.iter().collect::<Vec<_>>(), [(1, i64::MIN), (7, 7)]);
}

#[test]
fn a_commit_is_told_in_the_receivers_numbers() {
    let (here, there) = (Tables::default(), Tables::default());
    there.read_set(&[crate::statement::Reads("other", &["b", "A"])]);
    let writes = [
        Writes::Update("Card", &["title", "note"]),
        Writes::Insert("list"),
        Writes::Delete("list"),
        Writes::Update("other", &[]),
    ];
    let mut set = here.write_set(&writes);
    let card = here.find("card").unwrap();
    set = set.confined(&[(card, Some(7)), (card, Some(-8))]);
    set.merge(&here.changed(["raw"].into_iter(), ChangeOrigin::Raw));
    let arrived = across(&WireCommit::new(9, &set, &here));
    assert_eq!(arrived.number, 9);
    let there_too = arrived.write_set(&there);
    assert_eq!(there.name(there.find("card").unwrap()), "Card");
    let back = WireCommit::new(9, &there_too, &there);
    assert_eq!(back, arrived);
    assert_eq!(back.write_set(&here), set);
}

#[test]
fn everything_is_told_as_everything() {
    for origin in [
        ChangeOrigin::Generated,
        ChangeOrigin::Raw,
        ChangeOrigin::External,
    ] {
        let (set, tables) = (WriteSet::everything(origin), Tables::default());
        let arrived = across(&WireCommit::new(1, &set, &tables));
        assert_eq!(arrived.write_set(&tables), set);
    }
}

#[test]
fn a_statement_arrives_with_its_claims() {
    static STATEMENT: Statement = Statement {
        number: 5,
        name: "cards.move",
        sql: "UPDATE card SET place = :place WHERE id = :id",
        parameters: &[":place", ":id"],
        writes: &[Writes::Update("card", &["place"]), Writes::Insert("log")],
        keys: &[Key("card", 2)],
        short: true,
        ..Statement::EMPTY
    };
    let arrived = across(&Define::new(8, &STATEMENT));
    assert_eq!((arrived.number, arrived.parameters), (8, 2));
    assert_eq!(
        (&*arrived.name, &*arrived.sql),
        (STATEMENT.name, STATEMENT.sql)
    );
    assert!(arrived.short);
    let tables = Tables::default();
    assert_eq!(arrived.tables().collect::<Vec<_>>(), ["card", "log"]);
    assert_eq!(
        arrived.write_set(&tables),
        tables.write_set(STATEMENT.writes)
    );
    assert_eq!(arrived.keys(&tables), tables.keys(STATEMENT.keys));
}

#[test]
fn a_place_says_whose_it_is_to_everybody_else() {
    let site = here();
    let at_owner = across(&WireSite::from(&site)).received(CLIENT, None);
    assert_eq!(
        at_owner.to_string(),
        format!("{site} in client 3, process 4711")
    );
    let sent = WireSite::from(&at_owner);
    let at_other = across(&sent).received(
        OWNER,
        Some(Party {
            client: Some(4),
            ..CLIENT
        }),
    );
    assert_eq!(at_other.to_string(), at_owner.to_string());
    let back = across(&sent).received(OWNER, Some(CLIENT));
    assert_eq!(back.to_string(), site.to_string());
    assert_eq!((back.file(), back.line()), (site.file(), site.line()));
    let of_owner = across(&WireSite::from(&site)).received(OWNER, Some(CLIENT));
    assert_eq!(
        of_owner.to_string(),
        format!("{site} in the owner, process 12")
    );
}

fn cause() -> Cause {
    let io = io::Error::new(io::ErrorKind::InvalidData, "inner");
    Box::new(Error::Io {
        path: PathBuf::from("outer"),
        source: io,
    })
}

/// One of each.
fn errors() -> Vec<Error> {
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
