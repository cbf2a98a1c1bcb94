//! How readers end: by `close`, by a dropped read, by a failure while they are opened.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sqlitenow_runtime::Error;

use crate::harness::{builder, poll_once, titles};
use crate::readers::{board, board_with_latch, cards};

/// Reads without an end.
const ENDLESS: &str =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

#[tokio::test]
async fn r3_a_hook_that_fails_on_a_reader_fails_open_and_keeps_nothing_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let ran = Arc::new(AtomicUsize::new(0));
    let opened = builder()
        .path(&path)
        .readers(2)
        .on_open(move |setup| match ran.fetch_add(1, Ordering::SeqCst) {
            2 => setup.execute_batch("SELECT * FROM nowhere"),
            _ => Ok(()),
        })
        .open()
        .await;
    assert!(matches!(opened, Err(Error::Sqlite { .. })), "{opened:?}");
    assert!(!folder.path().join("board.db-wal").exists());
}

#[tokio::test]
async fn r8_close_finishes_the_reads_that_were_asked_for_before_it() {
    let (db, latch, folder) = board_with_latch(1).await;
    let running = tokio::spawn({
        let db = db.clone();
        async move { db.cards().held_titles().list().await }
    });
    latch.reached().await;
    let waiting_cards = db.cards();
    let mut waiting = Box::pin(waiting_cards.count_all().one());
    assert!(poll_once(&mut waiting).await.is_pending());
    let mut close = Box::pin(db.close());
    assert!(poll_once(&mut close).await.is_pending());
    let late = db.cards().titles().list().await;
    assert!(late.unwrap_err().is_closed());
    latch.open();
    let (waited, closed) = tokio::join!(waiting, close);
    assert_eq!(waited.unwrap().cards, 1);
    closed.unwrap();
    assert_eq!(running.await.unwrap().unwrap().len(), 1);
    assert!(!folder.path().join("board.db-wal").exists());
    let late = db.query_raw("SELECT 1", ()).await;
    assert!(late.unwrap_err().is_closed());
    let late = db.read(|_| Ok::<_, Error>(())).await;
    assert!(late.unwrap_err().is_closed());
}

#[tokio::test]
async fn a_read_that_is_dropped_gives_its_reader_back() {
    let (db, _folder) = board(1).await;
    for _ in 0..3 {
        let mut endless = Box::pin(db.query_raw(ENDLESS, ()));
        assert!(poll_once(&mut endless).await.is_pending());
        drop(endless);
        assert_eq!(cards(&db).await, 1);
        assert_eq!(titles(&db).await.len(), 1);
    }
}

#[tokio::test]
async fn the_last_handle_may_be_dropped_on_a_reader() {
    let (db, folder) = board(1).await;
    let inside = db.clone();
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let mut read = Box::pin(db.read(move |_| {
        // Until the other handles are gone.
        let _ = gone.recv();
        drop(inside);
        Ok::<_, Error>(())
    }));
    assert!(poll_once(&mut read).await.is_pending());
    drop(read);
    drop(db);
    assert!(folder.path().join("board.db-wal").exists());
    drop(go);
    while folder.path().join("board.db-wal").exists() {
        tokio::task::yield_now().await;
    }
}
