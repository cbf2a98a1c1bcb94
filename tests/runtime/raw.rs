//! Statements that are not generated: what they give, what watches hear of them, and which are refused.

use sqlitenow_runtime::{Error, Executor, Value};

use crate::faulty::Faults;
use crate::harness::{board, builder, is_quiet, open, titles};

fn refusal(error: &Error) -> &str {
    let Error::Refused { reason, .. } = error else {
        panic!("{error}")
    };
    reason
}

#[tokio::test]
async fn r87_raw_sql_wakes_watches_as_a_generated_write_does() {
    for executor in [Executor::Auto, Executor::Inline] {
        let db = builder().executor(executor).open().await.unwrap();
        let mut cards = db.cards().titles().watch();
        let mut lists = db.lists().all().watch();
        cards.next().await.unwrap().unwrap();
        lists.next().await.unwrap().unwrap();
        let changes = db
            .execute_raw("UPDATE card SET title = ?1 WHERE id = ?2", ("raw", 1))
            .await
            .unwrap();
        assert_eq!(changes.rows, 1);
        assert_eq!(cards.next().await.unwrap().unwrap()[0].title, "raw");
        db.write(|conn| conn.execute_raw("INSERT INTO card (title) VALUES ('closure')", ()))
            .await
            .unwrap();
        assert_eq!(cards.next().await.unwrap().unwrap().len(), 2);
        db.transaction(async |tx| tx.execute_raw("DELETE FROM card", ()).await)
            .await
            .unwrap();
        assert!(cards.next().await.unwrap().unwrap().is_empty());
        assert!(is_quiet(&mut lists).await);
    }
}

#[tokio::test]
async fn r87_what_triggers_and_foreign_keys_cause_is_told_as_well() {
    let db = board().await;
    db.execute_raw("INSERT INTO list (id, name) VALUES (1, 'a')", ())
        .await
        .unwrap();
    db.execute_raw("INSERT INTO item (list_id, label) VALUES (1, 'b')", ())
        .await
        .unwrap();
    let mut items = db.items().labels().watch();
    let mut audits = db.audits().all().watch();
    items.next().await.unwrap().unwrap();
    audits.next().await.unwrap().unwrap();
    db.execute_raw("DELETE FROM list WHERE id = :id", [1])
        .await
        .unwrap();
    assert!(items.next().await.unwrap().unwrap().is_empty());
    assert_eq!(audits.next().await.unwrap().unwrap()[0].entry, "gone: b");
}

#[tokio::test]
async fn r125_every_later_run_of_a_cached_statement_wakes_watches_like_the_first() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    for run in 0..4 {
        db.execute_raw(
            "INSERT INTO card (title) VALUES (?)",
            [format!("raw {run}")],
        )
        .await
        .unwrap();
        assert_eq!(watch.next().await.unwrap().unwrap().len(), run + 2);
    }
    // The text of a generated statement is in the cache before it comes raw.
    db.lists().insert_one("generated").execute().await.unwrap();
    let mut lists = db.lists().all().watch();
    lists.next().await.unwrap().unwrap();
    for name in ["first", "second"] {
        db.execute_raw("INSERT INTO list (name) VALUES (:name);\n", [name])
            .await
            .unwrap();
        lists.next().await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_raw_write_that_changes_nothing_or_is_undone_tells_nobody() {
    let db = board().await;
    let mut watch = db.cards().titles().watch().with_duplicates();
    watch.next().await.unwrap().unwrap();
    db.execute_raw("DELETE FROM card WHERE id = 77", ())
        .await
        .unwrap();
    db.query_raw("SELECT * FROM card", ()).await.unwrap();
    let undone = db.transaction(async |tx| {
        tx.execute_raw("DELETE FROM card", ()).await?;
        Err::<(), _>(Error::sqlite(1, "undone"))
    });
    assert!(undone.await.is_err());
    assert!(is_quiet(&mut watch).await);
}

#[tokio::test]
async fn rows_come_with_the_names_of_their_columns() {
    let db = board().await;
    let rows = db
        .query_raw(
            "SELECT id, title AS \"what to do\", NULL FROM card WHERE id = ?",
            (1,),
        )
        .await
        .unwrap();
    assert_eq!(rows.columns, ["id", "what to do", "NULL"]);
    let cells = [
        Value::Integer(1),
        Value::Text("read the guide".to_owned()),
        Value::Null,
    ];
    assert_eq!(rows.rows, [cells]);
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    let rows = db
        .query_raw(
            "INSERT INTO card (title, note) VALUES (:title, :note) RETURNING id, note",
            ("returned", None::<&str>),
        )
        .await
        .unwrap();
    assert_eq!(rows.rows, [[Value::Integer(2), Value::Null]]);
    assert_eq!(watch.next().await.unwrap().unwrap().len(), 2);
    let none = db.query_raw("DELETE FROM card", ()).await.unwrap();
    assert!(none.columns.is_empty() && none.rows.is_empty());
}

#[tokio::test]
async fn what_takes_the_runtimes_place_is_refused_and_harms_nothing() {
    let db = board().await;
    for (sql, part) in [
        ("BEGIN", "use `transaction`"),
        ("BEGIN IMMEDIATE", "use `transaction`"),
        ("COMMIT", "use `transaction`"),
        ("ROLLBACK", "use `transaction`"),
        ("SAVEPOINT s", "use `transaction`"),
        ("RELEASE sqlitenow", "use `transaction`"),
        ("ROLLBACK TO sqlitenow", "use `transaction`"),
        ("ATTACH ':memory:' AS other", "`on_open`"),
        ("DETACH main", "`on_open`"),
        ("PRAGMA foreign_keys = OFF", "`PRAGMA foreign_keys`"),
        ("PRAGMA Journal_Mode(delete)", "`PRAGMA journal_mode`"),
        ("PRAGMA main.user_version = 9", "`PRAGMA user_version`"),
        ("PRAGMA writable_schema = 1", "`PRAGMA writable_schema`"),
        ("", "found no statement"),
        (" ; -- nothing\n", "found no statement"),
        (
            "DELETE FROM card; DELETE FROM list",
            "found several statements",
        ),
        (
            "CREATE TABLE x (a); INSERT INTO x VALUES (1)",
            "found several statements",
        ),
    ] {
        let error = db.execute_raw(sql, ()).await.unwrap_err();
        assert!(refusal(&error).contains(part), "{sql}: {error}");
        assert_eq!(error.origin().unwrap().sql(), sql);
        let error = db
            .transaction(async |tx| {
                let refused = tx.query_raw(sql, ()).await;
                tx.cards().insert_titled("goes on").execute().await?;
                tx.cards().remove(2).execute().await?;
                refused
            })
            .await
            .unwrap_err();
        assert!(refusal(&error).contains(part), "{sql}: {error}");
        let error = db
            .write(move |conn| conn.execute_raw(sql, ()))
            .await
            .unwrap_err();
        assert!(refusal(&error).contains(part), "{sql}: {error}");
    }
    assert_eq!(titles(&db).await, ["read the guide"]);
    let value = |rows: sqlitenow_runtime::RawRows| rows.rows[0][0].clone();
    let on = db.query_raw("PRAGMA foreign_keys", ()).await.unwrap();
    assert_eq!(value(on), Value::Integer(1));
}

#[tokio::test]
async fn what_asks_and_tidies_runs() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path().join("board.db")).await.unwrap();
    for sql in [
        "PRAGMA table_info(card)",
        "PRAGMA integrity_check",
        "PRAGMA optimize",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "VACUUM",
        "ANALYZE",
        "REINDEX",
        "EXPLAIN SELECT 1",
        "SELECT * FROM pragma_table_info('card');",
    ] {
        for _ in 0..2 {
            let ran = db.query_raw(sql, ()).await;
            assert!(ran.is_ok(), "{sql}: {ran:?}");
        }
    }
    assert_eq!(titles(&db).await, ["read the guide"]);
}

#[tokio::test]
async fn values_come_in_the_order_of_sqlites_numbers_and_all_of_them() {
    let db = board().await;
    let sql = "SELECT :b || :a || :b, typeof(?4), :c";
    let rows = db.query_raw(sql, ("b", "a", 1.5, true)).await;
    let found = refusal(&rows.unwrap_err()).to_owned();
    assert_eq!(found, "found 4 values, expected 5");
    let sql = "SELECT :b || :a || :b, typeof(?3)";
    let rows = db.query_raw(sql, ("b", "a", vec![1_u8])).await.unwrap();
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(rows.rows, [[text("bab"), text("blob")]]);
    let values = vec![Value::Integer(1), Value::Null];
    let rows = db.query_raw("SELECT ?, ?", &values).await.unwrap();
    assert_eq!(rows.rows, [values]);
    let error = db.query_raw("SELECT ?, ?", [1]).await.unwrap_err();
    assert_eq!(refusal(&error), "found 1 value, expected 2");
}

#[tokio::test]
async fn an_error_names_the_sql_and_the_call() {
    let db = board().await;
    let line = line!() + 1;
    let failed = db.execute_raw("INSERT INTO card (title) VALUES (NULL)", ());
    let error = failed.await.unwrap_err();
    assert!(error.is_constraint());
    let origin = error.origin().unwrap();
    assert_eq!(origin.sql(), "INSERT INTO card (title) VALUES (NULL)");
    assert_eq!(origin.call_site().unwrap().line(), line);
    let error = db
        .query_raw("SELECT nowhere FROM card", ())
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with("no such column: nowhere"),
        "{error}"
    );
    assert!(error.to_string().contains("raw.rs"), "{error}");
}

#[tokio::test]
async fn a_reading_closure_refuses_raw_writes_and_reads_its_snapshot() {
    let db = board().await;
    for sql in ["DELETE FROM card", "CREATE TABLE x (a)"] {
        let refused = db.read(move |conn| conn.execute_raw(sql, ())).await;
        assert!(
            matches!(refused, Err(Error::ReadOnly { .. })),
            "{refused:?}"
        );
    }
    let rows = db
        .read(|conn| conn.query_raw("SELECT title FROM card", ()))
        .await;
    assert_eq!(rows.unwrap().rows.len(), 1);
}

#[tokio::test]
async fn foreign_drivers_run_no_raw_statements() {
    let db = Faults::new().board().await;
    let refused = db.execute_raw("DELETE FROM card", ()).await;
    assert!(
        matches!(refused, Err(Error::Unsupported { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn r125_a_text_that_begins_with_nothing_runs_every_time() {
    let db = board().await;
    let mut watch = db.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    for count in 2..6 {
        let sql = " ; -- first\n; INSERT INTO card (title) VALUES ('again') ; ;";
        assert_eq!(db.execute_raw(sql, ()).await.unwrap().rows, 1);
        assert_eq!(watch.next().await.unwrap().unwrap().len(), count);
    }
}

#[tokio::test]
async fn a_raw_write_whose_rows_cannot_be_read_changes_nothing_and_tells_nobody() {
    let db = board().await;
    let mut watch = db.cards().titles().watch().with_duplicates();
    watch.next().await.unwrap().unwrap();
    let sql = "INSERT INTO card (title) VALUES ('kept') RETURNING CAST(x'ff' AS TEXT)";
    for _ in 0..3 {
        let refused = db.query_raw(sql, ()).await.unwrap_err();
        assert!(matches!(refused, Error::Convert { .. }), "{refused}");
    }
    let inside = db.transaction(async |tx| {
        tx.cards().insert_titled("first").execute().await?;
        assert!(tx.query_raw(sql, ()).await.is_err());
        tx.cards().insert_titled("second").execute().await
    });
    assert!(is_quiet(&mut watch).await);
    inside.await.unwrap();
    db.write(move |conn| {
        assert!(conn.query_raw(sql, ()).is_err());
        conn.cards().insert_titled("third").execute()
    })
    .await
    .unwrap();
    assert_eq!(
        titles(&db).await,
        ["read the guide", "first", "second", "third"]
    );
}

#[tokio::test]
async fn a_raw_write_whose_commit_fails_after_its_rows_changes_nothing() {
    let db = board().await;
    let sql = "INSERT INTO item (list_id, label) VALUES (99, 'no list') RETURNING id";
    assert!(db.query_raw(sql, ()).await.unwrap_err().is_constraint());
    assert!(db.items().labels().list().await.unwrap().is_empty());
    assert!(db.status().holder.is_none());
}
