//! One write for many sets of parameters, and batches of different ones.

use sqlitenow_runtime::{Changes, ConstraintKind, Error, Executor, Value};
use sqlitenow_tests::board::{BoardDatabase, cards, items};

use crate::faulty::Faults;
use crate::harness::{board, builder, poll_once, titles};

fn numbered(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("list {number}")).collect()
}

async fn names(db: &BoardDatabase) -> Vec<String> {
    let lists = db.lists().all().list().await.unwrap();
    lists.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn r56_a_thousand_rows_are_one_transaction_and_one_notification() {
    let faults = Faults::new();
    let db = faults.board().await;
    let before = db.status().commits;
    let changes = db
        .lists()
        .insert_one_many(numbered(1000))
        .execute()
        .await
        .unwrap();
    assert_eq!((changes.rows, changes.last_rowid), (1000, 1000));
    assert_eq!(db.status().commits, before + 1);
    let log = faults.log();
    assert_eq!(
        log.iter().filter(|sql| *sql == "BEGIN IMMEDIATE").count(),
        1
    );
    assert_eq!(log.iter().filter(|sql| *sql == "COMMIT").count(), 1);
    assert_eq!(names(&db).await.len(), 1000);
}

#[tokio::test]
async fn r56_no_rows_are_no_transaction_and_no_notification() {
    let faults = Faults::new();
    let db = faults.board().await;
    let changes = db.lists().insert_one_many([""; 0]).execute().await.unwrap();
    assert_eq!(changes, Changes::default());
    assert!(db.batch(|_| ()).await.unwrap().is_empty());
    assert!(faults.log().is_empty());
    assert_eq!(db.status().commits, 0);
    db.close().await.unwrap();
    let closed = db.lists().insert_one_many([""; 0]).execute().await;
    assert!(closed.unwrap_err().is_closed());
}

#[tokio::test]
async fn r56_if_the_five_hundredth_fails_none_stays_and_the_error_says_which() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let mut watch = db.lists().all().watch();
        watch.next().await.unwrap().unwrap();
        let mut rows = numbered(1000);
        rows[499] = "list 7".to_owned();
        let line = line!() + 1;
        let many = db.lists().insert_one_many(&rows);
        let error = many.execute().await.unwrap_err();
        let Error::Constraint { kind, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(*kind, ConstraintKind::Unique);
        let origin = error.origin().unwrap();
        assert_eq!(origin.element(), Some(499));
        assert_eq!(origin.statement(), "lists.insert_one");
        assert_eq!(origin.call_site().unwrap().line(), line);
        assert!(error.to_string().contains("element 499"), "{error}");
        assert!(names(&db).await.is_empty());
        assert!(poll_once(&mut Box::pin(watch.next())).await.is_pending());
    }
}

#[tokio::test]
async fn r56_inside_a_block_many_rows_undo_themselves_alone() {
    let db = board().await;
    db.transaction(async |tx| {
        tx.lists().insert_one("before").execute().await?;
        let failed = tx.lists().insert_one_many(["a", "b", "a"]).execute().await;
        assert_eq!(failed.unwrap_err().origin().unwrap().element(), Some(2));
        tx.lists().insert_one_many(["c", "d"]).execute().await?;
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(names(&db).await, ["before", "c", "d"]);
}

#[tokio::test]
async fn r56_on_the_connection_of_a_closure_as_well() {
    let db = board().await;
    let rows = db
        .write(|conn| {
            let failed = conn.lists().insert_one_many(["a", "a"]).execute();
            assert_eq!(failed.unwrap_err().origin().unwrap().element(), Some(1));
            assert_eq!(conn.lists().all().list()?.len(), 0);
            Ok::<_, Error>(conn.lists().insert_one_many(["a", "b"]).execute()?.rows)
        })
        .await
        .unwrap();
    assert_eq!(rows, 2);
    let refused = db
        .read(|conn| conn.lists().insert_one_many(["c"]).execute())
        .await;
    assert!(
        matches!(refused, Err(Error::ReadOnly { .. })),
        "{refused:?}"
    );
    assert_eq!(names(&db).await, ["a", "b"]);
}

#[tokio::test]
async fn r56_parameters_are_taken_owned_and_borrowed() {
    let db = board().await;
    let owned: Vec<String> = numbered(2);
    let borrowed: Vec<&str> = vec!["x", "y"];
    db.lists().insert_one_many(&owned).execute().await.unwrap();
    db.lists()
        .insert_one_many(&borrowed)
        .execute()
        .await
        .unwrap();
    db.lists()
        .insert_one_many(["z".to_owned()])
        .execute()
        .await
        .unwrap();
    let params = |title: &str| cards::InsertOneParams {
        title: title.to_owned(),
        note: None,
    };
    let many = [params("one"), params("two")];
    db.cards().insert_one_many(&many).execute().await.unwrap();
    db.cards().insert_one_many(many).execute().await.unwrap();
    db.cards().remove_many(1..=2).execute().await.unwrap();
    db.samples()
        .insert_one_many(&[Value::Null])
        .execute()
        .await
        .unwrap();
    assert_eq!(names(&db).await, ["list 0", "list 1", "x", "y", "z"]);
    assert_eq!(titles(&db).await, ["two", "one", "two"]);
}

#[tokio::test]
async fn r124_a_batch_is_one_transaction_one_trip_and_one_notification() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    let before = db.status().commits;
    let item = items::InsertOneParams {
        list_id: 1,
        label: "milk".to_owned(),
    };
    let changes = db
        .batch(|b| {
            b.add(db.lists().insert_one("shopping"));
            b.add(db.items().insert_one(&item));
            b.add(db.cards().insert_titled("second"));
            b.add(db.cards().remove(77));
        })
        .await
        .unwrap();
    let rows: Vec<u64> = changes.iter().map(|changes| changes.rows).collect();
    assert_eq!(rows, [1, 1, 1, 0]);
    assert_eq!(changes[2].last_rowid, 2);
    assert_eq!(db.status().commits, before + 1);
    let seen = watch.next().await.unwrap().unwrap();
    assert_eq!(seen.len(), 2);
}

#[tokio::test]
async fn r124_when_the_last_fails_none_stays() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let mut line = 0;
        let batch = db.batch(|b| {
            b.add(db.cards().insert_titled("second"));
            b.add(db.lists().insert_one("same"));
            line = line!() + 1;
            b.add(db.lists().insert_one("same"));
        });
        let error = batch.await.unwrap_err();
        let origin = error.origin().unwrap();
        assert_eq!(origin.element(), Some(2));
        assert_eq!(origin.statement(), "lists.insert_one");
        assert_eq!(origin.call_site().unwrap().line(), line);
        assert_eq!(titles(&db).await, ["read the guide"]);
        assert_eq!(db.status().commits, 0);
    }
}

#[tokio::test]
async fn r124_what_only_the_commit_finds_undoes_the_batch_as_well() {
    let db = board().await;
    let item = items::InsertOneParams {
        list_id: 99,
        label: "of no list".to_owned(),
    };
    let line = line!() + 1;
    let batch = db.batch(|b| {
        b.add(db.cards().insert_titled("second"));
        b.add(db.items().insert_one(&item));
    });
    let error = batch.await.unwrap_err();
    assert!(error.is_constraint(), "{error}");
    let origin = error.origin().unwrap();
    assert_eq!((origin.statement(), origin.element()), ("batch", None));
    assert_eq!(origin.call_site().unwrap().line(), line);
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn r124_only_statements_that_changed_rows_are_told() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    db.batch(|b| {
        b.add(db.cards().remove(77));
        b.add(db.lists().insert_one("shopping"));
    })
    .await
    .unwrap();
    assert!(poll_once(&mut Box::pin(watch.next())).await.is_pending());
}

#[tokio::test]
async fn r124_batches_run_in_blocks_and_closures_too() {
    let db = board().await;
    db.transaction(async |tx| {
        tx.batch(|b| b.add(db.lists().insert_one("of the database")))
            .await?;
        let failed = tx
            .batch(|b| {
                b.add(tx.lists().insert_one("gone"));
                b.add(tx.lists().insert_one("of the database"));
            })
            .await;
        assert!(failed.unwrap_err().is_constraint());
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    db.write(|conn| conn.batch(|b| b.add(conn.lists().insert_one("of a closure"))))
        .await
        .unwrap();
    assert_eq!(names(&db).await, ["of the database", "of a closure"]);
}

#[tokio::test]
async fn a_batch_takes_no_statement_of_another_database() {
    let (db, other) = (board().await, board().await);
    let batch = db.batch(|b| {
        b.add(db.lists().insert_one("here"));
        b.add(other.lists().insert_one("there"));
    });
    let error = batch.await.unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert!(names(&db).await.is_empty());
}

#[tokio::test]
async fn many_rows_need_a_driver_with_transactions() {
    let faults = Faults::new().with_capabilities(sqlitenow_runtime::Capabilities::NONE);
    let db = faults.board().await;
    let refused = db.lists().insert_one_many(["a"]).execute().await;
    assert!(
        matches!(refused, Err(Error::Unsupported { .. })),
        "{refused:?}"
    );
}

#[test]
fn what_is_returned_can_be_sent() {
    fn sent<T: Send>(_: &T) {}
    let db = builder().open_blocking().unwrap();
    sent(&db.lists().insert_one_many(["a"]).execute());
    sent(&db.batch(|b| b.add(db.lists().insert_one("a"))));
}
