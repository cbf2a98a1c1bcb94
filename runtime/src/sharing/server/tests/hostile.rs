//! Clients that break the rules harm themselves alone.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use std::time::Duration;

use super::*;
use crate::error::{CallSite, Error};
use crate::sharing::wire::{Ask, BlockKind, Call, ToOwner, WireSite, encode};
use crate::value::Value;

fn call(id: u64, ask: Ask) -> ToOwner {
    let site = WireSite::from(&CallSite::from(std::panic::Location::caller()));
    ToOwner::Call(Call {
        id,
        block: None,
        site,
        ask,
    })
}

#[tokio::test]
async fn s56_a_malformed_frame_ends_its_own_connection_only() {
    let owner = Owner::in_memory().await;
    let mut honest = owner.client().await;
    honest.define(&ADD);
    honest.open(1).await;
    let added = honest.run(Some(1), &ADD, &[Value::from("kept")]);
    honest.done(added).await.result.unwrap();
    for bytes in [
        &[0xff; 64][..],
        &[3, 0, 0, 0, 0, 99, 99, 99],
        &[1, 0, 0, 0, 7, 0],
    ] {
        let (mut stream, attending) = owner.stream();
        stream
            .write_all(b"SQLTNOW\0\x01\0\0\0\0\0\0\0")
            .await
            .unwrap();
        stream.write_all(bytes).await.unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.unwrap();
        attending.await.unwrap();
    }
    let end = honest.end(1, true);
    honest.done(end).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["kept"]);
}

#[tokio::test]
async fn s59_a_wrong_token_is_refused_before_anything_is_told() {
    let owner = Owner::in_memory().await;
    let mut stranger = owner
        .stranger(|hello| {
            hello.token[0] ^= 1;
            hello.schema.version = 99;
        })
        .await;
    let error = stranger.refused().await;
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    stranger.end_of_stream().await;
    assert_eq!(owner.db.status().clients, 0);
}

#[tokio::test]
async fn s50_a_client_of_another_schema_learns_both() {
    let owner = Owner::in_memory().await;
    let mut other = owner.stranger(|hello| hello.schema.version = 2).await;
    let message = other.refused().await.to_string();
    assert!(
        message.contains("version 1") && message.contains("version 2"),
        "{message}"
    );
}

#[tokio::test]
async fn s61_a_client_that_may_only_read_is_refused_its_writes() {
    let owner = Owner::in_memory().await;
    let mut client = owner.client_as(|hello| hello.read_only = true).await;
    client.define(&ADD);
    client.define(&ALL);
    let values = [Value::from("a")];
    let writes = [
        client.run(None, &ADD, &values),
        client.raw(None, "INSERT INTO note (body) VALUES ('a')"),
        client.many(None, &[(0, 1)], &values),
        client.begin(None, 1, BlockKind::Immediate),
        client.call(None, Ask::Shutdown),
        client.call(
            None,
            Ask::Backup {
                path: "/nowhere/copy.db".to_owned(),
            },
        ),
    ];
    for write in writes {
        let error = client.fails(write).await;
        assert!(matches!(error, Error::ReadOnly { .. }), "{error}");
    }
    let begun = client.begin(None, 2, BlockKind::Deferred);
    client.done(begun).await.result.unwrap();
    let within = client.run(Some(2), &ADD, &values);
    assert!(matches!(client.fails(within).await, Error::ReadOnly { .. }));
    let all = client.run(Some(2), &ALL, &[]);
    assert!(client.rows(all).await.is_empty());
    let end = client.end(2, true);
    client.done(end).await.result.unwrap();
    owner
        .db
        .execute_raw("INSERT INTO note (body) VALUES ('own')", ())
        .await
        .unwrap();
    while client.commits.is_empty() {
        client.hear().await;
    }
}

#[tokio::test]
async fn what_takes_the_runtimes_place_is_refused_however_it_comes() {
    static COMMIT: Statement = Statement {
        number: 9,
        name: "note.commit",
        sql: "COMMIT",
        ..Statement::EMPTY
    };
    static ATTACH: Statement = Statement {
        number: 10,
        name: "note.attach",
        sql: "ATTACH ':memory:' AS other",
        ..Statement::EMPTY
    };
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&COMMIT);
    client.define(&ATTACH);
    client.open(1).await;
    for statement in [&COMMIT, &ATTACH] {
        let call = client.run(Some(1), statement, &[]);
        let error = client.fails(call).await;
        assert!(matches!(error, Error::Refused { .. }), "{error}");
    }
    let raw = client.raw(Some(1), "PRAGMA foreign_keys = OFF");
    assert!(matches!(client.fails(raw).await, Error::Refused { .. }));
    let end = client.end(1, true);
    client.done(end).await.result.unwrap();
}

#[tokio::test]
async fn messages_out_of_order_end_the_connection() {
    type Wrong = fn(&mut super::client::Client);
    let owner = Owner::in_memory().await;
    let wrongs: [Wrong; 4] = [
        |client| {
            client.run(None, &ADD, &[]);
        },
        |client| {
            client.define(&ADD);
            client.define(&ADD);
        },
        |client| {
            client.raw(None, "SELECT 1");
            client.forget_calls();
            client.raw(None, "SELECT 1");
        },
        |client| client.say(&ToOwner::Hello(super::client::Client::hello())),
    ];
    for wrong in wrongs {
        let mut client = owner.client().await;
        wrong(&mut client);
        client.end_of_stream().await;
        assert_eq!(client.gone, None);
    }
    owner.until_clients(0).await;
}

#[tokio::test]
async fn nobody_has_more_than_his_share() {
    let options = ServeOptions::new()
        .clients(2)
        .statements(2)
        .calls(2)
        .streams(1)
        .idle_transaction(HOUR);
    let owner = Owner::of(Builder::new(()), options).await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    let mut third = owner.stranger(|_| {}).await;
    assert!(matches!(third.refused().await, Error::Refused { .. }));
    a.open(1).await;
    let calls: Vec<u64> = (0..3).map(|_| b.raw(None, "SELECT 1")).collect();
    assert!(matches!(b.fails(calls[2]).await, Error::Refused { .. }));
    let end = a.end(1, false);
    a.done(end).await.result.unwrap();
    b.rows(calls[1]).await;
    for statement in [&ADD, &ALL, &SEE] {
        b.define(statement);
    }
    b.end_of_stream().await;
    owner.until_clients(1).await;
}

#[tokio::test]
async fn what_waits_for_the_end_of_a_block_does_not_put_it_off() {
    let options = ServeOptions::new().idle_transaction(Some(Duration::from_millis(30)));
    let owner = Owner::of(Builder::new(()), options).await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    b.define(&ADD);
    a.open(1).await;
    // Of the very client that holds the queue, and never ends its block.
    let own = a.run(None, &ADD, &[Value::from("a")]);
    let other = b.run(None, &ADD, &[Value::from("b")]);
    b.done(other).await.result.unwrap();
    a.done(own).await.result.unwrap();
    assert_eq!(owner.bodies().await, ["a", "b"]);
}

#[tokio::test]
async fn a_block_lives_while_something_happens_in_it_and_not_beside_it() {
    let options = ServeOptions::new().idle_transaction(Some(Duration::from_millis(600)));
    let owner = Owner::of(Builder::new(()), options).await;
    let mut client = owner.client().await;
    client.open(1).await;
    let open = async |client: &mut super::client::Client, block: Option<u64>| {
        for _ in 0..8 {
            tokio::time::sleep(Duration::from_millis(100)).await;
            let ask = client.call(block, Ask::Status);
            let done = client.done(ask).await;
            if done.result.is_err() || !done.in_transaction {
                return false;
            }
        }
        true
    };
    assert!(open(&mut client, Some(1)).await);
    assert!(!open(&mut client, None).await);
}

#[tokio::test]
async fn a_short_message_does_not_take_much_memory() {
    static TOUCH: Statement = Statement {
        number: 9,
        name: "note.touch",
        sql: "UPDATE note SET seen = 1",
        writes: &[Writes::Update("note", &["seen"])],
        ..Statement::EMPTY
    };
    let options = ServeOptions::new().pending(1 << 20).idle_transaction(HOUR);
    let owner = Owner::of(Builder::new(()), options).await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    b.define(&TOUCH);
    for times in [1_000_000, i64::MAX] {
        let many = b.many(None, &[(TOUCH.number, times)], &[]);
        assert!(matches!(b.fails(many).await, Error::Refused { .. }));
    }
    a.open(1).await;
    let nulls = vec![Value::Null; 20_000];
    let calls: Vec<u64> = (0..2).map(|_| b.run(None, &TOUCH, &nulls)).collect();
    assert!(matches!(b.fails(calls[1]).await, Error::Refused { .. }));
    let end = a.end(1, false);
    a.done(end).await.result.unwrap();
    // The first one waited, and is then refused by SQLite.
    b.fails(calls[0]).await;
    let many = b.many(None, &[(TOUCH.number, 100)], &[]);
    b.done(many).await.result.unwrap();
}

#[tokio::test]
async fn no_statement_has_more_parameters_than_sqlite_binds() {
    static WIDE: Statement = Statement {
        number: 9,
        name: "note.wide",
        sql: "SELECT 1",
        parameters: &["?1"; 32_767],
        ..Statement::EMPTY
    };
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&WIDE);
    client.end_of_stream().await;
}

#[tokio::test]
async fn whoever_takes_nothing_is_let_go_with_all_that_he_holds() {
    let options = ServeOptions::new()
        .stall(Some(Duration::from_millis(50)))
        .idle_transaction(HOUR);
    let owner = Owner::of(Builder::new(()), options).await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    b.define(&ADD);
    a.open(1).await;
    // More than the stream takes, and less than may wait.
    a.raw(Some(1), "SELECT zeroblob(200000)");
    let added = b.run(None, &ADD, &[Value::from("b")]);
    b.done(added).await.result.unwrap();
    owner.until_clients(1).await;
}

#[tokio::test]
async fn whoever_falls_silent_in_a_message_is_let_go_with_all_that_he_holds() {
    let options = ServeOptions::new()
        .silence(Some(Duration::from_millis(50)))
        .idle_transaction(HOUR);
    let owner = Owner::of(Builder::new(()), options).await;
    let mut b = owner.client().await;
    b.define(&ADD);
    let (mut stream, attending) = owner.stream();
    let mut bytes = b"SQLTNOW\0\x01\0\0\0\0\0\0\0".to_vec();
    let mut hello = super::client::Client::hello();
    hello.token = *owner.server.token.bytes();
    encode(&ToOwner::Hello(hello), &mut bytes);
    let begin = Ask::Begin {
        block: 1,
        kind: BlockKind::Immediate,
    };
    encode(&call(1, begin), &mut bytes);
    // A message that is never complete.
    bytes.extend([9, 0, 0, 0, 0, 1]);
    stream.write_all(&bytes).await.unwrap();
    owner.until_clients(2).await;
    attending.await.unwrap();
    let added = b.run(None, &ADD, &[Value::from("b")]);
    b.done(added).await.result.unwrap();
    owner.until_clients(1).await;
}
