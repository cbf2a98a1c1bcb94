//! Transactions of several processes.

use super::{Actor, SEED, add, client, place};
use crate::harness::titles;
use sqlitenow_runtime::Error;

#[tokio::test]
async fn s2_s3_a_port_is_handed_to_another_process_which_reads_and_writes_the_same_rows() {
    let (_folder, path) = place();
    let db = crate::harness::builder().path(&path).open().await.unwrap();
    let port = db
        .serve(sqlitenow_runtime::ServeOptions::new())
        .await
        .unwrap();
    let mut other = Actor::client(&port).await;
    assert_eq!(other.ask("titles").await, SEED);
    assert_eq!(other.ask("add theirs").await, "ok 2");
    assert_eq!(titles(&db).await, [SEED, "theirs"]);
    add(&db, "ours").await;
    assert_eq!(other.ask("titles").await, format!("{SEED}|theirs|ours"));
}

#[tokio::test]
async fn s27_a_clients_transaction_holds_back_clients_and_owner_who_then_see_all_of_it() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let (mut one, mut two) = (Actor::client(&port).await, Actor::client(&port).await);
    assert_eq!(one.ask("begin first").await, "inside");
    two.say("titles");
    owner.say("titles");
    // Neither answers before the block has ended: both see what it has written.
    assert_eq!(one.ask("commit").await, "committed");
    assert_eq!(two.answer().await, format!("{SEED}|first"));
    assert_eq!(owner.answer().await, format!("{SEED}|first"));
}

#[tokio::test]
async fn s28_transactions_of_two_clients_are_served_in_the_order_in_which_they_came() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let (mut one, mut two) = (Actor::client(&port).await, Actor::client(&port).await);
    for _ in 0..3 {
        assert_eq!(owner.ask("begin held").await, "inside");
        // Each waits in the owner's queue before the next one asks.
        one.ask("start add one").await;
        owner.waiting(1).await;
        two.ask("start add two").await;
        owner.waiting(2).await;
        assert!(owner.ask("rollback").await.starts_with("error"));
        assert_eq!(two.notice().await, "ended add two");
        assert_eq!(one.notice().await, "ended add one");
        (one, two) = (two, one);
    }
    let all = [SEED, "one", "two", "one", "two", "one", "two"];
    assert_eq!(owner.ask("titles").await, all.join("|"));
}

#[tokio::test]
async fn s48_who_waits_too_long_is_told_which_client_holds_the_transaction() {
    let (_folder, path) = place();
    let mut owner = Actor::new();
    let port = owner.ask(&format!("hasty {}", path.display())).await;
    let port = port.parse().unwrap();
    let mut one = Actor::client(&port).await;
    assert_eq!(one.ask("begin held").await, "inside");
    let mut two = Actor::client(&port).await;
    let late = two.ask("titles").await;
    assert!(late.starts_with("error Deadline"), "{late}");
    let holder = format!("process {}", one.process());
    assert!(
        late.contains(&holder) && late.contains("actor.rs"),
        "{late}"
    );
    assert_eq!(one.ask("commit").await, "committed");
    assert_eq!(two.ask("titles").await, format!("{SEED}|held"));
}

#[tokio::test]
async fn s42_after_an_awaited_write_nothing_shows_the_old_state() {
    let (_folder, path) = place();
    let (_owner, port) = Actor::owner(&path).await;
    let (one, two) = (client(&port).await, client(&port).await);
    let mut watch = one.cards().titles().watch();
    watch.next().await.unwrap().unwrap();
    for count in (2..40).step_by(2) {
        add(&one, "alone").await;
        assert_eq!(watch.next().await.unwrap().unwrap().len(), count);
        assert_eq!(titles(&one).await.len(), count);
        // Whoever is told by other means that a write was awaited sees it, too.
        assert_eq!(titles(&two).await.len(), count);
        one.transaction(async |tx| {
            tx.cards().insert_titled("within").execute().await?;
            assert_eq!(tx.cards().titles().list().await?.len(), count + 1);
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(watch.next().await.unwrap().unwrap().len(), count + 1);
        assert_eq!(titles(&two).await.len(), count + 1);
    }
}
