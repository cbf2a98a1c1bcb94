//! The other processes: this program again, with an argument that says what it is to do.
//!
//! In: lines on standard input; their end is the end of the process. Out: a line once it is ready, and one for each order.

use std::io::{BufRead as _, BufReader, Lines, Write as _, stdin};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, SystemTime};

use sqlitenow_runtime::{ConnectOptions, ConnectPort, Result as DatabaseResult};
use tokio::runtime::{Builder, Runtime};

use crate::bench_database::BenchDatabase;
use crate::bench_database::readings::AddParams;

/// Why the figures could not be taken.
pub type Failure = Box<dyn std::error::Error>;

/// A process that does its part.
pub struct Other {
    child: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Other {
    /// Starts it and waits until it is ready.
    pub fn start(part: &str, at: &Path) -> Result<Self, Failure> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(part)
            .arg(at)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let orders = child.stdin.take().ok_or("stdin is piped")?;
        let answers = child.stdout.take().ok_or("stdout is piped")?;
        let answers = BufReader::new(answers).lines();
        let mut other = Self {
            child,
            orders,
            answers,
        };
        other.answer()?;
        Ok(other)
    }

    pub fn order(&mut self) -> Result<(), Failure> {
        Ok(writeln!(self.orders)?)
    }

    /// Its next line.
    pub fn answer(&mut self) -> Result<String, Failure> {
        let line = self.answers.next();
        Ok(line.ok_or("the other process has ended")??)
    }

    /// Without a chance to clean up.
    pub fn kill(mut self) -> Result<(), Failure> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    pub fn dismiss(mut self) -> Result<(), Failure> {
        drop(self.orders);
        let status = self.child.wait()?;
        status
            .success()
            .then_some(())
            .ok_or_else(|| format!("{status}").into())
    }
}

pub fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// A client of the file's owner.
pub async fn client(file: &Path) -> DatabaseResult<BenchDatabase> {
    ConnectPort::find(file)?
        .connect(ConnectOptions::new())
        .await
}

/// Since a moment that all processes agree upon.
pub fn now() -> Result<Duration, Failure> {
    Ok(SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?)
}

pub fn reading() -> AddParams {
    AddParams {
        taken_at: 0,
        label: "a label of some length".to_owned(),
        level: Some(0.5),
    }
}

/// Owns the file and serves it.
pub fn own(file: &Path) -> Result<(), Failure> {
    let runtime = runtime()?;
    let db = runtime.block_on(BenchDatabase::open_shared(file))?;
    println!("ready");
    for _order in stdin().lines() {}
    Ok(runtime.block_on(db.close())?)
}

/// Writes a row upon each order, and answers when it has begun.
pub fn write(file: &Path) -> Result<(), Failure> {
    let runtime = runtime()?;
    let db = runtime.block_on(client(file))?;
    println!("ready");
    for _order in stdin().lines() {
        let begun = now()?;
        runtime.block_on(db.readings().add(&reading()).execute())?;
        println!("{}", begun.as_nanos());
    }
    Ok(runtime.block_on(db.close())?)
}

/// Stays in a transaction until it is killed.
pub fn hold(file: &Path) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = client(file).await?;
        db.transaction(async |tx| {
            tx.readings().add(&reading()).execute().await?;
            println!("inside");
            std::future::pending::<Result<(), Failure>>().await
        })
        .await
    })
}
