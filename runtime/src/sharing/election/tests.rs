//! What elections promise, among tasks.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::super::folder::Folder;
use super::super::local::{self, Stream};
use super::*;

struct Ground {
    base: TempDir,
    folder: Folder,
}

impl Ground {
    fn new() -> Self {
        let base = tempfile::tempdir().unwrap();
        let folder = Folder::at(base.path().join("private")).unwrap();
        Self { base, folder }
    }

    fn database(&self, path: impl AsRef<Path>) -> Place {
        let path = self.base.path().join(path);
        Place::of_database_with(&path, self.folder.clone()).unwrap()
    }

    fn name(&self, name: &str) -> Place {
        Place::of_name_with(name, self.folder.clone())
    }
}

fn soon() -> Deadline {
    Deadline::within(Duration::from_secs(60))
}

async fn reach(port: ConnectPort) -> Result<Stream> {
    local::connect(&port, soon(), async |stream| Ok(stream)).await
}

#[track_caller]
fn lease(place: &Place) -> Lease {
    match stand(place).unwrap() {
        Standing::Owner(lease) => lease,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn port(place: &Place) -> ConnectPort {
    match stand(place).unwrap() {
        Standing::Client(port) => port,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn s4_an_owner_is_found_by_path_and_by_name() {
    let ground = Ground::new();
    for place in [ground.database("a.db"), ground.name("tasks of the week")] {
        let owner = lease(&place);
        assert!(matches!(stand(&place).unwrap(), Standing::Unsettled));
        assert!(matches!(place.port(), Err(Error::NoOwner { .. })));
        let listener = owner.listen().unwrap();
        assert_eq!(&port(&place), listener.port());
        assert_eq!(&place.port().unwrap(), listener.port());
        let (client, accepted) = tokio::join!(reach(port(&place)), listener.accept());
        assert!(client.is_ok() && accepted.is_ok());
        let error = own(&place).unwrap_err();
        assert!(matches!(error, Error::Owned { .. }), "{error}");
        drop((listener, owner));
        match place.port() {
            Err(Error::NoOwner { place: said, .. }) => assert_eq!(said, place.shown()),
            other => panic!("{other:?}"),
        }
        own(&place).unwrap();
    }
    assert!(!ground.base.path().join("a.db-owner").exists());
}

#[test]
fn places_of_other_databases_and_names_are_others() {
    let ground = Ground::new();
    let places = ["a.db", "b.db"].map(|path| ground.database(path));
    let names = ["a.db", "b", ""].map(|name| ground.name(name));
    let leases: Vec<_> = places.iter().chain(&names).map(lease).collect();
    assert_eq!(leases.len(), 5);
}

#[cfg(unix)]
#[test]
fn s4_symbolic_links_lead_to_one_place_whether_the_file_is_there_or_not() {
    use std::os::unix::fs::symlink;
    let ground = Ground::new();
    let at = |name: &str| ground.base.path().join(name);
    fs::create_dir(at("data")).unwrap();
    symlink(at("data"), at("folder")).unwrap();
    symlink("data/tasks.db", at("tasks")).unwrap();
    symlink(at("tasks"), at("again")).unwrap();
    let ways = ["data/tasks.db", "folder/tasks.db", "data/../tasks", "again"];
    for _ in 0..2 {
        for first in ways {
            let owner = lease(&ground.database(first));
            for second in ways {
                let place = ground.database(second);
                assert!(
                    matches!(stand(&place).unwrap(), Standing::Unsettled),
                    "{first} and {second}"
                );
                assert_eq!(place.shown(), owner.place.shown());
            }
        }
        File::create(at("data/tasks.db")).unwrap();
    }
    symlink("round", at("round")).unwrap();
    let round = Place::of_database_with(&at("round"), ground.folder.clone());
    assert!(matches!(round, Err(Error::Io { .. })), "{round:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_database_in_a_folder_that_cannot_be_written_is_claimed_in_the_private_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let work = || {
        let ground = Ground::new();
        let data = ground.base.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("a.db"), "").unwrap();
        let allow = |mode| fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o500);
        let place = ground.database("data/a.db");
        let owner = lease(&place);
        assert!(matches!(stand(&place).unwrap(), Standing::Unsettled));
        let line = format!("sqlitenow:/run/a?token={}", "5f".repeat(32));
        owner.announce(&line.parse().unwrap()).unwrap();
        assert_eq!(port(&place).to_string(), line);
        assert_eq!(place.port().unwrap().to_string(), line);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
        drop(owner);
        assert!(place.port().is_err());
        allow(0o700);
    };
    // The superuser can write everywhere.
    if rustix::process::geteuid().is_root() {
        super::super::child::as_another_user(work).unwrap();
    } else {
        work();
    }
}

#[tokio::test(start_paused = true)]
async fn who_never_says_where_it_is_is_given_up() {
    let ground = Ground::new();
    let place = ground.database("a.db");
    let owner = lease(&place);
    let deadline = Deadline::within(Duration::from_secs(3));
    let settled = settle(&place, deadline, reach).await;
    assert!(
        matches!(settled, Err(Error::Unanswered { .. })),
        "{settled:?}"
    );
    // Nor does an owner help that has ended and still stands in the way.
    drop(owner.listen());
    let deadline = Deadline::within(Duration::from_secs(3));
    let settled = settle(&place, deadline, reach).await;
    assert!(
        matches!(settled, Err(Error::Unanswered { .. })),
        "{settled:?}"
    );
}

#[tokio::test]
async fn other_errors_than_a_missing_owner_are_the_outcome() {
    let ground = Ground::new();
    let place = ground.database("a.db");
    let owner = lease(&place);
    let _listener = owner.listen().unwrap();
    let refuse = async |_| Err::<(), _>(Error::Closed { source: None });
    let settled = settle(&place, soon(), refuse).await;
    assert!(matches!(settled, Err(Error::Closed { .. })), "{settled:?}");
}

/// Owners that end after each client, and clients that stand again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_stand_one_owns_and_the_others_reach_it() {
    let ground = Arc::new(Ground::new());
    let owners = Arc::new(AtomicUsize::new(0));
    let served = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (ground, owners, served) = (ground.clone(), owners.clone(), served.clone());
            tokio::spawn(async move {
                let place = ground.database("a.db");
                for _ in 0..10 {
                    match settle(&place, soon(), greet).await.unwrap() {
                        Settled::Owner(lease) => {
                            assert_eq!(owners.fetch_add(1, Ordering::SeqCst), 0);
                            let listener = lease.listen().unwrap();
                            // The last one may find nobody left.
                            let patience = Duration::from_millis(100);
                            let accepted = tokio::time::timeout(patience, listener.accept());
                            if let Ok(accepted) = accepted.await {
                                let (mut stream, _) = accepted.unwrap();
                                stream.write_u8(7).await.unwrap();
                            }
                            drop(listener);
                            owners.fetch_sub(1, Ordering::SeqCst);
                        }
                        Settled::Client(()) => {
                            served.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert!(served.load(Ordering::SeqCst) > 10);
}

/// An owner that ends before it answers is none.
async fn greet(port: ConnectPort) -> Result<()> {
    local::connect(&port, soon(), async |mut stream: Stream| {
        match stream.read_u8().await {
            Ok(answer) => assert_eq!(answer, 7),
            Err(source) => {
                return Err(Error::NoOwner {
                    place: port.place(),
                    source: Some(source),
                });
            }
        }
        Ok(())
    })
    .await
}
