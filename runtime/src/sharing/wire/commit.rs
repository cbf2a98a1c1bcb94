//! What a commit has changed, by names.
//!
//! In: a write set in the numbers of one database. Out: the same in the numbers of another. Invariant: nothing is lost on the
//! way; a table has one number for all spellings of its name, in either database.

use serde::{Deserialize, Serialize};

use crate::invalidation::{Change, ChangeOrigin, Columns, Rows, Table, Tables, WriteSet, Written};

use super::numbers::Numbers;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WireCommit {
    /// Its number, as the owner counts.
    pub(crate) number: u64,
    /// Who has changed whatever there is, if anybody has.
    everything: Option<WireOrigin>,
    tables: Vec<WireWritten>,
}

/// What has happened to a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct WireWritten {
    change: WireChange,
    /// The rowids of its rows, where they are known.
    rows: Option<Numbers>,
    origin: WireOrigin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum WireOrigin {
    Generated,
    Raw,
    External,
}

/// A change of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct WireChange {
    pub(crate) table: String,
    pub(crate) inserted: bool,
    pub(crate) deleted: bool,
    /// The columns that rows were updated in; none: any of them.
    pub(crate) columns: Option<Vec<String>>,
}

impl WireChange {
    /// The same in the numbers of a database; a table without a name is none.
    pub(crate) fn numbered(&self, tables: &Tables) -> Option<(Table, Change)> {
        let (table, columns) = tables.named(&self.table, self.columns.as_deref())?;
        let change = Change {
            inserted: self.inserted,
            deleted: self.deleted,
            columns,
        };
        Some((table, change))
    }
}

impl WireCommit {
    /// Names what was written.
    pub(crate) fn new(number: u64, set: &WriteSet, tables: &Tables) -> Self {
        let written = set.iter().map(|written| WireWritten {
            change: WireChange {
                table: tables.name(written.table),
                inserted: written.change.inserted,
                deleted: written.change.deleted,
                columns: (written.change.columns != Columns::ALL)
                    .then(|| tables.column_names(written.table, written.change.columns)),
            },
            rows: match &written.rows {
                Rows::All => None,
                Rows::These(rows) => Some(rows.iter().copied().collect()),
            },
            origin: written.origin.into(),
        });
        Self {
            number,
            everything: set.changed_everything().map(WireOrigin::from),
            tables: written.collect(),
        }
    }

    /// What was written, in the numbers of the database that has received it.
    pub(crate) fn write_set(&self, tables: &Tables) -> WriteSet {
        let mut set = match self.everything {
            Some(origin) => WriteSet::everything(origin.into()),
            None => WriteSet::default(),
        };
        for written in &self.tables {
            if let Some((table, change)) = written.change.numbered(tables) {
                set.add_written(&Written {
                    table,
                    change,
                    rows: written
                        .rows
                        .as_ref()
                        .map_or(Rows::All, |rows| Rows::These(rows.iter().collect())),
                    origin: written.origin.into(),
                });
            }
        }
        set
    }
}

impl From<ChangeOrigin> for WireOrigin {
    fn from(origin: ChangeOrigin) -> Self {
        match origin {
            ChangeOrigin::Generated => Self::Generated,
            ChangeOrigin::Raw => Self::Raw,
            ChangeOrigin::External => Self::External,
        }
    }
}

impl From<WireOrigin> for ChangeOrigin {
    fn from(origin: WireOrigin) -> Self {
        match origin {
            WireOrigin::Generated => Self::Generated,
            WireOrigin::Raw => Self::Raw,
            WireOrigin::External => Self::External,
        }
    }
}
