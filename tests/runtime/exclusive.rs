//! Exclusive blocks: the queue without BEGIN.

use sqlitenow_runtime::{Error, Value};
use sqlitenow_tests::board::BoardDatabase;

use crate::faulty::Faults;
use crate::harness::{board, poll_once, titles};

const OFF: &str = "PRAGMA foreign_keys = OFF";

async fn setting(db: &BoardDatabase, name: &str) -> Value {
    let found = db.query_raw(format!("PRAGMA {name}"), ()).await.unwrap();
    found.rows[0][0].clone()
}

/// Whether foreign keys are enforced.
async fn enforced(db: &BoardDatabase) -> bool {
    setting(db, "foreign_keys").await == Value::Integer(1)
}

#[tokio::test]
async fn r49_foreign_keys_are_switched_around_a_transaction() {
    let db = board().await;
    let orphans = db
        .exclusive(async |db| {
            db.execute_raw(OFF, ()).await?;
            db.transaction(async |tx| {
                tx.execute_raw(
                    "INSERT INTO item (list_id, label) VALUES (99, 'orphan')",
                    (),
                )
                .await?;
                tx.execute_raw("INSERT INTO list (id, name) VALUES (98, 'other')", ())
                    .await
            })
            .await?;
            let found = db.query_raw("PRAGMA foreign_key_check", ()).await?;
            Ok::<_, Error>(found.rows.len())
        })
        .await
        .unwrap();
    assert_eq!(orphans, 1);
    assert!(enforced(&db).await);
}

#[tokio::test]
async fn r49_others_wait_until_the_block_has_ended_and_see_statements_that_committed_one_by_one() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("INSERT");
    let block = tokio::spawn({
        let db = db.clone();
        async move {
            db.exclusive(async |db| {
                db.cards().insert_titled("first").execute().await?;
                db.cards().insert_titled("second").execute().await
            })
            .await
        }
    });
    hold.reached().await;
    let cards = db.cards();
    let mut other = Box::pin(cards.titles().list());
    assert!(poll_once(&mut other).await.is_pending());
    hold.release();
    assert_eq!(other.await.unwrap().len(), 3);
    block.await.unwrap().unwrap();
    let log = faults.log();
    assert_eq!(log.len(), 3, "{log:?}");
    assert!(
        log[..2].iter().all(|entry| entry == "INSERT INTO"),
        "{log:?}"
    );
}

#[tokio::test]
async fn r49_settings_are_put_back_however_the_block_ends() {
    let db = board().await;
    let switch = async |db: BoardDatabase| {
        db.execute_raw(OFF, ()).await.unwrap();
        db.execute_raw("PRAGMA ignore_check_constraints = ON", ())
            .await
            .unwrap();
        db.execute_raw("pragma SYNCHRONOUS = 0", ()).await.unwrap();
        assert!(!enforced(&db).await);
    };
    let failed = db
        .exclusive(async |db| {
            switch(db).await;
            Err::<(), _>(Error::sqlite(1, "as told"))
        })
        .await;
    assert!(failed.unwrap_err().to_string().contains("as told"));
    assert!(enforced(&db).await);

    let (arrive, mut arrived) = tokio::sync::oneshot::channel();
    let mut dropped = Box::pin(db.exclusive(async |db| {
        switch(db).await;
        arrive.send(()).unwrap();
        std::future::pending::<Result<(), Error>>().await
    }));
    while arrived.try_recv().is_err() {
        assert!(poll_once(&mut dropped).await.is_pending());
        tokio::task::yield_now().await;
    }
    drop(dropped);
    assert!(enforced(&db).await);

    let task = tokio::spawn({
        let db = db.clone();
        async move {
            let inside = db.clone();
            let block = db.exclusive(async |db| {
                switch(db).await;
                assert!(enforced(&inside).await, "as told");
                Ok::<_, Error>(())
            });
            block.await
        }
    });
    assert!(task.await.unwrap_err().is_panic());
    assert!(enforced(&db).await);
    assert_eq!(
        setting(&db, "ignore_check_constraints").await,
        Value::Integer(0)
    );
    assert_ne!(setting(&db, "synchronous").await, Value::Integer(0));
}

#[tokio::test]
async fn r49_what_may_be_set_inside_stays_refused_outside_and_in_transactions() {
    let db = board().await;
    let refused = |result: Result<sqlitenow_runtime::Changes, Error>| match result {
        Err(Error::Refused { reason, .. }) => reason.into_owned(),
        other => panic!("{other:?}"),
    };
    for _ in 0..2 {
        db.exclusive(async |db| {
            db.execute_raw(OFF, ()).await?;
            let within = db
                .transaction(async |tx| tx.execute_raw(OFF, ()).await)
                .await;
            assert!(refused(within).contains("outside of transactions"));
            let others = db.execute_raw("PRAGMA journal_mode = DELETE", ()).await;
            assert!(refused(others).contains("the builder"));
            let begin = db.execute_raw("BEGIN", ()).await;
            assert!(refused(begin).contains("`transaction`"));
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert!(refused(db.execute_raw(OFF, ()).await).contains("`exclusive`"));
    }
}

#[tokio::test]
async fn r49_blocks_nest_in_each_other_but_not_in_a_transaction() {
    let db = board().await;
    db.exclusive(async |db| {
        db.exclusive(async |db| db.execute_raw(OFF, ()).await)
            .await?;
        assert!(enforced(&db).await);
        db.execute_raw(OFF, ()).await?;
        db.exclusive(async |db| db.execute_raw("PRAGMA foreign_keys = ON", ()).await)
            .await?;
        assert!(!enforced(&db).await);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert!(enforced(&db).await);
    let inside = db
        .transaction(async |_| db.exclusive(async |_| Ok::<_, Error>(())).await)
        .await;
    assert!(matches!(inside, Err(Error::Refused { .. })), "{inside:?}");
    assert_eq!(titles(&db).await.len(), 1);
}

#[tokio::test]
async fn r49_watches_hear_of_each_statement_and_of_what_a_failed_block_leaves() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    let failed = db
        .exclusive(async |db| {
            db.cards().insert_titled("stays").execute().await?;
            db.write(|on| on.cards().insert_titled("too").execute())
                .await?;
            let before = db.status().commits;
            let inner = db
                .transaction(async |tx| {
                    tx.cards().insert_titled("undone").execute().await?;
                    Err::<(), _>(Error::sqlite(1, "as told"))
                })
                .await;
            assert!(inner.is_err());
            assert_eq!(db.status().commits, before);
            inner
        })
        .await;
    assert!(failed.is_err());
    let rows = watch.next().await.unwrap().unwrap();
    let rows: Vec<_> = rows.into_iter().map(|row| row.title).collect();
    assert_eq!(rows, ["read the guide", "stays", "too"]);
}

#[tokio::test]
async fn r49_what_would_wait_for_the_block_is_told_so() {
    let db = board().await;
    db.exclusive(async |db| {
        assert!(matches!(db.close().await, Err(Error::Deadlock { .. })));
        let mut watch = db.cards().titles().watch();
        assert!(matches!(
            watch.next().await,
            Some(Err(Error::Deadlock { .. }))
        ));
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}
