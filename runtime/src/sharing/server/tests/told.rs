//! What clients are told of commits.

use super::*;
use crate::invalidation::{ChangeFilter, ChangeKind, ChangeOrigin, TableChange, Tables};
use crate::sharing::wire::WireCommit;
use crate::value::Value;

/// What a commit tells, one by one.
fn changes(commit: &WireCommit) -> Vec<TableChange> {
    let tables = Tables::default();
    let set = commit.write_set(&tables);
    ChangeFilter::all().changes(commit.number, &set, &tables)
}

#[tokio::test]
async fn s39_everybody_hears_of_a_write_before_its_answer_and_of_each_once() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    for _ in 0..3 {
        let added = a.run(None, &ADD, &[Value::from("a")]);
        let done = a.done(added).await;
        assert_eq!(done.told, Some(done.shows));
    }
    owner.db.execute_raw("DELETE FROM log", ()).await.unwrap();
    owner
        .db
        .execute_raw("INSERT INTO log VALUES ('x')", ())
        .await
        .unwrap();
    while b.commits.len() < 4 {
        b.hear().await;
    }
    let numbers = |commits: &[WireCommit]| -> Vec<u64> {
        commits.iter().map(|commit| commit.number).collect()
    };
    assert_eq!(numbers(&b.commits), [1, 2, 3, 4]);
    assert_eq!(numbers(&a.commits), [1, 2, 3]);
    let told = changes(&b.commits[0]);
    assert_eq!(told[0].origin, ChangeOrigin::Generated);
    assert_eq!(told[0].kind, ChangeKind::Insert);
    assert_eq!(changes(&b.commits[3])[0].origin, ChangeOrigin::Raw);
    // Who comes later begins there.
    let mut late = owner.stranger(|_| {}).await;
    assert_eq!(late.welcome().await.commits, 4);
}

#[tokio::test]
async fn s41_what_was_undone_or_changed_nothing_is_told_to_nobody() {
    let owner = Owner::in_memory().await;
    let (mut a, mut b) = (owner.client().await, owner.client().await);
    a.define(&ADD);
    a.define(&SEE);
    a.open(1).await;
    a.run(Some(1), &ADD, &[Value::from("a")]);
    a.end(1, false);
    a.open(2).await;
    a.end(2, true);
    let nothing = a.run(None, &SEE, &[Value::Integer(99)]);
    a.done(nothing).await.result.unwrap();
    let added = b.raw(None, "INSERT INTO log VALUES ('b')");
    b.done(added).await.result.unwrap();
    assert_eq!(b.commits.len(), 1);
    assert_eq!(changes(&b.commits[0])[0].table.as_deref(), Some("log"));
}

#[tokio::test]
async fn a_claim_tells_of_columns_and_rows_and_a_lie_is_not_believed() {
    static LIE: Statement = Statement {
        number: 9,
        name: "note.lie",
        sql: "UPDATE note SET body = body || '!', seen = 2",
        writes: &[Writes::Update("note", &["seen"])],
        ..Statement::EMPTY
    };
    static SILENT: Statement = Statement {
        number: 10,
        name: "note.silent",
        sql: "DELETE FROM note",
        writes: &[Writes::Delete("log")],
        ..Statement::EMPTY
    };
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    for statement in [&ADD, &SEE, &LIE, &SILENT] {
        client.define(statement);
    }
    client.run(None, &ADD, &[Value::from("a")]);
    let seen = client.run(None, &SEE, &[Value::Integer(1)]);
    client.done(seen).await.result.unwrap();
    let told = changes(&client.commits[1]);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].origin, ChangeOrigin::Generated);
    assert_eq!(told[0].columns, ["seen"]);
    assert_eq!(told[0].rows.as_deref(), Some(&[1][..]));
    client.run(None, &LIE, &[]);
    let silent = client.run(None, &SILENT, &[]);
    client.done(silent).await.result.unwrap();
    for commit in &client.commits[2..] {
        let told = changes(commit);
        assert_eq!(told[0].table.as_deref(), Some("note"));
        assert_eq!(told[0].kind, ChangeKind::Any);
        assert_eq!(told[0].origin, ChangeOrigin::Raw);
    }
}

#[tokio::test]
async fn what_claims_to_read_does_not_write() {
    static SLY: Statement = Statement {
        number: 9,
        name: "note.sly",
        sql: "INSERT INTO note (body) VALUES ('sly') RETURNING id",
        ..Statement::EMPTY
    };
    let owner = Owner::in_memory().await;
    let mut client = owner.client().await;
    client.define(&SLY);
    let sly = client.run(None, &SLY, &[]);
    let error = client.fails(sly).await;
    assert!(matches!(error, crate::Error::ReadOnly { .. }), "{error}");
    assert!(owner.bodies().await.is_empty());
}
