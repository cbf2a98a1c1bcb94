//! Watched queries.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use std::time::{Duration, Instant};

use futures_core::Stream;
use sqlitenow_runtime::{Changes, Error, Executor, Watch};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::cards::TitlesRow;

use crate::faulty::Faults;
use crate::harness::{Wakes, board, builder, is_quiet, open};

pub async fn item<T>(watch: &mut Watch<T>) -> T {
    watch.next().await.unwrap().unwrap()
}

#[tokio::test]
async fn r101_a_watch_on_one_row_tells_of_another_number_and_goes_on() {
    let db = board().await;
    let mut one = db.cards().titles().watch_one();
    let mut optional = db.cards().titles().watch_optional();
    assert_eq!(one.next().await.unwrap().unwrap().title, "read the guide");
    assert!(optional.next().await.unwrap().unwrap().is_some());
    let line = line!() + 1;
    let mut late = db.cards().titles().watch_one();
    db.cards().insert_titled("second").execute().await.unwrap();
    for found in [one.next().await, late.next().await] {
        let error = found.unwrap().unwrap_err();
        assert!(matches!(error, Error::RowCount { found: 2, .. }), "{error}");
    }
    let error = optional.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::RowCount { found: 2, .. }), "{error}");
    db.cards().remove_many([1, 2]).execute().await.unwrap();
    let error = late.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::RowCount { found: 0, .. }), "{error}");
    assert_eq!(error.origin().unwrap().call_site().unwrap().line(), line);
    assert!(one.next().await.unwrap().is_err());
    assert_eq!(optional.next().await.unwrap().unwrap(), None);
    db.cards().insert_titled("third").execute().await.unwrap();
    assert_eq!(one.next().await.unwrap().unwrap().title, "third");
    assert_eq!(
        optional.next().await.unwrap().unwrap().unwrap().title,
        "third"
    );
    db.close().await.unwrap();
    assert!(one.next().await.is_none());
}

#[tokio::test]
async fn r92_the_current_result_first_then_one_for_each_commit_that_concerns_it() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        // An equal result would be an item as well, so a query that nobody asked for shows.
        let mut watch = db.cards().titles().watch().with_duplicates();
        assert_eq!(item(&mut watch).await.len(), 1);
        for cards in 2..5 {
            db.cards().insert_titled("more").execute().await.unwrap();
            assert_eq!(item(&mut watch).await.len(), cards);
            db.lists()
                .insert_one(&format!("list {cards}"))
                .execute()
                .await
                .unwrap();
            assert!(is_quiet(&mut watch).await);
            // On the thread, a query would run before this one.
            db.cards().constant().one().await.unwrap();
            assert!(is_quiet(&mut watch).await);
        }
    }
}

#[tokio::test]
async fn r93_a_commit_before_the_end_of_the_first_query_is_in_an_item() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("SELECT");
    let mut watch = db.cards().titles().watch();
    assert!(is_quiet(&mut watch).await);
    hold.reached().await;
    let write = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_titled("meanwhile").execute().await }
    });
    while db.status().waiting == 0 {
        tokio::task::yield_now().await;
    }
    hold.release();
    write.await.unwrap().unwrap();
    // The first query saw one card, and is stale by now.
    assert_eq!(item(&mut watch).await.len(), 2);
}

/// Makes the watch's next two results stale: a commit comes between each query and its delivery.
async fn make_stale(db: &BoardDatabase, faults: &Faults, watch: &mut Watch<Vec<TitlesRow>>) {
    for _ in 0..2 {
        let mut hold = faults.hold("SELECT");
        assert!(is_quiet(watch).await);
        hold.reached().await;
        let write = spawn_write(db);
        while db.status().waiting == 0 {
            tokio::task::yield_now().await;
        }
        hold.release();
        write.await.unwrap().unwrap();
    }
}

fn spawn_write(db: &BoardDatabase) -> tokio::task::JoinHandle<Result<Changes, Error>> {
    let db = db.clone();
    tokio::spawn(async move { db.cards().insert_titled("meanwhile").execute().await })
}

/// Whether the third result kept the writer out until it was taken, and whether it was taken before the lease could end.
async fn third_result() -> (bool, bool) {
    /// As long as the lease of the runtime.
    const LEASE: Duration = Duration::from_millis(20);
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    make_stale(&db, &faults, &mut watch).await;
    let mut hold = faults.hold("SELECT");
    assert!(is_quiet(&mut watch).await);
    hold.reached().await;
    let write = spawn_write(&db);
    while db.status().waiting == 0 {
        tokio::task::yield_now().await;
    }
    // The lease begins later than this.
    let start = Instant::now();
    hold.release();
    let (waiting, rows) = std::future::poll_fn(|cx| {
        let waiting = db.status().waiting;
        let item = Pin::new(&mut watch).poll_next(cx);
        item.map(|item| (waiting, item.unwrap().unwrap().len()))
    })
    .await;
    let in_time = start.elapsed() < LEASE;
    write.await.unwrap().unwrap();
    if rows < 4 {
        assert_eq!((rows, item(&mut watch).await.len()), (3, 4));
    }
    (waiting == 1 && rows == 3, in_time)
}

#[tokio::test]
async fn r94_stale_results_are_not_delivered_and_the_third_is_kept_fresh() {
    // On a busy machine the lease may end before this task runs again: such an attempt says nothing.
    for _ in 0..1000 {
        if let (kept_out, true) = third_result().await {
            assert!(kept_out, "a writer got in before the result was taken");
            return;
        }
    }
    panic!("no result was taken in time");
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_is_not_taken_ends() {
    let faults = Faults::new();
    // Time runs ahead whenever the runtime waits for the thread, so nothing but the lease may depend on it.
    let db = builder()
        .driver(faults.clone())
        .queue_wait(None)
        .open()
        .await
        .unwrap();
    let mut watch = db.cards().titles().watch();
    make_stale(&db, &faults, &mut watch).await;
    let mut hold = faults.hold("SELECT");
    assert!(is_quiet(&mut watch).await);
    hold.reached().await;
    hold.release();
    // Nobody polls the watch; the write gets through nevertheless.
    db.cards().insert_titled("through").execute().await.unwrap();
    assert_eq!(item(&mut watch).await.len(), 4);
}

#[tokio::test]
async fn r95_a_thousand_commits_while_the_consumer_sleeps_are_one_item() {
    let db = board().await;
    let mut watch = db.cards().count_all().watch();
    item(&mut watch).await;
    for _ in 0..1000 {
        db.cards().insert_titled("more").execute().await.unwrap();
    }
    assert_eq!(item(&mut watch).await[0].cards, 1001);
    assert!(is_quiet(&mut watch).await);
}

#[tokio::test]
async fn r96_a_watch_that_is_not_polled_runs_no_query() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    db.cards().insert_titled("more").execute().await.unwrap();
    assert!(!faults.log().iter().any(|entry| entry.starts_with("SELECT")));
    item(&mut watch).await;
    faults.log();
    db.cards().insert_titled("more").execute().await.unwrap();
    assert!(!faults.log().iter().any(|entry| entry.starts_with("SELECT")));
    item(&mut watch).await;
}

#[tokio::test]
async fn r97_an_equal_result_is_left_out_unless_duplicates_are_wanted() {
    let db = board().await;
    let mut distinct = db.cards().titles().watch();
    let mut all = db.cards().titles().watch().with_duplicates();
    item(&mut distinct).await;
    item(&mut all).await;
    db.cards()
        .retitle_all("read the guide")
        .list()
        .await
        .unwrap();
    assert!(is_quiet(&mut distinct).await);
    assert_eq!(item(&mut all).await.len(), 1);
}

#[tokio::test]
async fn r102_an_error_is_an_item_and_the_stream_goes_on() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    item(&mut watch).await;
    faults.fail("SELECT");
    db.cards().insert_titled("more").execute().await.unwrap();
    let failed = watch.next().await.unwrap().unwrap_err();
    assert_eq!(failed.origin().unwrap().statement(), "cards.titles");
    assert!(is_quiet(&mut watch).await);
    faults.heal();
    db.cards().insert_titled("more").execute().await.unwrap();
    assert_eq!(item(&mut watch).await.len(), 3);
}

#[tokio::test]
async fn r103_a_dropped_watch_is_gone_and_runs_no_query() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(db.status().watches, 1);
    item(&mut watch).await;
    let mut hold = faults.hold("INSERT");
    let write = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_titled("more").execute().await }
    });
    hold.reached().await;
    let mut lined_up = db.cards().count_all().watch();
    assert!(is_quiet(&mut lined_up).await);
    assert_eq!(db.status().waiting, 1);
    drop(watch);
    drop(lined_up);
    assert_eq!((db.status().watches, db.status().waiting), (0, 0));
    faults.log();
    hold.release();
    write.await.unwrap().unwrap();
    assert!(!faults.log().iter().any(|entry| entry.starts_with("SELECT")));
}

#[tokio::test]
async fn r105_a_query_without_tables_gives_one_result_and_ends_by_close() {
    let db = board().await;
    let mut watch = db.cards().constant().watch();
    assert_eq!(item(&mut watch).await[0].seven, 7);
    db.cards().insert_titled("more").execute().await.unwrap();
    assert!(is_quiet(&mut watch).await);
    db.close().await.unwrap();
    assert!(watch.next().await.is_none());
}

#[tokio::test]
async fn r106_ten_thousand_watches_on_other_tables_run_no_query() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watches: Vec<_> = (0..10_000).map(|_| db.lists().all().watch()).collect();
    let counter = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&counter));
    item(&mut watches[0]).await;
    let mut cx = Context::from_waker(&waker);
    assert!(Pin::new(&mut watches[0]).poll_next(&mut cx).is_pending());
    faults.log();
    db.cards().insert_titled("more").execute().await.unwrap();
    assert_eq!(faults.log(), ["INSERT INTO"]);
    assert_eq!(counter.count(), 0);
}

#[tokio::test]
async fn r118_a_watch_awaited_inside_a_transaction_is_a_deadlock() {
    let (db, other) = (board().await, board().await);
    let mut watch = db.cards().titles().watch();
    let mut elsewhere = other.cards().titles().watch();
    db.transaction(async |tx| {
        let answer = watch.next().await.unwrap();
        assert!(matches!(answer, Err(Error::Deadlock { .. })), "{answer:?}");
        assert_eq!(
            item(&mut elsewhere).await.len(),
            1,
            "another database's watch is fine"
        );
        tx.cards().insert_titled("more").execute().await
    })
    .await
    .unwrap();
    assert_eq!(item(&mut watch).await.len(), 2);
}

#[tokio::test]
async fn r2_clones_share_watches() {
    let db = board().await;
    let mut watch = db.clone().cards().titles().watch();
    item(&mut watch).await;
    db.cards()
        .insert_titled("by the other clone")
        .execute()
        .await
        .unwrap();
    assert_eq!(item(&mut watch).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn r120_a_watch_keeps_up_with_writers_and_ends_on_the_last_state() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path().join("board.db")).await.unwrap();
    let mut watch = db.cards().all().watch();
    let writers: Vec<_> = (0..2)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..200 {
                    db.cards().insert_titled("more").execute().await.unwrap();
                }
            })
        })
        .collect();
    let mut last = 0;
    while last < 401 {
        let rows = item(&mut watch).await.len();
        assert!(rows > last, "{rows} after {last}");
        last = rows;
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert!(is_quiet(&mut watch).await);
}
