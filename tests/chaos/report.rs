//! What happened in a run, as a table.

use std::fmt;
use std::time::Duration;

/// The blows that a run deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// A process is killed inside a transaction.
    Inside,
    /// A process is killed while it waits for its turn.
    Waiting,
    /// A process is killed inside COMMIT.
    Commit,
}

pub const BLOWS: [Blow; 3] = [Blow::Inside, Blow::Waiting, Blow::Commit];

impl Blow {
    fn name(self) -> &'static str {
        match self {
            Self::Inside => "a process killed inside a transaction",
            Self::Waiting => "a process killed while it waits",
            Self::Commit => "a process killed inside COMMIT",
        }
    }

    fn index(self) -> usize {
        BLOWS.iter().position(|blow| *blow == self).unwrap()
    }
}

/// One kind of blow.
#[derive(Debug, Clone, Default)]
struct Line {
    dealt: usize,
    /// How long it took until others went on, for each blow that hit what it was aimed at.
    recoveries: Vec<Duration>,
}

#[derive(Default)]
pub struct Report {
    lines: [Line; BLOWS.len()],
}

impl Report {
    /// A blow was dealt, after which others went on so soon; `None` if it hit something else than it was aimed at.
    pub fn add(&mut self, blow: Blow, recovery: Option<Duration>) {
        let line = &mut self.lines[blow.index()];
        line.dealt += 1;
        line.recoveries.extend(recovery);
    }

    /// How many of these have hit.
    pub fn hits(&self, blow: Blow) -> usize {
        self.lines[blow.index()].recoveries.len()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = BLOWS.map(|blow| blow.name().len()).into_iter().max();
        let width = width.unwrap_or_default();
        writeln!(
            f,
            "| {:width$} | dealt | hit | others went on after: median | longest |",
            "blow"
        )?;
        writeln!(
            f,
            "| {:-<width$} | ----- | --- | ------------------------- | ------- |",
            ""
        )?;
        for blow in BLOWS
            .into_iter()
            .filter(|blow| self.lines[blow.index()].dealt > 0)
        {
            let line = &self.lines[blow.index()];
            let mut sorted = line.recoveries.clone();
            sorted.sort_unstable();
            let shown = |duration: Option<&Duration>| {
                duration.map_or_else(String::new, |it| format!("{} ms", it.as_millis()))
            };
            writeln!(
                f,
                "| {:width$} | {:>5} | {:>3} | {:>25} | {:>7} |",
                blow.name(),
                line.dealt,
                sorted.len(),
                shown(sorted.get(sorted.len() / 2)),
                shown(sorted.last()),
            )?;
        }
        Ok(())
    }
}
