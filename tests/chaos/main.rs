//! Twenty processes write to one file while some of them are killed, stopped, or stall.
//!
//! In: `CHAOS`, how many seconds it lasts, and `CHAOS_SEED`. Out: a table of what was dealt, or what is wrong: what the
//! file holds against what was acknowledged outside of it, what every watch shows in the end, how long anybody waited,
//! and what was left over.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets an error has failed")]

mod crew;
#[path = "../random/dice.rs"]
mod dice;
mod director;
mod ledger;
mod owner;
mod report;
mod said;
mod stall;

use std::path::Path;
use std::time::Duration;

use crew::Crew;
use director::Director;
use report::Blow;

/// In that time somebody says something, however many are killed.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the processes reach the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Each has it open, and SQLite's locks stand between them.
    Alone,
    /// One owns it and serves the others.
    Shared,
}

impl Way {
    /// Nobody waits longer for a piece of work.
    fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            // SQLite serves those who wait in no order, so that some are passed over again and again.
            Self::Alone => 120,
            Self::Shared => 30,
        })
    }
}

/// How many work at the same time.
const WORKERS: usize = 20;

/// How many hits a minute must bring.
fn a_minutes_hits(blow: Blow) -> u64 {
    match blow {
        Blow::Inside | Blow::Waiting | Blow::Commit => 20,
        Blow::Stop | Blow::Stall => 1,
    }
}

fn number(variable: &str, default: u64) -> u64 {
    let given = std::env::var(variable);
    given.map_or(default, |given| given.parse().unwrap())
}

#[test]
fn what_was_acknowledged_outlives_processes_that_have_the_file_open_by_themselves() {
    chaos(Way::Alone);
}

#[test]
fn what_was_acknowledged_outlives_owners_and_clients_of_a_shared_database() {
    chaos(Way::Shared);
}

fn chaos(way: Way) {
    let (seconds, seed) = (number("CHAOS", 5), number("CHAOS_SEED", 1));
    let folder = tempfile::tempdir().unwrap();
    let (file, sockets) = (folder.path().join("board.db"), folder.path().join("run"));
    std::fs::create_dir(&sockets).unwrap();
    let mut crew = Crew::new(way, &file, &sockets);
    // All of them open a file that is not there yet.
    for _ in 0..WORKERS {
        crew.hire();
    }
    let mut director = Director::new(way, &file, crew, seed);
    let enough = |blow| usize::try_from((a_minutes_hits(blow) * seconds).div_ceil(60)).unwrap();
    director.run(Duration::from_secs(seconds), enough);
    let longest = director.finish();
    director.crew.dismiss();
    assert_eq!(files(folder.path()), [file.as_path()]);

    let titles = titles(&file);
    let shown = director.crew.shown();
    let differs = |rows: &&u64| **rows != titles.len() as u64;
    assert_eq!(shown.iter().find(differs), None, "of {} rows", titles.len());
    let words: Vec<_> = director
        .crew
        .workers
        .iter()
        .map(|worker| worker.words.clone())
        .collect();
    // The seed of the database is nobody's.
    let verdict = ledger::judge(&words, &titles[1..]);
    println!(
        "{way:?}, {seconds} s, CHAOS_SEED={seed}:\n{}",
        director.report
    );
    println!(
        "{} processes; {} pairs acknowledged, {} undone; unanswered: {} there, {} not; longest wait {longest:?}",
        words.len(),
        verdict.kept,
        verdict.undone,
        verdict.found,
        verdict.vanished,
    );
    assert_eq!(verdict.wrong, [""; 0]);
    assert!(longest < way.deadline(), "{longest:?}");
}

/// What a program without the runtime finds in the file.
fn titles(file: &Path) -> Vec<String> {
    let file = rusqlite::Connection::open(file).unwrap();
    let check: String = file
        .query_row("PRAGMA integrity_check", (), |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    let mut titles = file.prepare("SELECT title FROM card ORDER BY id").unwrap();
    let titles = titles.query_map((), |row| row.get(0)).unwrap();
    titles.collect::<Result<_, _>>().unwrap()
}

/// Everything below a folder that is no folder itself.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
