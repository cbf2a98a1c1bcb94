//! Watches and feeds in several processes.

use std::collections::BTreeSet;

use super::{Actor, SEED, place};

#[tokio::test]
async fn s39_a_write_by_anybody_reaches_the_watches_of_all_others() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let (mut one, mut two) = (Actor::client(&port).await, Actor::client(&port).await);
    let mut state = SEED.to_owned();
    for actor in [&mut owner, &mut one, &mut two] {
        actor.ask("watch").await;
        actor.until(&format!("watched {state}")).await;
    }
    for writer in 0..3 {
        let title = format!("by {writer}");
        let actors = [&mut owner, &mut one, &mut two];
        let [owner, one, two] = actors;
        let who = match writer {
            0 => &mut *owner,
            1 => &mut *one,
            _ => &mut *two,
        };
        who.ask(&format!("add {title}")).await;
        state = format!("{state}|{title}");
        for actor in [owner, one, two] {
            // Nothing stands between two states: each is told once.
            assert_eq!(actor.notice().await, format!("watched {state}"));
        }
    }
}

#[tokio::test]
async fn s40_a_hundred_commits_of_two_clients_reach_every_feed_once_and_in_order() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let (mut one, mut two) = (Actor::client(&port).await, Actor::client(&port).await);
    for actor in [&mut owner, &mut one, &mut two] {
        actor.ask("changes").await;
    }
    for _ in 0..50 {
        one.say("add one");
        two.say("add two");
    }
    for _ in 0..50 {
        assert!(one.answer().await.starts_with("ok"));
        assert!(two.answer().await.starts_with("ok"));
    }
    let mut feeds = BTreeSet::new();
    for actor in [&mut owner, &mut one, &mut two] {
        let mut feed = Vec::new();
        for _ in 0..100 {
            feed.push(actor.notice().await);
        }
        assert!(actor.notices().await.is_empty(), "each of them once");
        feeds.insert(feed);
    }
    assert_eq!(feeds.len(), 1, "the same for everybody");
    let feed = feeds.first().unwrap();
    let numbers = feed.iter().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(
            (words[0], &words[2..]),
            ("changed", &["Generated", "card"][..])
        );
        words[1].parse::<u64>().unwrap()
    });
    let numbers: Vec<u64> = numbers.collect();
    assert!(
        numbers.windows(2).all(|two| two[1] == two[0] + 1),
        "{numbers:?}"
    );
}

#[tokio::test]
async fn s41_a_transaction_that_is_rolled_back_or_wrote_nothing_is_told_to_nobody() {
    let (_folder, path) = place();
    let (mut owner, port) = Actor::owner(&path).await;
    let (mut one, mut two) = (Actor::client(&port).await, Actor::client(&port).await);
    for actor in [&mut owner, &mut one, &mut two] {
        actor.ask("changes").await;
    }
    assert_eq!(one.ask("begin undone").await, "inside");
    assert!(one.ask("rollback").await.starts_with("error"));
    one.ask("remove 77").await;
    two.ask("add told").await;
    for actor in [&mut owner, &mut one, &mut two] {
        let told = actor.notice().await;
        assert!(told.ends_with(" Generated card"), "{told}");
        assert!(actor.notices().await.is_empty());
    }
}
