//! Owners: how they begin, who finds them, and how they end.

use std::path::Path;

use sqlitenow_runtime::{ConnectOptions, ConnectPort, Error, Owner, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;

fn file(folder: &tempfile::TempDir) -> std::path::PathBuf {
    folder.path().join("board.db")
}

async fn open(path: &Path) -> BoardDatabase {
    BoardDatabase::open(path).await.unwrap()
}

async fn connect(port: &ConnectPort) -> BoardDatabase {
    port.connect(ConnectOptions::new()).await.unwrap()
}

async fn add(db: &BoardDatabase, title: &str) {
    db.cards().insert_titled(title).execute().await.unwrap();
}

/// The titles beyond that of the first card, which every board has.
async fn titles(db: &BoardDatabase) -> Vec<String> {
    let all = super::harness::titles(db).await;
    all.into_iter().skip(1).collect()
}

/// Waits until the database has been closed by others.
async fn closed(db: &BoardDatabase) {
    while db.is_open() {
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    db.close().await.unwrap();
}

#[tokio::test]
async fn s1_an_owner_that_was_spawned_can_be_used_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let owner = {
        let path = path.clone();
        Owner::spawn(
            async move || BoardDatabase::open(path).await,
            ServeOptions::new(),
        )
        .unwrap()
    };
    let client = connect(owner.port()).await;
    add(&client, "first").await;
    assert_eq!(titles(&client).await, ["first"]);
    owner.close().await.unwrap();
    assert_eq!(titles(&open(&path).await).await, ["first"]);
}

#[tokio::test]
async fn s1_an_opener_that_fails_or_panics_is_an_error() {
    let failed = Owner::spawn(
        async || BoardDatabase::open("/dev/null/board.db").await,
        ServeOptions::new(),
    );
    assert!(matches!(failed, Err(Error::Io { .. })), "{failed:?}");
    let theirs = Owner::spawn(
        async || Err::<BoardDatabase, _>(std::fmt::Error),
        ServeOptions::new(),
    );
    assert!(matches!(theirs, Err(Error::Delayed { .. })), "{theirs:?}");
    let panicked = Owner::spawn(
        async || -> Result<BoardDatabase, Error> { panic!("on purpose") },
        ServeOptions::new(),
    );
    assert!(
        matches!(panicked, Err(Error::Delayed { .. })),
        "{panicked:?}"
    );
}

#[tokio::test]
async fn s4_a_client_finds_the_owner_by_path_and_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&file(&folder)).await;
    let name = format!("owners-{}", std::process::id());
    db.serve(ServeOptions::new().name(&name)).await.unwrap();
    add(
        &connect(&ConnectPort::find(file(&folder)).unwrap()).await,
        "path",
    )
    .await;
    add(
        &connect(&ConnectPort::find_named(&name).unwrap()).await,
        "name",
    )
    .await;
    assert_eq!(titles(&db).await, ["path", "name"]);
    let another = BoardDatabase::open_in_memory().await.unwrap();
    let taken = another.serve(ServeOptions::new().name(&name)).await;
    assert!(matches!(taken, Err(Error::Owned { .. })), "{taken:?}");
    db.close().await.unwrap();
    let gone = ConnectPort::find(file(&folder));
    assert!(matches!(gone, Err(Error::NoOwner { .. })), "{gone:?}");
    let gone = ConnectPort::find_named(&name);
    assert!(matches!(gone, Err(Error::NoOwner { .. })), "{gone:?}");
}

#[tokio::test]
async fn s12_a_closed_owner_leaves_no_socket() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    let line = port.to_string();
    let address = line
        .strip_prefix("sqlitenow:")
        .unwrap()
        .split('?')
        .next()
        .unwrap();
    assert!(Path::new(address).exists());
    db.close().await.unwrap();
    assert!(!Path::new(address).exists());
    let refused = port.connect::<BoardDatabase>(ConnectOptions::new()).await;
    assert!(matches!(refused, Err(Error::NoOwner { .. })), "{refused:?}");
}

#[tokio::test]
async fn the_last_handle_ends_the_serving_whoever_is_connected() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    let client = connect(&port).await;
    drop(db);
    while client.cards().titles().list().await.is_ok() {}
    let refused = port.connect::<BoardDatabase>(ConnectOptions::new()).await;
    assert!(refused.is_err());
}

#[tokio::test]
async fn a_port_for_reading_stands_beside_the_one_for_everything() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(&file(&folder)).await;
    let port = db.serve(ServeOptions::new()).await.unwrap();
    let reading = db.serve(ServeOptions::new().read_only()).await.unwrap();
    assert_ne!(port, reading);
    assert_eq!(ConnectPort::find(file(&folder)).unwrap(), port);
    add(&connect(&port).await, "a").await;
    let reader = connect(&reading).await;
    assert_eq!(titles(&reader).await, ["a"]);
    let refused = reader.cards().insert_titled("b").execute().await;
    assert!(
        matches!(refused, Err(Error::ReadOnly { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn s10_an_owner_ends_with_the_client_that_asked_for_it_and_with_no_other() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    let plain = connect(&port).await;
    plain.close().await.unwrap();
    while db.status().clients > 0 {
        tokio::task::yield_now().await;
    }
    add(&db, "open").await;
    let options = ConnectOptions::new().close_owner_on_close();
    let last: BoardDatabase = port.connect(options).await.unwrap();
    assert_eq!(titles(&last).await, ["open"]);
    last.close().await.unwrap();
    closed(&db).await;
}

#[tokio::test]
async fn s11_an_owner_ends_with_the_last_of_ten_clients() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db
        .serve(ServeOptions::new().last_client_closes())
        .await
        .unwrap();
    let mut clients = Vec::new();
    for _ in 0..10 {
        clients.push(connect(&port).await);
    }
    for (gone, client) in (1..).zip(&clients) {
        assert_eq!(titles(client).await.len() + 1, gone);
        client.close().await.unwrap();
        while db.status().clients > 10 - gone {
            tokio::task::yield_now().await;
        }
        if gone < 10 {
            add(&db, "open").await;
        }
    }
    closed(&db).await;
}

#[tokio::test]
async fn s33_a_served_database_gives_its_port() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    assert_eq!(db.serializable_connection().await.unwrap(), port);
    let client = connect(&port).await;
    assert_eq!(client.serializable_connection().await.unwrap(), port);
}

#[tokio::test]
async fn s35_a_port_of_a_clients_transaction_joins_it_too() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serve(ServeOptions::new()).await.unwrap();
    let client = connect(&port).await;
    for keep in [false, true] {
        let ended = client
            .transaction(async |tx| {
                tx.cards().insert_titled("client").execute().await?;
                let port = client.serializable_connection().await?;
                let joined: BoardDatabase = port.connect(ConnectOptions::new()).await?;
                let nested = async |tx: sqlitenow_tests::board::BoardTransaction| {
                    tx.cards().insert_titled("joined").execute().await?;
                    Ok::<_, Error>(())
                };
                joined.transaction(nested).await?;
                assert_eq!(titles(&joined).await, ["client", "joined"]);
                if keep {
                    Ok(())
                } else {
                    Err(Error::sqlite(1, "on purpose"))
                }
            })
            .await;
        assert_eq!(ended.is_ok(), keep, "{ended:?}");
        assert_eq!(titles(&db).await.len(), if keep { 2 } else { 0 });
    }
}

#[tokio::test]
async fn s34_a_local_database_serves_one_client() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let port = db.serializable_connection().await.unwrap();
    let client = connect(&port).await;
    add(&client, "a").await;
    let second = port.connect::<BoardDatabase>(ConnectOptions::new()).await;
    assert!(matches!(second, Err(Error::NoOwner { .. })), "{second:?}");
    client.close().await.unwrap();
    assert_eq!(titles(&db).await, ["a"]);
    // Another port leads to another server.
    let port = db.serializable_connection().await.unwrap();
    assert_eq!(titles(&connect(&port).await).await, ["a"]);
}

#[tokio::test]
async fn s35_a_port_of_a_transaction_joins_it() {
    let db = BoardDatabase::open_in_memory().await.unwrap();
    let rolled_back = db
        .transaction(async |tx| {
            tx.cards().insert_titled("own").execute().await?;
            let port = db.serializable_connection().await?;
            let client: BoardDatabase = port.connect(ConnectOptions::new()).await?;
            add(&client, "joined").await;
            let nested = async |tx: sqlitenow_tests::board::BoardTransaction| {
                tx.cards().insert_titled("nested").execute().await?;
                Ok::<_, Error>(())
            };
            client.transaction(nested).await?;
            assert_eq!(titles(&client).await, ["own", "joined", "nested"]);
            assert_eq!(tx.cards().titles().list().await?.len(), 4);
            Err::<(), _>(Error::sqlite(1, "on purpose"))
        })
        .await;
    assert!(
        matches!(rolled_back, Err(Error::Sqlite { .. })),
        "{rolled_back:?}"
    );
    assert!(titles(&db).await.is_empty());
}
