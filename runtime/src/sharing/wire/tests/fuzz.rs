//! Streams that chance makes of valid ones: whatever comes, it is understood or refused, at no great cost.
//!
//! `FUZZ=1000000 cargo test -p sqlitenow-runtime --features sharing --lib fuzz` tries so many; `FUZZ_SEED=7` starts elsewhere. A
//! stream that leads to something new is kept and changed further, so that chance gets deeper than one change can.

use std::collections::HashSet;
use std::fmt::Debug;

use allocation_counter::measure;
use bytes::BytesMut;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::invalidation::Tables;

use super::super::frame::{Assembler, encode};
use super::super::*;
use super::dice::Dice;
use super::{CLIENT, OWNER, to_client, to_owner};

/// A message may be so long here.
const LONGEST: usize = 1 << 16;

/// How many streams are kept; beyond, a new one takes the place of another.
const KEPT: usize = 2000;

/// What taking a stream of `length` bytes apart may take: the stream, what has been put together of it and what was made of
/// that, and the bound of a frame.
fn bound(length: usize) -> u64 {
    u64::try_from(4 * length + (16 << 20)).unwrap()
}

/// What is made of messages.
trait Used: Serialize + DeserializeOwned + PartialEq + Debug {
    /// Does with it whatever its receiver may do. Returns what is seldom seen.
    fn used(self) -> String;
}

impl Used for ToOwner {
    fn used(self) -> String {
        let tables = Tables::default();
        match self {
            Self::Define(define) => {
                define.write_set(&tables);
                define.keys(&tables);
                format!("define {}", define.tables().count().min(5))
            }
            Self::Call(Call { site, ask, .. }) => {
                let site = site.received(CLIENT, None).to_string();
                let what = match ask {
                    Ask::Run { values, .. } | Ask::Stream { values, .. } => {
                        values.to_values().len()
                    }
                    Ask::Raw { values, .. } => values.iter().count(),
                    Ask::Many { runs, .. } => runs.iter().count(),
                    Ask::Begin { kind, .. } => kind as usize,
                    _ => 0,
                };
                format!("call {} {}", site.len().min(40), what.min(20))
            }
            other => format!("{:.5}", format!("{other:?}")),
        }
    }
}

impl Used for ToClient {
    fn used(self) -> String {
        match self {
            Self::Commit(commit) => {
                let tables = Tables::default();
                let set = commit.write_set(&tables);
                let again = WireCommit::new(commit.number, &set, &tables);
                assert_eq!(again.write_set(&tables), set);
                format!("commit {}", set.iter().count().min(5))
            }
            Self::Rows { rows, .. } => {
                let mut all = Vec::new();
                rows.append_to(&mut all);
                assert_eq!(all.len(), rows.count());
                format!("rows {}", all.len().min(20))
            }
            Self::Refused(faults)
            | Self::Done {
                result: Err(faults),
                ..
            } => {
                let error = faults.received(OWNER, Some(CLIENT));
                format!(
                    "error {:.9} {}",
                    format!("{error:?}"),
                    error.to_string().len().min(99)
                )
            }
            Self::Done {
                result: Ok(outcome),
                ..
            } => match outcome {
                Outcome::Many(pairs) => format!("many {}", pairs.changes().count().min(20)),
                Outcome::Status(status) => status.received(OWNER, None).waiting.to_string(),
                other => format!("{:.4}", format!("{other:?}")),
            },
            other => format!("{:.5}", format!("{other:?}")),
        }
    }
}

/// What came of a stream that arrives in pieces.
fn taken<M: DeserializeOwned>(
    stream: &[u8],
    mut piece: impl FnMut() -> usize,
) -> (Vec<M>, Option<Violation>) {
    let (mut assembler, mut bytes) = (Assembler::new(LONGEST), BytesMut::new());
    let (mut all, mut rest) = (Vec::new(), stream);
    while !rest.is_empty() {
        let (some, others) = rest.split_at(piece().clamp(1, rest.len()));
        bytes.extend_from_slice(some);
        rest = others;
        loop {
            match assembler.next(&mut bytes) {
                Ok(Some(message)) => all.push(message),
                Ok(None) => break,
                Err(violation) => return (all, Some(violation)),
            }
        }
    }
    (all, None)
}

/// Tries a stream. Returns what has become of it.
fn tried<M: Used>(stream: &[u8], dice: &mut Dice) -> (usize, String) {
    let widest = [1, 3, 20, 400][dice.below(4)];
    let whole = taken::<M>(stream, || usize::MAX);
    let mut pieces = (Vec::new(), None);
    let cost = measure(|| pieces = taken::<M>(stream, || 1 + dice.below(widest)));
    assert!(cost.bytes_max <= bound(stream.len()), "{cost:?}");
    assert_eq!(pieces, whole, "in pieces of up to {widest} bytes");
    let (messages, violation) = whole;
    let count = messages.len();
    let mut outcome = format!("{:.30}", format!("{violation:?}"));
    for message in messages {
        let mut bytes = Vec::new();
        encode(&message, &mut bytes);
        let again = taken::<M>(&bytes, || usize::MAX);
        assert_eq!(again.1, None);
        assert_eq!(again.0, std::slice::from_ref(&message));
        outcome = message.used();
    }
    (count, outcome)
}

/// Changes a stream of bytes somewhere.
fn mutate(dice: &mut Dice, bytes: &mut Vec<u8>, other: &[u8]) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + 1 + dice.below(9)).min(bytes.len());
    match dice.below(14) {
        0..=4 if at < end => bytes[at] ^= 1 << dice.below(8),
        5..=7 if at < end => bytes[at] = dice.pick(&[0, 1, 2, 0x7f, 0x80, 0xfe, 0xff]),
        8 if at < end => drop(bytes.drain(at..end)),
        9 => bytes.insert(at, u8::try_from(dice.below(256)).unwrap()),
        10 => bytes.truncate(at),
        11 if at < end => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        // The greatest length that can be said.
        12 => drop(bytes.splice(at..end, [0xff, 0xff, 0xff, 0xff, 0x0f])),
        _ => {
            let from = dice.below(other.len() + 1);
            let to = (from + dice.below(40)).min(other.len());
            bytes.splice(at..end, other[from..to].iter().copied());
        }
    }
}

/// A frame, or two of them, around what a message is made of.
fn framed(dice: &mut Dice, carried: &[u8]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut put = |flag: u8, carried: &[u8]| {
        stream.extend(u32::try_from(carried.len()).unwrap().to_le_bytes());
        stream.push(flag);
        stream.extend(carried);
    };
    let (first, second) = carried.split_at(dice.below(carried.len() + 1));
    if first.is_empty() || dice.chance(70) {
        put(0, carried);
    } else {
        put(1, first);
        put(0, second);
    }
    stream
}

fn fuzz<M: Used>(seed: u64, wanted: usize, messages: &[M]) {
    let mut dice = Dice::new(seed);
    // What messages are made of, without frames.
    let mut kept: Vec<Vec<u8>> = messages
        .iter()
        .map(|message| postcard::to_allocvec(message).unwrap())
        .collect();
    let mut known = HashSet::new();
    let mut understood = 0;
    for _ in 0..wanted {
        // A valid one every other time, or what was kept would lead further and further away from them.
        let from = dice.pick(&[messages.len(), kept.len()]);
        let mut carried = kept[dice.below(from)].clone();
        let other = kept[dice.below(kept.len())].clone();
        for _ in 0..dice.pick(&[1, 1, 1, 2, 4]) {
            mutate(&mut dice, &mut carried, &other);
        }
        carried.truncate(LONGEST / 8);
        let mut stream = framed(&mut dice, &carried);
        if dice.chance(20) {
            stream.extend(framed(&mut dice, &other));
            mutate(&mut dice, &mut stream, &other);
        }
        let (count, outcome) = tried::<M>(&stream, &mut dice);
        understood += usize::from(count > 0);
        if known.insert(outcome) {
            if kept.len() < KEPT {
                kept.push(carried);
            } else {
                kept[messages.len() + dice.below(KEPT - messages.len())] = carried;
            }
        }
    }
    println!(
        "{wanted} streams, {understood} with a whole message, {} outcomes",
        known.len()
    );
    assert!(
        understood > wanted / 20,
        "hardly anything was understood: {understood}"
    );
}

fn number<T: std::str::FromStr<Err: Debug>>(variable: &str, otherwise: T) -> T {
    let value = std::env::var(variable).ok();
    value.map_or(otherwise, |value| value.parse().expect("a number"))
}

#[test]
fn s55_whatever_a_client_sends_is_understood_or_refused() {
    fuzz(
        number("FUZZ_SEED", 1),
        number("FUZZ", 10_000) / 2,
        &to_owner(),
    );
}

#[test]
fn s55_whatever_an_owner_sends_is_understood_or_refused() {
    fuzz(
        number("FUZZ_SEED", 1),
        number("FUZZ", 10_000) / 2,
        &to_client(),
    );
}
