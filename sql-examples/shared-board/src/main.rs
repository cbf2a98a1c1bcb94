//! A board in the terminal, started several times on one file: what one instance changes, all of them show at once.
//!
//! `shared-board FILE` opens FILE together with whoever else has it open. On a terminal the board is redrawn in place;
//! into a pipe or a file each state of it is printed below the one before.

mod db {
    pub mod board_database;
}

use std::io::{IsTerminal as _, stdout};

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader, stdin};

use crate::db::board_database::BoardDatabase;
use crate::db::board_database::notes::Note;

const HELP: &str = "add TEXT · done NUMBER · remove NUMBER · quit";

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let file = std::env::args_os().nth(1);
    let file = file.context("which file? try `shared-board board.db`, in two terminals")?;
    // The first process to open the file owns it and serves the others. When it goes, one of them takes its place.
    let db = BoardDatabase::open_shared(file).await?;
    let screen = tokio::spawn(redraw(db.clone()));
    let mut lines = BufReader::new(stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        match run(&db, line.trim()).await {
            Ok(Step::Continue) => {}
            Ok(Step::Quit) => break,
            Err(error) => println!("{error:#}"),
        }
    }
    // Closing ends the watch, and so the task that waits for it.
    db.close().await?;
    screen.await?
}

enum Step {
    Continue,
    Quit,
}

/// Draws the board now and after each commit that changes it, whoever made it, until the database closes.
async fn redraw(db: BoardDatabase) -> anyhow::Result<()> {
    let mut boards = db.notes().all().watch();
    while let Some(board) = boards.next().await {
        match board {
            Ok(notes) => draw(&notes),
            // The next commit, or the next owner, brings the next board.
            Err(error) => println!("{error:#}"),
        }
    }
    Ok(())
}

fn draw(notes: &[Note]) {
    if stdout().is_terminal() {
        // Clears the screen and begins at its upper left corner.
        print!("\x1b[2J\x1b[H");
    }
    for note in notes {
        let mark = if note.done { 'x' } else { ' ' };
        println!("{} [{mark}] {}", note.id, note.text);
    }
    println!("---- {HELP}");
}

async fn run(db: &BoardDatabase, line: &str) -> anyhow::Result<Step> {
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    let changed = match command {
        "" => return Ok(Step::Continue),
        "quit" => return Ok(Step::Quit),
        "add" if !rest.is_empty() => db.notes().add(rest).execute().await?,
        "done" => db.notes().finish(number(rest)?).execute().await?,
        "remove" => db.notes().remove(number(rest)?).execute().await?,
        _ => anyhow::bail!(HELP),
    };
    if changed.rows == 0 {
        println!("no note has the number {rest}");
    }
    Ok(Step::Continue)
}

fn number(text: &str) -> anyhow::Result<i64> {
    text.parse()
        .ok()
        .with_context(|| format!("`{text}` is not the number of a note"))
}
