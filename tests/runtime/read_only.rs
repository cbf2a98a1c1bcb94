//! Databases that are only read.

use std::fs;
use std::path::{Path, PathBuf};

use sqlitenow_runtime::{Error, Executor, JournalMode};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::Builder;
use tempfile::TempDir;

use crate::harness::{builder, open, titles};

const SEED: [&str; 1] = ["read the guide"];

type Options = Builder<BoardDatabase>;

/// A file with a database in it that is closed.
async fn written(mode: JournalMode) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let builder = builder().path(&path).journal_mode(mode);
    builder.open().await.unwrap().close().await.unwrap();
    (folder, path)
}

fn reading(path: &Path) -> Options {
    builder().path(path).read_only()
}

fn set_version(path: &Path, version: u32) {
    let other = rusqlite::Connection::open(path).unwrap();
    other.pragma_update(None, "user_version", version).unwrap();
}

#[tokio::test]
async fn r6_a_read_only_database_answers_reads_and_refuses_writes() {
    let opens: [fn(Options) -> Options; 4] = [
        |options| options,
        |options| options.readers(2),
        |options| options.immutable(),
        |options| options.executor(Executor::Thread),
    ];
    for mode in [JournalMode::Wal, JournalMode::Delete] {
        let (_folder, path) = written(mode).await;
        let before = fs::read(&path).unwrap();
        for change in opens {
            let db = change(reading(&path)).open().await.unwrap();
            assert_eq!(titles(&db).await, SEED);
            let block = db.transaction(async |tx| tx.cards().titles().list().await);
            assert_eq!(block.await.unwrap().len(), 1);
            let read = db.read(|on| on.cards().titles().list()).await;
            assert_eq!(read.unwrap().len(), 1);
            let mut rows = db.cards().titles().stream();
            assert!(rows.next().await.unwrap().is_ok());
            drop(rows);
            assert_eq!(
                db.cards()
                    .titles()
                    .watch()
                    .next()
                    .await
                    .unwrap()
                    .unwrap()
                    .len(),
                1
            );

            let insert = db.cards().insert_titled("new").execute().await;
            let Err(Error::ReadOnly {
                origin: Some(origin),
                ..
            }) = insert
            else {
                panic!("{insert:?}")
            };
            assert_eq!(origin.statement(), "cards.insert_titled");
            let refused = [
                db.cards().insert_returning("new").one().await.map(drop),
                db.execute_raw("CREATE TABLE t (x)", ()).await.map(drop),
                db.write(|on| on.cards().insert_titled("new").execute())
                    .await
                    .map(drop),
                db.batch(|batch| batch.add(db.cards().insert_titled("new")))
                    .await
                    .map(drop),
            ];
            for refused in refused {
                assert!(
                    matches!(refused, Err(Error::ReadOnly { .. })),
                    "{refused:?}"
                );
            }
            let block = db.transaction(async |tx| tx.cards().insert_titled("new").execute().await);
            assert!(matches!(block.await, Err(Error::ReadOnly { .. })));
            assert_eq!(titles(&db).await, SEED);
            db.close().await.unwrap();
        }
        assert!(fs::read(&path).unwrap() == before, "the file is as it was");
    }
}

#[tokio::test]
async fn r6_a_file_of_another_version_is_refused_and_never_migrated() {
    let (_folder, path) = written(JournalMode::Wal).await;
    set_version(&path, 1);
    for open in [reading(&path), reading(&path).immutable()] {
        let refused = open.open().await;
        let Err(Error::OlderDatabase {
            found: 1, known, ..
        }) = refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(known, BoardDatabase::SCHEMA_VERSION);
    }
    set_version(&path, BoardDatabase::SCHEMA_VERSION + 1);
    let refused = reading(&path).open().await;
    assert!(
        matches!(refused, Err(Error::NewerDatabase { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn r6_an_empty_file_is_no_database_yet_and_a_missing_one_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    fs::write(&path, "").unwrap();
    let refused = reading(&path).open().await;
    assert!(
        matches!(refused, Err(Error::OlderDatabase { found: 0, .. })),
        "{refused:?}"
    );

    let missing = folder.path().join("none/board.db");
    let Err(Error::Io { path, source, .. }) = reading(&missing).open().await else {
        panic!("opened")
    };
    assert_eq!(
        (path, source.kind()),
        (missing, std::io::ErrorKind::NotFound)
    );
    assert!(!folder.path().join("none").exists());
}

#[tokio::test]
async fn r6_it_sees_what_others_commit_and_an_immutable_one_makes_no_file() {
    let (folder, path) = written(JournalMode::Wal).await;
    let names = || {
        let files = fs::read_dir(folder.path()).unwrap();
        files
            .map(|file| file.unwrap().file_name())
            .collect::<Vec<_>>()
    };
    let fixed = reading(&path).immutable().open().await.unwrap();
    assert_eq!(titles(&fixed).await, SEED);
    assert_eq!(names(), ["board.db"]);
    fixed.close().await.unwrap();

    let db = reading(&path).open().await.unwrap();
    let writer = open(&path).await.unwrap();
    writer.cards().insert_titled("new").execute().await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "new"]);
}

#[tokio::test]
async fn r6_hooks_run_on_every_connection_that_reads() {
    let (_folder, path) = written(JournalMode::Wal).await;
    let db = reading(&path)
        .readers(1)
        .on_open(|setup| setup.scalar_function("hold", Some(1), false, |cells| Ok(cells[0].into())))
        .open()
        .await
        .unwrap();
    assert_eq!(db.cards().held_titles().list().await.unwrap().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn r6_where_nothing_can_be_made_beside_the_file_it_has_to_be_immutable() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = written(JournalMode::Wal).await;
    let permit = |mode| {
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
    };
    permit(0o555);
    // Permissions do not hold for the superuser.
    let holds = fs::write(folder.path().join("probe"), "").is_err();
    let opened = reading(&path).open().await;
    let fixed = reading(&path).immutable().open().await;
    permit(0o755);
    assert_eq!(titles(&fixed.unwrap()).await, SEED);
    match opened {
        Err(Error::Io { source, .. }) if holds => {
            assert!(source.to_string().contains("`immutable`"), "{source}");
        }
        Ok(_) if !holds => {}
        other => panic!("{other:?}"),
    }
}
