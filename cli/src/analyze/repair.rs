//! What SQLite's authorizer leaves out of a table set, and what puts it back.
//!
//! Each member is one fact that was found missing by comparing sets with what statements really do. The tests switch
//! them off one by one, to see that each is needed; in every other build all of them are on.

/// One repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repair {
    /// Updating a column updates the generated columns that are computed from it.
    Generated,
    /// A statement's OR REPLACE deletes the rows that are in the way.
    StatementReplace,
    /// So does a constraint's ON CONFLICT REPLACE.
    ConstraintReplace,
    /// So does REPLACE in the body of a trigger.
    TriggerReplace,
    /// REPLACE reaches the triggers that it fires, whatever they say themselves.
    ReplaceReachesTriggers,
    /// The rowid of a table that has no alias for it is read and updated like a column.
    Rowid,
    /// Updating a column of a virtual table updates its hidden columns: what MATCH and rank read.
    HiddenColumns,
    /// USING and NATURAL read the columns that they compare.
    Joined,
    /// A full-text index reads the table that holds its content, the words of an index read that index.
    Backing,
    /// A shadow table changes with its virtual table.
    Shadow,
    /// `sqlite_sequence` changes with the tables whose rowids it counts.
    Sequence,
}

/// Whether `repair` is made.
#[cfg(not(test))]
pub(super) const fn is_on(_: Repair) -> bool {
    true
}

#[cfg(test)]
pub(super) use switch::{is_on, without};

#[cfg(test)]
mod switch {
    use std::cell::Cell;

    use super::Repair;

    thread_local! {
        static OFF: Cell<Option<Repair>> = const { Cell::new(None) };
    }

    pub(in crate::analyze) fn is_on(repair: Repair) -> bool {
        OFF.get() != Some(repair)
    }

    /// Does `work` without `repair`.
    pub(in crate::analyze) fn without<T>(repair: Repair, work: impl FnOnce() -> T) -> T {
        OFF.set(Some(repair));
        let done = work();
        OFF.set(None);
        done
    }
}
