//! What sockets promise, on systems with Unix sockets.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixSocket;

use super::super::child;
use super::super::claim::{Attempt, Claim};
use super::super::deadline::{CONNECTING, Deadline};
use super::super::folder::Folder;
use super::super::token::Token;
use super::*;

fn private() -> (TempDir, Folder) {
    let base = tempfile::tempdir().unwrap();
    let folder = Folder::at(base.path().join("private")).unwrap();
    (base, folder)
}

fn soon() -> Deadline {
    Deadline::within(CONNECTING)
}

async fn reach(port: &ConnectPort) -> Result<Stream> {
    connect(port, soon(), async |stream| Ok(stream)).await
}

fn port_at(path: PathBuf) -> ConnectPort {
    ConnectPort::new(path, Token::random().unwrap())
}

fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

#[tokio::test]
async fn bytes_go_both_ways_and_the_owner_knows_the_process() {
    let (_base, folder) = private();
    let listener = Listener::bind(&folder, "a").unwrap();
    let (client, accepted) = tokio::join!(reach(listener.port()), listener.accept());
    let (mut client, (mut owner, peer)) = (client.unwrap(), accepted.unwrap());
    assert_eq!(peer.process, Some(std::process::id()));
    client.write_all(b"ping").await.unwrap();
    let mut heard = [0; 4];
    owner.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"ping");
    drop(listener);
    owner.write_all(b"pong").await.unwrap();
    client.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"pong", "streams outlive the listener");
}

#[tokio::test]
async fn s58_the_folder_and_the_socket_are_their_user_s_alone() {
    let (_base, folder) = private();
    let listener = Listener::bind(&folder, "a").unwrap();
    assert_eq!(mode(folder.path()), 0o700);
    assert_eq!(mode(listener.port().address()), 0o600);
    for name in names(&folder) {
        assert_eq!(mode(&folder.path().join(name)), 0o600);
    }
}

#[tokio::test]
async fn s12_a_closed_owner_leaves_nothing() {
    let (_base, folder) = private();
    let listener = Listener::bind(&folder, "a").unwrap();
    let other = Listener::bind(&folder, "a").unwrap();
    assert_eq!(names(&folder).len(), 4);
    drop(listener);
    assert_eq!(names(&folder).len(), 2);
    drop(other);
    assert_eq!(names(&folder), [""; 0]);
}

#[tokio::test]
async fn s12_what_a_killed_owner_left_is_removed_and_the_living_stay() {
    let name = "sharing::local::tests::s12_what_a_killed_owner_left_is_removed_and_the_living_stay";
    if let Some(folder) = child::folder() {
        let folder = Folder::at(folder).unwrap();
        let listener = Listener::bind(&folder, "a").unwrap();
        child::say(&listener.port().to_string());
        return child::wait_for_a_sign();
    }
    let (_base, folder) = private();
    let (mut process, mut said) = child::spawn(name, folder.path());
    let port: ConnectPort = child::heard(&mut said).parse().unwrap();
    let alive = Listener::bind(&folder, "b").unwrap();
    assert!(reach(&port).await.is_ok(), "it was left alone");
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(names(&folder).len(), 4);
    let error = reach(&port).await.unwrap_err();
    assert!(matches!(error, Error::NoOwner { .. }), "{error}");
    let next = Listener::bind(&folder, "a").unwrap();
    assert_eq!(names(&folder).len(), 4, "two sockets of the living");
    for port in [alive.port(), next.port()] {
        assert!(reach(port).await.is_ok());
    }
}

#[tokio::test]
async fn tidying_up_touches_nothing_else() {
    let (_base, folder) = private();
    let at = |name: &str| folder.path().join(name);
    let socket = "0123456789abcdef-01234567";
    let others = ["notes", "notes.lock", "0123456789abcdef-0123456.lock"];
    // The last is a claim of an owner, but what stands beside it is no socket.
    let claim = format!("{socket}.lock");
    for name in others.into_iter().chain([socket, &claim]) {
        File::create(at(name)).unwrap();
        fs::set_permissions(at(name), fs::Permissions::from_mode(0o600)).unwrap();
    }
    drop(Listener::bind(&folder, "a").unwrap());
    assert_eq!(names(&folder), [others[2], socket, "notes", "notes.lock"]);
}

#[tokio::test]
async fn s3_a_port_survives_a_hand_over_to_a_child_process() {
    let name = "sharing::local::tests::s3_a_port_survives_a_hand_over_to_a_child_process";
    if child::folder().is_some() {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).unwrap();
        let port: ConnectPort = line.parse().unwrap();
        let mut stream = reach(&port).await.unwrap();
        return stream.write_all(port.token().bytes()).await.unwrap();
    }
    let base = tempfile::tempdir().unwrap();
    let folder = Folder::at(base.path().join("naïve folder")).unwrap();
    let listener = Listener::bind(&folder, "a").unwrap();
    let port = listener.port();
    let (mut process, _said) = child::spawn(name, folder.path());
    writeln!(process.stdin.take().unwrap(), "{port}").unwrap();
    let (mut stream, peer) = listener.accept().await.unwrap();
    assert_eq!(peer.process, Some(process.id()));
    let mut shown = Vec::new();
    stream.read_to_end(&mut shown).await.unwrap();
    assert!(port.token().matches(&shown));
    assert!(process.wait().unwrap().success());
}

#[tokio::test]
async fn s5_a_port_that_nobody_serves_is_an_error_at_once() {
    let (_base, folder) = private();
    let at = |name: &str| port_at(folder.path().join(name));
    let dead = std::os::unix::net::UnixListener::bind(folder.path().join("dead"));
    drop(dead.unwrap());
    for (port, kind) in [
        (at("nothing"), ErrorKind::NotFound),
        (at("no/folder"), ErrorKind::NotFound),
        (at("dead"), ErrorKind::ConnectionRefused),
    ] {
        let began = Instant::now();
        match reach(&port).await {
            Err(Error::NoOwner { place, source, .. }) => {
                assert_eq!(place, port.place());
                assert_eq!(source.unwrap().kind(), kind);
            }
            other => panic!("{other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(1));
    }
}

#[tokio::test(start_paused = true)]
async fn s6_a_listener_that_never_answers_is_given_up() {
    let (_base, folder) = private();
    let listener = Listener::bind(&folder, "a").unwrap();
    for after in [Duration::from_millis(300), CONNECTING] {
        let began = tokio::time::Instant::now();
        let answered = connect(
            listener.port(),
            Deadline::within(after),
            async |mut stream| {
                stream
                    .read_u8()
                    .await
                    .map_err(|error| told(Path::new(""), error))
            },
        );
        match answered.await {
            Err(Error::Unanswered {
                place, after: said, ..
            }) => {
                assert_eq!((place, said), (listener.port().place(), after));
            }
            other => panic!("{other:?}"),
        }
        assert!(began.elapsed() >= after && began.elapsed() < after * 2);
    }
}

#[tokio::test]
async fn s6_a_client_behind_too_many_others_waits_for_its_turn_and_no_longer() {
    let (_base, folder) = private();
    let path = folder.path().join("narrow");
    let socket = UnixSocket::new_stream().unwrap();
    socket.bind(&path).unwrap();
    let narrow = socket.listen(1).unwrap();
    let port = port_at(path);
    let mut waiting = Vec::new();
    let refused = loop {
        let deadline = Deadline::within(Duration::from_millis(50));
        match connect(&port, deadline, async |stream| Ok(stream)).await {
            Ok(stream) => waiting.push(stream),
            Err(error) => break error,
        }
        assert!(waiting.len() < 100, "the system lets all of them wait");
    };
    assert!(matches!(refused, Error::Unanswered { .. }), "{refused}");
    let accept = async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        narrow.accept().await
    };
    let (reached, accepted) = tokio::join!(reach(&port), accept);
    assert!(reached.is_ok() && accepted.is_ok());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s59_another_user_is_refused_on_both_sides() {
    let (base, folder) = private();
    let listener = Listener::bind(&folder, "a").unwrap();
    let port = listener.port().clone();
    // As if the folder had failed to keep others out.
    for path in [base.path(), folder.path(), port.address()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    }
    let stranger = tokio::task::spawn_blocking(move || {
        child::as_another_user(|| {
            use std::io::Read as _;
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let reached = runtime.unwrap().block_on(reach(&port));
            // And without asking who the owner is.
            let mut stream = std::os::unix::net::UnixStream::connect(port.address()).unwrap();
            let patience = Some(Duration::from_secs(5));
            stream.set_read_timeout(patience).unwrap();
            let mut said = Vec::new();
            (reached, stream.read_to_end(&mut said).map(|_| said))
        })
    });
    let stranger = tokio::select! {
        stranger = stranger => stranger,
        accepted = listener.accept() => panic!("{accepted:?}"),
    };
    let Some((reached, said)) = stranger.unwrap() else {
        return;
    };
    let error = reached.unwrap_err().to_string();
    assert!(error.contains("found user 0"), "{error}");
    assert_eq!(said.unwrap(), b"", "it was hung up on");
    let (client, accepted) = tokio::join!(reach(listener.port()), listener.accept());
    assert!(client.is_ok() && accepted.is_ok(), "the owner goes on");
}

#[tokio::test]
async fn s60_what_stands_at_the_socket_s_place_is_refused_and_stays() {
    let (_base, folder) = private();
    let at = |name: &str| folder.path().join(name);
    let claim = |name: &str| match Claim::attempt(&at(name)).unwrap() {
        Attempt::Held(claim) => claim,
        Attempt::Taken(_) => panic!("nobody has it"),
    };
    let listener = Listener::bind(&folder, "a").unwrap();
    fs::write(at("file"), "mine").unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    symlink(listener.port().address(), at("link")).unwrap();
    for name in ["file", "dangling", "link"] {
        let error = Listener::bind_at(at(name), claim("claim")).unwrap_err();
        assert!(matches!(error, Error::Untrusted { .. }), "{error}");
        let error = reach(&port_at(at(name))).await.unwrap_err();
        assert!(matches!(error, Error::Untrusted { .. }), "{error}");
        assert!(fs::symlink_metadata(at(name)).is_ok());
    }
    assert!(!at("nowhere").exists());
    assert_eq!(fs::read(at("file")).unwrap(), b"mine");
}

#[tokio::test]
async fn an_owner_without_descriptors_goes_on_when_it_has_some() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let name = "sharing::local::tests::an_owner_without_descriptors_goes_on_when_it_has_some";
    let limit = |current| {
        let limit = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current, ..limit }).unwrap();
        limit.current
    };
    if let Some(folder) = child::folder() {
        let folder = Folder::at(folder).unwrap();
        let listener = Listener::bind(&folder, "a").unwrap();
        let before = limit(Some(0));
        child::say(&listener.port().to_string());
        let mut accept = std::pin::pin!(listener.accept());
        let none = tokio::time::timeout(Duration::from_millis(300), &mut accept).await;
        assert!(none.is_err(), "{none:?}");
        limit(before);
        let (mut stream, _) = accept.await.unwrap();
        return stream.write_u8(7).await.unwrap();
    }
    let (_base, folder) = private();
    let (mut process, mut said) = child::spawn(name, folder.path());
    let port = child::heard(&mut said).parse().unwrap();
    let mut stream = reach(&port).await.unwrap();
    assert_eq!(stream.read_u8().await.unwrap(), 7);
    std::io::copy(&mut said, &mut std::io::sink()).unwrap();
    assert!(process.wait().unwrap().success());
}
