//! What claims promise, among threads and processes.

use std::fs;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::*;

fn held(path: &Path) -> Option<Claim> {
    match Claim::attempt(path).unwrap() {
        Attempt::Held(claim) => Some(claim),
        Attempt::Taken(_) => None,
    }
}

fn found(path: &Path) -> Option<String> {
    match Claim::attempt(path).unwrap() {
        Attempt::Held(_) => panic!("nobody has it"),
        Attempt::Taken(line) => line,
    }
}

#[test]
fn a_claim_is_one_process_s_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db-owner");
    assert!(Claim::inherit(&path).unwrap().is_none());
    let claim = held(&path).unwrap();
    assert_eq!(found(&path), None);
    claim.announce("sqlitenow:one").unwrap();
    assert_eq!(found(&path).as_deref(), Some("sqlitenow:one"));
    claim.announce("sqlitenow:2").unwrap();
    assert_eq!(found(&path).as_deref(), Some("sqlitenow:2"));
    assert_eq!(read(&path).unwrap().as_deref(), Some("sqlitenow:2"));
    assert!(Claim::inherit(&path).unwrap().is_none());
    drop(claim);
    #[cfg(unix)]
    assert!(!path.exists());
    assert_eq!(read(&path).unwrap(), None);
    assert!(held(&path).is_some());
}

#[test]
fn of_many_threads_that_come_and_go_one_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db-owner");
    let (inside, times) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                for _ in 0..500 {
                    let Some(claim) = held(&path) else { continue };
                    assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                    thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                    drop(claim);
                    times.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(times.into_inner() > 1);
    assert!(fs::read_dir(folder.path()).unwrap().next().is_none() || cfg!(windows));
}

#[test]
fn a_line_is_read_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db-owner");
    let claim = held(&path).unwrap();
    let lines = [5, 50, 2000].map(|length| format!("{SCHEME}{}", "x".repeat(length)));
    let over = AtomicBool::new(false);
    thread::scope(|threads| {
        threads.spawn(|| {
            for line in lines.iter().cycle().take(3000) {
                claim.announce(line).unwrap();
            }
            over.store(true, Ordering::SeqCst);
        });
        while !over.load(Ordering::SeqCst) {
            let line = read(&path).unwrap();
            assert!(line.is_none_or(|line| lines.contains(&line)));
        }
    });
}

#[test]
fn what_a_stopped_machine_leaves_is_taken_and_other_contents_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db-owner");
    let put = |contents: &[u8]| {
        drop(held(&path).unwrap());
        let mut options = fs::OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.create(true).write(true).truncate(true).open(&path);
        file.as_mut().unwrap().write_all(contents).unwrap();
    };
    for left in [
        &b""[..],
        &[0; 40],
        b"sql",
        b"sqlitenow:/run/",
        b"sqlitenow:/run/a\n",
    ] {
        put(left);
        let claim = held(&path).expect("nobody has it");
        assert_eq!(found(&path), None, "an old line leads nowhere");
        drop(claim);
    }
    for foreign in [&b"notes\n"[..], b"sqlite\n", b"\0\0x"] {
        put(foreign);
        let error = Claim::attempt(&path).unwrap_err();
        assert!(matches!(error, Error::Untrusted { .. }), "{error}");
        assert_eq!(fs::read(&path).unwrap(), foreign);
        fs::remove_file(&path).unwrap();
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use super::super::super::child;
    use super::*;

    #[track_caller]
    fn refused(path: &Path, why: &str) {
        for outcome in [
            Claim::attempt(path).map(drop),
            Claim::inherit(path).map(drop),
            read(path).map(drop),
        ] {
            let error = outcome.expect_err("it is refused");
            assert!(matches!(error, Error::Untrusted { .. }), "{error}");
            assert!(error.to_string().contains(why), "{error}");
        }
        assert!(fs::symlink_metadata(path).is_ok(), "it was not removed");
    }

    #[test]
    fn s60_links_and_foreign_files_are_refused_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut private = fs::OpenOptions::new();
        std::os::unix::fs::OpenOptionsExt::mode(&mut private, 0o600);
        private.write(true).create(true).open(at("file")).unwrap();
        symlink(at("file"), at("link")).unwrap();
        refused(&at("link"), "symbolic link");
        symlink(at("nowhere"), at("dangling")).unwrap();
        refused(&at("dangling"), "symbolic link");
        assert!(!at("nowhere").exists());
        fs::create_dir(at("folder")).unwrap();
        refused(&at("folder"), "something else");
        drop(UnixListener::bind(at("socket")).unwrap());
        refused(&at("socket"), "something else");
        fs::set_permissions(at("file"), fs::Permissions::from_mode(0o620)).unwrap();
        refused(&at("file"), "mode 0620");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn s60_files_of_other_users_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db-owner");
        drop(File::create(&path).unwrap());
        if child::give_away(&path) {
            refused(&path, "user 65534");
        }
    }

    #[test]
    fn a_claim_is_made_for_its_user_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db-owner");
        let _claim = held(&path).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }

    #[test]
    fn what_a_killed_process_held_can_be_had_at_once() {
        let name = "sharing::claim::tests::unix::what_a_killed_process_held_can_be_had_at_once";
        if let Some(folder) = child::folder() {
            let claim = held(&folder.join("a.db-owner")).unwrap();
            claim.announce("sqlitenow:child").unwrap();
            child::say("held");
            return child::wait_for_a_sign();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db-owner");
        let (mut process, mut said) = child::spawn(name, folder.path());
        assert_eq!(child::heard(&mut said), "held");
        assert_eq!(found(&path).as_deref(), Some("sqlitenow:child"));
        process.kill().unwrap();
        process.wait().unwrap();
        let claim = Claim::inherit(&path).unwrap().expect("nobody has it");
        assert_eq!(found(&path), None);
        drop(claim);
        assert!(!path.exists());
    }

    #[test]
    fn of_many_processes_that_come_and_go_one_has_it() {
        let name = "sharing::claim::tests::unix::of_many_processes_that_come_and_go_one_has_it";
        if let Some(folder) = child::folder() {
            child::wait_for_a_sign();
            let inside = folder.join("inside");
            for _ in 0..300 {
                let Some(claim) = held(&folder.join("a.db-owner")) else {
                    continue;
                };
                File::create_new(&inside).expect("nobody else is inside");
                fs::remove_file(&inside).unwrap();
                drop(claim);
            }
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let children: Vec<_> = (0..6).map(|_| child::spawn(name, folder.path())).collect();
        let mut children: Vec<_> = children
            .into_iter()
            .map(|(child, mut said)| {
                thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
                child
            })
            .collect();
        for child in &mut children {
            drop(child.stdin.take());
        }
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
    }
}
