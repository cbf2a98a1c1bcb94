//! Reads on connections of their own, beside the queue.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlitenow_runtime::{Error, Executor, JournalMode, Value};
use sqlitenow_tests::board::BoardDatabase;
use tempfile::TempDir;

use crate::harness::{Latch, builder, builder_with_latch, titles};

pub async fn board(readers: usize) -> (BoardDatabase, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let builder = builder().path(folder.path().join("board.db"));
    (builder.readers(readers).open().await.unwrap(), folder)
}

pub async fn board_with_latch(readers: usize) -> (BoardDatabase, Latch, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (builder, latch) = builder_with_latch();
    let builder = builder.path(folder.path().join("board.db"));
    let db = builder.readers(readers).open().await.unwrap();
    (db, latch, folder)
}

pub async fn cards(db: &BoardDatabase) -> i64 {
    db.cards().count_all().one().await.unwrap().cards
}

#[tokio::test]
async fn r35_a_long_read_delays_neither_a_write_nor_another_read() {
    let (db, latch, _folder) = board_with_latch(2).await;
    assert_eq!(db.status().readers, 2);
    let long = tokio::spawn({
        let db = db.clone();
        async move { db.cards().held_titles().list().await.unwrap().len() }
    });
    latch.reached().await;
    db.cards()
        .insert_titled("meanwhile")
        .execute()
        .await
        .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "meanwhile"]);
    let rows = db.query_raw("SELECT count(*) FROM card", ()).await.unwrap();
    assert_eq!(rows.rows, [[Value::Integer(2)]]);
    assert!(!long.is_finished());
    latch.open();
    // It reads from the moment at which it began.
    assert_eq!(long.await.unwrap(), 1);
}

#[tokio::test]
async fn r36_every_awaited_write_is_visible_to_the_next_read() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let folder = tempfile::tempdir().unwrap();
        let builder = builder().path(folder.path().join("board.db"));
        let db = builder.executor(executor).readers(3).open().await.unwrap();
        for count in 2..60_i64 {
            if count % 2 == 0 {
                db.cards()
                    .insert_titled("one more")
                    .execute()
                    .await
                    .unwrap();
            } else {
                db.transaction(async |tx| tx.cards().insert_titled("one more").execute().await)
                    .await
                    .unwrap();
            }
            assert_eq!(cards(&db).await, count);
            let raw = db.query_raw("SELECT count(*) FROM card", ()).await.unwrap();
            assert_eq!(raw.rows, [[Value::Integer(count)]]);
            let read = db.read(|conn| conn.cards().count_all().one()).await;
            assert_eq!(read.unwrap().cards, count);
            let mut stream = db.cards().titles().stream();
            let mut streamed = 0;
            while let Some(row) = stream.next().await {
                row.unwrap();
                streamed += 1;
            }
            assert_eq!(streamed, count);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r36_many_tasks_at_once_each_see_what_they_have_written() {
    let (db, folder) = board(3).await;
    let tasks = (0..8).map(|task| {
        let db = db.clone();
        tokio::spawn(async move {
            for turn in 0..20 {
                let title = format!("{task} {turn}");
                let added = db.cards().insert_titled(&title).execute().await.unwrap();
                let id = added.last_rowid;
                let row = db.cards().by_id(id).optional().await.unwrap();
                assert_eq!(row.expect("its own row").title, title);
                let sql = "SELECT count(*) FROM card WHERE id = ?";
                let raw = db.query_raw(sql, [id]).await.unwrap();
                assert_eq!(raw.rows, [[Value::Integer(1)]]);
                let read = db.read(move |conn| conn.cards().by_id(id).one()).await;
                assert_eq!(read.unwrap().title, title);
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(cards(&db).await, 161);
    db.close().await.unwrap();
    assert!(!folder.path().join("board.db-wal").exists());
}

#[tokio::test]
async fn r36_a_read_in_a_transaction_sees_its_rows_and_one_outside_does_not_wait() {
    let (db, _folder) = board(1).await;
    let outside = db.clone();
    db.transaction(async |tx| {
        tx.cards().insert_titled("uncommitted").execute().await?;
        assert_eq!(tx.cards().count_all().one().await?.cards, 2);
        assert_eq!(db.cards().count_all().one().await?.cards, 2);
        let raw = db.query_raw("SELECT count(*) FROM card", ()).await?;
        assert_eq!(raw.rows, [[Value::Integer(2)]]);
        let read = db.read(|conn| conn.cards().count_all().one()).await?;
        assert_eq!(read.cards, 2);
        let mut stream = db.cards().titles().stream();
        assert!(stream.next().await.is_some() && stream.next().await.is_some());
        // Each of these is outside of the block, and is answered while it is open.
        let others = tokio::spawn(async move {
            let raw = outside.query_raw("SELECT count(*) FROM card", ()).await;
            assert_eq!(raw.unwrap().rows, [[Value::Integer(1)]]);
            let read = outside.read(|conn| conn.cards().count_all().one()).await;
            assert_eq!(read.unwrap().cards, 1);
            let mut stream = outside.cards().titles().stream();
            assert!(stream.next().await.is_some() && stream.next().await.is_none());
            cards(&outside).await
        });
        assert_eq!(others.await.unwrap(), 1);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(cards(&db).await, 2);
}

#[tokio::test]
async fn r37_what_writes_runs_on_the_writer_however_it_is_spelled() {
    let (db, _folder) = board(2).await;
    for run in 0..3 {
        let sql = "insert into card (title) values ('lower case') returning id";
        let rows = db.query_raw(sql, ()).await.unwrap();
        assert_eq!(rows.rows, [[Value::Integer(run + 2)]]);
        let sql = "WITH last (id) AS (SELECT max(id) FROM card) \
                   UPDATE card SET note = 'seen' WHERE id = (SELECT id FROM last)";
        assert_eq!(db.execute_raw(sql, ()).await.unwrap().rows, 1);
        // What only the writing connection knows.
        for sql in [
            "SELECT last_insert_rowid()",
            "SELECT 1 + LAST_INSERT_ROWID() - 1",
        ] {
            let rows = db.query_raw(sql, ()).await.unwrap();
            assert_eq!(rows.rows, [[Value::Integer(run + 2)]]);
        }
        for sql in [
            "PRAGMA optimize",
            "PRAGMA wal_checkpoint(TRUNCATE)",
            "VACUUM",
        ] {
            db.query_raw(sql, ()).await.unwrap();
        }
        let refused = db.query_raw("BEGIN", ()).await;
        assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
        let mistaken = db.query_raw("SELECT nowhere FROM card", ()).await;
        assert!(
            matches!(mistaken, Err(Error::Sqlite { .. })),
            "{mistaken:?}"
        );
    }
    let noted = db.query_raw("SELECT count(note) FROM card", ()).await;
    assert_eq!(noted.unwrap().rows, [[Value::Integer(3)]]);
}

#[tokio::test]
async fn r37_temporary_tables_are_read_where_they_are() {
    let (db, _folder) = board(2).await;
    db.execute_raw("CREATE TABLE log (x)", ()).await.unwrap();
    let count = "SELECT count(*) FROM log";
    let none = db.query_raw(count, ()).await.unwrap();
    assert_eq!(none.rows, [[Value::Integer(0)]]);
    db.execute_raw("CREATE TEMP TABLE log AS SELECT 1 AS x", ())
        .await
        .unwrap();
    for _ in 0..2 {
        let one = db.query_raw(count, ()).await.unwrap();
        assert_eq!(one.rows, [[Value::Integer(1)]]);
    }
    let one = db.read(move |conn| conn.query_raw(count, ())).await;
    assert_eq!(one.unwrap().rows, [[Value::Integer(1)]]);
    // It hides a table that generated statements name.
    db.execute_raw(
        "CREATE TEMP TABLE card AS SELECT 1 AS id, 'hidden' AS title",
        (),
    )
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["hidden"]);
}

#[tokio::test]
async fn r38_a_closure_with_a_hundred_calls_passes_the_queue_once_or_not_at_all() {
    let hundred = |db: BoardDatabase| async move {
        let counts = db.read(|conn| {
            let count = |_| Ok(conn.cards().count_all().one()?.cards);
            (0..100).map(count).collect::<Result<Vec<i64>, Error>>()
        });
        let mut counts = counts.await.unwrap();
        counts.dedup();
        counts
    };
    for readers in [0, 1] {
        let (db, _folder) = board(readers).await;
        let outside = db.clone();
        let (late, early) = db
            .transaction(async |tx| {
                tx.cards().insert_titled("first").execute().await?;
                let reader = tokio::spawn(hundred(outside.clone()));
                if readers == 1 {
                    return Ok::<_, Error>((None, Some(reader.await.unwrap())));
                }
                while db.status().waiting == 0 {
                    tokio::task::yield_now().await;
                }
                // Behind the closure: none of its calls sees this.
                tokio::spawn(
                    async move { outside.cards().insert_titled("second").execute().await },
                );
                while db.status().waiting == 1 {
                    tokio::task::yield_now().await;
                }
                Ok((Some(reader), None))
            })
            .await
            .unwrap();
        match (late, early) {
            (Some(reader), _) => assert_eq!(reader.await.unwrap(), [2]),
            (None, counts) => assert_eq!(counts.unwrap(), [1]),
        }
    }
}

#[tokio::test]
async fn r5_the_hook_runs_on_every_reader() {
    let folder = tempfile::tempdir().unwrap();
    let ran = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&ran);
    let db = builder()
        .path(folder.path().join("board.db"))
        .readers(3)
        .on_open(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
        .open()
        .await
        .unwrap();
    assert_eq!(ran.load(Ordering::SeqCst), 4);
    db.close().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn waiting_for_a_reader_has_a_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let (builder, latch) = builder_with_latch();
    let builder = builder.path(folder.path().join("board.db")).readers(1);
    let patience = Some(Duration::from_secs(3));
    let db = builder.queue_wait(patience).open().await.unwrap();
    let long = tokio::spawn({
        let db = db.clone();
        async move { db.cards().held_titles().list().await }
    });
    latch.reached().await;
    let late = db.cards().titles().list().await;
    let Err(Error::Deadline { after, waiting, .. }) = late else {
        panic!("{late:?}")
    };
    assert_eq!(after, Duration::from_secs(3));
    assert!(waiting.file().ends_with("readers.rs"));
    latch.open();
    assert_eq!(long.await.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn a_schema_that_raw_sql_changes_is_read_as_it_is() {
    let (db, _folder) = board(2).await;
    assert_eq!(titles(&db).await, ["read the guide"]);
    db.execute_raw("CREATE TABLE extra (x)", ()).await.unwrap();
    for count in 0..3 {
        let rows = db
            .query_raw("SELECT count(*) FROM extra", ())
            .await
            .unwrap();
        assert_eq!(rows.rows, [[Value::Integer(count)]]);
        db.execute_raw("INSERT INTO extra VALUES (1)", ())
            .await
            .unwrap();
    }
    db.execute_raw("ALTER TABLE extra ADD COLUMN y DEFAULT 7", ())
        .await
        .unwrap();
    let rows = db
        .query_raw("SELECT * FROM extra LIMIT 1", ())
        .await
        .unwrap();
    assert_eq!(rows.columns, ["x", "y"]);
    db.execute_raw("DROP TABLE extra", ()).await.unwrap();
    assert!(
        db.query_raw("SELECT * FROM extra LIMIT 1", ())
            .await
            .is_err()
    );
    db.execute_raw("ALTER TABLE card RENAME TO old", ())
        .await
        .unwrap();
    db.execute_raw("CREATE VIEW card AS SELECT 1 AS id, 'view' AS title", ())
        .await
        .unwrap();
    assert_eq!(titles(&db).await, ["view"]);
}

#[tokio::test]
async fn without_a_log_to_read_beside_there_are_no_readers() {
    let memory = builder().readers(2).open().await.unwrap();
    assert_eq!((memory.status().readers, cards(&memory).await), (0, 1));
    let folder = tempfile::tempdir().unwrap();
    let builder = builder().path(folder.path().join("board.db"));
    let builder = builder.journal_mode(JournalMode::Delete).readers(2);
    let file = builder.open().await.unwrap();
    assert_eq!((file.status().readers, cards(&file).await), (0, 1));
}

#[test]
fn r7_a_blocking_read_does_not_wait_for_a_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let builder = builder().path(folder.path().join("board.db"));
    let db = builder.readers(1).open_blocking().unwrap();
    let outside = db.clone();
    let seen = db.blocking_write(|conn| {
        conn.cards().insert_titled("uncommitted").execute()?;
        let reading = std::thread::spawn(move || {
            outside.blocking_read(|conn| Ok::<_, Error>(conn.cards().count_all().one()?.cards))
        });
        reading.join().expect("the reading thread")
    });
    assert_eq!(seen.unwrap(), 1);
    let after = db.blocking_read(|conn| conn.cards().count_all().one());
    assert_eq!(after.unwrap().cards, 2);
}
