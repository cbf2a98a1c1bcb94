//! Transaction blocks: values, errors, modes, nesting, and handles that outlive them.

use sqlitenow_runtime::{Capabilities, Error, Executor, TransactionMode};

use crate::faulty::Faults;
use crate::harness::{board, both, builder, titles};

#[tokio::test]
async fn r39_the_value_of_the_block_comes_back_and_its_rows_are_committed() {
    let db = board().await;
    let value = db
        .transaction(async |tx| {
            tx.cards().insert_titled("one").execute().await?;
            db.cards().insert_titled("two").execute().await?;
            Ok::<_, Error>(7)
        })
        .await
        .unwrap();
    assert_eq!(value, 7);
    assert_eq!(titles(&db).await, ["read the guide", "one", "two"]);
}

#[tokio::test]
async fn r39_an_empty_block_is_fine() {
    let faults = Faults::new();
    let db = faults.board().await;
    db.transaction(async |_| Ok::<_, Error>(())).await.unwrap();
    assert_eq!(faults.log(), ["BEGIN IMMEDIATE", "COMMIT"]);
}

/// An error without any of std's traits.
struct Refusal {
    reason: String,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self {
            reason: error.to_string(),
        }
    }
}

#[tokio::test]
async fn r40_an_error_rolls_back_and_comes_back_unchanged() {
    let db = board().await;
    let reason = "not today".to_owned();
    let address = reason.as_ptr();
    let result = db
        .transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            Err::<(), _>(Refusal { reason })
        })
        .await;
    let Err(refusal) = result else {
        panic!("committed")
    };
    assert_eq!(refusal.reason, "not today");
    assert_eq!(refusal.reason.as_ptr(), address, "the very value came back");
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r41_each_mode_issues_its_own_begin_and_the_default_is_immediate() {
    let faults = Faults::new();
    let db = faults.board().await;
    db.transaction(async |_| Ok::<_, Error>(())).await.unwrap();
    for mode in [
        TransactionMode::Deferred,
        TransactionMode::Immediate,
        TransactionMode::Exclusive,
    ] {
        db.transaction_with(mode, async |_| Ok::<_, Error>(()))
            .await
            .unwrap();
    }
    let begins: Vec<String> = faults
        .log()
        .into_iter()
        .filter(|entry| entry.starts_with("BEGIN"))
        .collect();
    assert_eq!(
        begins,
        [
            "BEGIN IMMEDIATE",
            "BEGIN",
            "BEGIN IMMEDIATE",
            "BEGIN EXCLUSIVE"
        ]
    );
    assert_eq!(TransactionMode::default(), TransactionMode::Immediate);
}

#[tokio::test]
async fn r42_nested_blocks_are_one_begin_and_one_commit() {
    let faults = Faults::new();
    let db = faults.board().await;
    db.transaction(async |tx| {
        tx.transaction(async |inner| {
            inner.cards().insert_titled("by handle").execute().await?;
            Ok::<_, Error>(())
        })
        .await?;
        db.transaction(async |inner| {
            inner.cards().insert_titled("by database").execute().await?;
            Ok::<_, Error>(())
        })
        .await
    })
    .await
    .unwrap();
    let log = faults.log();
    assert_eq!(
        log.iter()
            .filter(|entry| entry.starts_with("BEGIN"))
            .count(),
        1
    );
    assert_eq!(log.iter().filter(|entry| *entry == "COMMIT").count(), 1);
    assert_eq!(
        titles(&db).await,
        ["read the guide", "by handle", "by database"]
    );
}

#[tokio::test]
async fn r42_an_inner_error_that_is_passed_on_undoes_everything() {
    let db = board().await;
    let result = db
        .transaction(async |tx| {
            tx.cards().insert_titled("outer").execute().await?;
            tx.transaction(async |inner| {
                inner.cards().insert_titled("inner").execute().await?;
                inner.cards().by_id(404).one().await.map(drop)
            })
            .await
        })
        .await;
    assert!(
        matches!(result, Err(Error::RowCount { found: 0, .. })),
        "{result:?}"
    );
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r43_an_inner_error_that_is_swallowed_undoes_the_inner_rows_alone() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        db.transaction(async |tx| {
            tx.cards().insert_titled("before").execute().await?;
            let inner = tx
                .savepoint(async |inner| {
                    inner.cards().insert_titled("inner").execute().await?;
                    inner
                        .transaction(async |deep| {
                            deep.cards().insert_titled("deep").execute().await
                        })
                        .await?;
                    Err::<(), _>(Refusal {
                        reason: "no".to_owned(),
                    })
                })
                .await;
            assert!(inner.is_err());
            tx.cards().insert_titled("after").execute().await?;
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(titles(&db).await, ["read the guide", "before", "after"]);
    }
}

#[tokio::test]
async fn r127_the_callers_error_comes_back_untouched_even_if_rollback_fails() {
    let faults = Faults::new();
    let db = faults.board().await;
    faults.fail("ROLLBACK");
    let result = db
        .transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            Err::<(), _>(Refusal {
                reason: "mine".to_owned(),
            })
        })
        .await;
    assert!(matches!(result, Err(refusal) if refusal.reason == "mine"));
    let later = db.cards().titles().list().await;
    assert!(
        matches!(
            later,
            Err(Error::Closed {
                source: Some(_),
                ..
            })
        ),
        "{later:?}"
    );
}

#[tokio::test]
async fn r48_a_handle_used_after_its_block_gives_an_error_and_leaves_no_row() {
    let db = board().await;
    let leaked = db.transaction(async |tx| Ok::<_, Error>(tx)).await.unwrap();
    let late = leaked.cards().insert_titled("late").execute().await;
    assert!(
        matches!(late, Err(Error::TransactionEnded { .. })),
        "{late:?}"
    );
    let nested = leaked.transaction(async |_| Ok::<_, Error>(())).await;
    assert!(
        matches!(nested, Err(Error::TransactionEnded { .. })),
        "{nested:?}"
    );
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r48_a_nested_handle_ends_with_its_own_block() {
    let db = board().await;
    db.transaction(async |tx| {
        let leaked = tx.transaction(async |inner| Ok::<_, Error>(inner)).await?;
        let late = leaked.cards().insert_titled("late").execute().await;
        assert!(
            matches!(late, Err(Error::TransactionEnded { .. })),
            "{late:?}"
        );
        tx.cards().insert_titled("kept").execute().await?;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "kept"]);
}

#[tokio::test]
async fn r122_two_nested_blocks_joined_in_one_transaction_run_one_after_the_other() {
    let faults = Faults::new();
    let db = faults.board().await;
    db.transaction(async |tx| {
        let block = async |title: &'static str| {
            tx.transaction(async |inner| {
                inner.cards().insert_titled(title).execute().await?;
                inner.cards().count_all().one().await
            })
            .await
        };
        let (first, (second, beside)) = both(
            block("first"),
            both(block("second"), tx.cards().count_all().one()),
        )
        .await;
        assert_eq!((first?.cards, second?.cards, beside?.cards), (2, 3, 3));
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    let log = faults.log();
    let frames: Vec<&str> = log
        .iter()
        .filter(|entry| entry.starts_with("SAVEPOINT") || entry.starts_with("RELEASE"))
        .map(String::as_str)
        .collect();
    assert_eq!(
        frames,
        [
            "SAVEPOINT sqlitenow",
            "RELEASE sqlitenow",
            "SAVEPOINT sqlitenow",
            "RELEASE sqlitenow"
        ]
    );
}

#[tokio::test]
async fn an_outer_handle_used_inside_a_nested_block_runs_in_the_nested_block() {
    let db = board().await;
    db.transaction(async |tx| {
        let undone = tx
            .transaction(async |_inner| {
                tx.cards()
                    .insert_titled("through the outer handle")
                    .execute()
                    .await?;
                Err::<(), _>(Refusal {
                    reason: String::new(),
                })
            })
            .await;
        assert!(undone.is_err());
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r108_a_driver_for_single_statements_refuses_before_it_sends_anything() {
    let faults = Faults::new().with_capabilities(Capabilities::NONE);
    let db = faults.board().await;
    let refused = db.transaction(async |_| Ok::<_, Error>(())).await;
    let Err(Error::Unsupported { capability, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(capability, "interactive transactions");
    let refused = db.read(|_| Ok::<_, Error>(())).await;
    assert!(
        matches!(&refused, Err(Error::Unsupported { capability, .. }) if capability == "closures"),
        "{refused:?}"
    );
    assert!(faults.log().is_empty());
}

#[tokio::test]
async fn r111_the_driver_sees_each_statement_once_and_in_order() {
    let faults = Faults::new();
    let db = faults.board().await;
    db.transaction(async |tx| {
        tx.cards().insert_titled("one").execute().await?;
        tx.cards().remove(1).execute().await
    })
    .await
    .unwrap();
    assert_eq!(
        faults.log(),
        ["BEGIN IMMEDIATE", "INSERT INTO", "DELETE FROM", "COMMIT"]
    );
}
