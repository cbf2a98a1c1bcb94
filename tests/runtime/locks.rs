//! Locks of other connections: who waits for them, where, and what is left when it is dropped there.
//!
//! A write lock of another connection holds BEGIN. With a rollback journal, its read lock holds COMMIT, which keeps new
//! readers out meanwhile: that COMMIT has begun shows from outside.

use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use sqlitenow_runtime::{Error, Executor, JournalMode};
use sqlitenow_tests::board::BoardDatabase;
use tempfile::TempDir;

use crate::harness::{builder, poll_once, titles};

const SEED: [&str; 1] = ["read the guide"];

/// How long SQLite may wait. No test waits that long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A file, and another connection to it that waits for nothing.
async fn file(
    executor: Executor,
    mode: JournalMode,
    patience: Duration,
) -> (BoardDatabase, Connection, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let builder = builder().path(&path).executor(executor);
    let db = builder
        .journal_mode(mode)
        .busy_timeout(patience)
        .open()
        .await
        .unwrap();
    (db, connect(&path), folder)
}

fn connect(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.busy_timeout(Duration::ZERO).unwrap();
    connection
}

/// Takes a read lock, which lasts until ROLLBACK.
fn read_lock(other: &Connection) {
    other.execute_batch("BEGIN; SELECT * FROM card").unwrap();
}

/// Waits until COMMIT has begun: from then on it lets no new reader in.
async fn until_commit_runs(folder: &TempDir) {
    let reader = connect(&folder.path().join("board.db"));
    let start = Instant::now();
    while reader
        .query_row("SELECT count(*) FROM card", [], |_| Ok(()))
        .is_ok()
    {
        assert!(start.elapsed() < PATIENCE, "COMMIT has not begun");
        tokio::task::yield_now().await;
    }
}

/// Waits until nobody holds the queue any more.
async fn until_free(db: &BoardDatabase) {
    while db.status().holder.is_some() {
        tokio::task::yield_now().await;
    }
}

type Block<'a> = Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>>;

fn insert<'a>(db: &'a BoardDatabase, entered: &'a AtomicBool) -> Block<'a> {
    Box::pin(db.transaction(async |tx| {
        entered.store(true, Ordering::SeqCst);
        tx.cards().insert_titled("inserted").execute().await?;
        Ok(())
    }))
}

async fn assert_usable(db: &BoardDatabase) {
    let before = titles(db).await.len();
    insert(db, &AtomicBool::default()).await.unwrap();
    assert_eq!(titles(db).await.len(), before + 1);
    assert_eq!((db.status().holder, db.status().waiting), (None, 0));
}

#[tokio::test]
async fn dropped_in_begin_that_waits_for_a_foreign_lock_it_is_undone() {
    for executor in [Executor::Auto, Executor::Thread] {
        for contended in [false, true] {
            let (db, other, _folder) = file(executor, JournalMode::Wal, PATIENCE).await;
            other.execute_batch("BEGIN IMMEDIATE").unwrap();
            let entered = AtomicBool::default();
            let mut begin = insert(&db, &entered);
            let start = Instant::now();
            assert!(poll_once(&mut begin).await.is_pending());
            assert!(start.elapsed() < PATIENCE / 3, "r126: the thread waits");
            // It has its turn but is not in its block, and BEGIN cannot have run: the other one has the lock.
            assert!(db.status().holder.is_some() && !entered.load(Ordering::SeqCst));
            let mut next = Box::pin(titles(&db));
            if contended {
                assert!(poll_once(&mut next).await.is_pending());
                assert_eq!(db.status().waiting, 1);
            }
            drop(begin);
            assert!(db.status().holder.is_some(), "the job owns the permit");
            other.execute_batch("ROLLBACK").unwrap();
            assert_eq!(next.await, SEED);
            assert!(!entered.load(Ordering::SeqCst));
            // The lock that BEGIN got in the end is gone as well.
            until_free(&db).await;
            other.execute_batch("BEGIN IMMEDIATE; ROLLBACK").unwrap();
            assert_usable(&db).await;
        }
    }
}

#[tokio::test]
async fn r30_dropped_in_a_commit_that_waits_for_a_foreign_lock_it_is_kept_and_told() {
    for executor in [Executor::Auto, Executor::Thread] {
        for contended in [false, true] {
            let (db, other, folder) = file(executor, JournalMode::Delete, PATIENCE).await;
            let mut watch = db.cards().titles().watch();
            assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
            let before = db.status().commits;
            read_lock(&other);
            let entered = AtomicBool::default();
            let mut block = insert(&db, &entered);
            tokio::select! {
                biased;
                result = &mut block => panic!("{result:?}"),
                () = until_commit_runs(&folder) => {}
            }
            assert!(entered.load(Ordering::SeqCst));
            let mut next = Box::pin(titles(&db));
            if contended {
                assert!(poll_once(&mut next).await.is_pending());
                assert_eq!(db.status().waiting, 1);
            }
            drop(block);
            assert!(db.status().holder.is_some(), "the job owns the permit");
            assert_eq!(db.status().commits, before);
            other.execute_batch("ROLLBACK").unwrap();
            assert_eq!(next.await, ["read the guide", "inserted"]);
            assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
            assert_eq!(db.status().commits, before + 1);
            assert_usable(&db).await;
        }
    }
}

#[tokio::test]
async fn dropped_in_a_commit_that_fails_for_a_foreign_lock_it_is_undone() {
    for executor in [Executor::Auto, Executor::Thread] {
        let patience = Duration::from_millis(500);
        let (db, other, folder) = file(executor, JournalMode::Delete, patience).await;
        let before = db.status().commits;
        read_lock(&other);
        let entered = AtomicBool::default();
        let mut block = insert(&db, &entered);
        tokio::select! {
            biased;
            result = &mut block => panic!("{result:?}"),
            () = until_commit_runs(&folder) => {}
        }
        drop(block);
        // COMMIT gives up while the lock is still there.
        until_free(&db).await;
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(titles(&db).await, SEED);
        assert_eq!(db.status().commits, before);
        assert_usable(&db).await;
    }
}

#[tokio::test]
async fn a_commit_that_fails_for_a_foreign_lock_is_busy_and_undone() {
    let patience = Duration::from_millis(20);
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let (db, other, _folder) = file(executor, JournalMode::Delete, patience).await;
        let before = db.status().commits;
        read_lock(&other);
        let block = insert(&db, &AtomicBool::default()).await;
        assert!(block.is_err_and(|error| error.is_busy()));
        let closure = db
            .write(|conn| conn.cards().insert_titled("undone").execute())
            .await;
        assert!(closure.is_err_and(|error| error.is_busy()));
        let alone = db.cards().insert_returning("undone").one().await;
        assert!(alone.is_err_and(|error| error.is_busy()));
        other.execute_batch("ROLLBACK").unwrap();
        assert_eq!(titles(&db).await, SEED);
        assert_eq!(db.status().commits, before);
        assert_usable(&db).await;
    }
}

#[tokio::test]
async fn r126_no_poll_waits_for_a_foreign_lock() {
    let (db, other, _folder) = file(Executor::Auto, JournalMode::Wal, PATIENCE).await;
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let cards = db.cards();
    let mut write = Box::pin(cards.insert_titled("patient").execute());
    let start = Instant::now();
    assert!(poll_once(&mut write).await.is_pending());
    assert!(start.elapsed() < PATIENCE / 3, "{:?}", start.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    write.await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "patient"]);
}

#[tokio::test]
async fn a_writing_closure_has_the_write_lock_before_its_first_statement() {
    let (db, other, _folder) = file(Executor::Auto, JournalMode::Wal, PATIENCE).await;
    db.write(move |_| {
        let busy = other.execute_batch("BEGIN IMMEDIATE").unwrap_err();
        assert_eq!(
            busy.sqlite_error_code(),
            Some(rusqlite::ErrorCode::DatabaseBusy)
        );
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_reading_closure_keeps_no_writer_out_and_sees_one_state() {
    let (db, other, _folder) = file(Executor::Auto, JournalMode::Wal, PATIENCE).await;
    db.read(move |conn| {
        assert_eq!(conn.cards().count_all().one()?.cards, 1);
        let foreign = "INSERT INTO card (title) VALUES ('foreign')";
        other.execute_batch(foreign).unwrap();
        assert_eq!(conn.cards().count_all().one()?.cards, 1);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "foreign"]);
}
