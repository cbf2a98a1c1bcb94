//! Opening that goes wrong on the application's side: hooks that panic or leave things behind.

use std::time::Duration;

use sqlitenow_runtime::Error;

use crate::harness::{builder, open, titles};

#[tokio::test]
async fn a_panic_in_a_hook_reaches_whoever_opens() {
    let opening = tokio::spawn(async {
        let builder = builder().on_open(|_| panic!("on purpose"));
        builder.open().await.map(drop)
    });
    let panic = opening.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
}

#[tokio::test]
async fn a_busy_timeout_may_be_as_long_as_one_likes() {
    let folder = tempfile::tempdir().unwrap();
    for timeout in [Duration::from_secs(60 * 60 * 24 * 30), Duration::MAX] {
        let db = builder()
            .path(folder.path().join("board.db"))
            .busy_timeout(timeout)
            .open()
            .await
            .unwrap();
        assert_eq!(titles(&db).await, ["read the guide"]);
        db.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_hook_that_leaves_a_transaction_open_is_refused_and_what_it_did_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let opened = builder()
        .path(&path)
        .on_open(|setup| setup.execute_batch("BEGIN; CREATE TABLE left_behind (x)"))
        .open()
        .await;
    let Err(Error::Sqlite { message, .. }) = opened else {
        panic!("{opened:?}")
    };
    assert!(message.contains("on_open"), "{message}");
    let db = builder()
        .path(&path)
        .on_open(|setup| {
            let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'left_behind'";
            assert!(setup.query(sql, &[])?.is_empty());
            Ok(())
        })
        .open()
        .await
        .unwrap();
    db.cards().insert_titled("kept").execute().await.unwrap();
    db.close().await.unwrap();
    let db = open(&path).await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "kept"]);
}
