//! What must compile: futures that are Send, spawned, boxed, nested, borrowing; and what handles are.
//!
//! What must not compile is in the documentation of the crate and in `misuse.rs`, as doctests that fail with their error's
//! code.

use std::future::Future;
use std::pin::Pin;

use futures_core::Stream;
use sqlitenow_runtime::{Error, Result, Watch};
use sqlitenow_tests::board::cards::{ByIdRow, InsertOneParams, TitlesRow};
use sqlitenow_tests::board::samples::InsertAllParams;
use sqlitenow_tests::board::{BoardDatabase, BoardTransaction};

use crate::harness::{board, builder, titles};

fn is_send<T: Send>(value: T) -> T {
    value
}

fn is_shareable<T: Clone + Send + Sync + std::fmt::Debug + 'static>() {}

fn is_stream<T: Stream<Item = Result<Vec<TitlesRow>>> + Send + Unpin + 'static>() {}

fn is_value<T: Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static>() {}

#[test]
fn c121_rows_and_params_are_values_and_the_database_is_shareable() {
    is_shareable::<BoardDatabase>();
    is_value::<ByIdRow>();
    is_value::<TitlesRow>();
    is_value::<InsertOneParams>();
    is_value::<InsertAllParams>();
}

#[test]
fn handles_are_what_they_promise() {
    is_stream::<Watch<Vec<TitlesRow>>>();
    is_send(std::marker::PhantomData::<BoardTransaction>);
    is_send(std::marker::PhantomData::<Error>);
}

#[tokio::test]
async fn every_future_is_send() {
    let db = board().await;
    let params = InsertOneParams {
        title: "one".to_owned(),
        note: None,
    };
    is_send(db.cards().insert_one(&params).execute())
        .await
        .unwrap();
    is_send(db.cards().all().list()).await.unwrap();
    is_send(db.cards().by_id(1).one()).await.unwrap();
    is_send(db.cards().by_id(1).optional()).await.unwrap();
    is_send(db.cards().insert_returning("two").one())
        .await
        .unwrap();
    is_send(db.read(|conn| conn.cards().all().list()))
        .await
        .unwrap();
    is_send(db.write(|conn| conn.cards().insert_titled("x").execute()))
        .await
        .unwrap();
    is_send(db.transaction(async |tx| tx.cards().all().list().await))
        .await
        .unwrap();
    is_send(db.cards().titles().watch().next())
        .await
        .unwrap()
        .unwrap();
    is_send(db.close()).await.unwrap();
}

#[tokio::test]
async fn params_can_be_used_again_and_a_namespace_need_not_live() {
    let db = board().await;
    let params = InsertOneParams {
        title: "again".to_owned(),
        note: Some("!".to_owned()),
    };
    for _ in 0..2 {
        db.cards().insert_one(&params).execute().await.unwrap();
    }
    let select = {
        let namespace = db.cards();
        namespace.by_title(&params.title)
    };
    assert_eq!(select.list().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_transaction_can_be_spawned() {
    let db = board().await;
    let task = tokio::spawn({
        let db = db.clone();
        async move {
            db.transaction(async |tx| {
                tx.cards().insert_titled("spawned").execute().await?;
                Ok::<_, Error>(())
            })
            .await
        }
    });
    task.await.unwrap().unwrap();
    assert_eq!(titles(&db).await.len(), 2);
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

fn add<'a>(db: &'a BoardDatabase, title: &'a str) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        db.transaction(async |tx| {
            tx.cards().insert_titled(title).execute().await?;
            Ok(())
        })
        .await
    })
}

#[tokio::test]
async fn a_transaction_can_be_boxed_and_may_borrow() {
    let db = board().await;
    let title = String::from("boxed");
    let mut count = 0;
    add(&db, &title).await.unwrap();
    db.transaction(async |tx| {
        tx.transaction(async |inner| {
            for title in [&title, "nested"] {
                inner.cards().insert_titled(title).execute().await?;
                count += 1;
            }
            Ok::<_, Error>(())
        })
        .await
    })
    .await
    .unwrap();
    assert_eq!((count, titles(&db).await.len()), (2, 4));
}

/// A helper that takes a handle works on both sides of a transaction.
async fn first(tx: &BoardTransaction) -> Result<ByIdRow> {
    tx.cards().by_id(1).one().await
}

#[tokio::test]
async fn blocks_have_the_callers_error_type() {
    #[derive(Debug)]
    enum Mine {
        Database(Error),
        Mine,
    }
    impl From<Error> for Mine {
        fn from(error: Error) -> Self {
            Self::Database(error)
        }
    }
    let db = board().await;
    let result = db
        .transaction(async |tx| {
            let row = first(&tx).await?;
            if row.title.is_empty() {
                Ok(row)
            } else {
                Err(Mine::Mine)
            }
        })
        .await;
    assert!(matches!(result, Err(Mine::Mine)));
    db.close().await.unwrap();
    let result = db
        .transaction(async |tx| first(&tx).await.map_err(Mine::from))
        .await;
    assert!(matches!(result, Err(Mine::Database(error)) if error.is_closed()));
}

#[test]
fn inline_calls_need_no_runtime() {
    let db = builder().open_blocking().unwrap();
    let mut future = std::pin::pin!(db.cards().by_id(1).list());
    let waker = std::task::Waker::noop();
    let answer = future
        .as_mut()
        .poll(&mut std::task::Context::from_waker(waker));
    assert!(matches!(answer, std::task::Poll::Ready(Ok(rows)) if rows.len() == 1));
}

#[tokio::test]
async fn nothing_runs_before_it_is_awaited() {
    let db = board().await;
    drop(db.cards().insert_titled("never").execute());
    drop(db.transaction(async |tx| tx.cards().insert_titled("never").execute().await));
    assert_eq!(titles(&db).await, ["read the guide"]);
}
