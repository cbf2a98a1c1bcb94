//! The contenders: the generated module through its blocking and its asynchronous doors.
//!
//! In: open databases. Out: one contender for each form. The blocking one makes all reads of a turn in one closure;
//! the asynchronous ones await each call on a current-thread runtime, which is entered once for a turn.

use std::hint::black_box;

use sqlitenow_runtime::Error;

use crate::bench_database::{BenchConnection, BenchDatabase, BenchTransaction};
use crate::by_hand::rival;
use crate::race::{Contender, whole};
use crate::store::Store;
use crate::{Work, keys, reading};

fn add(connection: &BenchConnection<'_>, call: u32) -> Result<(), Error> {
    let changes = connection.readings().add(&reading(call)).execute()?;
    black_box(changes);
    Ok(())
}

fn blocking(db: &BenchDatabase, work: Work) -> Result<(), Error> {
    match work {
        Work::Point => db.blocking_read(|on| {
            keys().try_for_each(|id| on.items().by_id(id).one().map(black_box).map(drop))
        }),
        Work::List => db.blocking_read(|on| {
            (0..work.calls()).try_for_each(|_| on.items().all().list().map(black_box).map(drop))
        }),
        Work::Insert => {
            (0..work.calls()).try_for_each(|call| db.blocking_write(|on| add(&on, call)))
        }
        Work::InsertMany => {
            db.blocking_write(|on| (0..work.calls()).try_for_each(|call| add(&on, call)))
        }
    }
}

async fn awaited(db: &BenchDatabase, work: Work) -> Result<(), Error> {
    let add = async |tx: &BenchTransaction, call| {
        let changes = tx.readings().add(&reading(call)).execute().await?;
        black_box(changes);
        Ok::<_, Error>(())
    };
    match work {
        Work::Point => {
            for id in keys() {
                black_box(db.items().by_id(id).one().await?);
            }
        }
        Work::List => {
            for _ in 0..work.calls() {
                black_box(db.items().all().list().await?);
            }
        }
        Work::Insert => {
            for call in 0..work.calls() {
                db.transaction(async |tx| add(&tx, call).await).await?;
            }
        }
        Work::InsertMany => {
            let all = async |tx| {
                for call in 0..work.calls() {
                    add(&tx, call).await?;
                }
                Ok::<_, Error>(())
            };
            db.transaction(all).await?;
        }
    }
    Ok(())
}

/// One contender for each form.
pub fn contenders(store: &Store, work: Work) -> Vec<Contender<'_>> {
    let asynchronous = |name, db| Contender {
        name,
        rival: rival(work, false),
        turn: whole(move || Ok(store.runtime.block_on(awaited(db, work))?)),
    };
    vec![
        Contender {
            name: "generated, blocking",
            rival: rival(work, true),
            turn: whole(move || Ok(blocking(&store.blocking, work)?)),
        },
        asynchronous("generated, async", &store.auto),
        asynchronous("generated, async, inline", &store.inline),
    ]
}
