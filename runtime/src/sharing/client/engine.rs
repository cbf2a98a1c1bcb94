//! The synchronous form of a connection to an owner, for the database's own thread.
//!
//! In: calls of whoever holds the permit. Out: answers, for which the thread is parked. Invariant: nothing here tells of what
//! was changed: the owner tells everybody.

use std::future::poll_fn;
use std::panic::Location;
use std::sync::Arc;

use crate::call::RawRows;
use crate::driver::{Answer, Ask, Bracket, Bracketed, Distant, RawAnswer};
use crate::error::{CallSite, Error, Result};
use crate::queue::parked;
use crate::sharing::wire::{self, Cells, Outcome};
use crate::statement::{Changes, Statement};
use crate::value::Value;

use super::calling::{Answered, Calling, Failed};
use super::remote::Remote;

/// So many values go in one message, of however many runs.
const VALUES: usize = 1 << 14;
/// So many bytes of texts and blobs, or one run with more.
const BYTES: usize = 1 << 22;

pub(crate) struct Line {
    remote: Arc<Remote>,
    site: CallSite,
    shows: Option<u64>,
}

impl Line {
    #[track_caller]
    pub(crate) fn new(remote: Arc<Remote>) -> Self {
        Self {
            remote,
            site: Location::caller().into(),
            shows: None,
        }
    }

    fn wait(&mut self, calling: Calling) -> Result<Answered> {
        let answered = parked(calling)?;
        self.shows = Some(answered.shows);
        Ok(answered)
    }

    fn run_raw(&mut self, sql: &str, values: &[Value], may_write: bool) -> Result<RawAnswer> {
        let ask = wire::Ask::Raw {
            sql: sql.to_owned(),
            values: Cells::from(values),
            may_write,
        };
        let calling = parked(self.remote.inside())?.ask(&self.site, ask)?;
        let answered = self.wait(calling)?;
        let rows = answered.rows();
        match answered.outcome {
            Outcome::Raw {
                columns, counts, ..
            } => Ok(RawAnswer {
                rows: RawRows { columns, rows },
                changes: counts.into(),
            }),
            other => Err(unexpected(&other)),
        }
    }
}

/// What a run of a generated statement gave.
pub(crate) fn answer(answered: &Answered) -> Result<Answer> {
    match &answered.outcome {
        Outcome::Ran { counts, .. } => {
            let changes = Changes::from(*counts);
            Ok(Answer::new(answered.rows(), changes, false))
        }
        other => Err(unexpected(other)),
    }
}

/// What each of many runs did.
pub(crate) async fn all_changes(mut calling: Calling) -> Result<Vec<Changes>, Failed> {
    let answered = poll_fn(|cx| calling.poll_answer(cx)).await?;
    match answered.outcome {
        Outcome::Many(pairs) => Ok(pairs.changes().collect()),
        other => Err((unexpected(&other), None)),
    }
}

pub(crate) fn most(ask: Ask) -> u64 {
    u64::try_from(ask.most.saturating_add(1)).unwrap_or(u64::MAX)
}

#[cold]
fn unexpected(outcome: &Outcome) -> Error {
    Error::Remote {
        reason: format!("found another answer than was asked for: {outcome:?}").into(),
        may_have_run: true,
        source: None,
        origin: None,
    }
}

impl Bracketed for Line {
    fn control(&mut self, _: &str) -> Result<()> {
        // The owner ends what stays open.
        Ok(())
    }

    fn in_transaction(&self) -> bool {
        self.remote.in_transaction()
    }

    fn begin(&mut self, bracket: Bracket) -> Result<()> {
        parked(self.remote.begin(bracket, &self.site))
    }

    fn keep(&mut self, bracket: Bracket) -> Result<()> {
        parked(self.remote.keep(bracket, &self.site))
    }

    fn undo(&mut self, bracket: Bracket) -> Result<()> {
        self.remote.undo(bracket, &self.site);
        Ok(())
    }
}

impl Distant for Line {
    fn called_at(&mut self, site: &CallSite) {
        self.site = site.clone();
    }

    fn shows(&self) -> Option<u64> {
        self.shows
    }

    fn query(&mut self, sql: &str) -> Result<Vec<Vec<Value>>> {
        Ok(self.run_raw(sql, &[], false)?.rows.rows)
    }

    fn script(&mut self, _: &str) -> Result<()> {
        // The owner has brought the file up to date.
        Ok(())
    }

    fn writes(&self) -> u64 {
        0
    }

    fn fetch(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
    ) -> Result<Answer> {
        let place = parked(self.remote.inside())?;
        let calling = place.run(&self.site, statement, values, most(ask), ask.execute)?;
        answer(&self.wait(calling)?)
    }

    fn execute_each(
        &mut self,
        statement: &'static Statement,
        rows: &mut dyn Iterator<Item = &[Value]>,
        ran: &mut dyn FnMut(Changes, bool),
    ) -> Result<()> {
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            let (mut values, mut count, mut bytes) = (Cells::default(), 0_usize, 0_usize);
            while let Some(row) = rows.next_if(|_| values.count() < VALUES && bytes < BYTES) {
                count += 1;
                for value in row {
                    bytes += value.weight();
                    values.push(value.as_cell());
                }
            }
            let place = parked(self.remote.inside())?;
            let calling = place.many(&self.site, &[(statement, count)], values)?;
            match parked(all_changes(calling)) {
                Ok(all) => all.into_iter().for_each(|changes| ran(changes, false)),
                Err((error, element)) => {
                    // Those before have run, and are undone with all others.
                    (0..element.unwrap_or(0)).for_each(|_| ran(Changes::default(), false));
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn raw(&mut self, sql: &str, values: &[Value], may_write: bool) -> Result<RawAnswer> {
        self.run_raw(sql, values, may_write)
    }

    fn may_have_committed(&self) -> bool {
        false
    }

    fn close(self: Box<Self>) -> Result<()> {
        self.remote.close();
        Ok(())
    }
}
