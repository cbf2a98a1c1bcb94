//! Clients that break the rules harm themselves alone.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::*;
use crate::error::Error;
use crate::sharing::wire::{Ask, BlockKind, ToOwner};
use crate::value::Value;

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
    let owner = Owner::in_memory().await;
    type Wrong = fn(&mut super::client::Client);
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
        |client| client.say(&ToOwner::Hello(client.hello())),
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
