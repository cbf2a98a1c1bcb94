//! What receiving costs, against somebody who wants it to cost much, and what sending costs.

use allocation_counter::measure;
use bytes::{BufMut as _, BytesMut};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::value::Value;

use super::super::codec::{read, write};
use super::super::frame::{Assembler, LONGEST_FRAME, encode};
use super::super::*;
use super::{here, to_owner};

/// The most that taking these bytes apart has held at one time.
fn cost<M: DeserializeOwned>(stream: &[u8]) -> usize {
    let cost = measure(|| {
        let mut assembler = Assembler::new(1 << 30);
        let mut bytes = BytesMut::new();
        for piece in stream.chunks(64 << 10) {
            if bytes.capacity() == bytes.len() {
                bytes.reserve(bytes.len().max(64 << 10));
            }
            bytes.put_slice(piece);
            while let Ok(Some(message)) = assembler.next::<M>(&mut bytes) {
                drop(message);
            }
        }
    });
    usize::try_from(cost.bytes_max).unwrap()
}

fn call(ask: Ask) -> ToOwner {
    ToOwner::Call(Call {
        id: 1,
        block: None,
        site: WireSite::from(&here()),
        ask,
    })
}

#[test]
fn s55_nothing_is_reserved_for_what_is_promised() {
    let promised = |length: usize, flag: u8| {
        let mut stream = u32::try_from(length).unwrap().to_le_bytes().to_vec();
        stream.push(flag);
        stream.extend([0; 1000]);
        cost::<ToOwner>(&stream)
    };
    for flag in [0, 1] {
        assert!(promised(LONGEST_FRAME, flag) < 200 << 10);
    }
    // Lists, texts and cells that say they are long.
    for message in to_owner() {
        let whole = postcard::to_allocvec(&message).unwrap();
        for at in 1..whole.len() {
            let mut hostile = whole[..at].to_vec();
            hostile.extend([0xff, 0xff, 0xff, 0xff, 0x07]);
            let mut stream = Vec::new();
            stream.extend(u32::try_from(hostile.len()).unwrap().to_le_bytes());
            stream.push(0);
            stream.extend(hostile);
            assert!(cost::<ToOwner>(&stream) < 4 << 20, "{message:?} at {at}");
        }
    }
}

#[test]
fn s55_no_message_takes_much_more_than_its_bytes() {
    let many = 1 << 20;
    let nulls = Cells::from(vec![Value::Null; many].as_slice());
    let texts = Cells::from(vec![Value::from(""); many].as_slice());
    let hostile = [
        call(Ask::Raw {
            sql: "x".repeat(20 << 20),
            values: nulls.clone(),
            may_write: true,
        }),
        call(Ask::Many {
            runs: Pairs::default(),
            values: texts,
        }),
        call(Ask::Report {
            tables: vec![String::new(); 250_000],
        }),
        call(Ask::Report {
            tables: vec![String::new(); many],
        }),
        call(Ask::Stream {
            statement: 1,
            values: nulls,
        }),
    ];
    for message in hostile {
        let mut stream = Vec::new();
        encode(&message, &mut stream);
        let cost = cost::<ToOwner>(&stream);
        let bound = 4 * stream.len() + LONGEST_FRAME;
        assert!(cost <= bound, "{cost} bytes for {}", stream.len());
    }
}

/// How often sending and receiving a message asks for memory, with a buffer at hand.
fn allocations<M: Serialize + DeserializeOwned>(message: &M) -> (u64, u64) {
    let mut bytes = Vec::with_capacity(1 << 10);
    let sent = measure(|| write(message, &mut bytes));
    let received = measure(|| drop(read::<M>(&bytes).unwrap()));
    (sent.count_total, received.count_total)
}

#[test]
fn a_short_message_asks_for_little_memory() {
    let ask = Ask::Run {
        statement: 7,
        values: Cells::from(&[Value::Integer(1)][..]),
        most: 1,
        execute: false,
    };
    // The file of the caller and the values.
    assert_eq!(allocations(&call(ask)), (0, 2));
    let mut rows = Rows::default();
    rows.push([
        crate::value::Cell::Integer(1),
        crate::value::Cell::Text("a"),
    ]);
    let done = ToClient::Done {
        id: 1,
        shows: 1,
        in_transaction: false,
        result: Ok(Outcome::Ran {
            rows,
            counts: Counts::default(),
            wrote: false,
        }),
    };
    assert_eq!(allocations(&done), (0, 1));
}
