//! What messages are made of arrives as it was.

use crate::error::Party;
use crate::invalidation::{ChangeOrigin, Tables, WriteSet};
use crate::statement::{Reads, Writes};
use crate::value::Value;

use super::super::*;
use super::{CLIENT, OWNER, STATEMENT, across, here, status};

pub(super) fn odd_values() -> Vec<Value> {
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
    there.read_set(&[Reads("other", &["b", "A"])]);
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

#[test]
fn the_status_arrives() {
    let (sent, arrived) = (status(), across(&status()));
    let shown = arrived.received(OWNER, Some(CLIENT));
    assert_eq!(
        (shown.waiting, shown.waiting_outside, shown.watches),
        (1, 2, 3)
    );
    assert_eq!((shown.readers, shown.streams), (4, 5));
    assert_eq!(
        (shown.cache_hits, shown.cache_misses, shown.commits),
        (6, 7, 8)
    );
    let holder = shown.holder.as_ref().unwrap();
    assert!(
        holder
            .site
            .to_string()
            .ends_with("in the owner, process 12")
    );
    assert_eq!(sent.received(OWNER, Some(CLIENT)), shown);
}
