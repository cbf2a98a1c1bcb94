//! What fails around a block: BEGIN, SAVEPOINT, RELEASE, COMMIT, ROLLBACK and ROLLBACK TO, each refused.

use sqlitenow_runtime::{Error, Result};
use sqlitenow_tests::board::BoardDatabase;

use crate::faulty::Faults;
use crate::harness::{board, titles};

const SEED: &str = "read the guide";

/// Whether this is the error that the faulty driver gives.
fn is_told(error: &Error) -> bool {
    matches!(error, Error::Sqlite { code: 10, .. })
}

async fn one_insert(db: &BoardDatabase) -> Result<()> {
    let insert = db.transaction(async |tx| tx.cards().insert_titled("new").execute().await);
    insert.await.map(drop)
}

#[tokio::test]
async fn a_begin_that_is_refused_runs_nothing_and_the_next_block_begins() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail_once("BEGIN");
    assert!(is_told(&one_insert(&db).await.unwrap_err()));
    assert_eq!(faults.log(), ["BEGIN IMMEDIATE"]);
    one_insert(&db).await.unwrap();
    assert_eq!(titles(&db).await, [SEED, "new"]);
}

#[tokio::test]
async fn a_commit_that_is_refused_is_rolled_back_and_the_next_block_commits() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail_once("COMMIT");
    assert!(is_told(&one_insert(&db).await.unwrap_err()));
    assert_eq!(faults.log()[2..], ["COMMIT", "ROLLBACK"]);
    assert_eq!(titles(&db).await, [SEED]);
    one_insert(&db).await.unwrap();
    assert_eq!(titles(&db).await, [SEED, "new"]);
}

#[tokio::test]
async fn a_savepoint_that_is_refused_leaves_the_outer_block_as_it_was() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail_once("SAVEPOINT");
    db.transaction(async |tx| {
        tx.cards().insert_titled("outer").execute().await?;
        let nested = tx.savepoint(async |tx| tx.cards().insert_titled("inner").execute().await);
        assert!(is_told(&nested.await.unwrap_err()));
        tx.cards().insert_titled("later").execute().await
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, [SEED, "outer", "later"]);
}

#[tokio::test]
async fn a_release_that_is_refused_undoes_the_nested_block_alone() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail_once("RELEASE");
    db.transaction(async |tx| {
        tx.cards().insert_titled("outer").execute().await?;
        let nested = tx.savepoint(async |tx| tx.cards().insert_titled("inner").execute().await);
        assert!(is_told(&nested.await.unwrap_err()));
        tx.cards().insert_titled("later").execute().await
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, [SEED, "outer", "later"]);
}

#[tokio::test]
async fn a_savepoint_that_cannot_be_undone_closes_the_database() {
    for refused in ["ROLLBACK TO", "RELEASE"] {
        let faults = Faults::new();
        let db = faults.board().await;
        faults.fail(refused);
        let result = db
            .transaction(async |tx| {
                let nested = tx.savepoint(async |tx| {
                    tx.cards().insert_titled("inner").execute().await?;
                    Err::<(), _>(Error::sqlite(1, "mine"))
                });
                let nested = nested.await.unwrap_err();
                assert!(nested.to_string().contains("mine"), "{nested}");
                tx.cards().insert_titled("later").execute().await
            })
            .await;
        let Err(Error::Closed {
            source: Some(source),
            ..
        }) = result
        else {
            panic!("{result:?}")
        };
        assert!(is_told(&source));
        assert!(!db.is_open() && faults.is_closed());
    }
}

#[tokio::test]
async fn a_write_that_gives_rows_alone_is_undone_wherever_its_own_transaction_fails() {
    for refused in ["BEGIN", "INSERT", "COMMIT"] {
        let faults = Faults::new();
        let db = faults.board().await;
        faults.fail_once(refused);
        let failed = db.cards().insert_returning("undone").one().await;
        assert!(is_told(&failed.unwrap_err()), "{refused}");
        assert_eq!(titles(&db).await, [SEED], "{refused}");
        db.cards().insert_returning("new").one().await.unwrap();
        assert_eq!(titles(&db).await, [SEED, "new"], "{refused}");
    }
}

#[tokio::test]
async fn a_write_alone_whose_rollback_fails_closes_the_database() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail("COMMIT");
    faults.fail("ROLLBACK");
    let failed = db.cards().insert_returning("undone").one().await;
    assert!(is_told(&failed.unwrap_err()));
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
async fn r44_an_undone_savepoint_leaves_earlier_and_later_rows_in_place() {
    let db = board().await;
    db.transaction(async |tx| {
        tx.cards().insert_titled("earlier").execute().await?;
        let undone = tx.savepoint(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            Err::<(), _>(Error::sqlite(1, "changed my mind"))
        });
        assert!(undone.await.is_err());
        tx.savepoint(async |tx| tx.cards().insert_titled("later").execute().await)
            .await
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "earlier", "later"]);
}

#[tokio::test]
async fn r45_a_commit_refused_by_a_deferred_foreign_key_rolls_back() {
    use sqlitenow_tests::board::items::InsertOneParams;
    let db = board().await;
    let result = db
        .transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            let orphan = InsertOneParams {
                list_id: 404,
                label: "orphan".to_owned(),
            };
            tx.items().insert_one(&orphan).execute().await.map(drop)
        })
        .await;
    assert!(result.is_err_and(|error| error.is_constraint()));
    assert_eq!(titles(&db).await, ["read the guide"]);
    db.cards().insert_titled("next").execute().await.unwrap();
}

#[tokio::test]
async fn r46_when_commit_and_rollback_fail_both_errors_are_kept_and_the_database_is_closed() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail("COMMIT");
    faults.fail("ROLLBACK");
    let result = db
        .transaction(async |tx| tx.cards().insert_titled("undone").execute().await)
        .await;
    let Err(Error::Transaction {
        primary, cleanup, ..
    }) = result
    else {
        panic!("{result:?}")
    };
    assert!(matches!(*primary, Error::Sqlite { code: 10, .. }));
    assert!(matches!(*cleanup, Error::Sqlite { code: 10, .. }));
    assert!(!db.is_open() && faults.is_closed());
    let later = db.cards().titles().list().await;
    let Err(Error::Closed {
        source: Some(source),
        ..
    }) = later
    else {
        panic!("{later:?}")
    };
    assert!(std::sync::Arc::ptr_eq(&source, &cleanup));
    db.close().await.unwrap();
}
