//! How nested rows become a result: all of them, one, or at most one. Parents are counted, not the rows of the join.

use crate::call::Gather;
use crate::error::Result;
use crate::statement::NestedQuery;
use crate::value::Row;

/// Defines a gatherer of nested rows: what it gives, and how many parents it takes.
macro_rules! gather_nested {
    ($name:ident, $out:ty, $expected:literal, $takes:expr, $finish:expr, $count:expr) => {
        pub(super) struct $name<Q: NestedQuery>(Q::Groups);

        impl<Q: NestedQuery> Default for $name<Q> {
            fn default() -> Self {
                Self(Q::Groups::default())
            }
        }

        impl<Q: NestedQuery> Gather<Q> for $name<Q> {
            type Out = $out;
            // SQLite's rows say nothing about the number of parents.
            const LEAST: usize = 0;
            const MOST: usize = usize::MAX;
            const EXPECTED: &'static str = $expected;

            #[inline]
            fn push(&mut self, row: &Row<'_>) -> Result<()> {
                let place = Q::add(row, &mut self.0)?;
                if place < $takes {
                    Ok(())
                } else {
                    Err(Self::miscount(place + 1))
                }
            }

            fn count(out: &Self::Out) -> usize {
                let count: fn(&Self::Out) -> usize = $count;
                count(out)
            }

            fn finish(self) -> Result<Self::Out> {
                let finish: fn(Vec<Q::Row>) -> Result<Self::Out> = $finish;
                finish(Q::finish(self.0)?)
            }
        }
    };
}

gather_nested!(
    List,
    Vec<Q::Row>,
    "any number of rows",
    usize::MAX,
    Ok,
    Vec::len
);
gather_nested!(
    One,
    Q::Row,
    "exactly one row",
    1,
    |mut rows| rows.pop().ok_or_else(|| Self::miscount(0)),
    |_| 1
);
gather_nested!(
    AtMostOne,
    Option<Q::Row>,
    "at most one row",
    1,
    |mut rows| Ok(rows.pop()),
    |row| usize::from(row.is_some())
);
