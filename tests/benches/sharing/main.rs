//! Figures of sharing: what a round trip to an owner costs, how soon others hear of a commit, and how soon they go on
//! after somebody died. Nothing is asserted about time; on a busy machine it is the scheduler that is measured.
//!
//! In: the database of `fixtures/generate/bench`, owned by another process. Out: a table of medians. Invariant: owner,
//! writer and listener are processes of their own, this very program with another argument.

#[path = "../../fixtures/generate/bench/expected/bench_database.rs"]
mod bench_database;
mod deaths;
mod news;
mod others;
#[cfg(unix)]
mod round_trips;

use std::time::Duration;

use crate::others::{Failure, Other};

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["own", file] => others::own(file.as_ref()),
        ["write", file] => others::write(file.as_ref()),
        ["hold", file] => others::hold(file.as_ref()),
        #[cfg(unix)]
        ["echo", socket] => round_trips::answer(socket.as_ref()),
        _ => measure(),
    }
}

fn measure() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("shared.db");
    let owner = Other::start("own", &file)?;
    println!("| what | median | quartiles of the ratio, or 99 % |");
    println!("|---|---|---|");
    #[cfg(unix)]
    round_trips::run(folder.path(), &file)?;
    show(
        "write begun in one process → item of a watch in another",
        news::delays(&file)?,
    );
    show(
        "client killed in a transaction → write of another is done",
        deaths::delays(&file)?,
    );
    owner.dismiss()
}

fn show(what: &str, mut delays: Vec<Duration>) {
    delays.sort_unstable();
    let at = |percent: usize| delays[(delays.len() - 1) * percent / 100];
    println!("| {what} | {:.1?} | {:.1?} |", at(50), at(99));
}
