//! Runs the tests of a program once more, in another way.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{VARIABLE, Way};

/// The word in the environment that names the file of openings.
const OPENINGS: &str = "SQLITENOW_TESTS_OPENINGS";

/// How long all tests together may take, on a machine that is busy with other things.
const PATIENCE: Duration = Duration::from_secs(300);

/// Tests that cannot go another way.
pub struct Skipped {
    /// What only a database in the test's own hands can do.
    pub capability: &'static str,
    /// The way that cannot be gone, or both.
    pub way: Option<Way>,
    /// Beginnings of the tests' names, their modules included.
    pub tests: &'static [&'static str],
}

/// Notes that a database was opened this way.
pub(super) fn note(way: Way) {
    let Ok(path) = env::var(OPENINGS) else { return };
    let file = OpenOptions::new().append(true).create(true).open(path);
    let mut file = file.expect("the file of openings");
    file.write_all(format!("{}\n", way.word()).as_bytes())
        .expect("a line in the file of openings");
}

/// Runs the tests with these words in their names once more, and fails if one of them does.
///
/// # Panics
///
/// If a test fails, if an entry of the list names no test, or if fewer than `least` databases were opened this way.
pub fn run_again(way: Way, words: &[&str], skipped: &[Skipped], least: usize) {
    if Way::chosen() != Way::Here {
        return;
    }
    let program = env::current_exe().expect("a path");
    let listed = Command::new(&program)
        .arg("--list")
        .output()
        .expect("the names of the tests");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let folder = tempfile::tempdir().expect("a folder");
    let openings = folder.path().join("openings");
    let mut command = Command::new(program);
    command.args(words).args(["--skip", "remote::"]);
    for skipped in skipped
        .iter()
        .filter(|s| s.way.is_none_or(|only| only == way))
    {
        for test in skipped.tests {
            let mut names = listed.lines();
            assert!(
                names.any(|name| name.contains(test)),
                "no test is called {test}"
            );
            command.args(["--skip", test]);
        }
    }
    command.env(VARIABLE, way.word()).env(OPENINGS, &openings);
    let said = folder.path().join("said");
    let open = || File::create(&said).expect("a file for what is said");
    // Of the tests that fail, this shows the names and what they say.
    command.stdout(open()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the tests");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break Some(status);
        }
        if start.elapsed() > PATIENCE {
            child.kill().expect("a child");
            child.wait().expect("a child");
            break None;
        }
        thread::sleep(Duration::from_millis(20));
    };
    let said = fs::read_to_string(&said).expect("what was said");
    assert!(
        status.is_some_and(|status| status.success()),
        "{way:?}\n{said}"
    );
    let opened = fs::read_to_string(openings).expect("the file of openings");
    let opened = opened.lines().filter(|word| *word == way.word()).count();
    assert!(opened >= least, "{opened} databases were opened this way");
}
