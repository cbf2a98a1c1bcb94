//! Errors and deadlines of clients.

use std::time::Duration;

use sqlitenow_runtime::{ConnectOptions, Error, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;

use super::{SEED, add, client, owner, place, soon};
use crate::binding::Named;
use crate::harness::{board, titles};

#[tokio::test]
async fn s46_a_constraint_error_equals_the_local_one_and_names_the_callers_own_call() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let mut shown = Vec::new();
    for db in [board().await, client(owner.port()).await] {
        let insert = async || db.lists().insert_one("twice").execute().await;
        insert().await.unwrap();
        let line = line!() - 2;
        let error = insert().await.unwrap_err();
        let Error::Constraint {
            kind,
            table,
            columns,
            origin,
            ..
        } = &error
        else {
            panic!("{error:?}")
        };
        assert_eq!(
            (table.as_deref(), &columns[..]),
            (Some("list"), &["name".to_owned()][..])
        );
        let origin = origin.as_ref().unwrap();
        assert_eq!(origin.statement(), "lists.insert_one");
        let site = origin.call_site().unwrap();
        assert_eq!((site.file(), site.line()), (file!(), line));
        shown.push((
            *kind,
            origin.sql().to_owned(),
            error.to_string(),
            format!("{error:?}"),
        ));
    }
    assert_eq!(shown[0], shown[1]);
}

#[tokio::test]
async fn s49_a_request_that_outlasts_its_deadline_is_an_error_and_the_owner_serves_the_others() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let holder = client(owner.port()).await;
    let options = ConnectOptions::new().request(Duration::from_millis(50));
    let hasty: BoardDatabase = owner.port().connect(options).await.unwrap();
    holder
        .transaction(async |tx| {
            let late = soon(hasty.cards().insert_titled("late").execute()).await;
            assert!(matches!(late, Err(Error::Deadline { .. })), "{late:?}");
            tx.cards().insert_titled("in time").execute().await
        })
        .await
        .unwrap();
    add(&hasty, "next").await;
    assert_eq!(titles(&holder).await, [SEED, "in time", "next"]);
}

#[tokio::test]
async fn s61_a_read_only_client_reads_and_watches_and_its_writes_are_refused() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let writer = client(owner.port()).await;
    let options = ConnectOptions::new().read_only();
    let reader: BoardDatabase = owner.port().connect(options).await.unwrap();
    let mut watch = reader.cards().titles().watch();
    soon(watch.next()).await.unwrap().unwrap();
    let refused = reader.cards().insert_titled("never").execute().await;
    assert!(
        matches!(refused, Err(Error::ReadOnly { .. })),
        "{refused:?}"
    );
    let refused = reader.execute_raw("DELETE FROM card", ()).await;
    assert!(
        matches!(refused, Err(Error::ReadOnly { .. })),
        "{refused:?}"
    );
    let block = reader
        .transaction(async |tx| tx.cards().remove(1).execute().await)
        .await;
    assert!(matches!(block, Err(Error::ReadOnly { .. })), "{block:?}");
    add(&writer, "seen").await;
    assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 2);
    assert_eq!(titles(&reader).await, [SEED, "seen"]);
}

#[tokio::test]
async fn s50_a_client_of_another_schema_is_refused_with_both_versions_and_nobody_notices() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let db = client(owner.port()).await;
    let options = ConnectOptions::new();
    let refused = soon(owner.port().connect::<Named>(options)).await;
    let error = refused.unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error:?}");
    let shown = error.to_string();
    for version in [BoardDatabase::SCHEMA_VERSION, 1] {
        assert!(shown.contains(&version.to_string()), "{shown}");
    }
    assert_eq!(titles(&db).await, [SEED]);
}
