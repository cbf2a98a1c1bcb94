//! How streams end: by themselves, by `close`, by being dropped.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use crate::harness::{Latch, builder, open, poll_once};

#[tokio::test]
async fn a_stream_that_close_cuts_short_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path().join("board.db")).await.unwrap();
    let cards = (0..1000).map(|number| format!("card {number}"));
    let filling = db.cards().insert_titled_many(cards);
    filling.execute().await.unwrap();
    let mut cut = db.cards().titles().stream();
    cut.next().await.unwrap().unwrap();
    let mut whole = db.cards().count_all().stream();
    whole.next().await.unwrap().unwrap();
    assert!(whole.next().await.is_none());
    db.close().await.unwrap();
    let mut rows = 1;
    let last = loop {
        match cut.next().await {
            Some(Ok(_)) => rows += 1,
            last => break last,
        }
    };
    assert!(rows < 1001, "{rows}");
    assert!(last.unwrap().unwrap_err().is_closed());
    assert!(cut.next().await.is_none());
    assert!(whole.next().await.is_none());
}

#[tokio::test]
async fn the_last_handle_and_its_stream_dropped_while_the_stream_opens_close_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let (latch, streams) = (Latch::default(), Arc::new(AtomicBool::new(false)));
    let (held, released) = mpsc::channel::<()>();
    let hook = {
        let (latch, streams) = (latch.clone(), Arc::clone(&streams));
        move |_: &sqlitenow_runtime::Setup<'_>| {
            let _held = &held;
            if streams.load(Ordering::SeqCst) {
                latch.pass();
            }
            Ok(())
        }
    };
    let path = folder.path().join("board.db");
    let opening = builder().path(&path).on_open(hook).open();
    let db = opening.await.unwrap();
    streams.store(true, Ordering::SeqCst);
    let mut stream = db.cards().titles().stream();
    assert!(poll_once(&mut Box::pin(stream.next())).await.is_pending());
    latch.reached().await;
    drop(db);
    drop(stream);
    latch.open();
    // The hook goes with the database.
    let gone = released.recv_timeout(Duration::from_secs(20));
    assert_eq!(gone, Err(mpsc::RecvTimeoutError::Disconnected));
    assert!(!folder.path().join("board.db-wal").exists());
}
