//! An owner and clients as applications have them, over streams in memory of any width.

use std::pin::Pin;

use tokio::io::duplex;
use tokio::runtime::Handle as Runtime;

use super::*;
use crate::error::{Error, Result};
use crate::invalidation::ChangeFilter;
use crate::sharing::client::{Bytes, Dial};
use crate::sharing::wire::Hello;
use crate::value::Value;

#[path = "../../../../doc/notes_database.rs"]
mod notes_database;

use notes_database::NotesDatabase;

type Stream = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

/// A client of a server, whose stream holds so many bytes at a time.
async fn connect(server: &Arc<Server>, width: usize) -> NotesDatabase {
    let (runtime, serving) = (Runtime::current(), Arc::clone(server));
    let connect = move || -> Stream {
        let (ours, theirs) = duplex(width);
        let (reader, writer) = tokio::io::split(theirs);
        let server = Arc::clone(&serving);
        runtime.spawn(async move { attend(&server, reader, writer).await });
        Box::pin(async move { Ok(Bytes::of(ours)) })
    };
    let dial = Dial {
        connect: Arc::new(connect),
        place: format!("a stream of {width}"),
        port: None,
        hello: Hello {
            schema: SCHEMA,
            token: *server.token.bytes(),
            process: std::process::id(),
            read_only: false,
            close_owner_on_close: false,
        },
        timeout: HOUR,
        request: HOUR,
        goes_on: false,
    };
    NotesDatabase::builder().through(dial).open().await.unwrap()
}

async fn texts(db: &NotesDatabase) -> Vec<String> {
    let rows = db.notes().all().list().await.unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

async fn statements(db: &NotesDatabase) {
    db.notes().add("a").execute().await.unwrap();
    let many = db.notes().add_many(["b", "c"]).execute().await.unwrap();
    assert_eq!((many.rows, many.last_rowid), (2, 3));
    let gone = db.notes().remove(2).one().await.unwrap();
    assert_eq!(gone.text, "b");
    assert_eq!(texts(db).await, ["a", "c"]);
    let long = "é\0".repeat(300);
    let values = [
        Value::Null,
        i64::MIN.into(),
        (-0.5).into(),
        long.as_str().into(),
    ];
    let read = db.query_raw("SELECT ?1, ?2, ?3, ?4, x''", values.clone());
    let read = read.await.unwrap();
    assert_eq!(read.rows[0][..4], values);
    assert_eq!(read.rows[0][4], Value::Blob(Vec::new()));
    let mut rows = db.notes().all().stream();
    assert_eq!(rows.next().await.unwrap().unwrap().text, "a");
    assert_eq!(rows.next().await.unwrap().unwrap().text, "c");
    assert!(rows.next().await.is_none());
}

async fn blocks(db: &NotesDatabase, other: &NotesDatabase) {
    let kept = db.transaction(async |tx| {
        tx.notes().add("kept").execute().await?;
        let undone = tx.savepoint(async |tx| {
            tx.notes().add("undone").execute().await?;
            tx.execute_raw("INSERT INTO note (text) VALUES (NULL)", ())
                .await
        });
        assert!(undone.await.unwrap_err().is_constraint());
        Ok::<_, Error>(())
    });
    kept.await.unwrap();
    let undone = db.transaction(async |tx| {
        tx.notes().add("undone").execute().await?;
        Err::<(), _>(Error::ReadOnly { origin: None })
    });
    undone.await.unwrap_err();
    assert_eq!(texts(other).await, ["a", "c", "kept"]);
    let within = db.write(|tx| {
        tx.notes().add("closure").execute()?;
        tx.notes().all().list()
    });
    assert_eq!(within.await.unwrap().len(), 4);
}

async fn watches(db: &NotesDatabase, other: &NotesDatabase) {
    let mut watch = db.notes().all().watch();
    let mut feed = other.table_changes(&ChangeFilter::tables(["note"]));
    let before = watch.next().await.unwrap().unwrap().len();
    for added in 1..4 {
        other.notes().add("watched").execute().await.unwrap();
        let rows = watch.next().await.unwrap().unwrap();
        assert_eq!(rows.len(), before + added);
        let change = feed.next().await.unwrap().unwrap();
        assert_eq!(change.table.as_deref(), Some("note"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s57_owner_and_clients_pass_the_same_tests_over_one_byte_at_a_time() {
    for width in [1 << 16, 7, 1] {
        let owner = NotesDatabase::builder().open().await.unwrap();
        let core = Arc::clone(owner.database().core());
        let options = ServeOptions::new().idle_transaction(HOUR);
        let server = Server::new(core, None, SCHEMA, Token::random().unwrap(), options);
        let (one, other) = (connect(&server, width).await, connect(&server, width).await);
        statements(&one).await;
        blocks(&one, &other).await;
        watches(&one, &other).await;
        assert_eq!(texts(&other).await, texts(&owner).await);
        one.close().await.unwrap();
        assert!(one.notes().all().list().await.unwrap_err().is_closed());
        assert!(!texts(&other).await.is_empty());
        owner.close().await.unwrap();
        let ended = other.notes().all().list().await.unwrap_err();
        assert!(ended.is_closed(), "{ended}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s54_a_result_of_100_mib_arrives_whole() {
    let owner = NotesDatabase::builder().open().await.unwrap();
    let core = Arc::clone(owner.database().core());
    let options = ServeOptions::new();
    let server = Server::new(core, None, SCHEMA, Token::random().unwrap(), options);
    let db = connect(&server, 1 << 16).await;
    // One value that needs seven frames, and then as much in many rows.
    let whole = db
        .query_raw("SELECT zeroblob(100 << 20)", ())
        .await
        .unwrap();
    assert!(matches!(&whole.rows[0][0], Value::Blob(blob) if blob.len() == 100 << 20));
    drop(whole);
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1600)
        SELECT i, zeroblob(64 << 10) FROM n";
    let rows = db.query_raw(many, ()).await.unwrap().rows;
    for (row, number) in rows.iter().zip(1..) {
        assert_eq!(row[0], Value::Integer(number));
        assert!(matches!(&row[1], Value::Blob(blob) if blob.len() == 64 << 10));
    }
    assert_eq!(rows.len(), 1600);
}
