//! Copies of an open database.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use sqlitenow_runtime::{Error, JournalMode, Result};
use sqlitenow_tests::board::BoardDatabase;

use crate::faulty::Faults;
use crate::harness::{both, builder, open, poll_once, titles};

const FIRST: &str = "read the guide";

/// What is in a folder, without the database `board.db`.
fn others(folder: &Path) -> Vec<OsString> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut others: Vec<_> = names
        .filter(|name| !name.to_str().unwrap().starts_with("board.db"))
        .collect();
    others.sort();
    others
}

fn kind(result: Result<()>) -> ErrorKind {
    match result {
        Err(Error::Io { source, .. }) => source.kind(),
        other => panic!("{other:?}"),
    }
}

/// Fills more pages than are copied in one step.
async fn fill(db: &BoardDatabase) {
    let long = "x".repeat(4000);
    let cards = (0..2000).map(|number| format!("{number} {long}"));
    let filling = db.cards().insert_titled_many(cards);
    filling.execute().await.unwrap();
}

#[tokio::test]
async fn a_copy_of_a_database_in_memory_opens_at_the_same_version() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    let db = builder().open().await.unwrap();
    db.cards().insert_titled("mine").execute().await.unwrap();
    db.backup_to(&path).await.unwrap();
    assert_eq!(others(folder.path()), ["copy.db"]);
    db.cards().insert_titled("later").execute().await.unwrap();
    // A file that is only read is never migrated.
    let builder = builder().path(&path).read_only();
    let copy = builder.open().await.unwrap();
    assert_eq!(titles(&copy).await, [FIRST, "mine"]);
    let version = copy
        .query_raw("SELECT * FROM pragma_user_version", ())
        .await;
    let ours = db.query_raw("SELECT * FROM pragma_user_version", ()).await;
    assert_eq!(version.unwrap().rows, ours.unwrap().rows);
}

#[tokio::test]
async fn a_copy_of_a_file_holds_what_was_written_before_it_and_writes_go_on() {
    for mode in [JournalMode::Wal, JournalMode::Delete] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.db");
        let builder = builder().path(folder.path().join("board.db"));
        let db = builder.journal_mode(mode).open().await.unwrap();
        fill(&db).await;
        let backup = db.backup_to(&path);
        let later = async {
            for number in 0..20 {
                let title = format!("later {number}");
                db.cards().insert_titled(&title).execute().await?;
            }
            Ok::<_, Error>(())
        };
        let (copied, written) = both(backup, later).await;
        copied.unwrap();
        written.unwrap();
        assert_eq!(others(folder.path()), ["copy.db"]);
        let copy = open(&path).await.unwrap();
        let found = titles(&copy).await;
        assert_eq!(found.len(), 2001);
        assert!(!found.iter().any(|title| title.starts_with("later")));
        let check = copy.query_raw("SELECT * FROM pragma_integrity_check", ());
        assert_eq!(check.await.unwrap().rows, [["ok".to_owned().into()]]);
        assert_eq!(titles(&db).await.len(), 2021);
    }
}

#[tokio::test]
async fn what_is_there_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("board.db");
    let db = open(&own).await.unwrap();
    assert_eq!(kind(db.backup_to(&own).await), ErrorKind::AlreadyExists);
    let other = folder.path().join("other");
    fs::write(&other, "precious").unwrap();
    assert_eq!(kind(db.backup_to(&other).await), ErrorKind::AlreadyExists);
    assert_eq!(fs::read_to_string(&other).unwrap(), "precious");
    // The log of a database that was removed would be played into the copy.
    fs::write(folder.path().join("gone.db-wal"), "log").unwrap();
    let gone = db.backup_to(folder.path().join("gone.db")).await;
    assert_eq!(kind(gone), ErrorKind::AlreadyExists);
    let memory = builder().open().await.unwrap();
    assert_eq!(
        kind(memory.backup_to(&other).await),
        ErrorKind::AlreadyExists
    );
    assert_eq!(others(folder.path()), ["gone.db-wal", "other"]);
    assert_eq!(titles(&db).await, [FIRST]);
}

#[tokio::test]
async fn a_folder_that_is_missing_is_an_error_of_the_file_system() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("copy.db");
    let db = builder().open().await.unwrap();
    assert_eq!(kind(db.backup_to(path).await), ErrorKind::NotFound);
    assert_eq!(kind(db.backup_to("").await), ErrorKind::InvalidInput);
    assert_eq!(titles(&db).await, [FIRST]);
}

#[tokio::test]
async fn a_copy_is_refused_within_a_transaction_and_made_within_an_exclusive_block() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    let db = open(folder.path().join("board.db")).await.unwrap();
    let refused = db.transaction(async |_| db.backup_to(&path).await).await;
    assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
    assert!(others(folder.path()).is_empty());
    let made = db.exclusive(async |db| {
        db.cards().insert_titled("inside").execute().await?;
        db.backup_to(&path).await
    });
    made.await.unwrap();
    let copy = open(&path).await.unwrap();
    assert_eq!(titles(&copy).await, [FIRST, "inside"]);
}

#[tokio::test]
async fn a_lazy_database_is_opened_for_its_copy_and_a_closed_one_has_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    let db = BoardDatabase::open_lazy(folder.path().join("board.db"));
    db.backup_to(&path).await.unwrap();
    db.close().await.unwrap();
    let late = db.backup_to(folder.path().join("late.db")).await;
    assert!(late.unwrap_err().is_closed());
    assert_eq!(others(folder.path()), ["copy.db"]);
}

#[tokio::test]
async fn a_copy_that_is_dropped_or_cut_short_by_close_leaves_all_or_nothing() {
    for closes in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy.db");
        let db = open(folder.path().join("board.db")).await.unwrap();
        fill(&db).await;
        let mut backup = Box::pin(db.backup_to(&path));
        assert!(poll_once(&mut backup).await.is_pending());
        let copied = if closes {
            let (copied, closed) = both(backup, db.close()).await;
            closed.unwrap();
            assert!(!folder.path().join("board.db-wal").exists());
            Some(copied)
        } else {
            drop(backup);
            db.close().await.unwrap();
            None
        };
        if path.exists() {
            assert_eq!(others(folder.path()), ["copy.db"]);
            let copy = open(&path).await.unwrap();
            assert_eq!(titles(&copy).await.len(), 2001);
        } else {
            assert!(others(folder.path()).is_empty());
            assert!(copied.is_none_or(|copied| copied.unwrap_err().is_closed()));
        }
    }
}

#[tokio::test]
async fn a_foreign_driver_has_no_copies() {
    let folder = tempfile::tempdir().unwrap();
    let db = Faults::new().board().await;
    let refused = db.backup_to(folder.path().join("copy.db")).await;
    assert!(
        matches!(refused, Err(Error::Unsupported { .. })),
        "{refused:?}"
    );
    assert!(others(folder.path()).is_empty());
}
