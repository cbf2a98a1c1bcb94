//! Lists a query through every door and compares it with plain rusqlite.
//!
//! In: a copy of the sample, the query's type, its parameters by name, and the call. Out: the rows. Invariant: all doors
//! give the same rows, cell by cell those which rusqlite reads for the same text and the same values.

/// Lists the rows in a blocking closure, in a closure on the database's thread, and asynchronously where the call
/// itself reads them, where the thread reads them, and where the runtime chooses. All of them must be the same.
macro_rules! list {
    ($sample:expr, |$on:ident| $select:expr) => {{
        let sample = &$sample;
        let db = sample.open(::sqlitenow_runtime::Executor::Auto);
        let listed = db.blocking_read(|$on| $select.list()).unwrap();
        let moved = $crate::sample::block_on(db.read(move |$on| $select.list())).unwrap();
        assert_eq!(moved, listed, "in a closure on the thread");
        for executor in [
            ::sqlitenow_runtime::Executor::Auto,
            ::sqlitenow_runtime::Executor::Inline,
            ::sqlitenow_runtime::Executor::Thread,
        ] {
            let $on = sample.open(executor);
            let awaited = $crate::sample::block_on(async { $select.list().await }).unwrap();
            assert_eq!(awaited, listed, "awaited, {executor:?}");
        }
        listed
    }};
}
pub(crate) use list;

/// Lists the rows through every door; they must be those of rusqlite, without an `f64` that was an INTEGER.
macro_rules! same {
    ($sample:expr, $query:ty, [$($name:ident = $value:expr),*], |$on:ident| $select:expr) => {{
        let statement = $crate::cells::statement_of::<$query>();
        let rows = $crate::doors::list!($sample, |$on| $select);
        let values = [$((concat!(":", stringify!($name)), $crate::cells::Field::cell(&$value))),*];
        let found = $crate::cells::plain(&$sample.plain(), statement, &values);
        let widened = $crate::cells::assert_same(&rows, &found, statement);
        assert!(widened.is_empty(), "{}: {widened:?}", statement.name);
        rows
    }};
}
pub(crate) use same;

use rusqlite::types::Value;

use crate::cells::Cells;

/// How many of the rows have NULL in the column.
pub fn nulls<R: Cells>(rows: &[R], column: usize) -> usize {
    let is_null = |row: &&R| row.cells()[column] == Value::Null;
    rows.iter().filter(is_null).count()
}

/// Whether the column is NULL in some of the rows and not in others, so that a comparison meets both.
pub fn is_mixed<R: Cells>(rows: &[R], column: usize) -> bool {
    (1..rows.len()).contains(&nulls(rows, column))
}
