//! How rows become a result: all of them, one, or at most one.
//!
//! In: rows, one by one. Out: the result or [`Error::RowCount`]. Invariant: a row too many is noticed without
//! reading a third one.

use crate::error::{Error, Result};

pub(crate) trait Gather<T>: Default {
    type Out;
    const LEAST: usize;
    const MOST: usize;
    const EXPECTED: &'static str;

    fn is_full(&self) -> bool;
    fn push(&mut self, row: T);
    fn finish(self) -> Result<Self::Out>;

    #[cold]
    fn miscount(found: usize) -> Error {
        Error::RowCount {
            expected: Self::EXPECTED.into(),
            found,
            origin: None,
        }
    }
}

pub(crate) struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Gather<T> for List<T> {
    type Out = Vec<T>;
    const LEAST: usize = 0;
    const MOST: usize = usize::MAX;
    const EXPECTED: &'static str = "any number of rows";

    #[inline]
    fn is_full(&self) -> bool {
        false
    }

    #[inline]
    fn push(&mut self, row: T) {
        self.0.push(row);
    }

    #[inline]
    fn finish(self) -> Result<Vec<T>> {
        Ok(self.0)
    }
}

pub(crate) struct One<T>(Option<T>);

impl<T> Default for One<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Gather<T> for One<T> {
    type Out = T;
    const LEAST: usize = 1;
    const MOST: usize = 1;
    const EXPECTED: &'static str = "exactly one row";

    #[inline]
    fn is_full(&self) -> bool {
        self.0.is_some()
    }

    #[inline]
    fn push(&mut self, row: T) {
        self.0 = Some(row);
    }

    #[inline]
    fn finish(self) -> Result<T> {
        self.0.ok_or_else(|| Self::miscount(0))
    }
}

pub(crate) struct AtMostOne<T>(Option<T>);

impl<T> Default for AtMostOne<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Gather<T> for AtMostOne<T> {
    type Out = Option<T>;
    const LEAST: usize = 0;
    const MOST: usize = 1;
    const EXPECTED: &'static str = "at most one row";

    #[inline]
    fn is_full(&self) -> bool {
        self.0.is_some()
    }

    #[inline]
    fn push(&mut self, row: T) {
        self.0 = Some(row);
    }

    #[inline]
    fn finish(self) -> Result<Option<T>> {
        Ok(self.0)
    }
}
