//! `docs/wire.md` says what is sent.

use crate::value::Cell;

use super::super::frame::encode;
use super::super::preamble::preamble;
use super::super::*;
use super::errors::errors;
use super::{to_client, to_owner};

const PAGE: &str = include_str!("../../../../../docs/wire.md");

/// The bytes of the page's examples.
fn examples() -> Vec<Vec<u8>> {
    let blocks = PAGE.split("```hex\n").skip(1);
    let block = |block: &str| {
        let (lines, _) = block.split_once("```").unwrap();
        let words = lines.lines().flat_map(|line| {
            let (bytes, _) = line.split_at(line.len().min(27));
            bytes.split(' ').filter(|word| !word.is_empty())
        });
        words
            .map(|word| u8::from_str_radix(word, 16).unwrap())
            .collect()
    };
    blocks.map(block).collect()
}

#[test]
fn the_examples_of_the_page_are_what_is_sent() {
    let site = crate::error::Elsewhere {
        file: "src/a.rs".to_owned(),
        line: 12,
        column: 5,
        party: None,
    };
    let call = ToOwner::Call(Call {
        id: 129,
        block: None,
        site: WireSite::from(&site.into()),
        ask: Ask::Run {
            statement: 7,
            values: [Cell::Integer(5)].into_iter().collect(),
            most: 2,
            execute: false,
        },
    });
    let mut rows = Rows::default();
    rows.push([Cell::Integer(-1), Cell::Text("é")]);
    let done = ToClient::Done {
        id: 129,
        shows: 3,
        in_transaction: false,
        result: Ok(Outcome::Ran {
            rows,
            counts: Counts::default(),
            wrote: false,
        }),
    };
    let (mut asked, mut told) = (preamble().to_vec(), preamble().to_vec());
    encode(&call, &mut asked);
    encode(&done, &mut told);
    assert_eq!(examples(), [asked, told]);
}

/// The name of a variant, as its debug text begins.
fn name(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    let end = text.find(|c: char| !c.is_alphanumeric());
    text[..end.unwrap_or(text.len())].to_owned()
}

/// The first byte of what is sent for a value.
fn number(value: &impl serde::Serialize) -> u8 {
    postcard::to_allocvec(value).unwrap()[0]
}

#[test]
fn the_tables_of_the_page_give_every_message_its_number() {
    let mut found = Vec::new();
    for message in to_owner() {
        found.push((number(&message), name(&message), "Messages of a client"));
        if let ToOwner::Call(call) = message {
            found.push((number(&call.ask), name(&call.ask), "What is asked for"));
        }
    }
    for message in to_client() {
        found.push((number(&message), name(&message), "Messages of an owner"));
        if let ToClient::Done {
            result: Ok(outcome),
            ..
        } = message
        {
            found.push((number(&outcome), name(&outcome), "What came of a call"));
        }
    }
    for error in errors() {
        // One error in it at most begins with its number after how many there are.
        let faults = postcard::to_allocvec(&Faults::from(&error)).unwrap();
        found.push((faults[1], name(&error), "Errors are those"));
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 6 + 10 + 7 + 5 + 30);
    for (number, name, section) in found {
        let (_, section) = PAGE.split_once(section).unwrap();
        let row = format!("\n| {number} | `{name}` |");
        let table = section.split("\n## ").next().unwrap();
        assert!(table.contains(&row), "{row}");
    }
}

#[test]
fn the_limits_of_the_page_are_those_that_hold() {
    for limit in ["16,777,216", "262,144"] {
        assert!(PAGE.contains(limit));
    }
    assert_eq!(super::super::frame::LONGEST_FRAME, 16_777_216);
    assert_eq!(super::super::codec::PIECES, 262_144);
    assert!(PAGE.contains(&format!("Version {VERSION} of the protocol")));
}
