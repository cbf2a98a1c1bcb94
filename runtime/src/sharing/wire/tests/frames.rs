//! Frames, taken apart without any stream.

use bytes::BytesMut;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::value::{Cell, Value};

use super::super::frame::{Assembler, LONGEST_FRAME, encode};
use super::super::*;
use super::{to_client, to_owner};

const LONGEST: usize = 1 << 30;

fn frame(flag: u8, carried: &[u8]) -> Vec<u8> {
    let length = u32::try_from(carried.len()).unwrap().to_le_bytes();
    [&length[..], &[flag], carried].concat()
}

fn encoded(messages: &[impl Serialize]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        encode(message, &mut bytes);
    }
    bytes
}

/// What comes of bytes that arrive in pieces.
fn arriving<'p, M: DeserializeOwned>(
    pieces: impl IntoIterator<Item = &'p [u8]>,
    longest: usize,
) -> Result<Vec<M>, Violation> {
    let (mut assembler, mut bytes) = (Assembler::new(longest), BytesMut::new());
    let mut all = Vec::new();
    for piece in pieces {
        bytes.extend_from_slice(piece);
        while let Some(message) = assembler.next(&mut bytes)? {
            all.push(message);
        }
    }
    Ok(all)
}

#[test]
fn every_message_arrives_in_pieces_of_any_size() {
    let (asked, told) = (to_owner(), to_client());
    for size in [1, 2, 3, 5, 64, 1 << 20] {
        let bytes = encoded(&asked);
        assert_eq!(arriving(bytes.chunks(size), LONGEST).as_ref(), Ok(&asked));
        let bytes = encoded(&told);
        assert_eq!(arriving(bytes.chunks(size), LONGEST).as_ref(), Ok(&told));
    }
}

#[test]
fn a_message_cut_into_frames_arrives() {
    let message = &to_owner()[5];
    let whole = postcard::to_allocvec(message).unwrap();
    for size in 1..whole.len() {
        let mut parts = whole.chunks(size).peekable();
        let mut bytes = Vec::new();
        while let Some(part) = parts.next() {
            bytes.extend(frame(u8::from(parts.peek().is_some()), part));
        }
        let twice = bytes.repeat(2);
        let arrived = arriving::<ToOwner>(twice.chunks(7), LONGEST).unwrap();
        assert_eq!(arrived, [message.clone(), message.clone()]);
        bytes.truncate(bytes.len() - 1);
        assert_eq!(arriving::<ToOwner>([&bytes[..]], LONGEST), Ok(Vec::new()));
    }
    // The end may be empty.
    let bytes = [frame(1, &whole), frame(0, &[])].concat();
    assert_eq!(
        arriving::<ToOwner>([&bytes[..]], LONGEST).unwrap(),
        std::slice::from_ref(message)
    );
}

#[test]
fn s54_100_mib_arrive_whole_in_frames_of_at_most_16() {
    // Of a length that no power of two divides, so that no two frames are alike.
    let blob = (0..251).collect::<Vec<u8>>().repeat(417_763);
    let mut rows = Rows::default();
    rows.push([Cell::Integer(1), Cell::Blob(&blob)]);
    let bytes = encoded(&[ToClient::Rows { id: 4, rows }]);
    let mut rest = &bytes[..];
    let mut frames = 0;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        assert!(length <= 16 << 20);
        rest = &after[1 + length..];
        frames += 1;
    }
    assert_eq!(frames, 7);
    let arrived = arriving(bytes.chunks(1 << 20), LONGEST).unwrap();
    let [ToClient::Rows { id: 4, rows }] = &arrived[..] else {
        panic!("something else arrived")
    };
    let mut values = Vec::new();
    rows.append_to(&mut values);
    assert!(values == [[Value::Integer(1), Value::Blob(blob)]]);
}

#[test]
fn what_breaks_the_rules_is_refused_as_soon_as_it_is_seen() {
    let refused = |bytes: &[u8], longest| arriving::<ToOwner>([bytes], longest).unwrap_err();
    let length = u32::try_from(LONGEST_FRAME + 1).unwrap();
    let mut long = length.to_le_bytes().to_vec();
    long.push(0);
    assert_eq!(refused(&long, LONGEST), Violation::LongFrame { length });
    assert_eq!(refused(&[1, 0, 0, 0, 2], LONGEST), Violation::Flag(2));
    assert_eq!(refused(&[0, 0, 0, 0, 1], LONGEST), Violation::EmptyFrame);
    let longest = 9;
    assert_eq!(
        refused(&[10, 0, 0, 0, 0], longest),
        Violation::LongMessage { longest }
    );
    let bytes = [&frame(1, &[0; 5])[..], &[5, 0, 0, 0, 1]].concat();
    assert_eq!(refused(&bytes, longest), Violation::LongMessage { longest });
    let mut bye = postcard::to_allocvec(&ToOwner::Bye).unwrap();
    bye.push(0);
    assert_eq!(refused(&frame(0, &bye), LONGEST), Violation::Trailing);
    for malformed in [&[][..], &[99], &[3], &[2, 1]] {
        let violation = refused(&frame(0, malformed), LONGEST);
        assert!(
            matches!(violation, Violation::Malformed(_)),
            "{malformed:?}"
        );
    }
}

#[test]
fn a_message_may_not_consist_of_too_many_pieces() {
    let names = |count: usize| {
        let tables = vec![String::new(); count];
        let site = WireSite::from(&super::here());
        let ask = Ask::Report { tables };
        encoded(&[ToOwner::Call(Call {
            id: 1,
            block: None,
            site,
            ask,
        })])
    };
    assert!(arriving::<ToOwner>([&names(250_000)[..]], LONGEST).is_ok());
    let refused = arriving::<ToOwner>([&names(300_000)[..]], LONGEST);
    assert!(matches!(refused, Err(Violation::Malformed(_))));
}
