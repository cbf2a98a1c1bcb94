//! Many rows of one statement at once.
//!
//! In: an empty table, the rows. Out: one contender for a loop by hand and for each generated form. Invariant: every turn
//! begins with an empty table and ends with all rows in it, which is looked at outside of the time.

use std::time::{Duration, Instant};

use rusqlite::Connection;
use sqlitenow_runtime::v1::Bound;

use crate::bench_database::BenchDatabase;
use crate::bench_database::readings::{Add, AddParams, Count};
use crate::race::{Contender, Failure};
use crate::reading;
use crate::store::Store;

/// What is timed.
pub const NAME: &str = "100,000 rows at once";
/// How many rows.
pub const ROWS: u32 = 100_000;
/// Rounds of the race.
pub const ROUNDS: u32 = 13;

fn rows() -> Vec<AddParams> {
    (0..ROWS).map(reading).collect()
}

fn timed(work: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn full(count: i64) -> Result<(), Failure> {
    if count == i64::from(ROWS) {
        return Ok(());
    }
    Err(format!("found {count} rows instead of {ROWS}").into())
}

fn by_hand(connection: &Connection, rows: &[AddParams]) -> Result<Duration, Failure> {
    connection.execute("DELETE FROM reading", ())?;
    let took = timed(|| {
        let transaction = connection.unchecked_transaction()?;
        let mut add = connection.prepare_cached(Add::STATEMENT.sql)?;
        for row in rows {
            add.execute((row.taken_at, &row.label, row.level))?;
        }
        Ok(transaction.commit()?)
    })?;
    full(connection.query_row(Count::STATEMENT.sql, (), |row| row.get(0))?)?;
    Ok(took)
}

fn blocking(db: &BenchDatabase, rows: &[AddParams]) -> Result<Duration, Failure> {
    db.blocking_write(|on| on.execute_raw("DELETE FROM reading", ()))?;
    let took = timed(|| {
        db.blocking_write(|on| on.readings().add_many(rows).execute())?;
        Ok(())
    })?;
    full(db.blocking_read(|on| on.readings().count().one())?.readings)?;
    Ok(took)
}

async fn awaited(db: &BenchDatabase, rows: &[AddParams]) -> Result<Duration, Failure> {
    db.execute_raw("DELETE FROM reading", ()).await?;
    let start = Instant::now();
    db.readings().add_many(rows).execute().await?;
    let took = start.elapsed();
    full(db.readings().count().one().await?.readings)?;
    Ok(took)
}

/// The rival, and one contender for each form.
pub fn contenders(store: &Store) -> Vec<Contender<'_>> {
    let contender = |name, turn| Contender {
        name,
        rival: "by hand, a loop",
        turn,
    };
    let (first, second, third) = (rows(), rows(), rows());
    vec![
        contender(
            "by hand, a loop",
            Box::new(move || by_hand(&store.alone, &first)),
        ),
        contender(
            "generated, blocking",
            Box::new(move || blocking(&store.blocking, &second)),
        ),
        contender(
            "generated, async",
            Box::new(move || store.runtime.block_on(awaited(&store.auto, &third))),
        ),
    ]
}
