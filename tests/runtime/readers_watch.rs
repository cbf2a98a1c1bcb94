//! Watches whose queries run beside the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use sqlitenow_runtime::{Error, Value};
use sqlitenow_tests::board::cards::RenameParams;

use crate::harness::{builder, poll_once};
use crate::readers::{board, board_with_latch};

#[tokio::test]
async fn r35_a_watch_does_not_wait_for_a_transaction() {
    let (db, _folder) = board(1).await;
    let mut watch = db.cards().titles().watch();
    let watch = db
        .transaction(async |tx| {
            tx.cards().insert_titled("uncommitted").execute().await?;
            let first = tokio::spawn(async move {
                let titles = watch.next().await.unwrap().unwrap();
                (titles.len(), watch)
            });
            let (seen, watch) = first.await.unwrap();
            assert_eq!(seen, 1);
            Ok::<_, Error>(watch)
        })
        .await;
    assert_eq!(watch.unwrap().next().await.unwrap().unwrap().len(), 2);
}

#[tokio::test]
async fn r94_a_result_that_a_commit_has_outdated_is_not_delivered() {
    let (db, latch, _folder) = board_with_latch(1).await;
    let mut watch = db.cards().held_titles().watch();
    let mut first = Box::pin(watch.next());
    assert!(poll_once(&mut first).await.is_pending());
    latch.reached().await;
    db.cards()
        .insert_titled("meanwhile")
        .execute()
        .await
        .unwrap();
    latch.open();
    assert_eq!(first.await.unwrap().unwrap().len(), 2);
}

#[tokio::test]
async fn r11_close_ends_a_watch_whose_query_is_running_on_a_reader() {
    let (db, latch, _folder) = board_with_latch(1).await;
    let mut watch = db.cards().held_titles().watch();
    let mut first = Box::pin(watch.next());
    assert!(poll_once(&mut first).await.is_pending());
    latch.reached().await;
    let mut close = Box::pin(db.close());
    assert!(poll_once(&mut close).await.is_pending());
    latch.open();
    close.await.unwrap();
    // Its result may have come just before the end.
    let _ = first.await;
    assert!(watch.next().await.is_none());
}

/// Waits inside of SQLite for a commit, and not for ever.
fn outlasted(commits: &AtomicUsize) {
    let (start, before) = (Instant::now(), commits.load(Ordering::SeqCst));
    while commits.load(Ordering::SeqCst) == before && start.elapsed() < Duration::from_millis(10) {
        thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r120_under_commits_that_are_faster_than_its_query_a_watch_emits_and_ends_on_the_last_state()
 {
    let folder = tempfile::tempdir().unwrap();
    let commits = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&commits);
    let db = builder()
        .path(folder.path().join("board.db"))
        .readers(2)
        .on_open(move |setup| {
            let commits = Arc::clone(&counted);
            setup.scalar_function("hold", Some(1), false, move |arguments| {
                outlasted(&commits);
                Ok(arguments.first().map_or(Value::Null, |cell| (*cell).into()))
            })
        })
        .open()
        .await
        .unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (db, stop) = (db.clone(), Arc::clone(&stop));
        let rename = async move |title: String| {
            let params = RenameParams { id: 1, title };
            db.cards().rename(&params).one().await.unwrap();
        };
        async move {
            while !stop.load(Ordering::SeqCst) {
                rename(commits.load(Ordering::SeqCst).to_string()).await;
                commits.fetch_add(1, Ordering::SeqCst);
            }
            rename("last".to_owned()).await;
        }
    });
    let mut watch = db.cards().held_titles().watch();
    for _ in 0..3 {
        let item = tokio::time::timeout(Duration::from_secs(30), watch.next()).await;
        item.expect("it emits").unwrap().unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    writer.await.unwrap();
    while watch.next().await.unwrap().unwrap()[0].title != "last" {}
}
