//! What a commit tells whom, and when.

use std::time::Duration;

use sqlitenow_runtime::{Error, Executor, Watch};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::items::InsertOneParams as NewItem;

use crate::faulty::Faults;
use crate::harness::{board, builder, is_quiet};

async fn open(executor: Executor) -> BoardDatabase {
    let builder = builder().executor(executor);
    builder.open().await.unwrap()
}

/// Says that the watch has not been woken. A query would run before the one that is made in between, and its result,
/// be it equal or not, would be there at the second look.
async fn assert_idle<T>(db: &BoardDatabase, watch: &mut Watch<T>) {
    assert!(is_quiet(watch).await);
    db.cards().constant().one().await.unwrap();
    assert!(is_quiet(watch).await);
}

/// The next item, which must come: a watch that was not told would wait for ever.
async fn item<T>(watch: &mut Watch<T>) -> T {
    let item = tokio::time::timeout(Duration::from_secs(10), watch.next()).await;
    item.expect("nothing was told").unwrap().unwrap()
}

#[tokio::test]
async fn r80_a_transaction_that_is_rolled_back_wakes_no_watch() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = open(executor).await;
        let mut watch = db.cards().titles().watch().with_duplicates();
        item(&mut watch).await;
        let before = db.status().commits;
        let undone = db
            .transaction(async |tx| {
                tx.cards().insert_titled("undone").execute().await?;
                tx.transaction(async |inner| inner.cards().insert_titled("undone").execute().await)
                    .await?;
                db.write(|conn| conn.cards().insert_titled("undone").execute())
                    .await?;
                Err::<(), _>(Error::sqlite(1, "undo"))
            })
            .await;
        assert!(undone.is_err());
        assert_idle(&db, &mut watch).await;
        let (arrived, there) = tokio::sync::oneshot::channel();
        let mut dropped = Box::pin(db.transaction(async |tx| {
            tx.cards().insert_titled("undone").execute().await?;
            arrived.send(()).unwrap();
            std::future::pending::<Result<(), Error>>().await
        }));
        tokio::select! {
            biased;
            result = &mut dropped => panic!("{result:?}"),
            there = there => there.unwrap(),
        }
        drop(dropped);
        assert_idle(&db, &mut watch).await;
        assert_eq!(db.status().commits, before);
    }
}

/// An orphan, which the deferred foreign key refuses at COMMIT.
fn orphan() -> NewItem {
    NewItem {
        list_id: 404,
        label: "orphan".to_owned(),
    }
}

#[tokio::test]
async fn r80_a_commit_that_fails_wakes_no_watch() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = open(executor).await;
        let mut watch = db.cards().titles().watch().with_duplicates();
        item(&mut watch).await;
        let before = db.status().commits;
        let refused = db
            .transaction(async |tx| {
                tx.cards().insert_titled("undone").execute().await?;
                tx.items().insert_one(&orphan()).execute().await
            })
            .await;
        assert!(refused.is_err_and(|error| error.is_constraint()));
        let refused = db
            .write(|conn| {
                conn.cards().insert_titled("undone").execute()?;
                conn.items().insert_one(&orphan()).execute()
            })
            .await;
        assert!(refused.is_err_and(|error| error.is_constraint()));
        assert_idle(&db, &mut watch).await;
        assert_eq!(db.status().commits, before);
    }
}

#[tokio::test]
async fn r82_nothing_is_told_while_commit_runs() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut watch = db.cards().titles().watch();
    item(&mut watch).await;
    let before = db.status().commits;
    let mut hold = faults.hold("COMMIT");
    let mut block = Box::pin(db.transaction(async |tx| {
        tx.cards().insert_titled("told").execute().await?;
        tx.transaction(async |inner| inner.cards().insert_titled("too").execute().await)
            .await
    }));
    tokio::select! {
        biased;
        result = &mut block => panic!("{result:?}"),
        () = hold.reached() => {}
    }
    assert_eq!(db.status().commits, before);
    assert!(is_quiet(&mut watch).await);
    assert_eq!(db.status().waiting, 0, "the watch has lined up no query");
    hold.release();
    block.await.unwrap();
    assert_eq!(db.status().commits, before + 1);
    assert_eq!(item(&mut watch).await.len(), 3);
}

#[tokio::test]
async fn r82_nested_writes_are_told_once_after_the_outer_commit() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = open(executor).await;
        let mut cards = db.cards().titles().watch();
        let mut lists = db.lists().all().watch();
        item(&mut cards).await;
        item(&mut lists).await;
        let before = db.status().commits;
        // What is told comes from the nested blocks alone.
        db.transaction(async |tx| {
            tx.transaction(async |inner| {
                inner
                    .transaction(async |deep| deep.cards().insert_titled("deep").execute().await)
                    .await
            })
            .await?;
            tx.savepoint(async |inner| inner.lists().insert_one("inbox").execute().await)
                .await?;
            assert_eq!(db.status().commits, before);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(db.status().commits, before + 1);
        assert_eq!(item(&mut cards).await.len(), 2);
        assert_eq!(item(&mut lists).await.len(), 1);
    }
}

#[tokio::test]
async fn r87_nested_closures_are_told_once_after_the_outer_commit() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = open(executor).await;
        let mut cards = db.cards().titles().watch();
        let mut lists = db.lists().all().watch();
        item(&mut cards).await;
        item(&mut lists).await;
        let before = db.status().commits;
        db.transaction(async |tx| {
            db.write(|conn| conn.cards().insert_titled("closure").execute())
                .await?;
            tx.transaction(async |_| {
                db.write(|conn| conn.lists().insert_one("inbox").execute())
                    .await
            })
            .await?;
            assert_eq!(db.status().commits, before);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(db.status().commits, before + 1);
        assert_eq!(item(&mut cards).await.len(), 2);
        assert_eq!(item(&mut lists).await.len(), 1);
    }
}

#[tokio::test]
async fn r81_once_a_write_has_resolved_the_next_item_shows_it() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let mut one = db.cards().titles().watch();
        let mut two = db.cards().count_all().watch();
        item(&mut one).await;
        item(&mut two).await;
        for cards in 2..10 {
            db.cards().insert_titled("more").execute().await.unwrap();
            assert_eq!(item(&mut one).await.len(), cards);
            assert_eq!(item(&mut two).await[0].cards, i64::try_from(cards).unwrap());
        }
    }
}

#[tokio::test]
async fn r82_a_transaction_is_one_notification_with_all_its_tables() {
    let db = board().await;
    let mut cards = db.cards().titles().watch();
    let mut lists = db.lists().all().watch();
    item(&mut cards).await;
    item(&mut lists).await;
    let before = db.status().commits;
    db.transaction(async |tx| {
        tx.cards().insert_titled("one").execute().await?;
        tx.cards().insert_titled("two").execute().await?;
        tx.lists().insert_one("inbox").execute().await?;
        assert_eq!(db.status().commits, before, "nothing before COMMIT");
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(db.status().commits, before + 1);
    assert_eq!(item(&mut cards).await.len(), 3);
    assert_eq!(item(&mut lists).await.len(), 1);
    assert!(is_quiet(&mut cards).await && is_quiet(&mut lists).await);
}

#[tokio::test]
async fn r83_a_write_that_changes_no_row_and_an_undone_savepoint_wake_nobody() {
    for executor in [Executor::Auto, Executor::Thread] {
        let db = builder().executor(executor).open().await.unwrap();
        let before = db.status().commits;
        db.cards().remove(404).execute().await.unwrap();
        assert!(db.cards().retitle_all("x").one().await.is_ok());
        assert_eq!(
            db.status().commits,
            before + 1,
            "the second one did change a row"
        );
        db.transaction(async |tx| {
            let undone = tx
                .savepoint(async |tx| {
                    tx.cards().insert_titled("undone").execute().await?;
                    Err::<(), _>(Error::sqlite(1, "undo"))
                })
                .await;
            assert!(undone.is_err());
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(db.status().commits, before + 1);
    }
}

#[tokio::test]
async fn r83_a_failed_statement_wakes_nobody() {
    let db = board().await;
    db.lists().insert_one("inbox").execute().await.unwrap();
    let before = db.status().commits;
    assert!(db.lists().insert_one("inbox").execute().await.is_err());
    db.cards().insert_titled("second").execute().await.unwrap();
    assert!(db.cards().retitle_all("same").one().await.is_err());
    assert_eq!(db.status().commits, before + 1);
}

#[tokio::test]
async fn r85_cascades_and_triggers_wake_the_watches_of_their_tables() {
    let db = board().await;
    let list = db
        .lists()
        .insert_one("inbox")
        .execute()
        .await
        .unwrap()
        .last_rowid;
    let item_of_list = NewItem {
        list_id: list,
        label: "buy milk".to_owned(),
    };
    db.items()
        .insert_one(&item_of_list)
        .execute()
        .await
        .unwrap();
    let mut labels = db.items().labels().watch();
    let mut audits = db.audits().all().watch();
    assert_eq!(item(&mut labels).await.len(), 1);
    assert_eq!(item(&mut audits).await.len(), 0);
    db.lists().remove(list).execute().await.unwrap();
    assert_eq!(item(&mut labels).await.len(), 0);
    assert_eq!(item(&mut audits).await[0].entry, "gone: buy milk");
}

#[tokio::test]
async fn r86_an_update_of_a_column_that_is_not_read_runs_no_query() {
    use sqlitenow_tests::board::cards::SetNoteParams;
    let db = board().await;
    let mut titles = db.cards().titles().watch().with_duplicates();
    let mut count = db.cards().count_all().watch().with_duplicates();
    let mut all = db.cards().all().watch();
    item(&mut titles).await;
    item(&mut count).await;
    item(&mut all).await;
    let note = SetNoteParams {
        note: Some("!".to_owned()),
        id: 1,
    };
    db.cards().set_note(&note).execute().await.unwrap();
    assert!(is_quiet(&mut titles).await && is_quiet(&mut count).await);
    assert_eq!(item(&mut all).await[0].note.as_deref(), Some("!"));
    db.cards().insert_titled("row").execute().await.unwrap();
    assert_eq!(item(&mut titles).await.len(), 2);
    assert_eq!(item(&mut count).await[0].cards, 2);
}

#[tokio::test]
async fn r87_closures_wake_watches_as_calls_do() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    item(&mut watch).await;
    let before = db.status().commits;
    db.write(|conn| {
        conn.cards().insert_titled("one").execute()?;
        conn.cards().insert_titled("two").execute()
    })
    .await
    .unwrap();
    assert_eq!(db.status().commits, before + 1);
    assert_eq!(item(&mut watch).await.len(), 3);
    let undone: Result<(), Error> = db
        .write(|conn| {
            conn.cards().insert_titled("undone").execute()?;
            Err(Error::sqlite(1, "undo"))
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(db.status().commits, before + 1);
}

#[tokio::test]
async fn r88_reported_tables_are_trimmed_and_compared_without_case() {
    let db = board().await;
    let mut watch = db.cards().titles().watch().with_duplicates();
    item(&mut watch).await;
    let none: [&str; 0] = [];
    db.report_external_changes(none).unwrap();
    db.report_external_changes(["", " list "]).unwrap();
    assert!(is_quiet(&mut watch).await);
    db.report_external_changes([" CARD"]).unwrap();
    assert_eq!(item(&mut watch).await.len(), 1);
    db.close().await.unwrap();
    assert!(
        db.report_external_changes(["card"])
            .unwrap_err()
            .is_closed()
    );
}

#[tokio::test]
async fn r91_the_first_write_after_open_reaches_a_watch() {
    let db = board().await;
    let mut watch = db.cards().count_all().watch();
    db.cards().insert_titled("first").execute().await.unwrap();
    assert_eq!(item(&mut watch).await[0].cards, 2);
}
