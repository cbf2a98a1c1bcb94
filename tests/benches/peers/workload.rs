//! The workload, as every program reads it and reports on it.
//!
//! In: the path of the workload and of a database, as arguments. Out: the runs; a printed line for each, its name and the
//! nanoseconds of one call. Shared by inclusion, since each peer is a workspace of its own. Invariant: which calls read, and
//! which rows, is decided here alone.

use std::time::Duration;

/// How many rows the table `item` has.
pub const ITEMS: u64 = 1000;

/// The texts and runs of a workload.
pub struct Workload {
    pub read: String,
    pub write: String,
    pub runs: Vec<Run>,
}

/// Tasks that call, one call after the other.
pub struct Run {
    pub name: String,
    pub tasks: u64,
    pub calls: u64,
    reads: u64,
}

/// What one call does.
pub enum Call {
    /// Reads the item with this number.
    Read(i64),
    /// Adds a reading that was taken at this moment.
    Write(i64),
}

impl Workload {
    pub fn parse(text: &str) -> Result<Self, String> {
        let (mut read, mut write, mut runs) = (String::new(), String::new(), Vec::new());
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(' ') {
                Some(("read", sql)) => sql.clone_into(&mut read),
                Some(("write", sql)) => sql.clone_into(&mut write),
                Some(("run", run)) => runs.push(Run::parse(run)?),
                _ => return Err(format!("found `{line}`, expected `read`, `write` or `run`")),
            }
        }
        Ok(Self { read, write, runs })
    }
}

impl Run {
    fn parse(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [name, tasks, calls, reads] = words[..] else {
            return Err(format!("found `{text}`, expected a name and three numbers"));
        };
        let number = |word: &str| {
            let number = word.parse::<u64>();
            number.map_err(|error| format!("`{word}`: {error}"))
        };
        Ok(Self {
            name: name.to_owned(),
            tasks: number(tasks)?,
            calls: number(calls)?,
            reads: number(reads)?,
        })
    }

    /// The calls of one task, in their order.
    pub fn of_task(&self, task: u64) -> impl Iterator<Item = Call> + use<> {
        let reads = self.reads;
        (0..self.calls).map(move |call| {
            let drawn = task.wrapping_mul(7919).wrapping_add(call.wrapping_mul(373));
            let number = i64::try_from(drawn % ITEMS + 1).unwrap_or(1);
            if drawn % 100 < reads {
                Call::Read(number)
            } else {
                Call::Write(number)
            }
        })
    }

    /// Prints the line of this run.
    pub fn report(&self, took: Duration) {
        let calls = u128::from(self.tasks * self.calls);
        println!("{} {}", self.name, took.as_nanos() / calls.max(1));
    }
}
