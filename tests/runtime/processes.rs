//! Several processes on one file, and a process whose disk is full.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use sqlitenow_tests::board::BoardDatabase;

use crate::harness::titles;

const CHILD: &str = env!("CARGO_BIN_EXE_child");

#[tokio::test]
async fn r128_fifty_processes_that_open_one_fresh_file_at_once_all_succeed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/board.db");
    let spawn = |_| {
        let mut command = Command::new(CHILD);
        command.arg("open").arg(&path);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.spawn().unwrap()
    };
    let mut children: Vec<Child> = (0..50).map(spawn).collect();
    for child in &mut children {
        let mut line = String::new();
        let output = child.stdout.as_mut().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
    }
    for child in &mut children {
        drop(child.stdin.take());
    }
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let db = BoardDatabase::open(&path).await.unwrap();
    let titles = titles(&db).await;
    // The seed ran once.
    assert_eq!(titles[0], "read the guide");
    assert_eq!(titles[1..], ["from a child"; 50]);
}

#[cfg(unix)]
/// The shell makes the child deaf to the signal by which a limit on the size of files would end it.
fn with_little_room(path: &std::path::Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" fill \"$1\"", CHILD]);
    command.arg(path);
    command
}

#[cfg(unix)]
#[test]
fn r51_a_full_disk_in_mid_transaction_leaves_nothing_and_work_goes_on_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let output = with_little_room(&folder.path().join("board.db")).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[cfg(target_os = "linux")]
#[test]
fn sockets_that_others_could_reach_are_seen_and_those_of_this_machine_are_not() {
    use std::net::{TcpListener, UdpSocket};
    use std::os::unix::net::UnixStream;

    use sqlitenow_tests::network::sockets;

    let own = std::process::id();
    let _local = UnixStream::pair().unwrap();
    assert_eq!(sockets(own).unwrap(), [""; 0]);
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let _udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut seen = sockets(own).unwrap();
    seen.sort();
    let port = tcp.local_addr().unwrap().port();
    assert_eq!(seen[0], format!("tcp 0100007F:{port:04X}"));
    assert!(seen[1].starts_with("udp 0100007F:"), "{seen:?}");
    assert_eq!(seen.len(), 2);
}
