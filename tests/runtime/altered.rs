//! A schema that raw statements and hooks change under the generated ones.

use sqlitenow_runtime::Error;

use crate::harness::{board, builder, is_quiet, open};

#[tokio::test]
async fn r87_raw_ddl_refreshes_all_watches() {
    let db = board().await;
    let mut constant = db.cards().constant().watch().with_duplicates();
    let mut lists = db.lists().all().watch().with_duplicates();
    constant.next().await.unwrap().unwrap();
    lists.next().await.unwrap().unwrap();
    for ddl in [
        "CREATE TABLE extra (x)",
        "ALTER TABLE extra ADD COLUMN y",
        "CREATE INDEX extra_x ON extra (x)",
        "DROP TABLE extra",
    ] {
        db.execute_raw(ddl, ()).await.unwrap();
        constant.next().await.unwrap().unwrap();
        lists.next().await.unwrap().unwrap();
    }
    let undone = db.transaction(async |tx| {
        tx.execute_raw("CREATE TABLE extra (x)", ()).await?;
        Err::<(), _>(Error::sqlite(1, "undone"))
    });
    assert!(undone.await.is_err());
    assert!(is_quiet(&mut lists).await);
}

#[tokio::test]
async fn r86_raw_ddl_that_concerns_no_generated_statement_leaves_the_watches_apart() {
    let db = board().await;
    for sql in [
        "CREATE TABLE extra (x)",
        "CREATE INDEX card_title ON card (title)",
        "CREATE TEMP TABLE import (x)",
        "DROP TABLE extra",
    ] {
        db.execute_raw(sql, ()).await.unwrap();
    }
    let mut lists = db.lists().all().watch().with_duplicates();
    lists.next().await.unwrap().unwrap();
    db.cards().insert_titled("one").execute().await.unwrap();
    assert!(is_quiet(&mut lists).await);
}

#[tokio::test]
async fn r125_a_trigger_that_came_after_the_first_run_is_heard_in_the_next() {
    let db = board().await;
    let insert = "INSERT INTO card (title) VALUES ('again')";
    for _ in 0..2 {
        db.execute_raw(insert, ()).await.unwrap();
    }
    db.execute_raw(
        "CREATE TRIGGER noted AFTER INSERT ON card BEGIN INSERT INTO audit (entry) VALUES (new.title); END",
        (),
    )
    .await
    .unwrap();
    let mut audits = db.audits().all().watch();
    audits.next().await.unwrap().unwrap();
    for count in 1..3 {
        db.execute_raw(insert, ()).await.unwrap();
        assert_eq!(audits.next().await.unwrap().unwrap().len(), count);
    }
}

#[tokio::test]
async fn r87_a_trigger_that_was_made_raw_is_heard_of_in_generated_writes() {
    let db = board().await;
    db.execute_raw(
        "CREATE TRIGGER noted AFTER INSERT ON card BEGIN INSERT INTO audit (entry) VALUES (new.title); END",
        (),
    )
    .await
    .unwrap();
    let mut audits = db.audits().all().watch();
    audits.next().await.unwrap().unwrap();
    db.cards().insert_titled("one").execute().await.unwrap();
    assert_eq!(audits.next().await.unwrap().unwrap().len(), 1);
    db.cards()
        .insert_titled_many(["two"])
        .execute()
        .await
        .unwrap();
    assert_eq!(audits.next().await.unwrap().unwrap().len(), 2);
    db.write(|conn| conn.cards().insert_titled("three").execute())
        .await
        .unwrap();
    assert_eq!(audits.next().await.unwrap().unwrap().len(), 3);
    db.transaction(async |tx| tx.cards().insert_titled("four").execute().await)
        .await
        .unwrap();
    assert_eq!(audits.next().await.unwrap().unwrap().len(), 4);
}

#[tokio::test]
async fn r87_a_foreign_key_that_was_made_raw_is_heard_of_in_generated_writes() {
    let db = board().await;
    db.execute_raw(
        "ALTER TABLE audit ADD COLUMN card REFERENCES card (id) ON DELETE CASCADE",
        (),
    )
    .await
    .unwrap();
    db.execute_raw("INSERT INTO audit (entry, card) VALUES ('of one', 1)", ())
        .await
        .unwrap();
    let mut audits = db.audits().all().watch();
    assert_eq!(audits.next().await.unwrap().unwrap().len(), 1);
    db.cards().remove(1).execute().await.unwrap();
    assert!(audits.next().await.unwrap().unwrap().is_empty());
}

#[tokio::test]
async fn r87_a_trigger_that_a_hook_has_made_is_heard_of() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    open(&path).await.unwrap().close().await.unwrap();
    let db = builder()
        .path(&path)
        .on_open(|setup| {
            setup.execute_batch(
                "CREATE TEMP TRIGGER noted AFTER INSERT ON card \
                 BEGIN INSERT INTO audit (entry) VALUES (new.title); END",
            )
        })
        .open()
        .await
        .unwrap();
    let mut audits = db.audits().all().watch();
    audits.next().await.unwrap().unwrap();
    db.cards().insert_titled("one").execute().await.unwrap();
    assert_eq!(audits.next().await.unwrap().unwrap()[0].entry, "one");
}
