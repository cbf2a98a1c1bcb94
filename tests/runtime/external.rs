//! Commits of other processes.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlitenow_runtime::{ChangeFilter, ChangeKind, ChangeOrigin, Error, Value, Watch};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::cards::HeldTitlesRow;

use crate::harness::{board, builder, is_quiet};

fn run_another_process(path: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_child"));
    let output = command.arg("add").arg(path).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A board whose statement `held_titles` counts the rows that it reads.
async fn counting(path: &Path) -> (BoardDatabase, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&calls);
    let db = builder()
        .path(path)
        .on_open(move |setup| {
            let calls = Arc::clone(&counter);
            setup.scalar_function("hold", Some(1), false, move |arguments| {
                calls.fetch_add(1, Ordering::SeqCst);
                Ok(Value::from(arguments[0]))
            })
        })
        .open()
        .await
        .unwrap();
    (db, calls)
}

async fn count(watch: &mut Watch<Vec<HeldTitlesRow>>) -> usize {
    let item = tokio::time::timeout(Duration::from_secs(30), watch.next()).await;
    item.expect("nothing was told").unwrap().unwrap().len()
}

#[tokio::test]
async fn r89_a_commit_of_another_process_reaches_a_watch_and_without_one_no_query_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let (db, calls) = counting(&path).await;
    let mut watch = db.cards().held_titles().watch();
    assert_eq!(count(&mut watch).await, 1);
    db.watch_external_changes().await.unwrap();
    run_another_process(&path);
    assert_eq!(count(&mut watch).await, 2);
    let read = calls.load(Ordering::SeqCst);
    assert_eq!(read, 3);
    // Our own commits are hints too, and count for nothing: the feed names who has changed what.
    let mut changes = db.table_changes(&ChangeFilter::all());
    for _ in 0..20 {
        db.lists()
            .insert_one(&format!("{:?}", std::time::Instant::now()))
            .execute()
            .await
            .unwrap();
        let change = changes.next().await.unwrap().unwrap();
        assert_eq!(
            (change.origin, change.kind),
            (ChangeOrigin::Generated, ChangeKind::Insert)
        );
        assert!(is_quiet(&mut watch).await);
    }
    run_another_process(&path);
    assert_eq!(count(&mut watch).await, 3);
    assert_eq!(calls.load(Ordering::SeqCst), read + 3);
    let change = changes.next().await.unwrap().unwrap();
    assert_eq!(
        (change.origin, change.table),
        (ChangeOrigin::External, None)
    );
    db.close().await.unwrap();
    assert!(watch.next().await.is_none());
    let closed = db.watch_external_changes().await.unwrap_err();
    assert!(matches!(closed, Error::Closed { .. }), "{closed}");
}

#[tokio::test]
async fn r89_looking_so_often_sees_commits_of_other_connections_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let (db, calls) = counting(&path).await;
    let mut watch = db.cards().held_titles().watch();
    assert_eq!(count(&mut watch).await, 1);
    db.poll_external_changes(Duration::from_millis(1))
        .await
        .unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.busy_timeout(Duration::from_secs(5)).unwrap();
    for cards in 2..6 {
        other
            .execute("INSERT INTO card (title) VALUES ('x')", ())
            .unwrap();
        assert_eq!(count(&mut watch).await, cards);
    }
    assert_eq!(calls.load(Ordering::SeqCst), (1..6).sum::<usize>());
}

#[tokio::test]
async fn looking_for_others_needs_a_file() {
    let db = board().await;
    for refused in [
        db.watch_external_changes().await,
        db.poll_external_changes(Duration::from_secs(1)).await,
    ] {
        let error = refused.unwrap_err();
        assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    }
    let inside = db.transaction(async |_| db.watch_external_changes().await);
    let error = inside.await.unwrap_err();
    assert!(matches!(error, Error::Deadlock { .. }), "{error}");
}
