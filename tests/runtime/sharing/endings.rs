//! Blocks and requests of clients that end early.

use sqlitenow_runtime::{Error, ServeOptions};

use super::{SEED, client, owner, owner_with_latch, place, soon};
use crate::harness::{poll_once, titles};

#[tokio::test]
async fn s32_work_for_a_transaction_that_has_ended_is_an_error_and_runs_nothing() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let db = client(owner.port()).await;
    let leaked = db.transaction(async |tx| Ok::<_, Error>(tx)).await.unwrap();
    for _ in 0..2 {
        let late = soon(leaked.cards().insert_titled("late").execute()).await;
        assert!(
            matches!(late, Err(Error::TransactionEnded { .. })),
            "{late:?}"
        );
    }
    assert_eq!(titles(&db).await, [SEED]);
}

#[tokio::test]
async fn s30_s53_a_transaction_that_is_dropped_half_way_is_rolled_back_before_anyone_else_runs() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    for drops_handle in [false, true] {
        let dropped = one.clone();
        let (inside, mut entered) = tokio::sync::oneshot::channel();
        let mut block = Box::pin(async move {
            let block = dropped.transaction(async |tx| {
                tx.cards().insert_titled("undone").execute().await?;
                inside.send(()).unwrap();
                std::future::pending::<Result<(), Error>>().await
            });
            block.await
        });
        while entered.try_recv().is_err() {
            assert!(poll_once(&mut block).await.is_pending());
            tokio::task::yield_now().await;
        }
        let cards = two.cards();
        let mut waiting = Box::pin(cards.titles().list());
        assert!(poll_once(&mut waiting).await.is_pending());
        if drops_handle {
            drop(one.clone());
        }
        drop(block);
        assert_eq!(soon(waiting).await.unwrap().len(), 1);
    }
    drop(one);
    assert_eq!(soon(titles(&two)).await, [SEED]);
}

#[tokio::test]
async fn s51_a_request_that_is_dropped_while_it_waits_never_runs() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    one.transaction(async |tx| {
        let cards = two.cards();
        let mut never = Box::pin(cards.insert_titled("never").execute());
        for _ in 0..20 {
            assert!(poll_once(&mut never).await.is_pending());
            tokio::task::yield_now().await;
        }
        drop(never);
        tx.cards().insert_titled("kept").execute().await
    })
    .await
    .unwrap();
    assert_eq!(soon(titles(&two)).await, [SEED, "kept"]);
}

#[tokio::test]
async fn s52_dropping_a_running_request_interrupts_no_statement_of_another_client() {
    let (_folder, path) = place();
    let (owner, latch) = owner_with_latch(&path, |builder| builder.readers(2));
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let other = tokio::spawn(async move { two.cards().held_titles().list().await });
    latch.reached().await;
    for _ in 0..5 {
        let cards = one.cards();
        let mut dropped = Box::pin(cards.held_titles().list());
        for _ in 0..50 {
            assert!(poll_once(&mut dropped).await.is_pending());
            tokio::task::yield_now().await;
        }
    }
    latch.open();
    assert_eq!(soon(other).await.unwrap().unwrap().len(), 1);
    assert_eq!(soon(titles(&one)).await, [SEED]);
}

#[tokio::test]
async fn s13_a_client_that_is_closed_ends_each_of_its_requests() {
    let (_folder, path) = place();
    let (owner, latch) = owner_with_latch(&path, |builder| builder);
    let db = client(owner.port()).await;
    let calls = (0..10).map(|number| {
        let db = db.clone();
        tokio::spawn(async move {
            match number {
                0 => db.cards().held_titles().list().await.map(drop),
                _ => db.cards().insert_titled("more").execute().await.map(drop),
            }
        })
    });
    let calls: Vec<_> = calls.collect();
    latch.reached().await;
    let closing = tokio::spawn({
        let db = db.clone();
        async move { db.close().await }
    });
    latch.open();
    soon(closing).await.unwrap().unwrap();
    let mut written = 0;
    for (number, call) in calls.into_iter().enumerate() {
        match soon(call).await.unwrap() {
            Ok(()) => written += usize::from(number > 0),
            Err(error) => assert!(error.is_closed(), "{error:?}"),
        }
    }
    // What was answered was done, and nothing else.
    assert_eq!(titles(&client(owner.port()).await).await.len(), 1 + written);
}
