//! Futures dropped half-way. Every test asserts that it was at the suspension it is about.

use std::pin::pin;
use std::time::Duration;

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;

use crate::faulty::Faults;
use crate::harness::{board, board_with_latch, builder, poll_once, titles};

const SEED: [&str; 1] = ["read the guide"];

async fn insert(db: &BoardDatabase) -> Result<(), Error> {
    db.transaction(async |tx| {
        tx.cards().insert_titled("undone").execute().await?;
        Ok(())
    })
    .await
}

async fn nested(db: &BoardDatabase) -> Result<(), Error> {
    db.transaction(async |tx| {
        tx.cards().insert_titled("outer, undone").execute().await?;
        tx.transaction(async |tx| {
            tx.cards().insert_titled("inner, undone").execute().await?;
            Ok(())
        })
        .await
    })
    .await
}

/// Nothing is left of what was dropped, and the database works.
async fn assert_untouched_and_usable(db: &BoardDatabase) {
    assert_eq!(titles(db).await, SEED);
    db.cards().insert_titled("after").execute().await.unwrap();
    insert(db).await.unwrap();
    assert_eq!(titles(db).await, ["read the guide", "after", "undone"]);
    assert_eq!(db.status().holder, None);
    assert_eq!(db.status().waiting, 0);
}

/// Drops the transaction while the driver holds the statement that starts like this.
async fn drop_at(start: &'static str, block: impl AsyncFn(&BoardDatabase) -> Result<(), Error>) {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold(start);
    {
        let mut future = pin!(block(&db));
        tokio::select! {
            biased;
            result = &mut future => panic!("not held at {start}: {result:?}"),
            () = hold.reached() => {}
        }
    }
    // The future is gone; whoever comes now waits behind the undoing.
    let mut next = Box::pin(titles(&db));
    assert!(poll_once(&mut next).await.is_pending());
    hold.release();
    assert_eq!(next.await, SEED, "dropped at {start}");
    assert_untouched_and_usable(&db).await;
}

#[tokio::test]
async fn dropped_in_begin_the_work_is_undone() {
    drop_at("BEGIN", insert).await;
}

#[tokio::test]
async fn dropped_in_a_statement_the_work_is_undone() {
    drop_at("INSERT", insert).await;
}

#[tokio::test]
async fn dropped_in_a_nested_begin_statement_or_end_the_work_is_undone() {
    for start in ["SAVEPOINT", "INSERT INTO card", "RELEASE"] {
        drop_at(start, nested).await;
    }
}

#[tokio::test]
async fn dropped_in_rollback_the_work_is_undone() {
    drop_at("ROLLBACK", async |db| {
        db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            Err::<(), _>(Error::sqlite(1, "changed my mind"))
        })
        .await
    })
    .await;
}

#[tokio::test]
async fn r30_dropped_in_a_commit_that_runs_the_work_is_committed_and_told() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
    let mut hold = faults.hold("COMMIT");
    {
        let mut future = pin!(insert(&db));
        tokio::select! {
            biased;
            result = &mut future => panic!("not held: {result:?}"),
            () = hold.reached() => {}
        }
    }
    hold.release();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(titles(&db).await, ["read the guide", "undone"]);
}

#[tokio::test]
async fn dropped_in_the_queue_it_never_begins() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("SELECT");
    let first = {
        let db = db.clone();
        tokio::spawn(async move { titles(&db).await })
    };
    hold.reached().await;
    {
        let mut waiting = Box::pin(insert(&db));
        assert!(poll_once(&mut waiting).await.is_pending());
        assert_eq!(db.status().waiting, 1);
    }
    assert_eq!(db.status().waiting, 0);
    hold.release();
    assert_eq!(first.await.unwrap(), SEED);
    assert!(!faults.log().iter().any(|entry| entry.starts_with("BEGIN")));
    assert_untouched_and_usable(&db).await;
}

/// A transaction that stands still in its block, and one that waits for it.
#[tokio::test]
async fn dropped_in_its_own_await_inline_it_is_undone_before_the_next_one() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let (arrived, wait) = tokio::sync::oneshot::channel();
        let mut standing = Box::pin(db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            arrived.send(()).unwrap();
            std::future::pending::<Result<(), Error>>().await
        }));
        tokio::select! {
            biased;
            result = &mut standing => panic!("{result:?}"),
            arrived = wait => arrived.unwrap(),
        }
        let mut next = Box::pin(titles(&db));
        assert!(poll_once(&mut next).await.is_pending(), "contended");
        drop(standing);
        assert_eq!(next.await, SEED);
        assert_untouched_and_usable(&db).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dropped_in_a_slow_statement_on_the_thread_it_is_undone_behind_it() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    {
        let mut future = pin!(db.transaction(async |tx| {
            tx.cards().insert_held("undone").execute().await?;
            Ok::<_, Error>(())
        }));
        tokio::select! {
            biased;
            result = &mut future => panic!("{result:?}"),
            () = latch.reached() => {}
        }
    }
    let mut next = Box::pin(titles(&db));
    assert!(
        poll_once(&mut next).await.is_pending(),
        "the statement is still running"
    );
    latch.open();
    assert_eq!(next.await, SEED);
    assert_untouched_and_usable(&db).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r29_a_write_dropped_while_it_runs_finishes_and_is_told() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
    {
        let cards = db.cards();
        let mut write = pin!(cards.insert_held("kept").execute());
        tokio::select! {
            biased;
            result = &mut write => panic!("{result:?}"),
            () = latch.reached() => {}
        }
    }
    latch.open();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
    assert_eq!(titles(&db).await, ["read the guide", "kept"]);
}

#[tokio::test]
async fn r28_a_statement_dropped_in_the_queue_never_runs() {
    let db = board().await;
    db.transaction(async |tx| {
        let outside = db.clone();
        let task =
            tokio::spawn(async move { outside.cards().insert_titled("never").execute().await });
        while db.status().waiting == 0 {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        tx.cards().count_all().one().await
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, SEED);
}

#[tokio::test]
async fn r122_a_nested_block_that_is_dropped_undoes_its_own_work_alone() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        db.transaction(async |tx| {
            tx.cards().insert_titled("outer").execute().await?;
            {
                let (arrived, wait) = tokio::sync::oneshot::channel();
                let mut inner = Box::pin(tx.transaction(async |tx| {
                    tx.cards().insert_titled("inner, undone").execute().await?;
                    arrived.send(()).unwrap();
                    std::future::pending::<Result<(), Error>>().await
                }));
                tokio::select! {
                    biased;
                    result = &mut inner => panic!("{result:?}"),
                    arrived = wait => arrived.unwrap(),
                }
            }
            let rows = tx.cards().titles().list().await?;
            assert_eq!(rows.len(), 2);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(titles(&db).await, ["read the guide", "outer"]);
    }
}

#[tokio::test]
async fn a_panic_in_the_block_undoes_and_reaches_the_caller() {
    let db = board().await;
    let inside = db.clone();
    let task = tokio::spawn(async move {
        inside
            .transaction(async |tx| {
                tx.cards().insert_titled("undone").execute().await?;
                assert!(tx.cards().count_all().one().await?.cards != 2, "on purpose");
                Ok::<_, Error>(())
            })
            .await
    });
    assert!(task.await.unwrap_err().is_panic());
    assert_untouched_and_usable(&db).await;
}

#[tokio::test]
async fn a_timed_out_transaction_leaves_the_queue() {
    let db = board().await;
    let timed = tokio::time::timeout(Duration::from_millis(1), async {
        db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            std::future::pending::<Result<(), Error>>().await
        })
        .await
    });
    assert!(timed.await.is_err());
    assert_untouched_and_usable(&db).await;
}

/// A poll cannot be cut short, so the task ends, and is undone, right after the statement.
#[tokio::test(flavor = "multi_thread")]
async fn aborted_in_a_slow_statement_inline_it_is_undone() {
    let (db, latch) = board_with_latch(Executor::Inline).await;
    let inside = db.clone();
    let task = tokio::spawn(async move {
        inside
            .transaction(async |tx| {
                tx.cards().insert_held("undone").execute().await?;
                // The task is aborted by now: this is the await at which it ends.
                std::future::pending::<Result<(), Error>>().await
            })
            .await
    });
    latch.reached().await;
    let mut next = Box::pin(titles(&db));
    assert!(poll_once(&mut next).await.is_pending(), "contended");
    task.abort();
    latch.open();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(next.await, SEED);
    assert_untouched_and_usable(&db).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dropped_in_a_slow_nested_statement_on_the_thread_all_of_it_is_undone() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    {
        let mut future = pin!(db.transaction(async |tx| {
            tx.cards().insert_titled("outer, undone").execute().await?;
            tx.transaction(async |inner| {
                inner.cards().insert_held("inner, undone").execute().await?;
                Ok::<_, Error>(())
            })
            .await
        }));
        tokio::select! {
            biased;
            result = &mut future => panic!("{result:?}"),
            () = latch.reached() => {}
        }
    }
    let mut next = Box::pin(titles(&db));
    assert!(
        poll_once(&mut next).await.is_pending(),
        "the statement is still running"
    );
    latch.open();
    assert_eq!(next.await, SEED);
    assert_untouched_and_usable(&db).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nested_block_dropped_in_a_slow_statement_is_undone_before_the_parents_next_one() {
    let (db, latch) = board_with_latch(Executor::Thread).await;
    db.transaction(async |tx| {
        tx.cards().insert_titled("outer").execute().await?;
        {
            let mut inner = Box::pin(tx.transaction(async |inner| {
                inner.cards().insert_held("inner, undone").execute().await?;
                Ok::<_, Error>(())
            }));
            tokio::select! {
                biased;
                result = &mut inner => panic!("{result:?}"),
                () = latch.reached() => {}
            }
        }
        let mut next = Box::pin(tx.cards().titles().list());
        assert!(poll_once(&mut next).await.is_pending());
        latch.open();
        assert_eq!(next.await?.len(), 2);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "outer"]);
}
