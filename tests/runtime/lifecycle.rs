//! Opening and closing.

use std::fs;
use std::path::Path;
use std::time::Duration;

use sqlitenow_runtime::{Error, Executor, JournalMode, Synchronous, Value};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::Builder;

use crate::faulty::Faults;
use crate::harness::{board, board_with_latch, builder, open, poll_once, titles};

/// Whether a connection of this process or another keeps the file open: only then its WAL is there.
fn is_open_somewhere(path: &Path) -> bool {
    path.with_extension("db-wal").exists()
}

#[tokio::test]
async fn r1_open_creates_the_file_and_its_folders_with_schema_seeds_and_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/too/board.db");
    let db = open(&path).await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide"]);
    let other = rusqlite::Connection::open(&path).unwrap();
    let version: u32 = other
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, BoardDatabase::SCHEMA_VERSION);
    let tables: i64 = other
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'card'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(tables, 1);
}

#[tokio::test]
async fn r2_databases_in_memory_share_nothing_and_clones_share_everything() {
    let (one, two) = (board().await, board().await);
    let clone = one.clone();
    clone
        .cards()
        .insert_titled("only here")
        .execute()
        .await
        .unwrap();
    assert_eq!(titles(&one).await, ["read the guide", "only here"]);
    assert_eq!(titles(&two).await, ["read the guide"]);
    clone.close().await.unwrap();
    assert!(!one.is_open() && two.is_open());
}

#[tokio::test]
async fn r3_what_is_no_database_is_an_error_and_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let text = "this is a letter, not a database; it is longer than a header of one hundred bytes is, \
                and says so twice: longer than a header";
    fs::write(&path, text).unwrap();
    let refused = open(&path).await;
    assert!(
        matches!(refused, Err(Error::Sqlite { code: 26, .. })),
        "{refused:?}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(!is_open_somewhere(&path));
}

#[tokio::test]
async fn r3_a_failing_hook_fails_open_and_keeps_nothing_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let refused = builder()
        .path(&path)
        .on_open(|setup| setup.execute_batch("PRAGMA foreign_keys; SELECT * FROM nowhere"))
        .open()
        .await;
    let Err(Error::Sqlite { message, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert!(message.contains("nowhere"));
    assert!(!is_open_somewhere(&path));
    assert_eq!(
        titles(&open(&path).await.unwrap()).await,
        ["read the guide"]
    );
}

#[tokio::test]
async fn r3_a_folder_that_cannot_be_made_is_an_io_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let refused = open(folder.path().join("file/board.db")).await;
    let Err(Error::Io { path, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(path, folder.path().join("file"));
}

#[tokio::test]
async fn r4_the_pragmas_are_set_before_the_hook_and_each_option_changes_its_own() {
    use std::sync::{Arc, Mutex};
    let names = [
        "foreign_keys",
        "journal_mode",
        "synchronous",
        "busy_timeout",
    ];
    let ask = async |change: fn(Options) -> Options| {
        let folder = tempfile::tempdir().unwrap();
        let found = Arc::new(Mutex::new(Vec::new()));
        let inside = Arc::clone(&found);
        let builder = builder().path(folder.path().join("board.db"));
        let builder = builder.on_open(move |setup| {
            for name in names {
                let rows = setup.query(&format!("PRAGMA {name}"), &[])?;
                inside.lock().unwrap().extend(rows.into_iter().flatten());
            }
            Ok(())
        });
        change(builder).open().await.unwrap();
        let found = found.lock().unwrap();
        found.clone()
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let (on, off, wal) = (Value::Integer(1), Value::Integer(0), text("wal"));
    let five = Value::Integer(5000);
    assert_eq!(
        ask(|options| options).await,
        [on.clone(), wal.clone(), on.clone(), five.clone()]
    );
    assert_eq!(
        ask(|options| options.foreign_keys(false)).await,
        [off, wal.clone(), on.clone(), five.clone()]
    );
    assert_eq!(
        ask(|options| options.journal_mode(JournalMode::Truncate)).await,
        [on.clone(), text("truncate"), on.clone(), five.clone()]
    );
    assert_eq!(
        ask(|options| options.synchronous(Synchronous::Full)).await,
        [on.clone(), wal.clone(), Value::Integer(2), five]
    );
    assert_eq!(
        ask(|options| options.busy_timeout(Duration::from_millis(70))).await,
        [on.clone(), wal, on, Value::Integer(70)]
    );
}

type Options = Builder<BoardDatabase>;

#[tokio::test]
async fn r5_a_function_of_the_hook_is_there_for_statements() {
    let (db, latch) = board_with_latch(Executor::Auto).await;
    latch.open();
    db.cards()
        .insert_held("through a function")
        .execute()
        .await
        .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "through a function"]);
}

#[tokio::test]
async fn r8_close_finishes_the_work_queued_before_it() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("INSERT");
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_titled("first").execute().await }
    });
    hold.reached().await;
    let cards = db.cards();
    let mut second = Box::pin(cards.insert_titled("second").execute());
    assert!(poll_once(&mut second).await.is_pending());
    let mut close = Box::pin(db.close());
    assert!(poll_once(&mut close).await.is_pending());
    assert!(!db.is_open());
    let late = db.cards().titles().list().await;
    assert!(late.unwrap_err().is_closed());
    hold.release();
    first.await.unwrap().unwrap();
    second.await.unwrap();
    close.await.unwrap();
    assert!(faults.is_closed());
}

#[tokio::test]
async fn r8_after_close_every_call_gives_closed_and_closing_again_is_ok() {
    let db = board().await;
    let clone = db.clone();
    db.close().await.unwrap();
    assert!(!db.is_open() && !clone.is_open());
    clone.close().await.unwrap();
    assert!(db.cards().titles().list().await.unwrap_err().is_closed());
    assert!(
        clone
            .cards()
            .insert_titled("late")
            .execute()
            .await
            .unwrap_err()
            .is_closed()
    );
    let block = db.transaction(async |_| Ok::<_, Error>(())).await;
    assert!(block.unwrap_err().is_closed());
    assert!(
        db.read(|_| Ok::<_, Error>(()))
            .await
            .unwrap_err()
            .is_closed()
    );
}

#[tokio::test]
async fn r8_two_closes_at_once_both_succeed_and_a_dropped_one_goes_on() {
    let db = board().await;
    let (one, two) = tokio::join!(db.close(), db.close());
    one.unwrap();
    two.unwrap();
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("SELECT");
    let read = tokio::spawn({
        let db = db.clone();
        async move { titles(&db).await }
    });
    hold.reached().await;
    {
        let mut close = Box::pin(db.close());
        assert!(poll_once(&mut close).await.is_pending());
    }
    hold.release();
    read.await.unwrap();
    db.close().await.unwrap();
    assert!(faults.is_closed());
}

#[tokio::test]
async fn r9_after_close_no_wal_is_left_and_the_path_can_be_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    db.cards().insert_titled("kept").execute().await.unwrap();
    assert!(is_open_somewhere(&path));
    db.close().await.unwrap();
    assert!(!is_open_somewhere(&path));
    let again = open(&path).await.unwrap();
    assert_eq!(titles(&again).await, ["read the guide", "kept"]);
}

#[tokio::test]
async fn r10_dropping_the_last_clone_closes_the_file_and_an_earlier_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let clone = db.clone();
    drop(db);
    clone
        .cards()
        .insert_titled("still here")
        .execute()
        .await
        .unwrap();
    assert!(is_open_somewhere(&path));
    drop(clone);
    assert!(!is_open_somewhere(&path));
}

#[tokio::test]
async fn r10_a_live_watch_keeps_the_file_open() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let mut watch = db.cards().titles().watch();
    drop(db);
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
    assert!(is_open_somewhere(&path));
    drop(watch);
    assert!(!is_open_somewhere(&path));
}

#[tokio::test]
async fn r11_close_ends_every_watch_with_none() {
    let db = board().await;
    let mut polled = db.cards().titles().watch();
    let mut fresh = db.lists().all().watch();
    polled.next().await.unwrap().unwrap();
    let waiting = tokio::spawn(async move { polled.next().await.is_none() });
    tokio::task::yield_now().await;
    db.close().await.unwrap();
    assert!(waiting.await.unwrap());
    assert!(fresh.next().await.is_none());
    assert!(db.cards().titles().watch().next().await.is_none());
}

#[tokio::test]
async fn r12_close_awaited_inside_a_transaction_is_an_error() {
    let db = board().await;
    db.transaction(async |tx| {
        let closed = db.close().await;
        assert!(matches!(closed, Err(Error::Deadlock { .. })), "{closed:?}");
        tx.cards().insert_titled("kept").execute().await
    })
    .await
    .unwrap();
    assert!(db.is_open());
    assert_eq!(titles(&db).await.len(), 2);
}

#[tokio::test]
async fn r121_dropping_a_database_in_mid_transaction_rolls_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    {
        let mut block = Box::pin(db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            std::future::pending::<Result<(), Error>>().await
        }));
        assert!(poll_once(&mut block).await.is_pending());
    }
    drop(db);
    let again = open(&path).await.unwrap();
    assert_eq!(titles(&again).await, ["read the guide"]);
}

#[tokio::test]
async fn a_wal_that_has_grown_is_checkpointed_without_delaying_the_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let before = fs::metadata(&path).unwrap().len();
    let page = Value::Blob(vec![7; 4096 * 50]);
    for _ in 0..60 {
        db.samples().insert_one(&page).execute().await.unwrap();
    }
    titles(&db).await;
    assert!(
        fs::metadata(&path).unwrap().len() > before,
        "pages reached the file before close"
    );
}
