//! Answers of a driver that are lost: what may have been committed is told.

use sqlitenow_runtime::Error;

use crate::faulty::Faults;

#[tokio::test]
async fn a_write_whose_answer_is_lost_is_told() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.lose("INSERT");
    let before = db.status().commits;
    let lost = db.cards().insert_titled("written").execute().await;
    assert!(matches!(lost, Err(Error::Sqlite { .. })), "{lost:?}");
    assert_eq!(db.status().commits, before + 1);
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_told() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
    faults.lose("COMMIT");
    let lost = db
        .transaction(async |tx| tx.cards().insert_titled("written").execute().await)
        .await;
    assert!(matches!(lost, Err(Error::Sqlite { .. })), "{lost:?}");
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
}
