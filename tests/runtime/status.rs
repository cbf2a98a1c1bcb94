//! What `status` shows, and the cache of statements.

use sqlitenow_runtime::{Error, Value};

use crate::faulty::Faults;
use crate::harness::{board, builder, poll_once, titles};

#[tokio::test]
async fn r115_status_shows_who_holds_the_queue_and_since_when_and_who_waits() {
    let faults = Faults::new();
    let db = faults.board().await;
    assert_eq!(db.status().holder, None);
    let mut hold = faults.hold("INSERT");
    let line = line!() + 3;
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.cards().insert_titled("first").execute().await }
    });
    hold.reached().await;
    let cards = db.cards();
    let mut waiting: Vec<_> = (0..3).map(|_| Box::pin(cards.titles().list())).collect();
    for call in &mut waiting {
        assert!(poll_once(call).await.is_pending());
    }
    let before = db.status();
    let holder = before.holder.unwrap();
    assert!(holder.site.file().ends_with("status.rs"));
    assert_eq!(holder.site.line(), line);
    assert_eq!(before.waiting, 3);
    let later = db.status().holder.unwrap();
    assert!(later.since >= holder.since);
    hold.release();
    first.await.unwrap().unwrap();
    for call in waiting {
        call.await.unwrap();
    }
    assert_eq!((db.status().holder, db.status().waiting), (None, 0));
}

#[tokio::test]
async fn r115_status_shows_watches_readers_streams_and_the_cache() {
    let folder = tempfile::tempdir().unwrap();
    let builder = builder().path(folder.path().join("board.db"));
    let db = builder.readers(2).open().await.unwrap();
    let many: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
    db.cards()
        .insert_titled_many(&many)
        .execute()
        .await
        .unwrap();
    db.cards().insert_titled("one").execute().await.unwrap();
    let before = db.status();
    db.cards().insert_titled("two").execute().await.unwrap();
    assert_eq!(db.status().cache_misses, before.cache_misses);
    assert_eq!(db.status().cache_hits, before.cache_hits + 1);
    assert_eq!(db.status().commits, 3);
    let watch = db.cards().titles().watch();
    let mut stream = db.cards().titles().stream();
    stream.next().await.unwrap().unwrap();
    let status = db.status();
    assert_eq!((status.watches, status.readers, status.streams), (1, 2, 1));
    drop(watch);
    while stream.next().await.is_some() {}
    drop(stream);
    while db.status().streams > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(db.status().watches, 0);
}

#[tokio::test]
async fn r60_statements_that_are_cached_are_right_after_a_column_was_added() {
    let db = board().await;
    let whole = async || {
        let found = db.query_raw("SELECT * FROM card", ()).await.unwrap();
        (found.columns, found.rows)
    };
    titles(&db).await;
    db.cards().insert_titled("before").execute().await.unwrap();
    for _ in 0..2 {
        assert_eq!(whole().await.0, ["id", "title", "note"]);
    }
    let sql = "ALTER TABLE card ADD COLUMN stars INTEGER NOT NULL DEFAULT 5";
    db.execute_raw(sql, ()).await.unwrap();
    let misses = db.status().cache_misses;
    assert_eq!(titles(&db).await, ["read the guide", "before"]);
    db.cards().insert_titled("after").execute().await.unwrap();
    assert_eq!(titles(&db).await, ["read the guide", "before", "after"]);
    let (columns, rows) = whole().await;
    assert_eq!(columns, ["id", "title", "note", "stars"]);
    assert!(rows.iter().all(|row| row[3] == Value::Integer(5)));
    // SQLite itself has prepared them again, in their place.
    assert_eq!(db.status().cache_misses, misses);
}

#[tokio::test]
async fn r110_a_driver_without_an_authorizer_wakes_watches_by_the_generated_write_sets() {
    let db = Faults::new().board().await;
    let mut cards = db.cards().titles().watch();
    let mut lists = db.lists().all().watch();
    cards.next().await.unwrap().unwrap();
    lists.next().await.unwrap().unwrap();
    db.transaction(async |tx| {
        tx.cards().insert_titled("new").execute().await?;
        tx.cards().insert_titled("newer").execute().await
    })
    .await
    .unwrap();
    assert_eq!(cards.next().await.unwrap().unwrap().len(), 3);
    assert!(poll_once(&mut Box::pin(lists.next())).await.is_pending());
    let raw = db.execute_raw("DELETE FROM card", ()).await;
    assert!(matches!(raw, Err(Error::Unsupported { .. })), "{raw:?}");
}
