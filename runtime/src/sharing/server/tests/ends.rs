//! How connections and owners end, and what is left then: nothing.

use super::*;
use crate::error::Error;
use crate::sharing::wire::{Ask, Outcome, ToOwner};
use crate::value::Value;

fn text(text: &str) -> [Value; 1] {
    [Value::from(text)]
}

#[tokio::test]
async fn s30_a_cut_connection_is_rolled_back_at_once() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    b.define(&ADD);
    a.open(1).await;
    let added = a.run(Some(1), &ADD, &text("undone"));
    a.done(added).await.result.unwrap();
    let waits = b.run(None, &ADD, &text("b"));
    owner.until_waiting(1).await;
    drop(a);
    b.done(waits).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["b"]);
    owner.until_clients(1).await;
}

#[tokio::test]
async fn s31_who_dies_while_it_waits_leaves_the_queue() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    b.define(&ADD);
    a.open(1).await;
    b.run(None, &ADD, &text("never"));
    owner.until_waiting(1).await;
    assert_eq!(owner.db.status().clients, 2);
    drop(b);
    owner.until_clients(1).await;
    assert_eq!(owner.db.status().waiting, 0);
    let end = a.end(1, true);
    a.done(end).await.result.unwrap();
    assert!(owner.bodies().await.is_empty());
}

#[tokio::test]
async fn s9_who_says_goodbye_leaves_everybody_else_alone() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.say(&ToOwner::Bye);
    a.end_of_stream().await;
    assert_eq!(a.gone, None);
    b.define(&ADD);
    let added = b.run(None, &ADD, &text("b"));
    b.done(added).await.result.unwrap();
    assert!(owner.db.is_open());
}

#[tokio::test]
async fn s29_a_client_that_hangs_in_a_transaction_is_rolled_back() {
    let options = ServeOptions::new().idle_transaction(Some(Duration::from_millis(30)));
    let owner = Owner::of(Builder::new(()), options).await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    b.define(&ADD);
    a.open(1).await;
    let added = a.run(Some(1), &ADD, &text("undone"));
    a.done(added).await.result.unwrap();
    let waits = b.run(None, &ADD, &text("b"));
    b.done(waits).await.result.unwrap();
    let late = a.run(Some(1), &ADD, &text("late"));
    assert!(matches!(
        a.fails(late).await,
        Error::TransactionEnded { .. }
    ));
    assert_eq!(owner.bodies().await, ["b"]);
}

#[tokio::test]
async fn s7_a_shutdown_finishes_what_runs_and_refuses_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Builder::<Notes>::new(()).path(folder.path().join("a.db"));
    let owner = Owner::of(builder, ServeOptions::new().idle_transaction(HOUR)).await;
    let (mut a, mut b, mut c) = (
        owner.client().await,
        owner.client().await,
        owner.client().await,
    );
    for client in [&a, &b] {
        client.define(&ADD);
        client.define(&ALL);
    }
    for _ in 0..2 {
        let filled = a.run(None, &ADD, &text("kept"));
        a.done(filled).await.result.unwrap();
    }
    let ask = Ask::Stream {
        statement: ALL.number,
        values: crate::sharing::wire::Cells::default(),
    };
    let stream = a.call(None, ask);
    a.chunk(stream).await;
    a.open(1).await;
    let open = a.run(Some(1), &ADD, &text("undone"));
    a.done(open).await.result.unwrap();
    let waits = b.run(None, &ADD, &text("refused"));
    owner.until_waiting(1).await;
    let shutdown = c.call(None, Ask::Shutdown);
    assert_eq!(c.done(shutdown).await.result.unwrap(), Outcome::Kept);
    assert!(b.fails(waits).await.is_closed());
    assert!(a.fails(stream).await.is_closed());
    for client in [&mut a, &mut b, &mut c] {
        client.end_of_stream().await;
        assert_eq!(client.gone, Some(true));
    }
    assert!(!owner.db.is_open());
    // The last connection has moved the log into the file.
    assert!(!folder.path().join("a.db-wal").exists());
    let again = Notes::database(
        &Builder::new(())
            .path(folder.path().join("a.db"))
            .open()
            .await
            .unwrap(),
    )
    .clone();
    let kept = again.query_raw("SELECT body FROM note", ()).await.unwrap();
    assert_eq!(kept.rows.len(), 2);
}

#[tokio::test]
async fn s7_closing_the_database_ends_its_clients_behind_what_they_have_queued() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    b.define(&ADD);
    a.open(1).await;
    let queued = b.run(None, &ADD, &text("queued"));
    owner.until_waiting(1).await;
    let closing = tokio::spawn({
        let db = owner.db.clone();
        async move { db.close().await }
    });
    owner.until_waiting(2).await;
    a.end(1, true);
    assert!(b.done(queued).await.result.is_ok());
    for client in [&mut a, &mut b] {
        client.end_of_stream().await;
        assert_eq!(client.gone, Some(false));
    }
    closing.await.unwrap().unwrap();
}

#[tokio::test]
async fn s35_what_runs_through_a_block_is_undone_with_it() {
    let owner = Owner::in_memory().await;
    let db = owner.db.clone();
    let own = tokio::spawn(async move {
        let block = crate::transaction::Block::begin(
            db.core(),
            None,
            Some(crate::transaction::TransactionMode::Immediate),
            std::panic::Location::caller().into(),
        );
        let block = block.await.unwrap();
        let frame = Arc::clone(block.frame());
        let inner = Owner::serving(db, Some(frame), ServeOptions::new());
        let mut client = inner.client().await;
        client.define(&ADD);
        client.define(&ALL);
        let added = client.run(None, &ADD, &text("joined"));
        assert!(!client.done(added).await.in_transaction);
        client.open(1).await;
        let nested = client.run(Some(1), &ADD, &text("nested"));
        assert!(client.done(nested).await.in_transaction);
        let end = client.end(1, true);
        client.done(end).await.result.unwrap();
        let all = client.run(None, &ALL, &[]);
        assert_eq!(client.rows(all).await.len(), 2);
        block.roll_back().await;
        client.end_of_stream().await;
        assert_eq!(client.gone, Some(true));
    });
    own.await.unwrap();
    assert!(owner.bodies().await.is_empty());
}
