//! Waits that could never end, or not in time: closing, watching, and the order of first polls.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use sqlitenow_runtime::{Error, Result};
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::oneshot;

use crate::faulty::Faults;
use crate::harness::{board, both, builder, poll_once, titles};

type Closing<'d> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'd>>;

/// A board whose queue lets nobody wait for long.
async fn hasty() -> BoardDatabase {
    builder()
        .queue_wait(Some(Duration::from_millis(50)))
        .open()
        .await
        .unwrap()
}

#[tokio::test]
async fn r123_a_close_polled_outside_and_awaited_inside_is_a_deadlock_at_once() {
    let db = builder().queue_wait(None).open().await.unwrap();
    let (hand, handed) = oneshot::channel::<Closing<'_>>();
    let (started, start) = oneshot::channel();
    let block = db.transaction(async |_| {
        started.send(()).unwrap();
        handed.await.unwrap().await
    });
    let outside = async {
        start.await.unwrap();
        let mut close: Closing<'_> = Box::pin(db.close());
        assert!(poll_once(&mut close).await.is_pending());
        assert!(hand.send(close).is_ok());
    };
    let (outcome, ()) = both(block, outside).await;
    let Err(Error::Deadlock {
        waiting, holding, ..
    }) = outcome
    else {
        panic!("{outcome:?}")
    };
    assert!(waiting.line() > holding.line(), "{waiting} {holding}");
    // It was ordered all the same, and happens behind the block.
    db.close().await.unwrap();
}

#[tokio::test]
async fn r12_a_close_that_a_block_waits_for_in_another_task_ends_at_the_deadline() {
    let db = hasty().await;
    let (late, second) = db
        .transaction(async |_| {
            let (one, two) = (db.clone(), db.clone());
            let late = tokio::spawn(async move { one.close().await });
            let late = late.await.unwrap();
            let second = tokio::spawn(async move { two.close().await });
            Ok::<_, Error>((late, second.await.unwrap()))
        })
        .await
        .unwrap();
    assert!(matches!(late, Err(Error::Deadline { .. })), "{late:?}");
    assert!(matches!(second, Err(Error::Deadline { .. })), "{second:?}");
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_watch_that_a_block_waits_for_in_another_task_says_so_at_the_deadline_and_goes_on() {
    let db = hasty().await;
    let mut watch = db.cards().titles().watch();
    let mut watch = db
        .transaction(async |tx| {
            tx.cards().insert_titled("later").execute().await?;
            let waiting = tokio::spawn(async move {
                let item = watch.next().await.unwrap();
                assert!(matches!(item, Err(Error::Deadline { .. })), "{item:?}");
                let again = watch.next().await.unwrap();
                assert!(matches!(again, Err(Error::Deadline { .. })), "{again:?}");
                watch
            });
            Ok::<_, Error>(waiting.await.unwrap())
        })
        .await
        .unwrap();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
}

#[test]
fn a_lease_ends_though_no_executor_runs() {
    let executor = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let faults = Faults::new();
    let polled = executor();
    let (db, watch) = polled.block_on(async {
        let db = faults.board().await;
        let mut watch = db.cards().titles().watch();
        // Two stale results, then one that is kept fresh.
        for stale in [true, true, false] {
            let mut hold = faults.hold("SELECT");
            assert!(poll_once(&mut Box::pin(watch.next())).await.is_pending());
            hold.reached().await;
            if !stale {
                hold.release();
                break;
            }
            let writer = db.clone();
            let write =
                tokio::spawn(async move { writer.cards().insert_titled("more").execute().await });
            while db.status().waiting == 0 {
                tokio::task::yield_now().await;
            }
            hold.release();
            write.await.unwrap().unwrap();
        }
        (db, watch)
    });
    executor().block_on(async {
        let write = db.cards().insert_titled("elsewhere").execute();
        let written = tokio::time::timeout(Duration::from_secs(10), write).await;
        written.expect("the lease ends by itself").unwrap();
    });
    drop(watch);
}

#[tokio::test]
async fn a_first_poll_without_budget_lines_up_all_the_same() {
    let db = board().await;
    let (release, released) = oneshot::channel::<()>();
    let holder = db.clone();
    let holder = tokio::spawn(async move {
        holder
            .transaction(async |_| {
                released.await.unwrap();
                Ok::<_, Error>(())
            })
            .await
    });
    while db.status().holder.is_none() {
        tokio::task::yield_now().await;
    }
    let cards = db.cards();
    // Within one poll: the budget is used up, then the call is polled for the first time.
    let mut spend = Box::pin(async {
        for _ in 0..1000 {
            tokio::task::consume_budget().await;
        }
    });
    assert!(poll_once(&mut spend).await.is_pending());
    let mut first = Box::pin(cards.insert_titled("first").execute());
    assert!(poll_once(&mut first).await.is_pending());
    assert_eq!(db.status().waiting, 1);
    let second = db.clone();
    let second =
        tokio::spawn(async move { second.cards().insert_titled("second").execute().await });
    while db.status().waiting < 2 {
        tokio::task::yield_now().await;
    }
    release.send(()).unwrap();
    first.await.unwrap();
    second.await.unwrap().unwrap();
    holder.await.unwrap().unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "first", "second"]);
}
