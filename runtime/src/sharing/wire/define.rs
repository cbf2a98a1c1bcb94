//! A generated statement, as a client tells its owner of it: once, before the client names it by its number.
//!
//! In: a statement of a generated module. Out: what it claims to do, in the numbers of the owner's database. The owner takes
//! no claim for granted.

use serde::{Deserialize, Serialize};

use crate::invalidation::{ChangeOrigin, Table, Tables, WriteSet};
use crate::statement::{Key, Statement, Writes};

use super::commit::WireChange;

/// A text or a list takes about so much memory besides what is in it.
const AROUND: usize = 64;

/// A statement with what it claims to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Define {
    /// Its number on this connection.
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) sql: String,
    /// How many values it is bound to.
    pub(crate) parameters: u32,
    /// What it writes, with all that triggers and foreign keys cause.
    writes: Vec<WireChange>,
    /// Tables of which it touches no rows but those that its parameters with these numbers, from 1, name.
    keys: Vec<(String, u32)>,
    /// Whether it touches few rows, whatever there is.
    pub(crate) short: bool,
}

impl Define {
    pub(crate) fn new(number: u32, statement: &Statement) -> Self {
        let keys = statement.keys.iter();
        Self {
            number,
            name: statement.name.to_owned(),
            sql: statement.sql.to_owned(),
            parameters: u32::try_from(statement.parameters.len()).unwrap_or(u32::MAX),
            writes: statement.writes.iter().map(WireChange::from).collect(),
            keys: keys
                .filter_map(|Key(table, number)| {
                    Some(((*table).to_owned(), u32::try_from(*number).ok()?))
                })
                .collect(),
            short: statement.short,
        }
    }

    /// How much memory it takes, about.
    pub(crate) fn size(&self) -> usize {
        let writes = self.writes.iter().map(|change| {
            let columns = change.columns.iter().flatten();
            change.table.len() + columns.map(|column| AROUND + column.len()).sum::<usize>()
        });
        let keys = self.keys.iter().map(|(table, _)| table.len());
        let parts = writes.chain(keys).map(|part| AROUND + part);
        self.name.len() + self.sql.len() + parts.sum::<usize>()
    }

    /// The names of the tables it says it writes.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &str> {
        self.writes.iter().map(|change| change.table.as_str())
    }

    /// What it says it writes. Numbers all names for good: ask once SQLite has named the tables as well.
    pub(crate) fn write_set(&self, tables: &Tables) -> WriteSet {
        let mut set = WriteSet::default();
        for change in &self.writes {
            if let Some((table, change)) = change.numbered(tables) {
                set.add(table, change, ChangeOrigin::Generated);
            }
        }
        set
    }

    /// The tables of which it names rows, each with the number of a parameter.
    pub(crate) fn keys(&self, tables: &Tables) -> Vec<(Table, usize)> {
        let keys = self.keys.iter();
        keys.filter_map(|(table, number)| {
            Some((tables.find(table)?, usize::try_from(*number).ok()?))
        })
        .collect()
    }
}

impl From<&Writes> for WireChange {
    fn from(writes: &Writes) -> Self {
        let (Writes::Insert(table) | Writes::Delete(table) | Writes::Update(table, _)) = writes;
        let columns = match writes {
            Writes::Insert(_) | Writes::Delete(_) => Some(&[][..]),
            Writes::Update(_, []) => None,
            Writes::Update(_, columns) => Some(*columns),
        };
        Self {
            table: (*table).to_owned(),
            inserted: matches!(writes, Writes::Insert(_)),
            deleted: matches!(writes, Writes::Delete(_)),
            columns: columns.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        }
    }
}
