//! One database for each path: whoever comes first owns it, and when the owner goes another one takes over.

use super::{Actor, SEED, place};

async fn shared(path: &std::path::Path) -> Actor {
    let mut actor = Actor::new();
    assert_eq!(actor.ask(&format!("shared {}", path.display())).await, "ok");
    actor
}

#[tokio::test]
async fn s15_the_first_process_owns_the_file_and_the_second_is_its_client() {
    let (_folder, path) = place();
    let (mut one, mut two) = (shared(&path).await, shared(&path).await);
    one.ask("add one").await;
    assert_eq!(two.ask("titles").await, format!("{SEED}|one"));
    two.ask("add two").await;
    assert_eq!(one.ask("titles").await, format!("{SEED}|one|two"));
    one.ask("watch").await;
    one.until(&format!("watched {SEED}|one|two")).await;
    two.ask("add three").await;
    one.until(&format!("watched {SEED}|one|two|three")).await;
}

#[tokio::test]
async fn s17_when_the_owner_is_killed_a_request_in_flight_fails_and_the_next_one_succeeds() {
    let (_folder, path) = place();
    let mut owner = shared(&path).await;
    let (mut one, mut two) = (shared(&path).await, shared(&path).await);
    two.ask("watch").await;
    two.until(&format!("watched {SEED}")).await;
    assert_eq!(owner.ask("begin undone").await, "inside");
    one.ask("start add in flight").await;
    owner.waiting(1).await;
    owner.kill();
    let ended = one.notice().await;
    assert!(ended.starts_with("ended error Remote"), "{ended}");
    let added = one.ask("add next").await;
    assert!(added.starts_with("ok"), "{added}");
    two.until(&format!("watched {SEED}|next")).await;
    assert_eq!(two.ask("titles").await, format!("{SEED}|next"));
}

#[tokio::test]
async fn s18_processes_that_open_a_fresh_file_at_the_same_moment_all_succeed() {
    let (_folder, path) = place();
    let mut actors: Vec<Actor> = (0..8).map(|_| Actor::new()).collect();
    for actor in &mut actors {
        actor.say(&format!("shared {}", path.display()));
    }
    for actor in &mut actors {
        assert_eq!(actor.answer().await, "ok");
        actor.say("add mine");
    }
    for actor in &mut actors {
        let added = actor.answer().await;
        assert!(added.starts_with("ok"), "{added}");
    }
    // The seed ran once.
    let all = [SEED].into_iter().chain(["mine"; 8]);
    assert_eq!(
        actors[3].ask("titles").await,
        all.collect::<Vec<_>>().join("|")
    );
}
