//! What an owner shows to the outside.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use sqlitenow_runtime::{ConnectOptions, ConnectPort, Error, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;

use super::{Actor, SEED, client, owner, place, soon};
use crate::harness::titles;

/// The socket's path.
pub fn socket(port: &ConnectPort) -> PathBuf {
    let line = port.to_string();
    line.split([':', '?']).nth(1).unwrap().into()
}

#[tokio::test]
async fn s58_only_the_user_may_enter_the_sockets_folder_and_the_socket() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let socket = socket(owner.port());
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&socket), 0o600);
    assert_eq!(mode(socket.parent().unwrap()), 0o700);
}

#[tokio::test]
async fn s59_a_wrong_token_is_refused_without_being_told() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let line = owner.port().to_string();
    let (address, token) = line.split_once("?token=").unwrap();
    let wrong: ConnectPort = format!("{address}?token={}", "5f".repeat(32))
        .parse()
        .unwrap();
    let refused = soon(wrong.connect::<BoardDatabase>(ConnectOptions::new())).await;
    let error = refused.map(drop).unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(token) && !shown.contains("5f5f"), "{shown}");
    assert_eq!(titles(&client(owner.port()).await).await, [SEED]);
}

#[tokio::test]
async fn s56_a_malformed_frame_closes_its_own_connection_only() {
    let (_folder, path) = place();
    let owner = owner(&path, ServeOptions::new());
    let db = client(owner.port()).await;
    let broken = [
        &b"GET / HTTP/1.1\r\n\r\n"[..],
        &[0xff; 64],
        b"SQLTNOW\0\x01\0\0\0\0\0\0\0\xff\xff\xff\xff\0",
    ];
    db.transaction(async |tx| {
        tx.cards().insert_titled("kept").execute().await?;
        for bytes in broken {
            let mut stream = UnixStream::connect(socket(owner.port())).unwrap();
            stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
            stream.write_all(bytes).unwrap();
            // Whatever it says, it hangs up.
            let mut said = Vec::new();
            let _ = stream.read_to_end(&mut said);
        }
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, [SEED, "kept"]);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn s62_an_owner_has_no_socket_of_a_network() {
    let (_folder, path) = place();
    let (owner, port) = Actor::owner(&path).await;
    let db = client(&port).await;
    assert_eq!(titles(&db).await, [SEED]);
    let process = PathBuf::from(format!("/proc/{}", owner.process()));
    let links = fs::read_dir(process.join("fd")).unwrap();
    let links = links.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    let inodes = links.filter_map(|link| {
        let link = link.to_str()?.strip_prefix("socket:[")?;
        Some(link.trim_end_matches(']').to_owned())
    });
    let inodes: BTreeSet<String> = inodes.collect();
    assert!(inodes.len() >= 2, "a listener and a client");
    for table in ["tcp", "tcp6", "udp", "udp6"] {
        let table = fs::read_to_string(process.join("net").join(table)).unwrap_or_default();
        for line in table.lines().skip(1) {
            let inode = line.split_whitespace().nth(9).unwrap();
            assert!(!inodes.contains(inode), "{line}");
        }
    }
}
