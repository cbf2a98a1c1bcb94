//! Transactions that SQLite ends by itself: RAISE(ROLLBACK) in a trigger, ON CONFLICT ROLLBACK in a table.
//!
//! Nothing that comes after may run outside of the transaction it was written for.

use rusqlite::Connection;
use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;
use tempfile::TempDir;

use crate::harness::{builder, open, titles};

const SEED: [&str; 1] = ["read the guide"];

/// Titles at which SQLite rolls the whole transaction back.
const ENDINGS: [&str; 2] = ["raise", "conflict"];

const TRIGGERS: &str = "
    CREATE TABLE once (number UNIQUE ON CONFLICT ROLLBACK);
    INSERT INTO once VALUES (1);
    CREATE TRIGGER raise AFTER INSERT ON card WHEN new.title = 'raise' BEGIN
        SELECT RAISE(ROLLBACK, 'as told');
    END;
    CREATE TRIGGER conflict AFTER INSERT ON card WHEN new.title = 'conflict' BEGIN
        INSERT INTO once VALUES (1);
    END;";

/// Every executor with every ending.
async fn each(check: impl AsyncFn(&BoardDatabase, &'static str)) {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        for ending in ENDINGS {
            let (db, _folder) = board_with_triggers(executor).await;
            let before = db.status().commits;
            check(&db, ending).await;
            assert_eq!(titles(&db).await, SEED, "{executor:?} {ending}");
            assert_eq!(db.status().commits, before, "{executor:?} {ending}");
            let insert = async |tx: Tx| tx.cards().insert_titled("after").execute().await;
            db.transaction(insert).await.unwrap();
            assert_eq!(titles(&db).await, ["read the guide", "after"]);
            assert_eq!((db.status().holder, db.status().waiting), (None, 0));
        }
    }
}

type Tx = sqlitenow_tests::board::BoardTransaction;

async fn board_with_triggers(executor: Executor) -> (BoardDatabase, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    open(&path).await.unwrap().close().await.unwrap();
    Connection::open(&path)
        .unwrap()
        .execute_batch(TRIGGERS)
        .unwrap();
    let builder = builder().path(&path).executor(executor);
    (builder.open().await.unwrap(), folder)
}

fn is_ended<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::TransactionEnded { .. }))
}

/// Inserts a card and ends the transaction.
async fn end(tx: &Tx, ending: &str) {
    tx.cards().insert_titled("undone").execute().await.unwrap();
    let ended = tx.cards().insert_titled(ending).execute().await;
    assert!(ended.is_err_and(|error| error.is_constraint()), "{ending}");
}

#[tokio::test]
async fn r47_a_statement_after_the_end_does_not_run_alone() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                end(&tx, ending).await;
                let later = tx.cards().insert_titled("alone").execute().await;
                assert!(is_ended(&later), "{later:?}");
                let read = tx.cards().titles().list().await;
                assert!(is_ended(&read), "{read:?}");
                later
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_a_block_that_ignores_the_end_is_not_committed() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                end(&tx, ending).await;
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_a_nested_block_after_the_end_does_not_begin() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                end(&tx, ending).await;
                let mut entered = false;
                let nested = tx
                    .transaction(async |_| {
                        entered = true;
                        Ok::<_, Error>(())
                    })
                    .await;
                assert!(is_ended(&nested) && !entered, "{nested:?}");
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_an_end_inside_a_nested_block_ends_the_outer_one_too() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                tx.cards().insert_titled("outer").execute().await?;
                let nested = tx
                    .transaction(async |inner| {
                        end(&inner, ending).await;
                        Ok::<_, Error>(())
                    })
                    .await;
                assert!(is_ended(&nested), "{nested:?}");
                let later = tx.cards().insert_titled("alone").execute().await;
                assert!(is_ended(&later), "{later:?}");
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_a_closure_goes_on_in_no_other_transaction() {
    each(async |db, ending| {
        let result = db
            .write(move |conn| {
                conn.cards().insert_titled("undone").execute()?;
                assert!(conn.cards().insert_titled(ending).execute().is_err());
                let later = conn.cards().insert_titled("alone").execute();
                assert!(is_ended(&later), "{later:?}");
                let read = conn.cards().titles().list();
                assert!(is_ended(&read), "{read:?}");
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_a_reading_closure_after_the_end_does_not_begin() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                end(&tx, ending).await;
                let read = db.read(|conn| conn.cards().titles().list()).await;
                assert!(is_ended(&read), "{read:?}");
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}

#[tokio::test]
async fn r47_alone_such_a_statement_fails_and_leaves_nothing() {
    each(async |db, ending| {
        let executed = db.cards().insert_titled(ending).execute().await;
        assert!(executed.is_err_and(|error| error.is_constraint()));
        let returned = db.cards().insert_returning(ending).one().await;
        assert!(returned.is_err_and(|error| error.is_constraint()));
    })
    .await;
}

#[tokio::test]
async fn r47_a_writing_closure_after_the_end_does_not_begin() {
    each(async |db, ending| {
        let result = db
            .transaction(async |tx| {
                end(&tx, ending).await;
                let write = db
                    .write(|conn| conn.cards().insert_titled("alone").execute())
                    .await;
                assert!(is_ended(&write), "{write:?}");
                Ok::<_, Error>(())
            })
            .await;
        assert!(is_ended(&result), "{result:?}");
    })
    .await;
}
