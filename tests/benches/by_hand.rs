//! The rivals: what a careful person writes on rusqlite. Columns by index, statements from the cache.
//!
//! In: a connection. Out: the same structs of owned values that the generator makes. Invariant: the SQL is the
//! generated module's own constant.

use std::hint::black_box;

use rusqlite::{Connection, Row, Transaction, TransactionBehavior};
use sqlitenow_runtime::v1::Bound;

use crate::bench_database::items::{All, AllRow, ById};
use crate::bench_database::readings::{Add, AddParams};
use crate::race::{Contender, whole};
use crate::store::Store;
use crate::{Work, keys, reading};

/// Reads a row by index.
pub fn item(row: &Row<'_>) -> rusqlite::Result<AllRow> {
    Ok(AllRow {
        id: row.get(0)?,
        name: row.get(1)?,
        price: row.get(2)?,
        note: row.get(3)?,
        payload: row.get(4)?,
    })
}

fn by_id(connection: &Connection, id: i64) -> rusqlite::Result<AllRow> {
    let mut statement = connection.prepare_cached(ById::STATEMENT.sql)?;
    statement.query_row([id], item)
}

fn all(connection: &Connection) -> rusqlite::Result<Vec<AllRow>> {
    let mut statement = connection.prepare_cached(All::STATEMENT.sql)?;
    statement.query_map((), item)?.collect()
}

fn add(connection: &Connection, reading: &AddParams) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(Add::STATEMENT.sql)?;
    let rows = statement.execute((reading.taken_at, &reading.label, reading.level))?;
    black_box((rows, connection.last_insert_rowid()));
    Ok(())
}

/// Runs the calls of one turn; reads may share a transaction, for one read transaction each costs more than the read.
fn turn(connection: &Connection, work: Work, together: bool) -> rusqlite::Result<()> {
    let calls = || match work {
        Work::Point => keys().try_for_each(|id| by_id(connection, id).map(black_box).map(drop)),
        Work::List => (0..work.calls()).try_for_each(|_| all(connection).map(black_box).map(drop)),
        Work::Insert => (0..work.calls()).try_for_each(|call| {
            transaction(connection, TransactionBehavior::Immediate, || {
                add(connection, &reading(call))
            })
        }),
        Work::InsertMany => (0..work.calls()).try_for_each(|call| add(connection, &reading(call))),
    };
    match work {
        Work::InsertMany => transaction(connection, TransactionBehavior::Immediate, calls),
        Work::Point | Work::List if together => {
            transaction(connection, TransactionBehavior::Deferred, calls)
        }
        _ => calls(),
    }
}

fn transaction(
    connection: &Connection,
    behavior: TransactionBehavior,
    work: impl FnOnce() -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(connection, behavior)?;
    work()?;
    transaction.commit()
}

/// The name of the rival of those who do all calls of a turn together, or each alone.
pub fn rival(work: Work, together: bool) -> &'static str {
    if together && work.only_reads() {
        "by hand, one read transaction"
    } else {
        "by hand"
    }
}

/// The rivals: for writes there is one.
pub fn contenders(store: &Store, work: Work) -> Vec<Contender<'_>> {
    let contender = |together: bool, connection| Contender {
        name: rival(work, together),
        rival: rival(work, together),
        turn: whole(move || Ok(turn(connection, work, together)?)),
    };
    let mut contenders = vec![contender(false, &store.alone)];
    if work.only_reads() {
        contenders.push(contender(true, &store.together));
    }
    contenders
}
