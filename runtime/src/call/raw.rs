//! Statements that are not generated.
//!
//! In: one SQL statement and its values. Out: what it changed, or its rows. Invariants: what it writes is told like
//! that of a generated statement, on its first run and on every later one; one that changes the schema refreshes every
//! watch; one that would take the runtime's place – transactions, ATTACH, settings – is refused before it runs.

use std::panic::Location;
use std::sync::Arc;

use crate::connection::Connection;
use crate::database::Core;
use crate::driver::{Engine, Patience, RawAnswer, Told};
use crate::error::{CallSite, Error, Origin, Result};
use crate::invalidation::{ChangeOrigin, WriteSet};
use crate::options::Executor;
use crate::statement::Statement;
use crate::trace::Span;
use crate::value::{Adapters, Binder, ToCell, Value};

use super::{AnyHandle, AsyncHandle, beside};

/// The rows of a raw statement.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct RawRows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The cells of each row, in the order of the columns.
    pub rows: Vec<Vec<Value>>,
}

/// The values of a raw statement's parameters, in the order of SQLite's numbers: `()`, a tuple of up to eight, an
/// array, a slice or a `Vec`.
///
/// A parameter with a name has its number by the place where it first stands.
pub trait RawParams {
    /// Binds every value.
    ///
    /// # Errors
    ///
    /// What the conversion of a value reports.
    fn bind(&self, to: &mut Binder<'_>) -> Result<()>;
}

impl<P: RawParams + ?Sized> RawParams for &P {
    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        P::bind(self, to)
    }
}

impl<T: ToCell> RawParams for [T] {
    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        let mut numbered = (1..).zip(self);
        numbered.try_for_each(|(number, value)| to.bind(number, value))
    }
}

impl<T: ToCell, const N: usize> RawParams for [T; N] {
    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        self.as_slice().bind(to)
    }
}

impl<T: ToCell> RawParams for Vec<T> {
    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        self.as_slice().bind(to)
    }
}

impl RawParams for () {
    fn bind(&self, _: &mut Binder<'_>) -> Result<()> {
        Ok(())
    }
}

macro_rules! tuples {
    ($($name:ident $index:tt $number:literal),+) => {
        impl<$($name: ToCell),+> RawParams for ($($name,)+) {
            fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
                $(to.bind($number, &self.$index)?;)+
                Ok(())
            }
        }
    };
}

tuples!(A 0 1);
tuples!(A 0 1, B 1 2);
tuples!(A 0 1, B 1 2, C 2 3);
tuples!(A 0 1, B 1 2, C 2 3, D 3 4);
tuples!(A 0 1, B 1 2, C 2 3, D 3 4, E 4 5);
tuples!(A 0 1, B 1 2, C 2 3, D 3 4, E 4 5, F 5 6);
tuples!(A 0 1, B 1 2, C 2 3, D 3 4, E 4 5, F 5 6, G 6 7);
tuples!(A 0 1, B 1 2, C 2 3, D 3 4, E 4 5, F 5 6, G 6 7, H 7 8);

/// A raw statement with its values, not run yet.
pub(crate) struct Raw {
    door: &'static str,
    pub(crate) sql: Arc<str>,
    pub(crate) values: Vec<Value>,
    pub(crate) site: CallSite,
}

impl Raw {
    /// One whose rows are dropped.
    pub(crate) fn execute<P: RawParams>(
        sql: String,
        params: &P,
        site: &'static Location<'static>,
    ) -> Result<Self> {
        Self::new("execute_raw", sql, params, site)
    }

    /// One whose rows are wanted.
    pub(crate) fn query<P: RawParams>(
        sql: String,
        params: &P,
        site: &'static Location<'static>,
    ) -> Result<Self> {
        Self::new("query_raw", sql, params, site)
    }

    /// One of a client.
    #[cfg(feature = "sharing")]
    pub(crate) fn of_client(sql: Arc<str>, values: Vec<Value>, site: &CallSite) -> Self {
        Self {
            door: "query_raw",
            sql,
            values,
            site: site.clone(),
        }
    }

    fn new<P: RawParams>(
        door: &'static str,
        sql: String,
        params: &P,
        site: &'static Location<'static>,
    ) -> Result<Self> {
        let mut values = Vec::new();
        match params.bind(&mut Binder::new(
            &Statement::EMPTY,
            &Adapters::NONE,
            &mut values,
        )) {
            Ok(()) => Ok(Self {
                door,
                sql: sql.into(),
                values,
                site: site.into(),
            }),
            Err(error) => Err(error.at(|| Origin::raw(door, sql, site))),
        }
    }

    /// How many rows it gave or changed.
    fn rows(&self, answer: &RawAnswer) -> Option<u64> {
        if self.door == "query_raw" {
            u64::try_from(answer.rows.rows.len()).ok()
        } else {
            Some(answer.changes.rows)
        }
    }

    fn explain(&self, core: &Core, error: Error) -> Error {
        let shown = core.shows_values().then_some(&self.values[..]);
        let origin = || Origin::raw(self.door, self.sql.to_string(), self.site.clone());
        error.at(|| origin().with_values(shown))
    }

    /// Runs the statement, and says what is to be told of it.
    pub(crate) fn run(
        &self,
        core: &Core,
        engine: &mut Engine,
        may_write: bool,
    ) -> (Result<RawAnswer>, Option<WriteSet>) {
        let (answer, told) = engine.raw(&self.sql, &self.values, may_write);
        let written = match told {
            Told::Nothing => None,
            Told::Tables(names) => {
                let names = names.keys().map(String::as_str);
                Some(core.tables.changed(names, ChangeOrigin::Raw))
            }
            Told::Everything(altered) => {
                core.altered(&altered);
                Some(WriteSet::everything(ChangeOrigin::Raw))
            }
        };
        (answer, written)
    }
}

/// Runs a raw statement on a database or a transaction: nobody knows how long it takes, so on the thread.
pub(crate) async fn raw<C: AsyncHandle>(on: &C, raw: Result<Raw>) -> Result<RawAnswer> {
    let raw = Arc::new(raw?);
    let span = Span::statement(raw.door);
    let ran = perform(on, &raw, &span).await;
    span.counted(|| raw.rows(ran.as_ref().ok()?));
    ran.map_err(|error| raw.explain(on.reach().core, error))
}

async fn perform<C: AsyncHandle>(on: &C, raw: &Arc<Raw>, span: &Span) -> Result<RawAnswer> {
    let reach = on.reach();
    let core = reach.core;
    let frame = core.place(reach.own);
    if let Some(readers) = core.readers_of_all(&frame)
        && let Some(answer) = beside::raw(core, readers, raw).await?
    {
        return Ok(answer);
    }
    let asked = span.clock();
    let permit = core.acquire(frame, raw.site.clone(), None).await?;
    span.waited(asked);
    tokio::task::consume_budget().await;
    let (job, span) = (Arc::clone(raw), span.clone());
    let run = move |core: &Arc<Core>| {
        let began = span.clock();
        let (answer, checkpoint) = core.accounted(&permit, |engine| {
            engine.set_patience(Patience::Full);
            job.run(core, engine, true)
        });
        span.ran(began);
        core.release(permit, checkpoint);
        answer
    };
    if core.policy().executor == Executor::Inline {
        return run(core);
    }
    core.on_thread(run).await
}

/// Runs a raw statement on the connection of a closure.
pub(crate) fn raw_on(on: &Connection, raw: Result<Raw>) -> Result<RawAnswer> {
    let raw = raw?;
    let span = Span::statement(raw.door);
    let began = span.clock();
    let ran = on.raw(&raw);
    span.ran(began);
    span.counted(|| raw.rows(ran.as_ref().ok()?));
    ran.map_err(|error| raw.explain(on.reach().core, error))
}
