//! Watches that share a query, and watches that pause.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use futures_core::Stream;
use sqlitenow_runtime::{Error, Executor, Watch};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::cards::TitlesRow;
use tokio::time::Instant;

use crate::faulty::Faults;
use crate::harness::{Wakes, board, builder, is_quiet};
use crate::watch::item;

type Titles = Watch<Vec<TitlesRow>>;

/// How many queries ran since the last look.
fn queries(faults: &Faults) -> usize {
    let log = faults.log();
    log.iter().filter(|sql| sql.starts_with("SELECT")).count()
}

async fn insert(db: &BoardDatabase) {
    db.cards().insert_titled("more").execute().await.unwrap();
}

#[tokio::test]
async fn r99_fifty_watches_run_one_query_for_each_commit() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watches: Vec<Titles> = (0..50).map(|_| db.cards().titles().watch()).collect();
    assert_eq!(db.status().watches, 50);
    for cards in 1..4 {
        for watch in &mut watches {
            assert_eq!(item(watch).await.len(), cards);
        }
        assert_eq!(queries(&faults), 1);
        insert(&db).await;
    }
    watches.truncate(1);
    assert_eq!(db.status().watches, 1);
    assert_eq!(item(&mut watches[0]).await.len(), 4);
    // Who comes late gets what the others have, until a commit outdates it.
    let mut late = db.cards().titles().watch();
    assert_eq!(item(&mut late).await.len(), 4);
    assert_eq!(queries(&faults), 1);
    insert(&db).await;
    let mut later = db.cards().titles().watch();
    assert_eq!(item(&mut later).await.len(), 5);
    assert_eq!(queries(&faults), 1);
    drop((watches, late, later));
    assert_eq!(db.status().watches, 0);
    let mut alone = db.cards().titles().watch();
    assert_eq!(item(&mut alone).await.len(), 5);
    assert_eq!(queries(&faults), 1, "nobody kept the result");
}

#[tokio::test]
async fn r99_other_values_another_statement_and_another_number_of_rows_are_other_queries() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut one = db.cards().by_id(1).watch_optional();
    let mut same = db.cards().by_id(1).watch_optional();
    let mut other = db.cards().by_id(2).watch_optional();
    let mut many = db.cards().by_id(1).watch();
    assert_eq!(item(&mut one).await, item(&mut same).await);
    assert_eq!(item(&mut other).await, None);
    assert_eq!(item(&mut many).await.len(), 1);
    assert_eq!(queries(&faults), 3);
}

#[tokio::test]
async fn r99_watches_that_share_a_query_convert_and_compare_for_themselves() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut distinct = db.cards().titles().watch();
    let mut all = db.cards().titles().watch().with_duplicates();
    item(&mut distinct).await;
    item(&mut all).await;
    let title = "read the guide";
    db.cards().retitle_all(title).list().await.unwrap();
    faults.log();
    assert_eq!(item(&mut all).await.len(), 1);
    assert!(is_quiet(&mut distinct).await);
    assert_eq!(queries(&faults), 1);
}

#[tokio::test]
async fn r99_whoever_waits_is_woken_even_if_the_one_who_was_told_first_never_comes() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watches: Vec<Titles> = (0..50).map(|_| db.cards().titles().watch()).collect();
    // The thread is called in the first round, and looks by itself in the others if they come soon enough.
    for _ in 0..3 {
        let counter = Arc::new(Wakes::default());
        let waker = Waker::from(Arc::clone(&counter));
        for watch in &mut watches {
            item(watch).await;
            let mut cx = Context::from_waker(&waker);
            assert!(std::pin::Pin::new(watch).poll_next(&mut cx).is_pending());
        }
        assert_eq!(queries(&faults), 1);
        insert(&db).await;
        // None of them is polled: all have to be told nevertheless, be it by the thread.
        while counter.count() < 50 {
            tokio::task::yield_now().await;
        }
        assert_eq!(counter.count(), 50);
        assert_eq!(queries(&faults), 0);
    }
}

#[tokio::test]
async fn r102_each_of_two_watches_tells_of_an_error() {
    let faults = Faults::new();
    let db = faults.board().await;
    let (mut a, mut b) = (db.cards().titles().watch(), db.cards().titles().watch());
    faults.fail("SELECT");
    for watch in [&mut a, &mut b] {
        assert!(watch.next().await.unwrap().is_err());
    }
    assert!(is_quiet(&mut a).await && is_quiet(&mut b).await);
    faults.heal();
    insert(&db).await;
    for watch in [&mut a, &mut b] {
        assert_eq!(item(watch).await.len(), 2);
    }
}

#[tokio::test]
async fn r103_the_last_watch_that_waits_takes_its_query_out_of_the_queue() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("INSERT");
    let write = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_titled("more").execute().await }
    });
    hold.reached().await;
    let (mut a, mut b) = (db.cards().titles().watch(), db.cards().titles().watch());
    assert!(is_quiet(&mut a).await && is_quiet(&mut b).await);
    assert_eq!(db.status().waiting, 1, "one query for both");
    drop(a);
    assert_eq!(db.status().waiting, 1, "the other one waits for it");
    drop(b);
    assert_eq!(db.status().waiting, 0);
    hold.release();
    write.await.unwrap().unwrap();
}

/// A board of which nothing runs on a thread: paused time runs ahead while tasks wait for one.
async fn inline() -> BoardDatabase {
    let builder = builder().executor(Executor::Inline);
    builder.open().await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn r98_debounce_emits_once_after_a_burst() {
    let db = inline().await;
    let pause = Duration::from_millis(100);
    let mut watch = db.cards().titles().watch().debounce(pause);
    assert_eq!(item(&mut watch).await.len(), 1, "the first one at once");
    for _ in 0..5 {
        insert(&db).await;
        assert!(is_quiet(&mut watch).await);
        tokio::time::sleep(pause / 2).await;
        assert!(is_quiet(&mut watch).await);
    }
    let start = Instant::now();
    assert_eq!(item(&mut watch).await.len(), 6);
    assert!(start.elapsed() <= pause / 2 + Duration::from_millis(2));
    tokio::time::sleep(pause * 3).await;
    assert!(is_quiet(&mut watch).await);
}

#[tokio::test(start_paused = true)]
async fn r98_throttle_emits_at_most_once_in_its_time_and_ends_on_the_last_state() {
    let db = inline().await;
    let rest = Duration::from_millis(100);
    let mut watch = db.cards().count_all().watch().throttle(rest);
    let start = Instant::now();
    let mut counts = vec![item(&mut watch).await[0].cards];
    let writer = tokio::spawn({
        let db = db.clone();
        async move {
            for _ in 0..50 {
                insert(&db).await;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    });
    let mut items = Vec::new();
    while counts.last() != Some(&51) {
        counts.push(item(&mut watch).await[0].cards);
        items.push(Instant::now());
    }
    writer.await.unwrap();
    assert!(counts.len() <= 7, "{counts:?} in {:?}", start.elapsed());
    assert!(items.windows(2).all(|two| two[1] - two[0] >= rest));
    // After a quiet time a change is told at once.
    tokio::time::sleep(rest).await;
    let quiet = Instant::now();
    insert(&db).await;
    item(&mut watch).await;
    assert!(quiet.elapsed() < rest / 2);
}

#[tokio::test(start_paused = true)]
async fn r98_watches_of_different_pace_share_their_query() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let db = builder()
        .executor(Executor::Inline)
        .on_open(move |setup| {
            let calls = Arc::clone(&counter);
            setup.scalar_function("hold", Some(1), false, move |arguments| {
                calls.fetch_add(1, Ordering::SeqCst);
                Ok(arguments[0].into())
            })
        })
        .open()
        .await
        .unwrap();
    let pause = Duration::from_secs(1);
    let mut slow = db.cards().held_titles().watch().debounce(pause);
    let mut quick = db.cards().held_titles().watch();
    item(&mut slow).await;
    item(&mut quick).await;
    assert_eq!(calls.load(Ordering::SeqCst), 1, "one row, one query");
    insert(&db).await;
    assert!(is_quiet(&mut slow).await);
    assert_eq!(item(&mut quick).await.len(), 2);
    let start = Instant::now();
    assert_eq!(item(&mut slow).await.len(), 2);
    assert!(start.elapsed() >= pause, "it has waited nevertheless");
    assert_eq!(calls.load(Ordering::SeqCst), 3, "two more rows, one query");
}

#[tokio::test]
async fn a_watch_tells_which_commit_it_shows() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(watch.commit(), 0);
    item(&mut watch).await;
    let before = db.status().commits;
    assert_eq!(watch.commit(), before);
    insert(&db).await;
    db.lists().insert_one("beside").execute().await.unwrap();
    item(&mut watch).await;
    assert_eq!(watch.commit(), before + 2);
}

#[tokio::test]
async fn a_closed_database_ends_all_watches_of_a_query() {
    let db = board().await;
    let (mut a, mut b) = (db.cards().titles().watch(), db.cards().titles().watch());
    item(&mut a).await;
    db.close().await.unwrap();
    assert!(a.next().await.is_none() && b.next().await.is_none());
    let mut late = db.cards().titles().watch();
    assert!(late.next().await.is_none());
    let error = db.cards().titles().list().await.unwrap_err();
    assert!(matches!(error, Error::Closed { .. }));
}
