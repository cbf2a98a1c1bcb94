//! Owners and ports.

use std::time::Duration;

use sqlitenow_runtime::{ConnectOptions, ConnectPort, Error, Owner, Result, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;

use super::{SEED, add, client, owner, place, soon};
use crate::harness::titles;

#[tokio::test]
async fn s1_when_spawn_returns_a_connect_and_a_query_succeed() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    assert_eq!(titles(&client(owner.port()).await).await, [SEED]);
}

#[test]
fn s1_the_openers_error_and_its_panic_come_back() {
    let (folder, _) = place();
    let path = folder.path().to_owned();
    let refused = Owner::spawn(
        async move || BoardDatabase::open(path).await,
        ServeOptions::new(),
    );
    let error = refused.map(drop).unwrap_err();
    assert!(matches!(error, Error::Sqlite { code: 14, .. }), "{error:?}");
    let panicking = async || -> Result<BoardDatabase> { panic!("as told") };
    let refused = Owner::spawn(panicking, ServeOptions::new());
    let error = refused.map(drop).unwrap_err();
    assert!(matches!(error, Error::Delayed { .. }), "{error:?}");
}

#[tokio::test]
async fn s4_an_owner_is_found_by_path_and_by_name() {
    let (folder, path) = place();
    let name = format!("board of {}", std::process::id());
    let owner = owner(&path, ServeOptions::new().name(&name));
    let found = ConnectPort::find(folder.path().join("./board.db")).unwrap();
    assert_eq!(titles(&client(&found).await).await, [SEED]);
    let named = ConnectPort::find_named(&name).unwrap();
    add(&client(&named).await, "by name").await;
    assert_eq!(titles(&client(owner.port()).await).await, [SEED, "by name"]);
}

#[tokio::test]
async fn s9_closing_a_client_leaves_owner_and_clients_alone() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let (one, two) = (client(owner.port()).await, client(owner.port()).await);
    one.close().await.unwrap();
    one.close().await.unwrap();
    assert!(one.cards().titles().list().await.unwrap_err().is_closed());
    add(&two, "still here").await;
    assert_eq!(
        titles(&client(owner.port()).await).await,
        [SEED, "still here"]
    );
}

/// Waits until nobody serves behind the port.
async fn gone(port: &ConnectPort) {
    let ended = async {
        while port
            .connect::<BoardDatabase>(ConnectOptions::new())
            .await
            .is_ok()
        {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    soon(ended).await;
}

#[tokio::test]
async fn s10_an_owner_ends_with_the_client_that_was_told_so_and_with_no_other() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let port = owner.port().clone();
    let guest = client(&port).await;
    let closing = ConnectOptions::new().close_owner_on_close();
    let host: BoardDatabase = port.connect(closing).await.unwrap();
    guest.close().await.unwrap();
    assert_eq!(titles(&host).await, [SEED]);
    host.close().await.unwrap();
    gone(&port).await;
    assert!(!path.with_extension("db-wal").exists());
}

#[tokio::test]
async fn s11_the_owner_ends_after_its_last_client() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new().last_client_closes());
    let port = owner.port().clone();
    let mut clients = Vec::new();
    for _ in 0..10 {
        clients.push(client(&port).await);
    }
    while let Some(client) = clients.pop() {
        assert_eq!(titles(&client).await, [SEED]);
        client.close().await.unwrap();
    }
    gone(&port).await;
}

#[tokio::test]
async fn s12_an_owner_that_closes_leaves_no_socket() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let port = owner.port().clone();
    let line = port.to_string();
    let socket = line.split([':', '?']).nth(1).unwrap().to_owned();
    assert!(std::path::Path::new(&socket).exists());
    owner.close().await.unwrap();
    assert!(!std::path::Path::new(&socket).exists());
    assert!(matches!(
        ConnectPort::find(&path),
        Err(Error::NoOwner { .. })
    ));
}

#[tokio::test]
async fn s6_a_listener_that_never_answers_is_given_up() {
    let (folder, _) = place();
    let socket = folder.path().join("silent");
    let _silent = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    let port = format!("sqlitenow:{}?token={}", socket.display(), "5f".repeat(32));
    let port: ConnectPort = port.parse().unwrap();
    let short = ConnectOptions::new().timeout(Duration::from_millis(50));
    for options in [short, ConnectOptions::new()] {
        let refused = soon(port.connect::<BoardDatabase>(options)).await;
        assert!(
            matches!(refused, Err(Error::Unanswered { .. })),
            "{refused:?}"
        );
    }
}
