//! A query of a group of which one row is expected.
//!
//! In: a query, and how its rows are gathered. Out: a member of a group. Invariant: another number of rows is an error of the
//! group's item, as it is one of a watch.

use std::marker::PhantomData;

use crate::call::{Gather, convert};
use crate::database::Database;
use crate::error::Result;
use crate::statement::Bound;

use super::group::sealed::Member;
use super::query::{Part, Prepared, Rows};

pub(crate) struct Single<'c, Q, G> {
    on: &'c Database,
    query: Q,
    gather: PhantomData<fn() -> G>,
}

impl<'c, Q: Bound, G: Gather<Q>> Single<'c, Q, G> {
    pub(crate) fn new(on: &'c Database, query: Q) -> Self {
        let gather = PhantomData;
        Self { on, query, gather }
    }
}

impl<Q: Bound, G: Gather<Q>> Member for Single<'_, Q, G> {
    type Results = G::Out;

    fn on(&self) -> &Database {
        self.on
    }

    fn prepare(self) -> Prepared {
        Part::new(&self.query, G::MOST, &self.on.core().adapters)
    }

    fn convert(rows: &Rows, on: &Database) -> Result<G::Out> {
        convert::<Q, G>(rows, &on.core().adapters)
    }
}
