//! What watches run: one query, or several that see one snapshot.
//!
//! In: statements with bound values. Out: their cells and the number of the last commit that was announced before. Invariant:
//! two of them are equal exactly when they give the same cells, so that watches of both can share one.

use std::hash::{Hash, Hasher};
use std::panic::Location;
use std::ptr;
use std::time::Instant;

use crate::call::{rowid_in, values_of};
use crate::database::Core;
use crate::driver::{Ask, Engine, Patience};
use crate::error::{Error, Origin, Result};
use crate::invalidation::{ReadSet, WriteSet};
use crate::queue::Permit;
use crate::statement::{Bound, Statement};
use crate::trace::Span;
use crate::value::{Adapters, Value};

/// The rows of one query.
pub type Rows = Vec<Vec<Value>>;

/// What went wrong, and with which of the queries.
pub type Failure = (usize, Error);

/// What the queries gave.
pub(crate) struct Found {
    /// The last commit it shows.
    pub(crate) commit: u64,
    pub(crate) rows: Vec<Rows>,
}

impl Found {
    /// Whether both have the same cells, bit by bit, so that every REAL equals itself.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let rows = |a: &Vec<Value>, b: &Vec<Value>| all_same(a, b, same_cell);
        all_same(&self.rows, &other.rows, |a, b| all_same(a, b, rows))
    }
}

fn all_same<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
}

fn same_cell(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Real(a), Value::Real(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    }
}

/// A query with its values, or with the reason why it can never be run.
pub type Prepared = (Part, Option<Error>);

/// One query with its values.
pub struct Part {
    pub(super) statement: &'static Statement,
    values: Vec<Value>,
    /// How many rows the result may have.
    most: usize,
}

impl Part {
    /// Binds a query; one that cannot be bound comes with the reason, and is never run.
    pub(crate) fn new<Q: Bound>(query: &Q, most: usize, adapters: &Adapters) -> Prepared {
        let (values, reason) = match values_of(query, adapters) {
            Ok(values) => (values, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let part = Self {
            statement: Q::STATEMENT,
            values,
            most,
        };
        (part, reason)
    }

    fn read(&self, engine: &mut Engine, adapters: &Adapters) -> Result<Rows> {
        let ask = Ask {
            most: self.most,
            ..Ask::ALL_ROWS
        };
        let span = Span::statement(self.statement.name);
        let began = span.clock();
        let answer = engine.ask(self.statement, &self.values, ask, adapters);
        span.ran(began);
        let rows = answer?.rows;
        span.counted(|| u64::try_from(rows.len()).ok());
        Ok(rows)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        ptr::eq(self.statement, other.statement)
            && self.most == other.most
            && all_same(&self.values, &other.values, same_cell)
    }
}

impl Hash for Part {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ptr::hash(self.statement, state);
        for value in &self.values {
            match value {
                Value::Null => {}
                Value::Integer(integer) => integer.hash(state),
                Value::Real(real) => real.to_bits().hash(state),
                Value::Text(text) => text.hash(state),
                Value::Blob(blob) => blob.hash(state),
            }
        }
    }
}

/// Queries that are run together.
#[derive(PartialEq, Hash)]
pub(crate) struct Queries(pub(crate) Vec<Part>);

impl Eq for Queries {}

impl Queries {
    /// Which of them an error is to blame on.
    pub(crate) fn origin(
        &self,
        core: &Core,
        part: usize,
        site: &'static Location<'static>,
    ) -> Origin {
        let shows = core.shows_values();
        match self.0.get(part) {
            Some(part) => {
                let values = shows.then_some(&part.values[..]);
                Origin::new(part.statement, Some(site)).with_values(values)
            }
            None => Origin::new(&Statement::EMPTY, Some(site)),
        }
    }

    /// What all of them read.
    pub(crate) fn reads(&self, core: &Core) -> ReadSet {
        let mut all = ReadSet::default();
        for part in &self.0 {
            let mut reads = core.tables.read_set(part.statement.reads);
            let keys = core.tables.keys(part.statement.keys).into_iter();
            let pins = keys.map(|(table, number)| (table, rowid_in(&part.values, number)));
            reads.confine(&pins.collect::<Vec<_>>());
            all.merge(&reads);
        }
        all
    }

    /// Whether they may run on the caller's poll.
    pub(crate) fn runs_inline(&self, core: &Core) -> bool {
        let inline =
            |part: &Part| core.runs_inline(part.statement, &core.record(part.statement), false);
        self.0.iter().all(inline)
    }

    /// Queries, under the permit.
    pub(crate) fn run(
        &self,
        core: &Core,
        permit: &Permit,
        patience: Patience,
    ) -> Result<Found, Failure> {
        let mut failed = 0;
        let (found, _) = core.accounted::<_, WriteSet>(permit, |engine| {
            engine.set_patience(patience);
            let found = self.read(core, engine, &mut failed);
            (found, None)
        });
        found.map_err(|error| (failed, error))
    }

    pub(super) fn read(
        &self,
        core: &Core,
        engine: &mut Engine,
        failed: &mut usize,
    ) -> Result<Found> {
        let commit = core.hub.commits();
        let mut read_all = |engine: &mut Engine| {
            let (mut rows, mut shows) = (Vec::with_capacity(self.0.len()), None);
            for (number, part) in self.0.iter().enumerate() {
                *failed = number;
                let start = Instant::now();
                let found = part.read(engine, &core.adapters);
                core.record(part.statement).pace.note(start.elapsed());
                rows.push(found?);
                shows = engine.shows();
            }
            Ok((rows, shows))
        };
        // Another process may commit between two statements.
        let rows = if self.0.len() == 1 {
            read_all(engine)
        } else {
            core.refuse_incapable(&core.root)?;
            engine.snapshot(read_all)
        };
        let (rows, shows) = rows?;
        let commit = shows.unwrap_or(commit);
        Ok(Found { commit, rows })
    }
}
