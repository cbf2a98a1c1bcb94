//! Closures: on the database's thread, and on the caller's.

use std::time::Duration;

use sqlitenow_runtime::v1::{
    Binder, Bound, Database, Execute, Handle, Migrations, Script, Statement,
};
use sqlitenow_runtime::{Error, Result};
use sqlitenow_tests::way::Builder;

use crate::harness::{board, builder, titles};

#[tokio::test]
async fn r24_closures_inside_a_block_run_in_that_transaction() {
    let db = board().await;
    let undone = db
        .transaction(async |tx| {
            tx.cards().insert_titled("by handle").execute().await?;
            let seen = db.read(|conn| conn.cards().count_all().one()).await?;
            assert_eq!(seen.cards, 2);
            db.write(|conn| conn.cards().insert_titled("by closure").execute())
                .await?;
            let failed: Result<(), Error> = db
                .write(|conn| {
                    conn.cards().insert_titled("undone alone").execute()?;
                    Err(Error::sqlite(1, "no"))
                })
                .await;
            assert!(failed.is_err());
            assert_eq!(
                titles(&db).await,
                ["read the guide", "by handle", "by closure"]
            );
            Err::<(), _>(Error::sqlite(1, "undo"))
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[test]
fn r7_blocking_doors_work_without_a_runtime_and_may_borrow() {
    let folder = tempfile::tempdir().unwrap();
    let db = builder()
        .path(folder.path().join("board.db"))
        .open_blocking()
        .unwrap();
    let title = String::from("borrowed");
    let id = db
        .blocking_write(|conn| {
            let changes = conn.cards().insert_titled(&title).execute()?;
            Ok::<_, Error>(changes.last_rowid)
        })
        .unwrap();
    let row = db
        .blocking_read(|conn| conn.cards().by_id(id).one())
        .unwrap();
    assert_eq!(row.title, title);
    let undone: Result<(), Error> = db.blocking_write(|conn| {
        conn.cards().insert_titled("undone").execute()?;
        Err(Error::sqlite(1, "no"))
    });
    assert!(undone.is_err());
    let rows = db
        .blocking_read(|conn| conn.cards().titles().list())
        .unwrap();
    assert_eq!(rows.len(), 2);
}

#[tokio::test]
async fn r7_blocking_doors_are_refused_inside_an_async_context() {
    let db = board().await;
    let read = db.blocking_read(|conn| conn.cards().titles().list());
    let Err(Error::BlockingInAsync { door, .. }) = read else {
        panic!("{read:?}")
    };
    assert_eq!(door, "blocking_read");
    let write = db.blocking_write(|conn| conn.cards().insert_titled("x").execute());
    assert!(
        matches!(&write, Err(Error::BlockingInAsync { door, .. }) if door == "blocking_write"),
        "{write:?}"
    );
    let opened = builder().open_blocking();
    assert!(matches!(opened, Err(Error::BlockingInAsync { .. })));
}

#[tokio::test]
async fn a_reading_closure_refuses_writes_and_names_the_statement() {
    let db = board().await;
    let refused = db
        .read(|conn| conn.cards().insert_titled("no").execute())
        .await;
    let Err(error @ Error::ReadOnly { .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.origin().unwrap().statement(), "cards.insert_titled");
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r31_a_panic_in_a_closure_undoes_and_reaches_its_caller() {
    let db = board().await;
    let inside = db.clone();
    let task = tokio::spawn(async move {
        inside
            .write(|conn| {
                conn.cards().insert_titled("undone").execute()?;
                assert!(conn.cards().count_all().one()?.cards != 2, "on purpose");
                Ok::<_, Error>(())
            })
            .await
    });
    let panic = task.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn a_blocking_door_inside_a_closure_of_its_database_is_a_deadlock_at_once() {
    let db = builder()
        .queue_wait(Some(Duration::from_secs(600)))
        .open()
        .await
        .unwrap();
    let (inside, other) = (db.clone(), board().await);
    let refused = db
        .write(move |_| {
            // Another database is no obstacle.
            other.blocking_read(|conn| conn.cards().titles().list())?;
            inside.blocking_read(|conn| conn.cards().titles().list())
        })
        .await;
    assert!(
        matches!(refused, Err(Error::Deadlock { .. })),
        "{refused:?}"
    );
    assert_eq!(titles(&db).await, ["read the guide"]);
}

/// A database with a table that rolls back whatever writes to it.
#[derive(Clone, Debug)]
pub struct Ending(Database);

impl Handle for Ending {
    type Adapters = ();

    const MIGRATIONS: Migrations = Migrations {
        schema: &[Script::new(
            "schema.sql",
            "CREATE TABLE ending (x UNIQUE ON CONFLICT ROLLBACK);",
        )],
        ..Migrations::NONE
    };
    const STATEMENTS: usize = 1;

    fn from_database(database: Database) -> Self {
        Self(database)
    }

    fn database(&self) -> &Database {
        &self.0
    }
}

struct End;

impl Bound for End {
    const STATEMENT: &'static Statement = &Statement {
        name: "end",
        sql: "INSERT INTO ending VALUES (1), (1)",
        ..Statement::EMPTY
    };

    fn bind(&self, _: &mut Binder<'_>) -> Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_transaction_that_ended_inside_a_closure_names_the_closure() {
    let db: Ending = Builder::new().open().await.unwrap();
    let line = line!() + 1;
    let ended = db.0.write_as(|conn| {
        assert!(Execute::new(conn, End).execute().is_err());
        Execute::new(conn, End).execute()
    });
    let Err(Error::TransactionEnded { block, .. }) = ended.await else {
        panic!("the transaction is over")
    };
    assert_eq!((block.file(), block.line()), (file!(), line));
}
