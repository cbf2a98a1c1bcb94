//! Whose turn it is: clients, their transactions, and the owner's own calls.

use super::*;
use crate::error::Error;
use crate::sharing::wire::{BlockKind, Outcome, ToOwner};
use crate::value::Value;

fn body(text: &str) -> [Value; 1] {
    [Value::from(text)]
}

#[tokio::test]
async fn statements_run_and_give_their_rows() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&ADD);
    client.define(&ALL);
    let added = client.run(None, &ADD, &body("a"));
    let Outcome::Ran { counts, wrote, .. } = client.done(added).await.result.unwrap() else {
        panic!("no statement ran");
    };
    assert_eq!(crate::statement::Changes::from(counts).last_rowid, 1);
    assert!(wrote);
    let all = client.run(None, &ALL, &[]);
    let rows = client.rows(all).await;
    assert_eq!(rows, [[Value::Integer(1), Value::from("a")]]);
    let raw = client.raw(None, "SELECT 1 AS one, 2 AS one");
    let Outcome::Raw { columns, .. } = client.done(raw).await.result.unwrap() else {
        panic!("no statement ran");
    };
    assert_eq!(columns, ["one", "one"]);
}

#[tokio::test]
async fn s27_a_transaction_holds_everybody_back_until_it_ends() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    b.define(&ALL);
    a.open(1).await;
    let own = tokio::spawn({
        let db = owner.db.clone();
        async move {
            db.query_raw("SELECT count(*) FROM note", ())
                .await
                .unwrap()
                .rows
        }
    });
    owner.until_waiting(1).await;
    let theirs = b.run(None, &ALL, &[]);
    owner.until_waiting(2).await;
    let added = a.run(Some(1), &ADD, &body("a"));
    assert!(a.done(added).await.in_transaction);
    assert!(!own.is_finished());
    let end = a.end(1, true);
    assert!(!a.done(end).await.in_transaction);
    assert_eq!(own.await.unwrap(), [[Value::Integer(1)]]);
    assert_eq!(b.rows(theirs).await.len(), 1);
}

#[tokio::test]
async fn s28_transactions_that_wait_begin_in_the_order_in_which_they_were_asked_for() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b, mut c) = (
        owner.client().await,
        owner.client().await,
        owner.client().await,
    );
    for client in [&a, &b, &c] {
        client.define(&ADD);
    }
    a.open(1).await;
    let second = b.begin(None, 1, BlockKind::Immediate);
    owner.until_waiting(1).await;
    let third = c.begin(None, 1, BlockKind::Deferred);
    owner.until_waiting(2).await;
    a.end(1, false);
    b.done(second).await.result.unwrap();
    assert_eq!(owner.db.status().waiting, 1, "the third one waits still");
    b.run(Some(1), &ADD, &body("b"));
    b.end(1, true);
    c.done(third).await.result.unwrap();
    c.run(Some(1), &ADD, &body("c"));
    let end = c.end(1, true);
    c.done(end).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["b", "c"]);
}

#[tokio::test]
async fn s26_a_savepoint_is_undone_alone() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&ADD);
    client.open(1).await;
    client.run(Some(1), &ADD, &body("kept"));
    let inner = client.begin(Some(1), 2, BlockKind::Savepoint);
    client.done(inner).await.result.unwrap();
    client.run(Some(2), &ADD, &body("undone"));
    let undone = client.end(2, false);
    assert!(client.done(undone).await.in_transaction);
    let end = client.end(1, true);
    client.done(end).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["kept"]);
}

#[tokio::test]
async fn s32_work_for_a_block_that_has_ended_runs_nothing() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&ADD);
    client.open(1).await;
    let inner = client.begin(Some(1), 2, BlockKind::Savepoint);
    client.done(inner).await.result.unwrap();
    let below = client.run(Some(1), &ADD, &body("below the topmost"));
    assert!(matches!(
        client.fails(below).await,
        Error::TransactionEnded { .. }
    ));
    for block in [2, 1] {
        let end = client.end(block, true);
        client.done(end).await.result.unwrap();
        let late = client.run(Some(block), &ADD, &body("late"));
        let late = client.fails(late).await;
        assert!(matches!(late, Error::TransactionEnded { .. }), "{late}");
        let again = client.end(block, true);
        assert!(matches!(
            client.fails(again).await,
            Error::TransactionEnded { .. }
        ));
    }
    assert!(owner.bodies().await.is_empty());
}

#[tokio::test]
async fn a_transaction_that_sqlite_has_ended_says_so() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.open(1).await;
    let added = client.raw(Some(1), "INSERT INTO note (id, body) VALUES (1, 'a')");
    assert!(client.done(added).await.in_transaction);
    let ended = client.raw(
        Some(1),
        "INSERT OR ROLLBACK INTO note (id, body) VALUES (1, 'b')",
    );
    let done = client.done(ended).await;
    assert!(done.result.unwrap_err().is_constraint());
    assert!(!done.in_transaction);
    let end = client.end(1, true);
    assert!(matches!(
        client.fails(end).await,
        Error::TransactionEnded { .. }
    ));
}

#[tokio::test]
async fn s48_who_waits_too_long_learns_which_client_holds() {
    let builder = Builder::<Notes>::new(());
    let owner = Owner::of(builder, ServeOptions::new()).await;
    let mut client = owner.client().await;
    client.open(1).await;
    let holder = owner.db.status().holder.unwrap();
    let site = holder.site.to_string();
    assert!(site.contains("tests/client.rs:"), "{site}");
    assert!(site.ends_with(" in client 1, process 4711"), "{site}");
}

#[tokio::test]
async fn s51_a_call_that_is_given_up_while_it_waits_never_runs() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    b.define(&ADD);
    a.open(1).await;
    let given_up = b.run(None, &ADD, &body("given up"));
    let waits = b.run(None, &ADD, &body("waits"));
    owner.until_waiting(2).await;
    b.say(&ToOwner::Cancel { id: given_up });
    while owner.db.status().waiting > 1 {
        tokio::task::yield_now().await;
    }
    a.end(1, true);
    b.done(waits).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["waits"]);
}

#[tokio::test]
async fn s52_giving_up_a_running_read_ends_it_and_nobody_elses() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ENDLESS);
    b.define(&ADD);
    let endless = a.run(None, &ENDLESS, &[]);
    let holds = || owner.db.status().holder.is_some();
    while !holds() {
        tokio::task::yield_now().await;
    }
    let added = b.run(None, &ADD, &body("b"));
    owner.until_waiting(1).await;
    a.say(&ToOwner::Cancel { id: endless });
    // Would wait for ever behind the endless one.
    b.done(added).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["b"]);
}

#[tokio::test]
async fn s53_a_block_whose_beginning_is_given_up_is_undone() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    b.define(&ADD);
    let begun = a.begin(None, 1, BlockKind::Immediate);
    while owner.db.status().holder.is_none() {
        tokio::task::yield_now().await;
    }
    // It has begun, and the answer is on its way.
    a.run(Some(1), &ADD, &body("undone"));
    a.say(&ToOwner::Cancel { id: begun });
    let added = b.run(None, &ADD, &body("b"));
    b.done(added).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["b"]);
}

#[tokio::test]
async fn s22_many_runs_stand_or_fall_together() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&ADD);
    client.define(&SEE);
    let values = [Value::from("a"), Value::from("b"), Value::Integer(1)];
    let many = client.many(None, &[(0, 2), (2, 1)], &values);
    let done = client.done(many).await;
    let Outcome::Many(counts) = done.result.unwrap() else {
        panic!("not many");
    };
    assert_eq!(counts.iter().collect::<Vec<_>>(), [(1, 1), (1, 2), (1, 2)]);
    assert_eq!((client.commits.len(), done.shows), (1, 1));
    let failing = client.many(None, &[(0, 2)], &[Value::from("c"), Value::Null]);
    let error = client.fails(failing).await;
    assert!(error.is_constraint(), "{error}");
    assert_eq!(owner.bodies().await, ["a", "b"]);
    assert_eq!(client.commits.len(), 1);
}

#[tokio::test]
async fn s23_a_stream_comes_in_parts_and_ends_when_it_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Builder::<Notes>::new(()).path(folder.path().join("a.db"));
    let owner = Owner::of(builder, ServeOptions::new()).await;
    let mut client = owner.client().await;
    client.define(&ALL);
    let filled = client.raw(
        None,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000)
         INSERT INTO note (body) SELECT 'note' FROM n",
    );
    client.done(filled).await.result.unwrap();
    let ask = || crate::sharing::wire::Ask::Stream {
        statement: ALL.number,
        values: crate::sharing::wire::Cells::default(),
    };
    let whole = client.call(None, ask());
    let mut rows = client.chunk(whole).await;
    while rows.len() < 1000 {
        client.say(&ToOwner::More { id: whole });
        rows.extend(client.chunk(whole).await);
    }
    client.say(&ToOwner::More { id: whole });
    assert_eq!(client.done(whole).await.result.unwrap(), Outcome::Kept);
    let ids: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
    assert_eq!(ids, (1..=1000).map(Value::Integer).collect::<Vec<_>>());
    let half = client.call(None, ask());
    client.chunk(half).await;
    assert_eq!(owner.db.status().streams, 1);
    client.say(&ToOwner::Cancel { id: half });
    while owner.db.status().streams > 0 {
        tokio::task::yield_now().await;
    }
    owner.db.close().await.unwrap();
}

#[tokio::test]
async fn s25_long_reads_on_readers_hold_no_write_back() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Builder::<Notes>::new(()).path(folder.path().join("a.db"));
    let owner = Owner::of(builder.readers(2), ServeOptions::new()).await;
    let mut a = owner.stranger(|_| {}).await;
    assert_eq!(a.welcome().await.readers, 2);
    let mut b = owner.client().await;
    // One has promised to be quick.
    a.define(&LONG);
    a.define(&ENDLESS);
    for statement in [&ADD, &ALL] {
        b.define(statement);
    }
    let long = [a.run(None, &LONG, &[]), a.run(None, &ENDLESS, &[])];
    let added = b.run(None, &ADD, &body("b"));
    let done = b.done(added).await;
    done.result.unwrap();
    assert_eq!(done.told, Some(1));
    assert_eq!(owner.db.status().holder, None);
    // Given up, they give their readers back.
    for id in long {
        a.say(&ToOwner::Cancel { id });
    }
    let all = b.run(None, &ALL, &[]);
    assert_eq!(b.rows(all).await.len(), 1);
    a.define(&ALL);
    let calls: Vec<u64> = (0..4).map(|_| a.run(None, &ALL, &[])).collect();
    for call in calls {
        assert_eq!(a.rows(call).await.len(), 1);
    }
    owner.db.close().await.unwrap();
}
