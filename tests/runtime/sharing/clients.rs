//! What goes through a client.

use std::time::Duration;

use sqlitenow_runtime::{Builder, ConnectOptions, ConnectPort, Error, Group, ServeOptions, Value};
use sqlitenow_tests::board::BoardDatabase;

use super::{SEED, add, client, owner, owner_with_latch, place, soon};
use crate::harness::{is_quiet, titles};

#[tokio::test]
async fn s21_every_value_arrives_unchanged() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let db = client(owner.port()).await;
    let sent = vec![
        Value::Null,
        Value::Integer(i64::MIN),
        Value::Integer(i64::MAX),
        Value::Real(f64::MIN_POSITIVE),
        Value::Real(f64::NEG_INFINITY),
        Value::Real(-0.0),
        Value::Text("naïve 🦀\u{0}end".to_owned()),
        Value::Text(String::new()),
        Value::Blob(vec![0, 255, 0]),
        Value::Blob(Vec::new()),
    ];
    let marks = vec!["? AS same"; sent.len()].join(", ");
    let rows = db
        .query_raw(format!("SELECT {marks}"), &sent)
        .await
        .unwrap();
    assert_eq!(rows.columns, vec!["same"; sent.len()]);
    assert_eq!(format!("{:?}", rows.rows), format!("{:?}", [sent]));
}

#[tokio::test]
async fn s22_many_rows_are_one_transaction_and_one_notification() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let mut here = one.cards().titles().watch();
    let mut there = two.cards().titles().watch();
    soon(here.next()).await.unwrap().unwrap();
    soon(there.next()).await.unwrap().unwrap();
    let before = one.status().commits;
    let many = (0..1000).map(|number| number.to_string());
    let many: Vec<String> = many.collect();
    one.cards()
        .insert_titled_many(&many)
        .execute()
        .await
        .unwrap();
    assert_eq!(one.status().commits, before + 1);
    for watch in [&mut here, &mut there] {
        assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 1001);
        assert!(is_quiet(watch).await);
    }
    let twice = one.lists().insert_one_many(["a", "b", "a"]).execute().await;
    assert!(twice.unwrap_err().is_constraint());
    assert!(two.lists().all().list().await.unwrap().is_empty());
    assert_eq!(two.status().commits, before + 1);
}

#[tokio::test]
async fn s23_a_stream_keeps_its_order_and_dropped_early_frees_the_owners_statement() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let db = client(owner.port()).await;
    db.execute_raw("CREATE TABLE number (n INTEGER)", ())
        .await
        .unwrap();
    let fill = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
                INSERT INTO card (title) SELECT printf('%06d', i) FROM n";
    db.execute_raw(fill, ()).await.unwrap();
    let mut stream = db.cards().titles().stream();
    let mut last = soon(stream.next()).await.unwrap().unwrap().title;
    assert_eq!(last, SEED);
    last.clear();
    let mut count = 0;
    while let Some(row) = soon(stream.next()).await {
        let title = row.unwrap().title;
        assert!(title > last, "{title} after {last}");
        last = title;
        count += 1;
    }
    assert_eq!(count, 20_000);
    let mut early = db.cards().titles().stream();
    soon(early.next()).await.unwrap().unwrap();
    drop(early);
    // A table that is being read cannot be dropped.
    db.execute_raw("DROP TABLE card", ()).await.unwrap();
}

#[tokio::test]
async fn s24_raw_sql_runs_and_wakes_watches_everywhere() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let mut watches = [one.cards().titles().watch(), two.cards().titles().watch()];
    for watch in &mut watches {
        soon(watch.next()).await.unwrap().unwrap();
    }
    let sql = "INSERT INTO card (title) VALUES (?)";
    assert_eq!(one.execute_raw(sql, ["raw"]).await.unwrap().rows, 1);
    for watch in &mut watches {
        assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 2);
    }
    two.execute_raw("ALTER TABLE card ADD COLUMN stars", ())
        .await
        .unwrap();
    let found = one.query_raw("SELECT * FROM card WHERE id = 2", ()).await;
    assert_eq!(found.unwrap().columns, ["id", "title", "note", "stars"]);
}

#[tokio::test]
async fn s25_with_readers_a_long_read_of_one_client_delays_no_write_of_another() {
    let (_folder, path) = place();
    let (owner, latch) = owner_with_latch(&path, |builder| builder.readers(2));
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let long = tokio::spawn(async move { one.cards().held_titles().list().await });
    latch.reached().await;
    soon(add(&two, "meanwhile")).await;
    assert_eq!(soon(titles(&two)).await, [SEED, "meanwhile"]);
    assert!(!long.is_finished());
    latch.open();
    // It reads from the moment at which it began.
    assert_eq!(soon(long).await.unwrap().unwrap().len(), 1);
}

#[tokio::test]
async fn s43_a_watch_that_is_not_polled_gets_one_item_after_a_thousand_commits() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let mut watch = one.cards().count_all().watch();
    soon(watch.next()).await.unwrap().unwrap();
    for _ in 0..1000 {
        add(&two, "more").await;
    }
    // What `two` has awaited may still be on its way to `one`, whose own answers come behind it.
    assert_eq!(titles(&one).await.len(), 1001);
    let item = soon(watch.next()).await.unwrap().unwrap();
    assert_eq!(item[0].cards, 1001);
    assert!(is_quiet(&mut watch).await);
}

#[tokio::test]
async fn s44_a_group_holds_the_results_of_one_commit() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    let writer = tokio::spawn(async move {
        for number in 0..100 {
            let block = two.transaction(async |tx| {
                tx.cards().insert_titled("both").execute().await?;
                tx.lists().insert_one(&number.to_string()).execute().await
            });
            block.await.unwrap();
        }
    });
    let mut group = one.watch_group((one.cards().count_all(), one.lists().all()));
    let mut lists = 0;
    while lists < 100 {
        let Group {
            commit, results, ..
        } = soon(group.next()).await.unwrap().unwrap();
        lists = results.1.len();
        assert_eq!(usize::try_from(results.0[0].cards).unwrap(), lists + 1);
        assert_eq!(commit, lists as u64);
    }
    writer.await.unwrap();
}

fn through(builder: Builder<BoardDatabase>, port: &ConnectPort) -> Builder<BoardDatabase> {
    builder.owner(port, ConnectOptions::new())
}

#[tokio::test]
async fn s14_lazy_and_delayed_clients_behave_as_local_databases() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let lazy = through(BoardDatabase::builder(), owner.port()).lazy();
    let calls = (0..50).map(|_| {
        let lazy = lazy.clone();
        tokio::spawn(async move { titles(&lazy).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(soon(call).await.unwrap(), [SEED]);
    }
    let (choose, chosen) = tokio::sync::oneshot::channel();
    let delayed = BoardDatabase::builder().delayed(async move |builder| {
        let port = chosen.await.map_err(std::io::Error::other)?;
        Ok::<_, std::io::Error>(through(builder, &port))
    });
    let mut watch = delayed.cards().titles().watch();
    add(&lazy, "before").await;
    choose.send(owner.port().clone()).unwrap();
    assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 2);
    add(&lazy, "after").await;
    assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), 3);
    // A lazy client that finds nobody tells so, and finds somebody later.
    let port = owner.port().clone();
    soon(owner.close()).await.unwrap();
    let late = through(BoardDatabase::builder(), &port).lazy();
    for _ in 0..2 {
        let refused = soon(late.cards().titles().list()).await;
        assert!(
            matches!(refused, Err(Error::Unopened { .. } | Error::NoOwner { .. })),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn s45_a_commit_of_a_stranger_that_the_owner_notices_reaches_the_clients_watches() {
    let (_folder, path) = place();
    let db = crate::harness::open(&path).await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    db.poll_external_changes(Duration::from_millis(1))
        .await
        .unwrap();
    let guest = client(&port).await;
    let mut watch = guest.cards().titles().watch();
    soon(watch.next()).await.unwrap().unwrap();
    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger.busy_timeout(Duration::from_secs(5)).unwrap();
    for count in 2..5 {
        stranger
            .execute("INSERT INTO card (title) VALUES ('x')", ())
            .unwrap();
        assert_eq!(soon(watch.next()).await.unwrap().unwrap().len(), count);
    }
}
