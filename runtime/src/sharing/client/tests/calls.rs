//! Calls, blocks and streams, as the owner sees them.

use std::time::Duration;

use tokio::time::timeout;

use crate::Error;
use crate::sharing::wire::{Ask, BlockKind, Outcome, ToClient, ToOwner};

use super::super::options::ConnectOptions;
use super::owner::{Owner, WELCOME, adds, builder, connected, connected_with, ran, rows};

#[tokio::test]
async fn s46_an_error_names_the_client_s_own_statement_and_call() {
    let (notes, mut owner) = connected().await;
    let line = line!() + 1;
    let adding = notes.add("a").execute();
    let serving = async {
        let call = owner.call().await;
        let broken = "UNIQUE constraint failed: note.text";
        owner.fail(&call, &Error::sqlite(2067, broken));
    };
    let (added, ()) = tokio::join!(adding, serving);
    let error = added.unwrap_err();
    assert!(error.is_constraint(), "{error}");
    let origin = error.origin().unwrap();
    assert_eq!(origin.statement(), "add");
    assert!(origin.sql().starts_with("INSERT"));
    let site = origin.call_site().unwrap();
    assert_eq!((site.file(), site.line()), (file!(), line));
}

#[tokio::test]
async fn s47_a_lost_owner_ends_every_call_and_later_ones_at_once() {
    let (notes, mut owner) = connected().await;
    let (first, second) = (notes.add("a"), notes.all());
    let dying = async {
        owner.call().await;
        drop(owner);
    };
    let (first, second, ()) = tokio::join!(first.execute(), second.list(), dying);
    let Err(Error::Remote { may_have_run, .. }) = first else {
        panic!("{first:?}");
    };
    assert!(may_have_run);
    for error in [second.unwrap_err(), notes.all().list().await.unwrap_err()] {
        let Error::Remote { may_have_run, .. } = error else {
            panic!("{error}");
        };
        assert!(!may_have_run, "nothing was sent");
    }
    assert!(notes.all().watch().next().await.unwrap().is_err());
    notes.close().await.unwrap();
    assert!(notes.all().list().await.unwrap_err().is_closed());
}

#[tokio::test]
async fn s51_a_dropped_call_is_called_off_and_the_next_one_goes_on() {
    let (notes, mut owner) = connected().await;
    let given_up = timeout(Duration::from_millis(20), notes.add("a").execute()).await;
    assert!(given_up.is_err());
    let call = owner.call().await;
    assert!(adds(&call.ask));
    assert_eq!(owner.next().await, ToOwner::Cancel { id: call.id });
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["b"]);
    };
    let (list, ()) = tokio::join!(notes.all().list(), serving);
    assert_eq!(list.unwrap(), ["b"]);
}

#[tokio::test]
async fn s49_a_call_that_outlasts_its_deadline_is_an_error_and_is_called_off() {
    let options = ConnectOptions::new().request(Duration::from_millis(50));
    let (notes, mut owner) = connected_with(&options).await;
    let error = notes.add("a").execute().await.unwrap_err();
    let Error::Deadline { after, waiting, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(after, Duration::from_millis(50));
    assert_eq!(waiting.file(), file!());
    let call = owner.call().await;
    assert_eq!(owner.next().await, ToOwner::Cancel { id: call.id });
}

#[tokio::test]
async fn a_transaction_is_a_block_and_its_calls_are_inside() {
    let (notes, mut owner) = connected().await;
    let transaction = notes.transaction(async |tx| {
        tx.add("a").execute().await?;
        tx.savepoint(async |tx| tx.add("b").execute().await).await
    });
    let serving = async {
        let mut blocks = Vec::new();
        let mut order = Vec::new();
        loop {
            let call = owner.call().await;
            assert_eq!(call.block, blocks.last().copied());
            let outcome = match &call.ask {
                Ask::Begin { block, kind } => {
                    blocks.push(*block);
                    order.push(format!("{kind:?}"));
                    Outcome::Kept
                }
                Ask::End { block, keep } => {
                    assert_eq!(blocks.pop(), Some(*block));
                    order.push(format!("keep {keep}"));
                    Outcome::Kept
                }
                _ => {
                    order.push("run".to_owned());
                    ran(&[])
                }
            };
            owner.done(&call, !blocks.is_empty(), outcome);
            if blocks.is_empty() {
                return order;
            }
        }
    };
    let (committed, order) = tokio::join!(transaction, serving);
    assert_eq!(committed.unwrap().last_rowid, 5);
    let expected = [
        "Immediate",
        "run",
        "Savepoint",
        "run",
        "keep true",
        "keep true",
    ];
    assert_eq!(order, expected);
}

#[tokio::test]
async fn s53_a_dropped_transaction_is_undone_before_the_next_call() {
    let (notes, mut owner) = connected().await;
    let added = tokio::sync::Notify::new();
    let never = notes.transaction(async |tx| {
        tx.add("a").execute().await?;
        added.notify_one();
        std::future::pending::<crate::Result<()>>().await
    });
    let serving = async {
        let begin = owner.call().await;
        let Ask::Begin { block, kind } = begin.ask else {
            panic!("{begin:?}");
        };
        assert_eq!(kind, BlockKind::Immediate);
        owner.done(&begin, true, Outcome::Kept);
        let add = owner.call().await;
        owner.done(&add, true, ran(&[]));
        added.notified().await;
        block
    };
    let block = tokio::select! {
        block = serving => block,
        _ = never => panic!("it never ends"),
    };
    let serving = async {
        let end = owner.call().await;
        assert_eq!(end.ask, Ask::End { block, keep: false });
        let call = owner.call().await;
        assert_eq!(call.block, None);
        owner.answer(&call, &[]);
    };
    let (list, ()) = tokio::join!(notes.all().list(), serving);
    assert!(list.unwrap().is_empty());
}

#[tokio::test]
async fn s53_a_begin_that_nobody_waits_for_is_called_off_and_ended() {
    let (notes, mut owner) = connected().await;
    let nothing = notes.transaction(async |_| Ok::<_, Error>(()));
    assert!(timeout(Duration::from_millis(20), nothing).await.is_err());
    let begin = owner.call().await;
    let Ask::Begin { block, .. } = begin.ask else {
        panic!("{begin:?}");
    };
    // The answer is on its way when the client gives up.
    let mut said = [owner.next().await, owner.next().await];
    said.sort_by_key(|message| matches!(message, ToOwner::Call(_)));
    assert_eq!(said[0], ToOwner::Cancel { id: begin.id });
    assert!(matches!(&said[1], ToOwner::Call(call) if call.ask == Ask::End { block, keep: false }));
}

#[tokio::test]
async fn s23_a_stream_asks_for_each_part_and_frees_what_is_held_when_dropped() {
    let (notes, mut owner) = connected().await;
    let mut texts = notes.all().stream();
    let serving = async {
        let call = owner.call().await;
        assert!(matches!(call.ask, Ask::Stream { .. }));
        for text in ["a", "b"] {
            owner.say(&ToClient::Rows {
                id: call.id,
                rows: rows(&[text]),
            });
            owner.say(&ToClient::Chunk { id: call.id });
            assert_eq!(owner.next().await, ToOwner::More { id: call.id });
        }
        call.id
    };
    let reading = async {
        let first = texts.next().await.unwrap().unwrap();
        (first, texts.next().await.unwrap().unwrap())
    };
    let (both, id) = tokio::join!(reading, serving);
    assert_eq!(both, ("a".to_owned(), "b".to_owned()));
    drop(texts);
    assert_eq!(owner.next().await, ToOwner::Cancel { id });
}

#[tokio::test]
async fn s23_a_stream_ends_with_its_last_rows_or_with_an_error() {
    let (notes, mut owner) = connected().await;
    let (mut whole, mut broken) = (notes.all().stream(), notes.all().stream());
    let serving = async {
        let call = owner.call().await;
        owner.answer(&call, &["a", "b"]);
        let call = owner.call().await;
        owner.fail(&call, &Error::sqlite(10, "disk I/O error"));
    };
    let reading = async {
        let mut all = Vec::new();
        while let Some(text) = whole.next().await {
            all.push(text.unwrap());
        }
        let error = broken.next().await.unwrap().unwrap_err();
        assert!(broken.next().await.is_none());
        (all, error)
    };
    let ((all, error), ()) = tokio::join!(reading, serving);
    assert_eq!(all, ["a", "b"]);
    assert_eq!(error.origin().unwrap().statement(), "all");
}

#[tokio::test]
async fn s13_closing_ends_what_is_in_flight_and_says_goodbye() {
    let (notes, mut owner) = connected().await;
    let mut texts = notes.all().stream();
    let closing = async {
        let call = owner.call().await;
        assert!(matches!(call.ask, Ask::Stream { .. }));
        notes.close().await
    };
    let (text, closed) = tokio::join!(texts.next(), closing);
    closed.unwrap();
    assert!(text.unwrap().unwrap_err().is_closed());
    assert_eq!(owner.next().await, ToOwner::Bye);
}

#[tokio::test]
async fn s14_a_lazy_client_connects_with_its_first_call_and_tries_again() {
    let (builder, mut streams) = builder(&ConnectOptions::new());
    let notes = builder.lazy();
    assert!(streams.try_recv().is_err(), "nobody has needed it");
    let refusing = async { drop(streams.recv().await.unwrap()) };
    let (first, ()) = tokio::join!(notes.all().list(), refusing);
    let Err(Error::Unopened { source }) = first else {
        panic!("{first:?}");
    };
    assert!(source.is_remote(), "{source}");
    let serving = async {
        let mut owner = Owner::greet(streams.recv().await.unwrap(), WELCOME).await;
        for _ in 0..2 {
            let call = owner.call().await;
            owner.answer(&call, &["a"]);
        }
    };
    let reading = async { (notes.all().list().await, notes.all().list().await) };
    let (both, ()) = tokio::join!(reading, serving);
    assert_eq!(
        (both.0.unwrap(), both.1.unwrap()),
        (vec!["a".to_owned()], vec!["a".to_owned()])
    );
}

#[tokio::test]
async fn s6_an_owner_that_never_answers_is_an_error_in_time() {
    let options = ConnectOptions::new().timeout(Duration::from_millis(50));
    let (builder, mut streams) = builder(&options);
    let silent = async { streams.recv().await };
    let (opened, _stream) = tokio::join!(builder.open(), silent);
    let error = opened.unwrap_err();
    assert!(matches!(error, Error::Unanswered { .. }), "{error}");
}

#[tokio::test]
async fn closures_and_raw_statements_and_many_cross_as_well() {
    let (notes, mut owner) = connected().await;
    let serving = async {
        let mut seen = Vec::new();
        for _ in 0..5 {
            let call = owner.call().await;
            let (name, outcome) = match &call.ask {
                Ask::Begin { kind, .. } => (format!("{kind:?}"), Outcome::Kept),
                Ask::End { keep, .. } => (format!("keep {keep}"), Outcome::Kept),
                Ask::Many { .. } => (
                    "many".to_owned(),
                    Outcome::Many([crate::v1::Changes::default(); 2].into_iter().collect()),
                ),
                Ask::Raw { sql, .. } => (
                    sql.clone(),
                    Outcome::Raw {
                        columns: vec!["n".to_owned()],
                        rows: rows(&["raw"]),
                        counts: crate::v1::Changes::default().into(),
                    },
                ),
                _ => ("run".to_owned(), ran(&["a"])),
            };
            let open = !matches!(call.ask, Ask::End { .. })
                && (call.block.is_some() || matches!(call.ask, Ask::Begin { .. }));
            owner.done(&call, open, outcome);
            seen.push(name);
        }
        seen
    };
    let calling = async {
        let read = notes.read(|conn| conn.all().list()).await.unwrap();
        assert_eq!(read, ["a"]);
        let raw = notes.query_raw("SELECT 1", ()).await.unwrap();
        assert_eq!(raw.columns, ["n"]);
        let db = notes.untyped();
        let changes = db.batch(|batch| {
            batch.add(notes.add("a"));
            batch.add(notes.add("b"));
        });
        assert_eq!(changes.await.unwrap().len(), 2);
    };
    let (seen, ()) = tokio::join!(serving, calling);
    let expected = ["Deferred", "run", "keep true", "SELECT 1", "many"];
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_stream_that_ends_within_a_transaction_says_nothing_about_it() {
    let (notes, mut owner) = connected().await;
    let mut texts = notes.all().stream();
    let serving = async {
        let stream = owner.call().await;
        let id = stream.id;
        let rows = rows(&["a"]);
        owner.say(&ToClient::Rows { id, rows });
        owner.say(&ToClient::Chunk { id });
        assert_eq!(owner.next().await, ToOwner::More { id });
        let begin = owner.call().await;
        owner.done(&begin, true, Outcome::Kept);
        owner.done(&stream, false, ran(&["b"]));
        let add = owner.call().await;
        owner.done(&add, true, ran(&[]));
        let end = owner.call().await;
        owner.done(&end, false, Outcome::Kept);
    };
    let working = async {
        assert_eq!(texts.next().await.unwrap().unwrap(), "a");
        let within = notes.transaction(async |tx| {
            assert_eq!(texts.next().await.unwrap()?, "b");
            tx.add("c").execute().await
        });
        within.await
    };
    let (worked, ()) = tokio::join!(working, serving);
    worked.unwrap();
}
