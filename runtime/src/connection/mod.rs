//! The connection that closures get.
//!
//! In: generated, raw and bundled statements. Out: their results, at once. Invariants: a connection that only reads runs
//! no write; nothing runs once the transaction around the closure has ended; what was changed is noted for when it is
//! committed. `closure` is what happens around it.

mod closure;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::ptr;
use std::sync::Arc;

use crate::call::{Batch, Raw, RawParams, RawRows, Work, batch_on, raw_on};
use crate::database::{Core, Reading};
use crate::driver::{Ask, Bracketed as _, Engine, RawAnswer};
use crate::error::{CallSite, Error, Origin, Result};
use crate::invalidation::{Tracker, WriteSet};
use crate::queue::Lent;
use crate::statement::{Changes, Statement};
use crate::trace::Span;
use crate::value::{Rowids, Value};

pub(crate) use self::closure::{run_blocking, run_closure};

/// What a closure may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Write,
}

/// The engine of a closure.
enum Held {
    Writer(Box<Engine>),
    Reader(Lent<Reading>),
}

impl Deref for Held {
    type Target = Engine;

    fn deref(&self) -> &Engine {
        match self {
            Self::Writer(engine) => engine,
            Self::Reader(lent) => &lent.engine,
        }
    }
}

impl DerefMut for Held {
    fn deref_mut(&mut self) -> &mut Engine {
        match self {
            Self::Writer(engine) => engine,
            Self::Reader(lent) => &mut lent.engine,
        }
    }
}

/// A connection for the length of a closure; its methods are synchronous.
pub struct Connection {
    core: Arc<Core>,
    kind: Kind,
    /// Borrowed for one statement at a time.
    engine: RefCell<Held>,
    tracker: RefCell<Tracker>,
    /// The statement that was noted last. Nothing is taken out of the tracker before the closure has ended.
    noted: Cell<Option<&'static Statement>>,
    /// Where the transaction around the closure was started.
    block: CallSite,
}

impl Connection {
    pub(crate) fn core(&self) -> &Arc<Core> {
        &self.core
    }

    fn ended(&self) -> Error {
        Error::TransactionEnded {
            block: self.block.clone(),
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn perform<W: Work>(
        &self,
        work: &W,
        site: &'static Location<'static>,
    ) -> Result<W::Out> {
        let span = Span::statement(W::STATEMENT.name);
        let began = span.clock();
        let ran = self.run(work);
        span.ran(began);
        span.counted(|| ran.as_ref().ok().map(W::rows));
        ran.map_err(|error| {
            let shown = work.shown(&self.core);
            let origin = || Origin::new(W::STATEMENT, Some(site)).with_values(shown.as_deref());
            error.at(origin)
        })
    }

    fn run<W: Work>(&self, work: &W) -> Result<W::Out> {
        let mut engine = self.engine.borrow_mut();
        if !engine.in_transaction() {
            return Err(self.ended());
        }
        if W::MAY_WRITE && self.kind == Kind::Read && !engine.only_reads(W::STATEMENT)? {
            return Err(Error::ReadOnly { origin: None });
        }
        let ran = work.on(&mut engine, &self.core.adapters);
        if ran.wrote {
            self.note(W::STATEMENT, &ran.rowids);
        }
        ran.result
    }

    /// Notes what a statement changes; in a loop over one statement that names no rows that is done.
    fn note(&self, statement: &'static Statement, rowids: &Rowids) {
        let last = self.noted.replace(Some(statement));
        let is_noted = last.is_some_and(|last| ptr::eq(last, statement));
        if !is_noted || !statement.keys.is_empty() {
            let record = self.core.record(statement);
            let written = self.core.written(&record, |number| rowids.of(number));
            self.tracker.borrow_mut().record(&written);
        }
    }
}

impl Connection {
    /// Runs something that says itself which tables it has changed.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Core, &mut Engine) -> Result<(T, WriteSet)>,
    ) -> Result<T> {
        let mut engine = self.engine.borrow_mut();
        if !engine.in_transaction() {
            return Err(self.ended());
        }
        if self.kind == Kind::Read {
            return Err(Error::ReadOnly { origin: None });
        }
        let (value, written) = work(&self.core, &mut engine)?;
        self.tracker.borrow_mut().record(&written);
        Ok(value)
    }

    /// Reads all cells of a query's result.
    pub(crate) fn cells(
        &self,
        statement: &'static Statement,
        values: &[Value],
    ) -> Result<Vec<Vec<Value>>> {
        let mut engine = self.engine.borrow_mut();
        if !engine.in_transaction() {
            return Err(self.ended());
        }
        let answer = engine.ask(statement, values, Ask::ALL_ROWS, &self.core.adapters)?;
        Ok(answer.rows)
    }

    /// Runs a raw statement.
    pub(crate) fn raw(&self, raw: &Raw) -> Result<RawAnswer> {
        let mut engine = self.engine.borrow_mut();
        if !engine.in_transaction() {
            return Err(self.ended());
        }
        let (answer, written) = raw.run(&self.core, &mut engine, self.kind == Kind::Write);
        if let Some(written) = written {
            self.tracker.borrow_mut().record(&written);
        }
        answer
    }

    /// Runs one statement that is not generated, and drops its rows.
    ///
    /// # Errors
    ///
    /// As for [`Database::execute_raw`](crate::v1::Database::execute_raw), and [`Error::ReadOnly`] for a write on a
    /// connection that only reads.
    #[track_caller]
    pub fn execute_raw<P: RawParams>(&self, sql: impl Into<String>, params: P) -> Result<Changes> {
        let site = Location::caller();
        let answer = raw_on(self, Raw::execute(sql.into(), &params, site))?;
        Ok(answer.changes)
    }

    /// Runs one statement that is not generated, and returns its rows.
    ///
    /// # Errors
    ///
    /// As for [`execute_raw`](Self::execute_raw).
    #[track_caller]
    pub fn query_raw<P: RawParams>(&self, sql: impl Into<String>, params: P) -> Result<RawRows> {
        let site = Location::caller();
        let answer = raw_on(self, Raw::query(sql.into(), &params, site))?;
        Ok(answer.rows)
    }

    /// Runs several writes, which stand or fall together.
    ///
    /// # Errors
    ///
    /// The first error; then none of them has changed anything. Its [`Origin::element`] says which write it was.
    #[track_caller]
    pub fn batch(&self, fill: impl FnOnce(&mut Batch)) -> Result<Vec<Changes>> {
        batch_on(self, fill, Location::caller())
    }
}
