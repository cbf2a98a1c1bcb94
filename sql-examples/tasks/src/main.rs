//! A to-do list in the terminal: what is typed changes the database, and a watch redraws the list.
//!
//! `example-tasks [FILE]` keeps the tasks in FILE, or in memory when there is none.

mod db {
    pub mod task_database;
}

use anyhow::Context as _;
use tokio::io::{AsyncBufReadExt as _, BufReader, stdin};

use crate::db::task_database::TaskDatabase;
use crate::db::task_database::tasks::{AddParams, Task};

const HELP: &str = "add TITLE · add! TITLE (urgent) · done NUMBER · clean · quit";

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let db = match std::env::args_os().nth(1) {
        Some(file) => TaskDatabase::open(file).await?,
        None => TaskDatabase::open_in_memory().await?,
    };
    println!("{HELP}");
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

/// Draws the list now and after each commit that changes it, until the database closes.
async fn redraw(db: TaskDatabase) -> anyhow::Result<()> {
    let mut lists = db.tasks().all().watch();
    while let Some(list) = lists.next().await {
        println!("{}", draw(&list?));
    }
    Ok(())
}

fn draw(tasks: &[Task]) -> String {
    let lines = tasks.iter().map(|task| {
        let mark = if task.done { 'x' } else { ' ' };
        let urgent = if task.priority > 0 { "!" } else { "" };
        format!("[{mark}] {} {}{urgent}", task.id, task.title)
    });
    let lines: Vec<_> = lines.collect();
    format!("----\n{}\n----", lines.join("\n"))
}

async fn run(db: &TaskDatabase, line: &str) -> anyhow::Result<Step> {
    let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
    match command {
        "" => {}
        "quit" => return Ok(Step::Quit),
        "add" | "add!" if !rest.is_empty() => {
            let params = AddParams {
                title: rest.to_owned(),
                due: None,
                priority: i64::from(command == "add!"),
            };
            let task = db.tasks().add(&params).one().await?;
            println!("{} is number {}", task.title, task.id);
        }
        "done" => {
            let id = rest.parse().context("`done` takes the number of a task")?;
            if db.tasks().finish(id).execute().await?.rows == 0 {
                println!("no open task has the number {id}");
            }
        }
        "clean" => clean(db).await?,
        _ => println!("{HELP}"),
    }
    Ok(Step::Continue)
}

/// Removes what is done, and says how much it was; both see the same state.
async fn clean(db: &TaskDatabase) -> anyhow::Result<()> {
    db.transaction(async |tx| {
        let summary = tx.tasks().summary().one().await?;
        tx.tasks().remove_finished().execute().await?;
        println!("{} of {} were done", summary.finished, summary.total);
        Ok::<_, sqlitenow_runtime::Error>(())
    })
    .await?;
    Ok(())
}
