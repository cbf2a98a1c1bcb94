//! Work that is handed to another thread.

use std::sync::Arc;
use std::thread;

use sqlitenow_runtime::Error;
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::Notify;

use super::harness::poll_once;

async fn board() -> BoardDatabase {
    BoardDatabase::open_in_memory().await.unwrap()
}

/// The titles beyond that of the first card, which every board has.
async fn titles(db: &BoardDatabase) -> Vec<String> {
    let all = super::harness::titles(db).await;
    all.into_iter().skip(1).collect()
}

#[tokio::test]
async fn s36_compute_runs_on_another_thread_and_its_writes_reach_watches() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 1);
    let computed = db.compute(async |db| {
        db.cards().insert_titled("computed").execute().await?;
        Ok::<_, Error>((thread::current().id(), titles(&db).await.len()))
    });
    let (id, rows) = computed.await.unwrap();
    assert_ne!(id, thread::current().id());
    assert_eq!(rows, 1);
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
}

#[tokio::test]
async fn s37_compute_joins_the_transaction_around_it() {
    let db = board().await;
    let rolled_back = db
        .transaction(async |tx| {
            tx.cards().insert_titled("own").execute().await?;
            let seen = db
                .compute(async |db| {
                    db.cards().insert_titled("computed").execute().await?;
                    db.transaction(async |tx| {
                        tx.cards().insert_titled("nested").execute().await?;
                        Ok::<_, Error>(())
                    })
                    .await?;
                    Ok::<_, Error>(titles(&db).await)
                })
                .await?;
            assert_eq!(seen, ["own", "computed", "nested"]);
            Err::<(), _>(Error::sqlite(1, "on purpose"))
        })
        .await;
    assert!(
        matches!(rolled_back, Err(Error::Sqlite { .. })),
        "{rolled_back:?}"
    );
    assert!(titles(&db).await.is_empty());
}

#[tokio::test]
async fn s38_an_error_or_a_panic_of_compute_comes_back() {
    let db = board().await;
    let failed = db.compute(async |_| Err::<(), _>(Error::sqlite(1, "on purpose")));
    assert!(matches!(failed.await, Err(Error::Sqlite { .. })));
    let panics = db.compute(async |db| {
        db.transaction(async |tx| -> Result<(), Error> {
            tx.cards().insert_titled("undone").execute().await?;
            panic!("on purpose");
        })
        .await
    });
    let panicked = tokio::spawn(panics).await.unwrap_err();
    assert!(panicked.is_panic());
    db.cards().insert_titled("after").execute().await.unwrap();
    assert_eq!(titles(&db).await, ["after"]);
}

#[tokio::test]
async fn a_computation_that_nobody_waits_for_is_undone() {
    let db = board().await;
    let inside = Arc::new(Notify::new());
    let reached = Arc::clone(&inside);
    let mut computed = Box::pin(db.compute(async move |db| {
        db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            reached.notify_one();
            std::future::pending::<Result<(), Error>>().await
        })
        .await
    }));
    assert!(poll_once(&mut computed).await.is_pending());
    inside.notified().await;
    drop(computed);
    db.cards().insert_titled("after").execute().await.unwrap();
    assert_eq!(titles(&db).await, ["after"]);
}
