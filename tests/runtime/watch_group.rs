//! Several queries watched as one.

use sqlitenow_runtime::{Capabilities, Error, Group};

use crate::faulty::Faults;
use crate::harness::{board, is_quiet, open};
use crate::watch::item;

#[tokio::test]
async fn r104_each_item_holds_the_results_of_one_commit_with_its_number() {
    let db = board().await;
    let mut group = db.watch_group((
        db.cards().titles(),
        db.lists().all(),
        db.cards().count_all(),
    ));
    let Group {
        commit, results, ..
    } = item(&mut group).await;
    let (titles, lists, counts) = results;
    assert_eq!((titles.len(), lists.len(), counts[0].cards), (1, 0, 1));
    assert_eq!(commit, db.status().commits);
    db.transaction(async |tx| {
        tx.cards().insert_titled("second").execute().await?;
        tx.lists().insert_one("both").execute().await
    })
    .await
    .unwrap();
    let both = item(&mut group).await;
    assert_eq!((both.results.0.len(), both.results.1.len()), (2, 1));
    assert_eq!((both.commit, group.commit()), (commit + 1, commit + 1));
    // One of them is enough, and what none of them reads is nothing new.
    db.lists().insert_one("alone").execute().await.unwrap();
    assert_eq!(item(&mut group).await.results.1.len(), 2);
    db.cards().set_note(&note(1)).execute().await.unwrap();
    assert!(is_quiet(&mut group).await);
}

#[tokio::test]
async fn r101_one_row_of_a_group_may_be_there_or_has_to_be() {
    let db = board().await;
    let cards = db.cards();
    let mut group = db.watch_group((
        cards.titles(),
        cards.by_id(1).as_one(),
        cards.by_id(2).as_optional(),
    ));
    let (titles, first, second) = item(&mut group).await.results;
    assert_eq!(
        (titles.len(), first.title.as_str(), second),
        (1, "read the guide", None)
    );
    db.cards().insert_titled("second").execute().await.unwrap();
    let (_, _, second) = item(&mut group).await.results;
    assert_eq!(second.unwrap().title, "second");
    db.execute_raw("DELETE FROM card WHERE id = 1", ())
        .await
        .unwrap();
    let missing = group.next().await.unwrap().unwrap_err();
    assert!(
        matches!(missing, Error::RowCount { found: 0, .. }),
        "{missing:?}"
    );
    assert_eq!(missing.origin().unwrap().statement(), "cards.by_id");
}

fn note(id: i64) -> sqlitenow_tests::board::cards::SetNoteParams {
    sqlitenow_tests::board::cards::SetNoteParams {
        note: Some("note".to_owned()),
        id,
    }
}

#[tokio::test]
async fn r104_another_connection_does_not_come_between_two_queries() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    let writer = std::thread::spawn(move || {
        let other = rusqlite::Connection::open(path).unwrap();
        other
            .busy_timeout(std::time::Duration::from_secs(5))
            .unwrap();
        for _ in 0..200 {
            let sql = "BEGIN IMMEDIATE; INSERT INTO card (title) VALUES ('x'); COMMIT";
            other.execute_batch(sql).unwrap();
        }
    });
    let mut groups = 0;
    while !writer.is_finished() {
        let mut group = db.watch_group((db.cards().count_all(), db.cards().titles()));
        let (counts, titles) = item(&mut group).await.results;
        assert_eq!(usize::try_from(counts[0].cards).unwrap(), titles.len());
        groups += 1;
    }
    writer.join().unwrap();
    assert!(groups > 0);
}

#[tokio::test]
async fn r104_groups_of_the_same_queries_share_them_in_one_transaction_each_time() {
    let faults = Faults::new();
    let db = faults.board().await;
    let two = || db.watch_group((db.cards().titles(), db.lists().all()));
    let (mut a, mut b) = (two(), two());
    assert_eq!(item(&mut a).await, item(&mut b).await);
    assert_eq!(
        faults.log(),
        ["BEGIN", "SELECT title", "SELECT id,", "COMMIT"]
    );
}

#[tokio::test]
async fn an_error_of_a_group_names_its_query_and_leaves_nothing_open() {
    let faults = Faults::new();
    let db = faults.board().await;
    let mut group = db.watch_group((db.cards().titles(), db.lists().all()));
    faults.fail("SELECT id");
    let error = group.next().await.unwrap().unwrap_err();
    assert_eq!(error.origin().unwrap().statement(), "lists.all");
    assert!(is_quiet(&mut group).await);
    assert_eq!(faults.log().last().unwrap(), "ROLLBACK");
    faults.heal();
    db.lists().insert_one("new").execute().await.unwrap();
    assert_eq!(item(&mut group).await.results.1.len(), 1);
}

#[tokio::test]
async fn a_group_needs_transactions_and_queries_of_its_own_database() {
    let batches = Faults::new().with_capabilities(Capabilities::NONE);
    let db = batches.board().await;
    let mut group = db.watch_group((db.cards().titles(), db.lists().all()));
    let error = group.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    let (here, there) = (board().await, board().await);
    let mut group = here.watch_group((here.cards().titles(), there.lists().all()));
    let error = group.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error}");
    assert_eq!(error.origin().unwrap().statement(), "lists.all");
    assert!(is_quiet(&mut group).await);
}
