//! One run of one statement, in the two forms it can take.
//!
//! In: a bound query. Out: its result, either straight from the embedded connection or from the cells that the
//! database's thread sends back. Invariant: both forms give the same result and the same error, and leave the
//! database in the same state.

use std::marker::PhantomData;

use crate::database::Core;
use crate::driver::{Answer, Ask, Engine};
use crate::error::Result;
use crate::statement::{Bound, Changes, Query, Statement};
use crate::value::{Adapters, Binder, Row, Rowids, Value};

use super::Gather;

/// What became of a statement.
pub(crate) struct Ran<T> {
    pub(crate) result: Result<T>,
    /// Whether any row is different now, by triggers and foreign keys as well.
    pub(crate) wrote: bool,
    /// The integers that it was bound to where its keys name rows.
    pub(crate) rowids: Rowids,
}

impl<T> Ran<T> {
    /// One that changed nothing.
    pub(crate) fn reading(result: Result<T>) -> Self {
        Self {
            result,
            wrote: false,
            rowids: Rowids::default(),
        }
    }
}

pub(crate) trait Work {
    type Out;
    const STATEMENT: &'static Statement;
    /// Whether an error undoes what the statement did, be it complete or not, when it runs on the thread.
    const UNDOES: bool;
    /// Whether the statement may write, so that a reading connection has to ask SQLite.
    const MAY_WRITE: bool;

    fn direct(&self, engine: &mut Engine, adapters: &Adapters) -> Ran<Self::Out>;
    fn values(&self, adapters: &Adapters) -> Result<Vec<Value>>;

    /// Runs on an engine of whatever kind.
    fn on(&self, engine: &mut Engine, adapters: &Adapters) -> Ran<Self::Out> {
        if engine.embedded().is_ok() {
            return self.direct(engine, adapters);
        }
        let before = engine.total_changes();
        let answer = self
            .values(adapters)
            .and_then(|values| engine.ask(Self::STATEMENT, &values, Self::ask(), adapters));
        Ran {
            result: answer.and_then(|answer| Self::receive(answer, adapters)),
            wrote: engine.total_changes() != before,
            rowids: Rowids::default(),
        }
    }

    fn ask() -> Ask;
    fn receive(answer: Answer, adapters: &Adapters) -> Result<Self::Out>;
    /// What is bound, if errors shall show it.
    fn shown(&self, core: &Core) -> Option<Vec<Value>> {
        let values = core.shows_values().then(|| self.values(&core.adapters));
        // What cannot be bound is told by the run.
        values?.ok()
    }

    /// How many rows it gave or changed.
    fn rows(out: &Self::Out) -> u64;
}

/// Binds into owned values.
pub(crate) fn values_of<Q: Bound>(query: &Q, adapters: &Adapters) -> Result<Vec<Value>> {
    let mut values = Vec::with_capacity(Q::STATEMENT.parameters.len());
    query.bind(&mut Binder::new(Q::STATEMENT, adapters, &mut values))?;
    Ok(values)
}

/// The integer at a parameter's number among bound values.
pub(crate) fn rowid_in(values: &[Value], number: usize) -> Option<i64> {
    match number.checked_sub(1).and_then(|at| values.get(at)) {
        Some(Value::Integer(rowid)) => Some(*rowid),
        _ => None,
    }
}

fn ask_of<Q: Bound, G: Gather<Q>>(check: Option<fn(&Row<'_>) -> Result<()>>) -> Ask {
    Ask {
        least: G::LEAST,
        most: G::MOST,
        expected: G::EXPECTED,
        check,
        execute: false,
    }
}

/// Converts the cells of an answer, here, on the caller's poll.
pub(crate) fn convert<Q: Bound, G: Gather<Q>>(
    rows: &[Vec<Value>],
    adapters: &Adapters,
) -> Result<G::Out> {
    let mut gathered = G::default();
    for cells in rows {
        gathered.push(&Row::copied(Q::STATEMENT, adapters, cells))?;
    }
    gathered.finish()
}

/// A statement that only reads.
pub(crate) struct Read<Q, G>(pub(crate) Q, pub(crate) PhantomData<fn() -> G>);

impl<Q: Bound, G: Gather<Q>> Work for Read<Q, G> {
    type Out = G::Out;
    const STATEMENT: &'static Statement = Q::STATEMENT;
    const UNDOES: bool = false;
    const MAY_WRITE: bool = false;

    #[inline]
    fn direct(&self, engine: &mut Engine, adapters: &Adapters) -> Ran<G::Out> {
        let embedded = engine.embedded();
        let rowids = &mut Rowids::default();
        Ran::reading(
            embedded.and_then(|embedded| embedded.gather::<Q, G>(&self.0, adapters, rowids)),
        )
    }

    fn values(&self, adapters: &Adapters) -> Result<Vec<Value>> {
        values_of(&self.0, adapters)
    }

    fn ask() -> Ask {
        ask_of::<Q, G>(None)
    }

    fn receive(answer: Answer, adapters: &Adapters) -> Result<G::Out> {
        convert::<Q, G>(&answer.rows, adapters)
    }

    fn rows(out: &G::Out) -> u64 {
        u64::try_from(G::count(out)).unwrap_or(u64::MAX)
    }
}

/// A statement that writes and gives rows: an error about its rows undoes it.
pub(crate) struct WriteAndRead<Q, G>(pub(crate) Q, pub(crate) PhantomData<fn() -> G>);

impl<Q: Query, G: Gather<Q>> Work for WriteAndRead<Q, G> {
    type Out = G::Out;
    const STATEMENT: &'static Statement = Q::STATEMENT;
    const UNDOES: bool = true;
    const MAY_WRITE: bool = true;

    fn direct(&self, engine: &mut Engine, adapters: &Adapters) -> Ran<G::Out> {
        let before = engine.total_changes();
        let mut rowids = Rowids::default();
        let result = engine.guarded(|engine| {
            let embedded = engine.embedded()?;
            embedded.gather::<Q, G>(&self.0, adapters, &mut rowids)
        });
        let wrote = result.is_ok() && engine.total_changes() != before;
        Ran {
            result,
            wrote,
            rowids,
        }
    }

    fn values(&self, adapters: &Adapters) -> Result<Vec<Value>> {
        values_of(&self.0, adapters)
    }

    fn ask() -> Ask {
        ask_of::<Q, G>(Some(|row| Q::read(row).map(drop)))
    }

    fn receive(answer: Answer, adapters: &Adapters) -> Result<G::Out> {
        convert::<Q, G>(&answer.rows, adapters)
    }

    fn rows(out: &G::Out) -> u64 {
        u64::try_from(G::count(out)).unwrap_or(u64::MAX)
    }
}

/// A statement that gives no rows.
pub(crate) struct Run<Q>(pub(crate) Q);

impl<Q: Bound> Work for Run<Q> {
    type Out = Changes;
    const STATEMENT: &'static Statement = Q::STATEMENT;
    const UNDOES: bool = false;
    const MAY_WRITE: bool = true;

    #[inline]
    fn direct(&self, engine: &mut Engine, adapters: &Adapters) -> Ran<Changes> {
        match engine.embedded() {
            Ok(embedded) => embedded.execute(&self.0, adapters),
            Err(error) => Ran::reading(Err(error)),
        }
    }

    fn values(&self, adapters: &Adapters) -> Result<Vec<Value>> {
        values_of(&self.0, adapters)
    }

    fn ask() -> Ask {
        Ask {
            least: 0,
            most: 0,
            expected: "no rows",
            check: None,
            execute: true,
        }
    }

    fn receive(answer: Answer, _: &Adapters) -> Result<Changes> {
        Ok(answer.changes)
    }

    fn rows(changes: &Changes) -> u64 {
        changes.rows
    }
}
