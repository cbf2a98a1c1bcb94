//! What happened in a run, as a table.

use std::fmt;
use std::time::Duration;

/// The blows that a run deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blow {
    /// A client is killed inside a transaction.
    Inside,
    /// A client is killed while it waits for its turn.
    Waiting,
    /// Whoever runs a COMMIT is killed meanwhile: the owner, if there is one.
    Commit,
    /// A client is stopped inside a transaction.
    Stop,
    /// Somebody connects and stalls in the middle of a frame.
    Stall,
}

pub const BLOWS: [Blow; 5] = [
    Blow::Inside,
    Blow::Waiting,
    Blow::Commit,
    Blow::Stop,
    Blow::Stall,
];

impl Blow {
    fn name(self) -> &'static str {
        match self {
            Self::Inside => "a client killed inside a transaction",
            Self::Waiting => "a client killed while it waits",
            Self::Commit => "whoever runs COMMIT killed inside it",
            Self::Stop => "a client stopped inside a transaction",
            Self::Stall => "a peer stalled in mid-frame",
        }
    }

    pub fn is_a_kill(self) -> bool {
        matches!(self, Self::Inside | Self::Waiting | Self::Commit)
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
