//! How streams begin: hooks first, then their turn, and no more at a time than there are places.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlitenow_runtime::{Error, Setup};
use sqlitenow_tests::board::BoardDatabase;

use crate::harness::{Latch, both, poll_once, titles};

/// A board in a file, and a latch at which the hooks of connections stop that are opened later.
async fn with_slow_hook() -> (BoardDatabase, Latch, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (latch, is_slow) = (Latch::default(), Arc::new(AtomicBool::new(false)));
    let hook = {
        let (latch, is_slow) = (latch.clone(), Arc::clone(&is_slow));
        move |_: &Setup<'_>| {
            if is_slow.load(Ordering::SeqCst) {
                latch.pass();
            }
            Ok(())
        }
    };
    let builder = BoardDatabase::builder().path(folder.path().join("board.db"));
    let db = builder.on_open(hook).open().await.unwrap();
    is_slow.store(true, Ordering::SeqCst);
    (db, latch, folder)
}

#[tokio::test]
async fn nobody_waits_for_the_hooks_of_a_stream_or_a_backup() {
    let (db, latch, folder) = with_slow_hook().await;
    let path = folder.path().join("copy.db");
    let mut stream = db.cards().titles().stream();
    let writing = async {
        latch.reached().await;
        db.cards().insert_titled("meanwhile").execute().await?;
        let waiting = db.status().holder;
        latch.open();
        Ok::<_, Error>(waiting)
    };
    let ((first, copied), holder) = both(both(stream.next(), db.backup_to(&path)), writing).await;
    assert_eq!(holder.unwrap(), None);
    copied.unwrap();
    let mut rows = vec![first.unwrap().unwrap().title];
    while let Some(row) = stream.next().await {
        rows.push(row.unwrap().title);
    }
    rows.sort();
    assert_eq!(rows, ["meanwhile", "read the guide"], "its turn came later");
    let copy = BoardDatabase::open(&path).await.unwrap();
    assert_eq!(titles(&copy).await.len(), 2);
}

#[tokio::test]
async fn close_ends_a_stream_whose_turn_has_not_come() {
    let (db, latch, folder) = with_slow_hook().await;
    let mut stream = db.cards().titles().stream();
    let closing = async {
        latch.reached().await;
        let mut close = Box::pin(db.close());
        assert!(poll_once(&mut close).await.is_pending());
        latch.open();
        close.await
    };
    let (first, closed) = both(stream.next(), closing).await;
    closed.unwrap();
    assert!(first.unwrap().unwrap_err().is_closed());
    assert!(!folder.path().join("board.db-wal").exists());
}

#[tokio::test]
async fn more_streams_than_places_wait_for_one_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let builder = BoardDatabase::builder().path(folder.path().join("board.db"));
    let db = builder.streams(2).open().await.unwrap();
    let cards = (0..2000).map(|number| number.to_string());
    db.cards()
        .insert_titled_many(cards)
        .execute()
        .await
        .unwrap();
    let mut streams = [(); 2].map(|()| db.cards().titles().stream());
    for stream in &mut streams {
        stream.next().await.unwrap().unwrap();
    }
    let mut third = db.cards().titles().stream();
    assert!(poll_once(&mut Box::pin(third.next())).await.is_pending());
    assert_eq!(db.status().streams, 2);
    // Waiting for a place keeps nobody from the queue.
    db.cards().insert_titled("later").execute().await.unwrap();
    drop(streams);
    let mut rows = 0;
    while let Some(row) = third.next().await {
        row.unwrap();
        rows += 1;
    }
    assert_eq!(rows, 2002);
}

#[tokio::test]
async fn a_wait_for_a_place_ends_by_deadline_or_with_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let builder = BoardDatabase::builder().path(folder.path().join("board.db"));
    let patience = Some(Duration::from_millis(20));
    let builder = builder.streams(0).queue_wait(patience);
    let db = builder.open().await.unwrap();
    let cards = (0..2000).map(|number| number.to_string());
    db.cards()
        .insert_titled_many(cards)
        .execute()
        .await
        .unwrap();
    let mut first = db.cards().titles().stream();
    first.next().await.unwrap().unwrap();
    let mut second = db.cards().titles().stream();
    let late = second.next().await.unwrap();
    assert!(matches!(late, Err(Error::Deadline { .. })), "{late:?}");
    let mut third = db.cards().titles().stream();
    let mut next = Box::pin(third.next());
    assert!(poll_once(&mut next).await.is_pending());
    db.close().await.unwrap();
    assert!(next.await.unwrap().unwrap_err().is_closed());
}
