//! How rows become a result: all of them, one, or at most one.
//!
//! In: rows, one by one. Out: the result or [`Error::RowCount`]. Invariant: a row too many is noticed without
//! reading a third one.

use crate::error::{Error, Result};
use crate::statement::{Bound, Query};
use crate::value::Row;

pub(crate) trait Gather<Q: Bound>: Default {
    type Out;
    /// How many of SQLite's rows it needs at least, and takes at most.
    const LEAST: usize;
    const MOST: usize;
    const EXPECTED: &'static str;

    fn push(&mut self, row: &Row<'_>) -> Result<()>;
    fn finish(self) -> Result<Self::Out>;
    /// How many rows the result has.
    fn count(out: &Self::Out) -> usize;

    #[cold]
    fn miscount(found: usize) -> Error {
        Error::RowCount {
            expected: Self::EXPECTED.into(),
            found,
            origin: None,
        }
    }
}

pub(crate) struct List<Q: Query>(Vec<Q::Row>);

impl<Q: Query> Default for List<Q> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Q: Query> Gather<Q> for List<Q> {
    type Out = Vec<Q::Row>;
    const LEAST: usize = 0;
    const MOST: usize = usize::MAX;
    const EXPECTED: &'static str = "any number of rows";

    #[inline]
    fn push(&mut self, row: &Row<'_>) -> Result<()> {
        self.0.push(Q::read(row)?);
        Ok(())
    }

    #[inline]
    fn count(out: &Self::Out) -> usize {
        out.len()
    }

    #[inline]
    fn finish(self) -> Result<Self::Out> {
        Ok(self.0)
    }
}

pub(crate) struct One<Q: Query>(Option<Q::Row>);

impl<Q: Query> Default for One<Q> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Q: Query> Gather<Q> for One<Q> {
    type Out = Q::Row;
    const LEAST: usize = 1;
    const MOST: usize = 1;
    const EXPECTED: &'static str = "exactly one row";

    #[inline]
    fn push(&mut self, row: &Row<'_>) -> Result<()> {
        if self.0.is_some() {
            return Err(Self::miscount(2));
        }
        self.0 = Some(Q::read(row)?);
        Ok(())
    }

    #[inline]
    fn count(_: &Self::Out) -> usize {
        1
    }

    #[inline]
    fn finish(self) -> Result<Self::Out> {
        self.0.ok_or_else(|| Self::miscount(0))
    }
}

pub(crate) struct AtMostOne<Q: Query>(Option<Q::Row>);

impl<Q: Query> Default for AtMostOne<Q> {
    fn default() -> Self {
        Self(None)
    }
}

impl<Q: Query> Gather<Q> for AtMostOne<Q> {
    type Out = Option<Q::Row>;
    const LEAST: usize = 0;
    const MOST: usize = 1;
    const EXPECTED: &'static str = "at most one row";

    #[inline]
    fn push(&mut self, row: &Row<'_>) -> Result<()> {
        if self.0.is_some() {
            return Err(Self::miscount(2));
        }
        self.0 = Some(Q::read(row)?);
        Ok(())
    }

    #[inline]
    fn count(out: &Self::Out) -> usize {
        usize::from(out.is_some())
    }

    #[inline]
    fn finish(self) -> Result<Self::Out> {
        Ok(self.0)
    }
}
