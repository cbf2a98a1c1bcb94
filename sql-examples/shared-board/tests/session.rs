//! Several instances on one file, driven as people would: each types when it sees what the one before has done.

#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// No answer takes that long, on the slowest of machines.
const PATIENCE: Duration = Duration::from_secs(30);

/// An instance of the program; it is killed when it goes out of sight.
struct Instance {
    child: Child,
    input: ChildStdin,
    output: Receiver<String>,
}

impl Instance {
    /// Starts one and waits for its first board.
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_shared-board"))
            .arg(folder.join("board.db"))
            // Sockets come to lie where the test can see them.
            .env("XDG_RUNTIME_DIR", folder.join("run"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example was built");
        let input = child.stdin.take().expect("stdin is piped");
        let lines = BufReader::new(child.stdout.take().expect("stdout is piped")).lines();
        let (said, output) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if said.send(line).is_err() {
                    break;
                }
            }
        });
        let mut instance = Self {
            child,
            input,
            output,
        };
        instance.read_to(|board| board.ends_with("quit"));
        instance
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("the instance reads");
    }

    /// Waits for such a line.
    #[track_caller]
    fn read_to(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        let mut seen = Vec::new();
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            let Ok(line) = self.output.recv_timeout(left) else {
                break;
            };
            if wanted(&line) {
                return line;
            }
            seen.push(line);
        }
        panic!("the line did not come after these:\n{}", seen.join("\n"));
    }

    #[track_caller]
    fn sees(&mut self, note: &str) {
        self.read_to(|line| line == note);
    }

    /// Types a line until its effect is seen: what was on its way to an owner that died is answered by an error.
    #[track_caller]
    fn insist(&mut self, line: &str, note: &str) {
        let is_of_the_board =
            |line: &str| line.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        loop {
            self.type_line(line);
            if self.read_to(|line| line == note || !is_of_the_board(line)) == note {
                return;
            }
        }
    }

    /// Without a chance to clean up.
    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is ours");
    }

    fn quit(mut self) {
        self.type_line("quit");
        let end = Instant::now() + PATIENCE;
        // Its output ends when it does.
        let over = loop {
            if let Err(over) = self.output.recv_timeout(end - Instant::now()) {
                break over;
            }
        };
        assert_eq!(over, RecvTimeoutError::Disconnected, "it goes on");
        let status = self.child.wait().expect("it is ours");
        assert!(status.success(), "{status}");
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // Fails when it has ended, which is just as well.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The files below `folder`, at any depth.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in folder.read_dir().expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn what_one_changes_all_show_and_the_board_outlives_its_owner() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    std::fs::create_dir(folder.path().join("run")).expect("the folder is ours");
    let mut all: Vec<_> = (0..3).map(|_| Instance::start(folder.path())).collect();
    for writer in 0..all.len() {
        all[writer].type_line(&format!("add from {writer}"));
        for instance in &mut all {
            instance.sees(&format!("{} [ ] from {writer}", writer + 1));
        }
    }
    all[1].type_line("remove nothing");
    all[1].sees("`nothing` is not the number of a note");

    // The first to open the file owns it.
    all.remove(0).kill();
    all[0].insist("done 1", "1 [x] from 0");
    all[1].sees("1 [x] from 0");
    all.push(Instance::start(folder.path()));
    all[2].type_line("add from the fourth");
    for instance in &mut all {
        instance.sees("4 [ ] from the fourth");
    }
    all[1].type_line("remove 4");
    all[1].type_line("remove 4");
    all[1].sees("no note has the number 4");

    // The owner goes first, as politely as the others.
    for instance in all {
        instance.quit();
    }
    let file = folder.path().join("board.db");
    assert_eq!(files(folder.path()), [file.display().to_string()]);
}
