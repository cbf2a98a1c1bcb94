//! The feed of all that commits change.

use std::time::Duration;

use sqlitenow_runtime::{ChangeFilter, ChangeKind, ChangeOrigin, Error, TableChange, TableChanges};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::cards::SetNoteParams;

use crate::harness::{board, poll_once};

async fn change(changes: &mut TableChanges) -> TableChange {
    let change = tokio::time::timeout(Duration::from_secs(10), changes.next()).await;
    change.expect("nothing was told").unwrap().unwrap()
}

async fn is_quiet(changes: &mut TableChanges) -> bool {
    let mut next = Box::pin(changes.next());
    poll_once(&mut next).await.is_pending()
}

fn of(change: &TableChange) -> (ChangeOrigin, Option<&str>, ChangeKind) {
    (change.origin, change.table.as_deref(), change.kind)
}

async fn note(db: &BoardDatabase) {
    let note = SetNoteParams {
        note: Some("note".to_owned()),
        id: 1,
    };
    db.cards().set_note(&note).execute().await.unwrap();
}

#[tokio::test]
async fn r90_each_change_has_its_commit_origin_table_kind_columns_and_rows() {
    let db = board().await;
    let mut changes = db.table_changes(&ChangeFilter::all());
    let start = db.status().commits;
    note(&db).await;
    let update = change(&mut changes).await;
    assert_eq!(
        of(&update),
        (ChangeOrigin::Generated, Some("card"), ChangeKind::Update)
    );
    assert_eq!((update.commit, &update.rows), (start + 1, &Some(vec![1])));
    assert_eq!(update.columns, ["note"]);
    db.cards().remove(1).execute().await.unwrap();
    let delete = change(&mut changes).await;
    assert_eq!(
        of(&delete),
        (ChangeOrigin::Generated, Some("card"), ChangeKind::Delete)
    );
    assert_eq!(delete.rows, Some(vec![1]));
    db.execute_raw("INSERT INTO card (title) VALUES ('raw')", ())
        .await
        .unwrap();
    let raw = change(&mut changes).await;
    assert_eq!(of(&raw), (ChangeOrigin::Raw, Some("card"), ChangeKind::Any));
    db.report_external_changes([" LIST "]).unwrap();
    let external = change(&mut changes).await;
    assert_eq!(external.origin, ChangeOrigin::External);
    assert_eq!(external.commit, start + 4);
    db.execute_raw("CREATE TABLE more (id INTEGER PRIMARY KEY)", ())
        .await
        .unwrap();
    let schema = change(&mut changes).await;
    assert_eq!(of(&schema), (ChangeOrigin::Raw, None, ChangeKind::Any));
    assert!(is_quiet(&mut changes).await);
}

#[tokio::test]
async fn r90_a_transaction_is_one_commit_and_one_that_is_undone_is_none() {
    let db = board().await;
    let mut changes = db.table_changes(&ChangeFilter::all());
    let undone = db.transaction(async |tx| {
        tx.cards().insert_titled("undone").execute().await?;
        Err::<(), _>(Error::sqlite(1, "no"))
    });
    assert!(undone.await.is_err());
    db.transaction(async |tx| {
        tx.cards().insert_titled("card").execute().await?;
        tx.lists().insert_one("list").execute().await
    })
    .await
    .unwrap();
    let (first, second) = (change(&mut changes).await, change(&mut changes).await);
    assert_eq!(first.commit, second.commit);
    assert_eq!(
        of(&first),
        (ChangeOrigin::Generated, Some("card"), ChangeKind::Insert)
    );
    assert_eq!(
        of(&second),
        (ChangeOrigin::Generated, Some("list"), ChangeKind::Insert)
    );
    assert!(is_quiet(&mut changes).await);
}

#[tokio::test]
async fn r90_the_filter_picks_tables_and_kinds() {
    let db = board().await;
    let mut lists = db.table_changes(&ChangeFilter::tables(["List "]));
    let mut deletes = db.table_changes(&ChangeFilter::all().kind(ChangeKind::Delete));
    note(&db).await;
    db.lists().insert_one("list").execute().await.unwrap();
    db.cards().remove(1).execute().await.unwrap();
    let told = change(&mut lists).await;
    assert_eq!(
        of(&told),
        (ChangeOrigin::Generated, Some("list"), ChangeKind::Insert)
    );
    let told = change(&mut deletes).await;
    assert_eq!(
        of(&told),
        (ChangeOrigin::Generated, Some("card"), ChangeKind::Delete)
    );
    assert!(is_quiet(&mut lists).await && is_quiet(&mut deletes).await);
}

#[tokio::test]
async fn r90_a_slow_consumer_loses_nothing_and_numbers_rise() {
    let db = board().await;
    let mut changes = db.table_changes(&ChangeFilter::all());
    for _ in 0..1000 {
        note(&db).await;
    }
    db.lists().insert_one("last").execute().await.unwrap();
    let last = db.status().commits;
    db.close().await.unwrap();
    let (mut commits, mut told) = (Vec::new(), Vec::new());
    while let Some(change) = changes.next().await {
        let change = change.unwrap();
        commits.push(change.commit);
        told.push(change);
    }
    assert!(commits.is_sorted() && commits.len() < 300);
    assert_eq!(commits.last(), Some(&last));
    assert!(
        told.iter()
            .any(|change| change.table.as_deref() == Some("list"))
    );
}

#[tokio::test]
async fn a_feed_awaited_inside_a_transaction_is_a_deadlock_when_nothing_waits() {
    let db = board().await;
    let mut changes = db.table_changes(&ChangeFilter::all());
    note(&db).await;
    db.transaction(async |tx| {
        assert_eq!(change(&mut changes).await.kind, ChangeKind::Update);
        tx.cards().insert_titled("later").execute().await?;
        let answer = changes.next().await.unwrap();
        assert!(matches!(answer, Err(Error::Deadlock { .. })), "{answer:?}");
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(change(&mut changes).await.kind, ChangeKind::Insert);
    db.close().await.unwrap();
    let mut late = db.table_changes(&ChangeFilter::all());
    assert!(changes.next().await.is_none() && late.next().await.is_none());
}
