//! Owners that come and go while their clients stay.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::error::Error;
use crate::sharing::child;
use crate::v1::{ChangeFilter, ChangeOrigin, Migrations, Script};
use crate::{ConnectOptions, ConnectPort, Result, ServeOptions};

use super::heirs::{again, folder, shared, soon};
use super::owner::Notes;

crate::v1::database! {
    /// Notes with a title.
    pub struct Titled {
        transaction: TitledTransaction,
        connection: TitledConnection,
        migrations: Migrations {
            schema: &[Script::new("schema/note.sql", "CREATE TABLE note (title TEXT, text TEXT)")],
            ..Migrations::NONE
        },
        statements: 0,
    }
}

#[tokio::test]
async fn s50_whoever_was_generated_from_another_schema_is_refused_and_nobody_else_notices() {
    let folder = folder();
    let owner = shared(folder.path()).await;
    let path = folder.path().join("notes.db");
    let error = soon(Titled::open_shared(path)).await.unwrap_err();
    assert!(matches!(error, Error::SchemaMismatch { .. }), "{error}");
    owner.add("a").execute().await.unwrap();
    soon(owner.close()).await.unwrap();
}

#[tokio::test]
async fn s12_nothing_is_left_behind_in_whatever_order_they_close() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let folder = folder();
        let mut all = Vec::new();
        for _ in 0..3 {
            all.push(shared(folder.path()).await);
        }
        for number in order {
            soon(all[number].close()).await.unwrap();
            assert!(!all[number].is_open());
        }
        let left = std::fs::read_dir(folder.path()).unwrap();
        let left: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["notes.db"]);
    }
}

#[tokio::test]
async fn changes_go_on_with_rising_numbers_and_everything_in_between() {
    let folder = folder();
    let (owner, heir) = (shared(folder.path()).await, shared(folder.path()).await);
    let mut changes = heir.table_changes(&ChangeFilter::all());
    for text in ["a", "b", "c"] {
        owner.add(text).execute().await.unwrap();
    }
    soon(owner.close()).await.unwrap();
    again(async || heir.add("d").execute().await).await;
    let mut told = Vec::new();
    while told.len() < 5 {
        told.push(soon(changes.next()).await.unwrap().unwrap());
    }
    let numbers: Vec<_> = told.iter().map(|change| change.commit).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "{numbers:?}");
    assert_eq!(told[3].table, None);
    assert_eq!(told[3].origin, ChangeOrigin::External);
    assert_eq!(told[4].table.as_deref(), Some("note"));
    assert_eq!(heir.status().commits, numbers[4]);
    drop(changes);
    soon(heir.close()).await.unwrap();
}

/// Opens the file as a client does, and cannot own it.
async fn unable(folder: &std::path::Path) -> Result<Notes> {
    let refuse = |_: &crate::Setup<'_>| Err(Error::sqlite(1, "not here"));
    let builder = Notes::builder().path(folder.join("notes.db"));
    builder.on_open(refuse).open_shared().await
}

#[tokio::test]
async fn whoever_cannot_own_the_file_says_why_and_leaves_it_to_others() {
    let folder = folder();
    let error = soon(unable(folder.path())).await.unwrap_err();
    assert!(error.to_string().contains("not here"), "{error}");
    let owner = shared(folder.path()).await;
    let unable = unable(folder.path()).await.unwrap();
    let mut watch = unable.all().watch();
    assert!(soon(watch.next()).await.unwrap().unwrap().is_empty());
    soon(owner.close()).await.unwrap();
    // Watches tell of it, once.
    let Some(Err(Error::Unopened { source })) = soon(watch.next()).await else {
        panic!("an owner was found")
    };
    assert!(source.to_string().contains("not here"), "{source}");
    let error = soon(unable.add("a").execute()).await.unwrap_err();
    assert!(matches!(error, Error::Unopened { .. }), "{error}");
    let other = shared(folder.path()).await;
    other.add("b").execute().await.unwrap();
    assert_eq!(soon(watch.next()).await.unwrap().unwrap(), ["b"]);
    assert_eq!(soon(unable.all().list()).await.unwrap(), ["b"]);
    drop(watch);
    soon(unable.close()).await.unwrap();
    soon(other.close()).await.unwrap();
}

#[tokio::test]
async fn a_shared_file_outlives_an_owner_that_merely_served_it() {
    let folder = folder();
    let path = folder.path().join("notes.db");
    let owner = Notes::open(&path).await.unwrap();
    let port = owner.serve(ServeOptions::new()).await.unwrap();
    let client: Notes = port.connect(ConnectOptions::new()).await.unwrap();
    let heir = shared(folder.path()).await;
    let mut watch = heir.all().watch();
    assert!(soon(watch.next()).await.unwrap().unwrap().is_empty());
    soon(owner.close()).await.unwrap();
    again(async || heir.add("a").execute().await).await;
    assert_eq!(soon(watch.next()).await.unwrap().unwrap(), ["a"]);
    // Whoever has but a port has lost it.
    assert!(client.all().list().await.unwrap_err().is_closed());
    drop(watch);
    soon(heir.close()).await.unwrap();
}

#[tokio::test]
async fn s7_whoever_ends_it_for_everybody_leaves_no_heir() {
    let folder = folder();
    let path = folder.path().join("notes.db");
    let (owner, heir) = (shared(folder.path()).await, shared(folder.path()).await);
    let last = shared(folder.path()).await;
    soon(owner.close()).await.unwrap();
    again(async || heir.add("a").execute().await).await;
    again(async || last.add("b").execute().await).await;
    // Where one of them has taken over, and the other is its client.
    let port = ConnectPort::find(&path).unwrap();
    soon(port.shutdown_all()).await.unwrap();
    for notes in [&heir, &last] {
        let mut watch = notes.all().watch();
        assert!(soon(watch.next()).await.is_none());
        assert!(!notes.is_open());
        soon(notes.close()).await.unwrap();
    }
    assert!(ConnectPort::find(&path).is_err());
}

#[tokio::test]
async fn s7_a_call_that_is_refused_by_an_owner_that_ends_makes_no_heir() {
    let folder = folder();
    let (owner, heir) = (shared(folder.path()).await, shared(folder.path()).await);
    let mut watch = heir.all().watch();
    assert!(soon(watch.next()).await.unwrap().unwrap().is_empty());
    let (inside, entered) = oneshot::channel();
    let (leave, left) = oneshot::channel::<()>();
    let block = tokio::spawn({
        let owner = owner.clone();
        async move {
            let block = owner.transaction(async |_| {
                inside.send(()).unwrap();
                left.await.unwrap();
                Ok::<_, Error>(())
            });
            block.await
        }
    });
    entered.await.unwrap();
    let refused = tokio::spawn({
        let heir = heir.clone();
        async move { heir.add("a").execute().await }
    });
    while owner.status().waiting == 0 {
        tokio::task::yield_now().await;
    }
    let port = ConnectPort::find(folder.path().join("notes.db")).unwrap();
    let ending = tokio::spawn(async move { port.shutdown_all().await });
    let error = soon(refused).await.unwrap().unwrap_err();
    assert!(error.is_remote(), "{error}");
    leave.send(()).unwrap();
    soon(block).await.unwrap().unwrap();
    soon(ending).await.unwrap().unwrap();
    while let Some(item) = soon(watch.next()).await {
        item.unwrap();
    }
    assert!(!heir.is_open());
    soon(heir.close()).await.unwrap();
    assert!(ConnectPort::find(folder.path().join("notes.db")).is_err());
}

#[tokio::test]
async fn a_hook_that_panics_at_a_take_over_is_an_error_of_whoever_asks() {
    let folder = folder();
    let owner = shared(folder.path()).await;
    let hook = |_: &crate::Setup<'_>| panic!("a hook");
    let builder = Notes::builder().path(folder.path().join("notes.db"));
    let heir = builder.on_open(hook).open_shared().await.unwrap();
    soon(owner.close()).await.unwrap();
    let mut told = 0;
    while told < 2 {
        match soon(heir.add("a").execute()).await.unwrap_err() {
            Error::Unopened { .. } => told += 1,
            // It has met the end of the owner.
            error => assert!(error.is_remote(), "{error}"),
        }
    }
    soon(heir.close()).await.unwrap();
}

#[tokio::test]
async fn what_would_end_or_restrict_what_all_share_is_refused() {
    let folder = folder();
    let path = folder.path().join("notes.db");
    let restrict = ConnectOptions::new().read_only();
    let serve = ServeOptions::new();
    let builder = Notes::builder().path(path);
    let opened = builder.open_shared_with(serve.clone(), restrict).await;
    assert!(matches!(opened, Err(Error::Refused { .. })));
    let opened = Notes::builder().open_shared().await;
    assert!(matches!(opened, Err(Error::Refused { .. })));
}

/// How many threads and descriptors this process has.
#[cfg(target_os = "linux")]
fn resources() -> [usize; 2] {
    ["/proc/self/task", "/proc/self/fd"].map(|path| std::fs::read_dir(path).unwrap().count())
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_take_overs_leave_no_thread_and_no_descriptor() {
    const NAME: &str =
        "sharing::client::tests::reigns::a_hundred_take_overs_leave_no_thread_and_no_descriptor";
    let Some(path) = child::folder() else {
        let folder = folder();
        // In a process of its own, where no other test opens anything.
        let (mut child, _said) = child::spawn(NAME, folder.path());
        assert!(child.wait().unwrap().success());
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut before = resources();
        let mut owner = shared(&path).await;
        for round in 0..100 {
            let next = shared(&path).await;
            soon(owner.close()).await.unwrap();
            let count = again(async || next.all().list().await).await.len();
            assert_eq!(count, 0);
            owner = next;
            if round == 1 {
                before = resources();
            }
        }
        let start = Instant::now();
        // A thread that has said that it ends does so a moment later.
        let more = || {
            resources()
                .into_iter()
                .zip(before)
                .any(|(now, before)| now > before)
        };
        while more() && start.elapsed() < Duration::from_secs(20) {
            thread::yield_now();
        }
        assert!(!more(), "{:?} after {before:?}", resources());
        soon(owner.close()).await.unwrap();
    });
}

/// Writes rows until it is killed, and says which were acknowledged.
fn write(path: &std::path::Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    thread::spawn(|| {
        child::wait_for_a_sign();
        std::process::exit(0);
    });
    runtime.block_on(async {
        let notes = shared(path).await;
        for number in 0_u64.. {
            let text = format!("{} {number}", std::process::id());
            match soon(notes.add(text.leak()).execute()).await {
                Ok(_) => child::say(&format!("{} {number}", std::process::id())),
                // It is there or it is not, and nobody has promised it.
                Err(Error::Remote { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s17_s47_no_acknowledged_row_is_lost_while_owners_are_killed_one_after_the_other() {
    const NAME: &str = "sharing::client::tests::reigns::\
        s17_s47_no_acknowledged_row_is_lost_while_owners_are_killed_one_after_the_other";
    if let Some(path) = child::folder() {
        thread::spawn(move || write(&path)).join().unwrap();
        return;
    }
    let folder = folder();
    let (send, rows) = mpsc::channel();
    let over = Arc::new(AtomicBool::new(false));
    let spawn = || {
        let (child, mut said) = child::spawn(NAME, folder.path());
        let (send, over, process) = (send.clone(), Arc::clone(&over), child.id());
        thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                let Some(row) = child::hears(&mut said) else {
                    break;
                };
                send.send((process, row)).unwrap();
            }
        });
        child
    };
    let mut acknowledged = BTreeSet::new();
    // Until each of these processes has written some more.
    let mut write_on = |processes: &[u32]| {
        let mut left: Vec<u32> = processes.repeat(5);
        while !left.is_empty() {
            let (process, row) = rows.recv_timeout(Duration::from_secs(30)).unwrap();
            acknowledged.insert(row);
            if let Some(place) = left.iter().position(|other| *other == process) {
                left.swap_remove(place);
            }
        }
    };
    let mut children = vec![spawn()];
    write_on(&[children[0].id()]);
    let witness = shared(folder.path()).await;
    let mut watch = witness.all().watch();
    soon(watch.next()).await.unwrap().unwrap();
    children.extend([spawn(), spawn()]);
    for _ in 0..6 {
        let alive: Vec<u32> = children.iter().map(std::process::Child::id).collect();
        tokio::task::block_in_place(|| write_on(&alive));
        // The eldest, who owns the file sooner or later.
        let mut eldest = children.remove(0);
        eldest.kill().unwrap();
        eldest.wait().unwrap();
        children.push(spawn());
    }
    for mut child in children {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    over.store(true, Ordering::Relaxed);
    acknowledged.extend(rows.try_iter().map(|(_, row)| row));
    // All others are dead, so this one is the owner now.
    let all: Vec<String> = again(async || witness.all().list().await).await;
    let found: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(found.len(), all.len());
    let lost: Vec<_> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", acknowledged.len());
    let seen = soon(async {
        loop {
            match watch.next().await.unwrap() {
                Ok(texts) if texts.len() == all.len() => return texts,
                Ok(_) => {}
                Err(error) => assert!(error.is_remote(), "{error}"),
            }
        }
    });
    assert_eq!(seen.await, all);
    drop(watch);
    soon(witness.close()).await.unwrap();
}
