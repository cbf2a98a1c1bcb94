//! What is sent arrives, however it is cut on the way, and what nobody sent is refused.

mod connection;
#[path = "../../../../../tests/random/dice.rs"]
mod dice;
mod errors;
mod frames;
mod fuzz;
mod memory;
mod page;
mod parts;

use std::panic::Location;
use std::time::Duration;

use crate::error::{CallSite, Party};
use crate::invalidation::{ChangeOrigin, Tables, WriteSet};
use crate::statement::{Changes, Key, Statement, Writes};
use crate::value::Value;

use super::*;

use self::parts::odd_values;

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

/// One of each that a client sends.
fn to_owner() -> Vec<ToOwner> {
    let values = Cells::from(odd_values().as_slice());
    let mut runs = Pairs::default();
    runs.push(5, 2);
    let block = 7;
    let mut asks = vec![
        Ask::Run {
            statement: 5,
            values: values.clone(),
            most: u64::MAX,
            execute: true,
        },
        Ask::Many {
            runs,
            values: values.clone(),
        },
        Ask::Raw {
            sql: "SELECT 1".to_owned(),
            values: values.clone(),
            may_write: true,
        },
        Ask::Stream {
            statement: 5,
            values,
        },
        Ask::End { block, keep: true },
        Ask::Status,
        Ask::Backup {
            path: "copy.db".to_owned(),
        },
        Ask::Report {
            tables: vec!["card".to_owned(), String::new()],
        },
        Ask::Shutdown,
    ];
    let kinds = [
        BlockKind::Deferred,
        BlockKind::Immediate,
        BlockKind::Exclusive,
        BlockKind::Savepoint,
        BlockKind::Settings,
    ];
    asks.extend(kinds.map(|kind| Ask::Begin { block, kind }));
    let calls = (0..).zip(asks).map(|(id, ask)| {
        ToOwner::Call(Call {
            id,
            block: (id % 2 == 0).then_some(block),
            site: WireSite::from(&here()),
            ask,
        })
    });
    let mut all = vec![
        ToOwner::Hello(Hello {
            schema: Schema {
                version: 3,
                hash: u64::MAX,
            },
            token: [0xa5; 32],
            process: 4711,
            read_only: false,
            close_owner_on_close: true,
        }),
        ToOwner::Define(Define::new(5, &STATEMENT)),
        ToOwner::More { id: 9 },
        ToOwner::Cancel { id: u64::MAX },
        ToOwner::Bye,
    ];
    all.extend(calls);
    all
}

/// One of each that an owner sends.
fn to_client() -> Vec<ToClient> {
    let tables = Tables::default();
    let mut set = WriteSet::everything(ChangeOrigin::External);
    set.merge(&tables.write_set(STATEMENT.writes).confined(&[(0, Some(1))]));
    let rows = odd_values()
        .chunks(2)
        .map(<[Value]>::to_vec)
        .collect::<Vec<_>>();
    let rows = Rows::from(rows.as_slice());
    let counts = Counts::from(Changes::new(u64::MAX, i64::MIN));
    let outcomes = [
        Outcome::Kept,
        Outcome::Ran {
            rows: rows.clone(),
            counts,
            wrote: true,
        },
        Outcome::Many([Changes::new(3, -1)].into_iter().collect()),
        Outcome::Raw {
            columns: vec!["a".to_owned(), String::new()],
            rows: rows.clone(),
            counts,
        },
        Outcome::Status(status()),
    ];
    let errors = errors::errors();
    let failed = errors.iter().map(|error| Err(Faults::from(error)));
    let ended = outcomes.into_iter().map(Ok).chain(failed);
    let ended = (0..).zip(ended).map(|(id, result)| ToClient::Done {
        id,
        shows: id + 1,
        in_transaction: result.is_ok(),
        result,
    });
    let mut all = vec![
        ToClient::Welcome(Welcome {
            client: 3,
            schema: Schema {
                version: 3,
                hash: 1,
            },
            commits: 17,
            readers: 2,
            process: 12,
            longest: 1 << 28,
        }),
        ToClient::Refused(Faults::from(&errors[0])),
        ToClient::Commit(WireCommit::new(18, &set, &tables)),
        ToClient::Rows { id: 1, rows },
        ToClient::Chunk { id: 1 },
        ToClient::Gone { closed: true },
    ];
    all.extend(ended);
    all
}

fn status() -> WireStatus {
    WireStatus::from(&crate::Status {
        holder: Some(crate::database::Holder {
            site: here(),
            since: Duration::from_millis(3),
        }),
        waiting: 1,
        waiting_outside: 2,
        watches: 3,
        readers: 4,
        clients: 9,
        streams: 5,
        cache_hits: 6,
        cache_misses: 7,
        commits: 8,
    })
}
