//! Rows as they come.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use sqlitenow_runtime::v1 as rt;
use sqlitenow_runtime::{Cell, Error, JournalMode, Value};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::Builder;

use crate::harness::{Latch, board, both, builder, poll_once};

/// How many rows the counting query gives.
const MANY: i64 = 10_000;

static CONVERTED: AtomicUsize = AtomicUsize::new(0);

/// A number whose conversions are counted.
struct Counted(i64);

impl rt::FromCell for Counted {
    fn from_cell(cell: Cell<'_>) -> Result<Self, rt::Misfit> {
        CONVERTED.fetch_add(1, Ordering::SeqCst);
        i64::from_cell(cell).map(Self)
    }
}

sqlitenow_runtime::v1::database! {
    /// Counts.
    pub struct Counting {
        transaction: CountingTransaction,
        connection: CountingConnection,
        migrations: rt::Migrations::NONE,
        statements: 1,
    }
}

struct Numbers;

impl rt::Bound for Numbers {
    const STATEMENT: &'static rt::Statement = &rt::Statement {
        name: "numbers",
        sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
              SELECT read_row(i) FROM n",
        columns: &["i"],
        ..rt::Statement::EMPTY
    };

    fn bind(&self, _: &mut rt::Binder<'_>) -> rt::Result<()> {
        Ok(())
    }
}

impl rt::Query for Numbers {
    type Row = Counted;

    fn read(row: &rt::Row<'_>) -> rt::Result<Counted> {
        row.get(0)
    }
}

/// Looks for a row for ever.
struct Endless;

impl rt::Bound for Endless {
    const STATEMENT: &'static rt::Statement = &rt::Statement {
        name: "endless",
        sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0",
        columns: &["i"],
        ..rt::Statement::EMPTY
    };

    fn bind(&self, _: &mut rt::Binder<'_>) -> rt::Result<()> {
        Ok(())
    }
}

impl rt::Query for Endless {
    type Row = i64;

    fn read(row: &rt::Row<'_>) -> rt::Result<i64> {
        row.get(0)
    }
}

impl Counting {
    fn endless(&self) -> rt::Select<'_, rt::Database, Endless> {
        rt::Select::new(&self.0, Endless)
    }

    #[track_caller]
    fn numbers(&self) -> rt::Select<'_, rt::Database, Numbers> {
        rt::Select::new(&self.0, Numbers)
    }
}

/// Opens with a function that counts the rows that SQLite has read, and fails at row `failing`.
async fn counting(builder: Builder<Counting>, failing: i64) -> (Counting, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    let inner = Arc::clone(&read);
    let opening = builder.on_open(move |setup| {
        let read = Arc::clone(&inner);
        setup.scalar_function("read_row", Some(1), false, move |arguments| {
            read.fetch_add(1, Ordering::SeqCst);
            match arguments {
                [Cell::Integer(row)] if *row == failing => Err("as told".into()),
                [cell] => Ok(Value::from(*cell)),
                _ => Ok(Value::Null),
            }
        })
    });
    (opening.open().await.unwrap(), read)
}

#[tokio::test]
async fn r57_no_row_is_converted_before_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = Builder::new().path(folder.path().join("counting.db"));
    // One after the other, since the count is everybody's.
    for (builder, most_read) in [(file, 500), (Builder::new(), 10_000)] {
        let (db, read) = counting(builder, -1).await;
        CONVERTED.store(0, Ordering::SeqCst);
        let mut stream = db.numbers().stream();
        assert_eq!(read.load(Ordering::SeqCst), 0);
        for asked in 1..=300 {
            let row = stream.next().await.unwrap().unwrap();
            assert_eq!(usize::try_from(row.0), Ok(asked));
            assert_eq!(CONVERTED.load(Ordering::SeqCst), asked);
        }
        let read_now = read.load(Ordering::SeqCst);
        assert!((300..=300 + most_read).contains(&read_now), "{read_now}");
        let mut rest = 0;
        while let Some(row) = stream.next().await {
            row.unwrap();
            rest += 1;
        }
        assert_eq!(rest, MANY - 300);
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_is_the_last_item() {
    let folder = tempfile::tempdir().unwrap();
    let file = Builder::new().path(folder.path().join("counting.db"));
    let (db, _) = counting(file, 200).await;
    let line = line!() + 1;
    let mut stream = db.numbers().stream();
    let mut rows = 0;
    let error = loop {
        match stream.next().await.unwrap() {
            Ok(_) => rows += 1,
            Err(error) => break error,
        }
    };
    assert!(rows < 200, "{rows}");
    assert!(error.to_string().contains("as told"), "{error}");
    assert_eq!(error.origin().unwrap().call_site().unwrap().line(), line);
    assert!(stream.next().await.is_none());
    db.close().await.unwrap();
}

async fn board_file(mode: JournalMode) -> (BoardDatabase, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = builder()
        .path(folder.path().join("board.db"))
        .journal_mode(mode)
        .open()
        .await
        .unwrap();
    (db, folder)
}

async fn fill(db: &BoardDatabase) {
    let cards = (0..1000).map(|number| format!("card {number}"));
    db.cards()
        .insert_titled_many(cards)
        .execute()
        .await
        .unwrap();
}

#[tokio::test]
async fn r58_a_dropped_stream_releases_its_table() {
    let (wal, _wal) = board_file(JournalMode::Wal).await;
    let (delete, _delete) = board_file(JournalMode::Delete).await;
    for db in [wal, delete, board().await] {
        fill(&db).await;
        let mut stream = db.cards().titles().stream();
        stream.next().await.unwrap().unwrap();
        drop(stream);
        db.execute_raw("DROP TABLE card", ()).await.unwrap();
    }
    let db = board().await;
    fill(&db).await;
    db.transaction(async |tx| {
        let mut stream = tx.cards().titles().stream();
        stream.next().await.unwrap().unwrap();
        drop(stream);
        tx.execute_raw("DROP TABLE card", ()).await
    })
    .await
    .unwrap();
    let db = board().await;
    fill(&db).await;
    db.write(|conn| {
        let mut stream = conn.cards().titles().stream();
        stream.next().unwrap()?;
        drop(stream);
        conn.execute_raw("DROP TABLE card", ())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_stream_shows_one_moment_and_holds_nobody_up() {
    let (db, _folder) = board_file(JournalMode::Wal).await;
    fill(&db).await;
    let mut stream = db.cards().titles().stream();
    stream.next().await.unwrap().unwrap();
    for _ in 0..3 {
        db.cards()
            .insert_titled("zzz: later")
            .execute()
            .await
            .unwrap();
    }
    assert_eq!(db.cards().count_all().one().await.unwrap().cards, 1004);
    let mut rows = 1;
    while let Some(row) = stream.next().await {
        assert!(!row.unwrap().title.contains("later"));
        rows += 1;
    }
    assert_eq!(rows, 1001);
}

#[tokio::test]
async fn a_stream_sees_what_was_queued_before_it() {
    let (db, _folder) = board_file(JournalMode::Wal).await;
    let mut stream = db.cards().titles().stream();
    let fill = db.cards().insert_titled_many(["a", "b"]);
    let (filled, first) = both(fill.execute(), stream.next()).await;
    filled.unwrap();
    first.unwrap().unwrap();
    let mut rows = 1;
    while let Some(row) = stream.next().await {
        row.unwrap();
        rows += 1;
    }
    assert_eq!(rows, 3);
}

#[tokio::test]
async fn inside_a_block_a_stream_belongs_to_it() {
    let (db, _folder) = board_file(JournalMode::Wal).await;
    let rows = db
        .transaction(async |tx| {
            tx.cards().insert_titled("uncommitted").execute().await?;
            let mut streams = [tx.cards().titles().stream(), db.cards().titles().stream()];
            let mut rows = 0;
            for stream in &mut streams {
                while let Some(row) = stream.next().await {
                    row?;
                    rows += 1;
                }
            }
            Ok::<_, Error>(rows)
        })
        .await
        .unwrap();
    assert_eq!(rows, 4);
}

#[tokio::test]
async fn close_ends_a_stream_and_leaves_no_log() {
    let (db, folder) = board_file(JournalMode::Wal).await;
    fill(&db).await;
    let mut stream = db.cards().titles().stream();
    stream.next().await.unwrap().unwrap();
    let mut idle = db.cards().titles().stream();
    db.close().await.unwrap();
    assert!(!folder.path().join("board.db-wal").exists());
    while let Some(Ok(_)) = stream.next().await {}
    assert!(stream.next().await.is_none());
    assert!(idle.next().await.unwrap().unwrap_err().is_closed());
    assert!(idle.next().await.is_none());
}

#[tokio::test]
async fn a_query_that_finds_nothing_ends_with_its_stream_or_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = Builder::new().path(folder.path().join("counting.db"));
    let (db, _) = counting(file, -1).await;
    let mut dropped = db.endless().stream();
    assert!(poll_once(&mut Box::pin(dropped.next())).await.is_pending());
    drop(dropped);
    let mut stream = db.endless().stream();
    let (end, closed) = both(stream.next(), db.close()).await;
    assert!(end.unwrap().is_err_and(|error| error.is_closed()));
    closed.unwrap();
    assert!(!folder.path().join("counting.db-wal").exists());
}

#[tokio::test]
async fn writers_do_not_wait_for_the_first_row() {
    let folder = tempfile::tempdir().unwrap();
    let latch = Latch::default();
    let inner = latch.clone();
    let db = builder()
        .path(folder.path().join("board.db"))
        .on_open(move |setup| {
            let latch = inner.clone();
            setup.scalar_function("hold", Some(1), false, move |arguments| {
                latch.pass();
                Ok(arguments.first().map_or(Value::Null, |cell| (*cell).into()))
            })
        })
        .open()
        .await
        .unwrap();
    let mut stream = db.cards().held_titles().stream();
    let writing = async {
        latch.reached().await;
        db.cards().insert_titled("later").execute().await.unwrap();
        latch.open();
    };
    let (first, ()) = both(stream.next(), writing).await;
    first.unwrap().unwrap();
    let mut rows = 1;
    while let Some(row) = stream.next().await {
        row.unwrap();
        rows += 1;
    }
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_stream_keeps_its_database_open() {
    let (db, _folder) = board_file(JournalMode::Wal).await;
    fill(&db).await;
    let mut stream = db.cards().titles().stream();
    drop(db);
    let mut rows = 0;
    while let Some(row) = stream.next().await {
        row.unwrap();
        rows += 1;
    }
    assert_eq!(rows, 1001);
}

#[tokio::test]
async fn an_unpolled_stream_does_nothing_and_a_waiting_one_gives_its_place_back() {
    let db = board().await;
    let stream = db.cards().titles().stream();
    assert_eq!(db.status().waiting, 0);
    db.transaction(async |_| {
        let outside = db.clone();
        let waiting = tokio::spawn(async move {
            let mut stream = outside.cards().titles().stream();
            let mut next = Box::pin(stream.next());
            matches!(poll_once(&mut next).await, Poll::Pending)
        });
        assert!(waiting.await.unwrap());
        assert_eq!(db.status().waiting, 0);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    drop(stream);
}

#[test]
fn on_the_connection_of_a_closure_a_stream_is_an_iterator() {
    let db = builder().open_blocking().unwrap();
    let titles = db.blocking_write(|conn| {
        conn.cards().insert_titled_many(["a", "b"]).execute()?;
        let mut titles = Vec::new();
        for card in conn.cards().titles().stream() {
            let title = card?.title;
            // The table may change on the way.
            conn.lists().insert_one(&title).execute()?;
            titles.push(title);
        }
        conn.execute_raw("DELETE FROM card", ())?;
        Ok::<_, Error>(titles)
    });
    assert_eq!(titles.unwrap().len(), 3);
}
