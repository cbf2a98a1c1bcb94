//! Ports and threads that join what their caller is doing.

use std::thread;

use sqlitenow_runtime::{ConnectOptions, Error, Result, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;

use super::{SEED, add, client, owner, place, soon};
use crate::harness::{board, titles};

#[tokio::test]
async fn s34_a_plain_database_serves_one_client_and_a_second_is_refused_at_once() {
    let db = board().await;
    let port = db.serializable_connection().await.unwrap();
    let only = client(&port).await;
    add(&only, "through the port").await;
    assert_eq!(titles(&db).await, [SEED, "through the port"]);
    let second = soon(port.connect::<BoardDatabase>(ConnectOptions::new())).await;
    assert!(second.is_err());
    assert_eq!(titles(&only).await.len(), 2);
}

#[tokio::test]
async fn s35_a_port_from_inside_a_transaction_joins_it() {
    for remote in [false, true] {
        let (_folder, path) = place();
        let owner = owner(&path, ServeOptions::new());
        let db = if remote {
            client(owner.port()).await
        } else {
            board().await
        };
        let undone = db
            .transaction(async |tx| {
                tx.cards().insert_titled("uncommitted").execute().await?;
                let port = db.serializable_connection().await?;
                let joined = tokio::spawn(async move {
                    let joined = client(&port).await;
                    assert_eq!(titles(&joined).await, [SEED, "uncommitted"]);
                    add(&joined, "through the port").await;
                    joined.close().await
                });
                soon(joined).await.unwrap()?;
                assert_eq!(tx.cards().titles().list().await?.len(), 3);
                Err::<(), _>(Error::sqlite(1, "as told"))
            })
            .await;
        assert!(undone.unwrap_err().to_string().contains("as told"));
        assert_eq!(titles(&db).await, [SEED]);
    }
}

#[tokio::test]
async fn s36_compute_runs_on_another_thread_and_its_writes_reach_the_callers_watches() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    soon(watch.next()).await.unwrap().unwrap();
    let here = thread::current().id();
    let there = db
        .compute(async |db| {
            db.cards().insert_titled("computed").execute().await?;
            Ok::<_, Error>(thread::current().id())
        })
        .await
        .unwrap();
    assert_ne!(here, there);
    assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 2);
}

#[tokio::test]
async fn s37_compute_inside_a_transaction_joins_it() {
    for remote in [false, true] {
        let (_folder, path) = place();
        let owner = owner(&path, ServeOptions::new());
        let db = if remote {
            client(owner.port()).await
        } else {
            board().await
        };
        let undone = db.transaction(async |tx| {
            tx.cards().insert_titled("uncommitted").execute().await?;
            let seen = db.compute(async |db| {
                db.cards().insert_titled("computed").execute().await?;
                db.cards().count_all().one().await
            });
            assert_eq!(soon(seen).await?.cards, 3);
            Err::<(), _>(Error::sqlite(1, "as told"))
        });
        assert!(soon(undone).await.is_err());
        assert_eq!(titles(&db).await, [SEED]);
    }
}

#[tokio::test]
async fn s38_a_panic_and_an_error_in_compute_come_back() {
    let db = board().await;
    let failed: Result<()> = db.compute(async |_| Err(Error::sqlite(1, "as told"))).await;
    assert!(failed.unwrap_err().to_string().contains("as told"));
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            db.compute(async |_| -> Result<()> { panic!("on purpose") })
                .await
        }
    });
    let panic = task.await.unwrap_err().into_panic();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"on purpose"));
    add(&db, "goes on").await;
    assert_eq!(titles(&db).await, [SEED, "goes on"]);
}
