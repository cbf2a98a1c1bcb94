//! Processes that are killed or stopped, and what becomes of the others.

use super::{Actor, SEED, client, place, soon};
use crate::harness::titles;
use sqlitenow_runtime::{ConnectOptions, Error};

#[tokio::test]
async fn s29_a_client_that_is_killed_in_a_transaction_is_rolled_back_though_every_time_out_is_an_hour()
 {
    let (_folder, path) = place();
    let mut owner = Actor::new();
    let port = owner.ask(&format!("patient {}", path.display())).await;
    let port = port.parse().unwrap();
    let mut victim = Actor::client(&port).await;
    assert_eq!(victim.ask("begin undone").await, "inside");
    let mut other = Actor::client(&port).await;
    other.ask("start add next").await;
    owner.waiting(1).await;
    victim.kill();
    assert_eq!(other.notice().await, "ended add next");
    assert_eq!(owner.ask("titles").await, format!("{SEED}|next"));
}

#[tokio::test]
async fn a_client_that_is_stopped_in_a_transaction_is_rolled_back_after_a_while() {
    let (_folder, path) = place();
    let mut owner = Actor::new();
    let port = owner.ask(&format!("brisk {}", path.display())).await;
    let port = port.parse().unwrap();
    let mut stopped = Actor::client(&port).await;
    assert_eq!(stopped.ask("begin undone").await, "inside");
    stopped.stop();
    let mut other = Actor::client(&port).await;
    assert!(other.ask("add next").await.starts_with("ok"));
    assert_eq!(other.ask("titles").await, format!("{SEED}|next"));
}

#[tokio::test]
async fn s31_a_client_that_dies_while_it_waits_leaves_the_queue_and_its_watches_go_with_it() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let mut victim = Actor::client(&port).await;
    victim.ask("watch").await;
    victim.until(&format!("watched {SEED}")).await;
    assert_eq!(owner.ask("begin held").await, "inside");
    victim.ask("start add never").await;
    owner.waiting(1).await;
    victim.kill();
    owner.waiting(0).await;
    assert_eq!(owner.ask("commit").await, "committed");
    assert_eq!(owner.ask("titles").await, format!("{SEED}|held"));
    assert_eq!(owner.ask("clients 0").await, "ok");
}

#[tokio::test]
async fn s47_when_the_owner_is_killed_every_pending_call_ends() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let mut one = Actor::client(&port).await;
    let two = client(&port).await;
    let mut watch = two.cards().titles().watch();
    soon(watch.next()).await.unwrap().unwrap();
    // One call runs, others wait.
    one.ask("start hold").await;
    assert_eq!(owner.notice().await, "held");
    one.ask("start add late").await;
    let pending = tokio::spawn({
        let two = two.clone();
        async move { two.cards().insert_titled("late").execute().await }
    });
    owner.kill();
    for _ in 0..2 {
        let ended = one.notice().await;
        assert!(ended.starts_with("ended error Remote"), "{ended}");
    }
    let ended = soon(pending).await.unwrap();
    assert!(matches!(ended, Err(Error::Remote { .. })), "{ended:?}");
    let later = soon(two.cards().titles().list()).await;
    assert!(matches!(later, Err(Error::Remote { .. })), "{later:?}");
}

#[tokio::test]
async fn s5_the_port_of_an_owner_that_was_killed_is_an_error_at_once() {
    let (_folder, path) = place();
    let (owner, port) = Actor::owner(&path).await;
    owner.kill();
    let options = ConnectOptions::new();
    let refused = soon(port.connect::<sqlitenow_tests::board::BoardDatabase>(options)).await;
    assert!(matches!(refused, Err(Error::NoOwner { .. })), "{refused:?}");
}

#[tokio::test]
async fn s12_what_a_killed_owner_leaves_does_not_stop_the_next_one() {
    let (_folder, path) = place();
    let (owner, dead) = Actor::owner(&path).await;
    owner.kill();
    let (_owner, port) = Actor::owner(&path).await;
    assert_ne!(dead, port);
    let db = client(&port).await;
    assert_eq!(titles(&db).await, [SEED]);
}
