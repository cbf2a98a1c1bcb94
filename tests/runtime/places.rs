//! Where things run: on the caller's poll or on the database's thread; and what happens when a wait or a ROLLBACK fails.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use sqlitenow_runtime::{Cell, Error, JournalMode, Synchronous, Value};
use sqlitenow_tests::board::BoardDatabase;

use crate::faulty::Faults;
use crate::harness::{builder, open, titles};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// The SQL function `hold`, which notes on which thread it runs and is slow if it shall be.
#[derive(Clone, Default)]
struct Place {
    thread: Arc<Mutex<Option<thread::ThreadId>>>,
    slow: Arc<AtomicBool>,
}

impl Place {
    /// Says whether the statement that ran last ran right here.
    fn was_here(&self) -> bool {
        let ran = self.thread.lock().unwrap().take();
        ran.expect("no statement ran") == thread::current().id()
    }

    async fn board(
        &self,
        mode: JournalMode,
        synchronous: Synchronous,
    ) -> (BoardDatabase, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let place = self.clone();
        let db = builder()
            .path(folder.path().join("board.db"))
            .journal_mode(mode)
            .synchronous(synchronous)
            .on_open(move |setup| {
                let place = place.clone();
                setup.scalar_function("hold", Some(1), false, move |arguments| {
                    *place.thread.lock().unwrap() = Some(thread::current().id());
                    if place.slow.load(Ordering::SeqCst) {
                        thread::sleep(Duration::from_millis(5));
                    }
                    Ok(arguments
                        .first()
                        .map_or(Value::Null, |cell: &Cell<'_>| (*cell).into()))
                })
            })
            .open()
            .await
            .unwrap();
        (db, folder)
    }
}

async fn write(db: &BoardDatabase) {
    db.cards().insert_held("written").execute().await.unwrap();
}

#[tokio::test]
async fn a_statement_that_was_slow_runs_on_the_thread_next_time() {
    let place = Place::default();
    let (db, _folder) = place.board(JournalMode::Wal, Synchronous::Normal).await;
    place.slow.store(true, Ordering::SeqCst);
    write(&db).await;
    assert!(place.was_here(), "nobody knows yet that it is slow");
    for _ in 0..3 {
        write(&db).await;
        assert!(!place.was_here());
    }
}

#[tokio::test]
async fn a_write_whose_commit_waits_for_the_disk_runs_on_the_thread() {
    for (mode, synchronous) in [
        (JournalMode::Delete, Synchronous::Normal),
        (JournalMode::Wal, Synchronous::Full),
    ] {
        let place = Place::default();
        let (db, _folder) = place.board(mode, synchronous).await;
        write(&db).await;
        assert!(!place.was_here());
        // Inside a transaction no statement commits. Another database, as waiting for the disk counts as slow.
        let (db, _folder) = place.board(mode, synchronous).await;
        db.transaction(async |tx| tx.cards().insert_held("inside").execute().await)
            .await
            .unwrap();
        assert!(place.was_here());
    }
}

#[test]
fn a_blocking_door_waits_no_longer_than_the_queue_may_last() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let wait = Duration::from_millis(20);
    runtime.block_on(async {
        let db = builder().queue_wait(Some(wait)).open().await.unwrap();
        db.transaction(async |_| {
            let (send, answer) = mpsc::channel();
            let outside = db.clone();
            thread::spawn(move || {
                let _ = send.send(outside.blocking_read(|conn| conn.cards().titles().list()));
            });
            let answer = answer
                .recv_timeout(PATIENCE)
                .expect("the door waits for ever");
            let Err(Error::Deadline {
                after,
                waiting,
                holding,
                ..
            }) = answer
            else {
                panic!("{answer:?}")
            };
            assert_eq!(after, wait);
            assert!(waiting.file().ends_with("places.rs"));
            assert!(holding.unwrap().file().ends_with("places.rs"));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(titles(&db).await, ["read the guide"]);
        assert_eq!(db.status().waiting, 0);
    });
}

#[tokio::test]
async fn a_statement_alone_whose_rollback_fails_closes_the_database() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail("ROLLBACK");
    // Two cards where one is wanted: the statement is to be undone, and that fails.
    db.cards().insert_titled("second").execute().await.unwrap();
    let wrong = db.cards().retitle_all("same").one().await;
    assert!(matches!(wrong, Err(Error::RowCount { .. })), "{wrong:?}");
    assert!(!db.is_open() && faults.is_closed());
    let later = db.cards().titles().list().await;
    assert!(
        matches!(
            later,
            Err(Error::Closed {
                source: Some(_),
                ..
            })
        ),
        "{later:?}"
    );
}

#[tokio::test]
async fn transactions_alone_keep_the_log_short() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let pages = Value::Blob(vec![7; 4096 * 50]);
    let log = folder.path().join("board.db-wal");
    let mut longest = 0;
    // Ten thousand pages in all.
    for _ in 0..200 {
        db.transaction(async |tx| tx.samples().insert_one(&pages).execute().await)
            .await
            .unwrap();
        longest = longest.max(std::fs::metadata(&log).unwrap().len());
    }
    assert!(longest < 4096 * 2500, "{longest} bytes");
}
