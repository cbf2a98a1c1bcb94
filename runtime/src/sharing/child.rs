//! Processes and users for tests of this room.
//!
//! In: the name of a test. Out: the same test in a process of its own, with a word that says what it is to do there; or work
//! done as another user.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

const FOLDER: &str = "SQLITENOW_TEST_FOLDER";

/// The folder that this process was started for, if it was started by [`spawn`].
pub(super) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// Starts the test of this path once more.
pub(super) fn spawn(test: &str, folder: impl AsRef<OsStr>) -> (Child, BufReader<ChildStdout>) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    (child, said)
}

/// Says something to the test that has started this process.
pub(super) fn say(what: &str) {
    println!("\nchild: {what}");
    std::io::stdout().flush().unwrap();
}

/// What the child says next.
pub(super) fn heard(said: &mut BufReader<ChildStdout>) -> String {
    hears(said).expect("the child has ended")
}

/// What the child says next, as long as it lives.
pub(super) fn hears(said: &mut BufReader<ChildStdout>) -> Option<String> {
    let mut lines = said.lines().map_while(std::io::Result::ok);
    lines.find_map(|line| Some(line.strip_prefix("child: ")?.to_owned()))
}

/// Waits until the test that has started this process closes its end, or ends.
pub(super) fn wait_for_a_sign() {
    std::io::stdin().lines().for_each(drop);
}

/// Does work as another user, which only the superuser can; says so if it cannot.
#[cfg(target_os = "linux")]
pub(super) fn as_another_user<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    use rustix::process::{Uid, geteuid};
    if !geteuid().is_root() {
        println!("skipped: only the superuser can act as somebody else");
        return None;
    }
    std::thread::scope(|threads| {
        let thread = threads.spawn(|| {
            // In this thread alone.
            let nobody = Some(Uid::from_raw(65534));
            rustix::thread::set_thread_res_uid(nobody, nobody, nobody).unwrap();
            work()
        });
        Some(thread.join().unwrap())
    })
}

/// Gives a file to another user, if this one can.
#[cfg(target_os = "linux")]
pub(super) fn give_away(path: &Path) -> bool {
    let given = std::os::unix::fs::lchown(path, Some(65534), None).is_ok();
    if !given {
        println!("skipped: only the superuser can give files away");
    }
    given
}
