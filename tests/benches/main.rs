//! Figures against rusqlite by hand and against other libraries, and of what watches cost: one table, nothing asserted about time. An argument runs
//! only the kinds of work whose names hold it.
//!
//! In: the schema, the seed and the statements of `fixtures/generate/bench`. Out: for every kind of work and for
//! memory and a WAL file the median time of one call by hand, and the ratio of each generated form to it. Invariant:
//! rival and contenders run the same SQL on the same rows with the same pragmas, in the same process and in turns.

#[path = "../fixtures/generate/bench/expected/bench_database.rs"]
mod bench_database;
mod bulk;
mod by_hand;
mod generated;
mod peers;
mod race;
mod store;
mod table;
mod watching;

use crate::bench_database::readings::AddParams;
use crate::race::{Failure, race};
use crate::store::{Medium, Store};
use crate::table::{NOTES, Table};
use crate::watching::Threads;

const MEDIA: [Medium; 2] = [Medium::Memory, Medium::File];

/// Rounds of one race; in each of them every contender has its turn.
const ROUNDS: u32 = 121;

/// What is done, and how often in one turn: enough for a turn of about a millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// One row by its key.
    Point,
    /// 1,000 rows of five columns.
    List,
    /// One row added in a transaction of its own.
    Insert,
    /// One row added in a transaction with all others of the turn.
    InsertMany,
}

impl Work {
    const ALL: [Self; 4] = [Self::Point, Self::List, Self::Insert, Self::InsertMany];

    fn name(self) -> &'static str {
        match self {
            Self::Point => "point select by key",
            Self::List => "list of 1,000 rows",
            Self::Insert => "insert, each its own transaction",
            Self::InsertMany => "insert, one transaction for all",
        }
    }

    fn only_reads(self) -> bool {
        matches!(self, Self::Point | Self::List)
    }

    fn calls(self) -> u32 {
        match self {
            Self::Point | Self::InsertMany => 1000,
            Self::List => 10,
            Self::Insert => 100,
        }
    }
}

/// The keys that a turn looks up, scattered over the table.
fn keys() -> impl Iterator<Item = i64> {
    (0..i64::from(Work::Point.calls())).map(|call| call * 373 % store::ITEMS + 1)
}

fn reading(call: u32) -> AddParams {
    AddParams {
        taken_at: i64::from(call),
        label: "a label of some length".to_owned(),
        level: Some(f64::from(call) / 8.0),
    }
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(("--peer", rest)) = arguments.split_first().map(|(a, rest)| (a.as_str(), rest)) {
        return peers::be(rest);
    }
    let part = arguments.first().map_or("", String::as_str);
    let is_wanted = |work: &str| work.contains(part);
    let mut table = Table::default();
    for medium in MEDIA {
        for work in Work::ALL.into_iter().filter(|work| is_wanted(work.name())) {
            let store = Store::new(medium)?;
            let mut contenders = by_hand::contenders(&store, work);
            contenders.extend(generated::contenders(&store, work));
            let finish = race(&mut contenders, work.calls(), ROUNDS)?;
            drop(contenders);
            store.check(work, ROUNDS)?;
            table.add(work.name(), medium.name(), finish);
        }
    }
    for medium in MEDIA.into_iter().filter(|_| is_wanted(bulk::NAME)) {
        let store = Store::new(medium)?;
        let finish = race(&mut bulk::contenders(&store), bulk::ROWS, bulk::ROUNDS)?;
        table.add(bulk::NAME, medium.name(), finish);
    }
    let threads = [Threads::One, Threads::Two];
    for threads in threads.into_iter().filter(|_| is_wanted(watching::NAME)) {
        let mut contenders = watching::contenders(threads)?;
        let finish = race(&mut contenders, watching::CALLS, ROUNDS)?;
        table.add(watching::NAME, threads.name(), finish);
    }
    if is_wanted(peers::NAME) {
        peers::compare(&mut table)?;
    }
    println!("{table}\n{NOTES}");
    Ok(())
}
