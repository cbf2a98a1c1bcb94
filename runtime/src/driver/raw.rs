//! Runs one statement that is not generated.
//!
//! In: SQL and values. Out: rows, what it changed, and what is to be told of it. Invariant: a text is looked at whole –
//! one statement, none that is refused – before it runs for the first time, and enters the statement cache when it comes
//! again, so that texts which come once push no generated statement out.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::{Batch, Statement};

use crate::call::RawRows;
use crate::error::{Error, Result, from_rusqlite};
use crate::statement::Changes;
use crate::value::Value;

use super::authorizer::{Deeds, Listening, Touched};
use super::baseline::Baseline;
use super::binding::bind_all;
use super::embedded::Embedded;
use super::guard::guarded;

/// What a raw statement gave.
#[derive(Debug, Default)]
pub(crate) struct RawAnswer {
    pub(crate) rows: RawRows,
    pub(crate) changes: Changes,
}

/// What watches have to hear of a raw statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Nothing,
    /// Rows of these tables changed.
    Tables(Touched),
    /// The schema changed, or rows of tables that SQLite has not named.
    Everything(Altered),
}

/// Which rows of a raw statement are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All, with the names of their columns.
    Named,
    /// So many at most, one at least.
    #[cfg(feature = "sharing")]
    Most(usize),
    /// None; the statement runs to its end.
    #[cfg(feature = "sharing")]
    Nothing,
}

/// Asks whether a statement has become unwanted.
#[cfg(feature = "sharing")]
pub(crate) type Stops = Box<dyn FnMut() -> bool + Send>;

/// How a raw statement is to run.
pub(crate) struct Want {
    pub(crate) may_write: bool,
    pub(crate) rows: Wanted,
    /// Whether a statement that only reads is under way, which may be stopped: a write runs to its end.
    reads: Arc<AtomicBool>,
}

/// Notes that a statement reads, until it is dropped.
struct Reading<'w>(&'w AtomicBool);

impl<'w> Reading<'w> {
    fn note(reads: &'w AtomicBool) -> Self {
        reads.store(true, Ordering::Relaxed);
        Self(reads)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Want {
    pub(super) fn everything(may_write: bool) -> Self {
        Self::rows(Wanted::Named, may_write)
    }

    pub(crate) fn rows(rows: Wanted, may_write: bool) -> Self {
        Self {
            may_write,
            rows,
            reads: Arc::default(),
        }
    }
}

/// What has become of the schema.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Altered {
    /// Whether the sets of generated statements no longer hold.
    pub(crate) sets: bool,
    /// Whether this connection may have tables that others have not.
    pub(crate) private: bool,
}

impl Embedded {
    /// Runs one raw statement.
    pub(crate) fn raw(
        &mut self,
        sql: &str,
        values: &[Value],
        may_write: bool,
    ) -> (Result<RawAnswer>, Told) {
        self.raw_as(sql, values, &Want::everything(may_write))
    }

    /// Runs one raw statement as somebody wants it, who may lose interest in what he reads: then it ends with an error soon.
    #[cfg(feature = "sharing")]
    pub(crate) fn raw_until(
        &mut self,
        sql: &str,
        values: &[Value],
        want: &Want,
        mut stops: Stops,
    ) -> (Result<RawAnswer>, Told) {
        let reads = Arc::clone(&want.reads);
        let stop = move || reads.load(Ordering::Relaxed) && stops();
        if let Err(error) = self.stop_when(stop) {
            return (Err(error), Told::Nothing);
        }
        let ran = self.raw_as(sql, values, want);
        // Fails only for a connection that is closed.
        let _ = self.stop_never();
        ran
    }

    /// Runs one raw statement as somebody wants it.
    pub(crate) fn raw_as(
        &mut self,
        sql: &str,
        values: &[Value],
        want: &Want,
    ) -> (Result<RawAnswer>, Told) {
        let before = self.total_changes();
        let listening = self.listener.listen(self.listener.known(sql).is_none());
        listening.allow(self.settable());
        let (answer, undone, told) = match self.run_raw(sql, &listening, values, want) {
            Ok(ran) => ran,
            Err(unprepared) => return (Err(unprepared), Told::Nothing),
        };
        let sets = listening.sets();
        drop(listening);
        let wrote = self.total_changes() != before && !undone;
        let deeds = if sets {
            told
        } else {
            self.listener.remember(sql, told).clone()
        };
        let altered = deeds.schema && answer.is_ok();
        let told = if altered || wrote && deeds.tables.is_empty() {
            Told::Everything(Altered {
                sets: altered && self.has_left_its_baseline(),
                private: altered && deeds.private,
            })
        } else if wrote {
            Told::Tables(deeds.tables)
        } else {
            Told::Nothing
        };
        (answer, told)
    }

    /// Whether the schema is another one than that which statements were generated for; also if that cannot be known.
    fn has_left_its_baseline(&self) -> bool {
        let now = Baseline::of(self).ok();
        let held = self.baseline.get().zip(now.as_ref());
        !held.is_some_and(|(before, now)| before.carries_over_to(now))
    }

    /// Prepares and runs; the outer error means that the text cannot be run at all. Also says whether an error has undone
    /// what was done.
    fn run_raw(
        &self,
        sql: &str,
        listening: &Listening,
        values: &[Value],
        want: &Want,
    ) -> Result<(Result<RawAnswer>, bool, Deeds)> {
        let (mut cached, mut fresh, mut deeds);
        let statement: &mut Statement<'_> = if let Some(known) = self.listener.known(sql) {
            deeds = known.clone();
            cached = self.prepare(sql)?;
            &mut cached
        } else {
            (fresh, deeds) = self.prepare_single(sql, listening)?;
            listening.relax();
            &mut fresh
        };
        if deeds.schema && self.baseline.get().is_none() {
            let _ = self.baseline.set(Baseline::of(self)?);
        }
        // An error on the way through its rows would leave it half done. Pragmas are no writes of rows, and some run
        // outside of transactions only.
        let gives_rows = statement.column_count() > 0 && !statement.readonly();
        let guards = gives_rows && !deeds.tables.is_empty();
        let answer = if guards {
            guarded(&mut &*self, |_| self.finish_raw(statement, values, want))
        } else {
            self.finish_raw(statement, values, want)
        };
        deeds.add(listening.take());
        let undone = guards && answer.is_err();
        Ok((answer, undone, deeds))
    }

    fn prepare_single(&self, sql: &str, listening: &Listening) -> Result<(Statement<'_>, Deeds)> {
        let mut batch = Batch::new(self.connection(), sql);
        let first = batch.next().map_err(|error| match listening.refusal() {
            Some(reason) => refused(reason),
            None => self.unprepared(error, sql),
        })?;
        let Some(first) = first else {
            return Err(refused("found no statement, expected one"));
        };
        let deeds = listening.take();
        // Whether the rest can be prepared does not matter, it may need the first one to have run.
        if !matches!(batch.next(), Ok(None)) {
            return Err(refused(
                "found several statements, expected one: run each by itself",
            ));
        }
        Ok((first, deeds))
    }

    pub(super) fn finish_raw(
        &self,
        statement: &mut Statement<'_>,
        values: &[Value],
        want: &Want,
    ) -> Result<RawAnswer> {
        if !want.may_write && !statement.readonly() {
            return Err(Error::ReadOnly { origin: None });
        }
        let (found, expected) = (values.len(), statement.parameter_count());
        if found != expected {
            let values = if found == 1 { "value" } else { "values" };
            return Err(refused(format!(
                "found {found} {values}, expected {expected}"
            )));
        }
        bind_all(statement, values)?;
        let before = self.total_changes();
        let reading = statement.readonly().then(|| Reading::note(&want.reads));
        let rows = self.rows_of(statement, want.rows)?;
        drop(reading);
        let changed = if self.total_changes() == before {
            0
        } else {
            self.connection().changes()
        };
        Ok(RawAnswer {
            rows,
            changes: Changes::new(changed, self.connection().last_insert_rowid()),
        })
    }
}

impl Embedded {
    fn rows_of(&self, statement: &mut Statement<'_>, wanted: Wanted) -> Result<RawRows> {
        match wanted {
            Wanted::Named => {
                let rows = self.copy_rows(statement, &[], usize::MAX)?;
                // After the run: the columns of `*` are others if the schema was changed before it.
                let columns = names_of(statement)?;
                Ok(RawRows { columns, rows })
            }
            #[cfg(feature = "sharing")]
            Wanted::Most(most) => Ok(RawRows {
                columns: Vec::new(),
                rows: self.copy_rows(statement, &[], most)?,
            }),
            #[cfg(feature = "sharing")]
            Wanted::Nothing => {
                self.run_to_its_end(statement)?;
                Ok(RawRows::default())
            }
        }
    }
}

fn names_of(statement: &Statement<'_>) -> Result<Vec<String>> {
    let names = (0..statement.column_count()).map(|index| {
        let name = statement.column_name(index);
        name.map(str::to_owned).map_err(from_rusqlite)
    });
    names.collect()
}

fn refused(reason: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::Refused {
        reason: reason.into(),
        origin: None,
    }
}
