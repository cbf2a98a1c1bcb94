//! Another process, as a test sees it: one line for each thing to do, and an answer to each.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc;

/// How long a test waits for what must come.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A child that acts as it is told, and is killed with this value.
pub struct Actor {
    child: Child,
    input: ChildStdin,
    lines: mpsc::UnboundedReceiver<String>,
    notices: VecDeque<String>,
    answers: VecDeque<String>,
}

impl Actor {
    pub fn new() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_child"))
            .arg("act")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, lines) = mpsc::unbounded_channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        let input = child.stdin.take().unwrap();
        let (notices, answers) = (VecDeque::new(), VecDeque::new());
        Self {
            child,
            input,
            lines,
            notices,
            answers,
        }
    }

    /// A process that owns the database in this file, and its port.
    pub async fn owner(path: &std::path::Path) -> (Self, sqlitenow_runtime::ConnectPort) {
        let mut actor = Self::new();
        let port = actor.ask(&format!("own {}", path.display())).await;
        (actor, port.parse().expect("a port"))
    }

    /// A process that is a client of this port.
    pub async fn client(port: &sqlitenow_runtime::ConnectPort) -> Self {
        let mut actor = Self::new();
        assert_eq!(actor.ask(&format!("connect {port}")).await, "ok");
        actor
    }

    /// Says what to do, without waiting for the answer.
    pub fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// Says what to do, and waits for the answer.
    pub async fn ask(&mut self, line: &str) -> String {
        self.say(line);
        self.answer().await
    }

    /// The next answer.
    pub async fn answer(&mut self) -> String {
        loop {
            if let Some(answer) = self.answers.pop_front() {
                return answer;
            }
            self.read("an answer").await;
        }
    }

    /// The next thing that has happened by itself.
    pub async fn notice(&mut self) -> String {
        loop {
            if let Some(notice) = self.notices.pop_front() {
                return notice;
            }
            self.read("a notice").await;
        }
    }

    /// Waits for a notice, and passes over those that come before.
    pub async fn until(&mut self, wanted: &str) {
        while self.notice().await != wanted {}
    }

    /// What has been told by itself up to now, and was not looked at.
    pub async fn notices(&mut self) -> Vec<String> {
        // The answer comes behind all that was told before.
        self.ask("titles").await;
        self.notices.drain(..).collect()
    }

    /// Waits until so many calls wait for the database in this process.
    pub async fn waiting(&mut self, calls: usize) {
        assert_eq!(self.ask(&format!("waiting {calls}")).await, "ok");
    }

    async fn read(&mut self, what: &str) {
        let line = tokio::time::timeout(PATIENCE, self.lines.recv()).await;
        let line = line.unwrap_or_else(|_| panic!("{what} does not come"));
        let line = line.unwrap_or_else(|| panic!("{what} is expected, and the process has ended"));
        match line.split_at_checked(2) {
            Some(("= ", answer)) => self.answers.push_back(answer.to_owned()),
            Some(("! ", notice)) => self.notices.push_back(notice.to_owned()),
            _ => panic!("the process says: {line}"),
        }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends the process as the power would.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Stops the process, which stays.
    pub fn stop(&self) {
        let process = self.child.id().to_string();
        let stopped = Command::new("kill").args(["-STOP", &process]).status();
        assert!(stopped.unwrap().success());
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
