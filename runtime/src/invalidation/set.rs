//! Sets of tables and columns.
//!
//! In: small numbers given by `tables`. Out: whether a write concerns a read. Invariant: in doubt it does; a
//! table with more columns than bits counts as one that is read and written whole.

use super::origin::ChangeOrigin;

/// A table, as its database numbers it.
pub(crate) type Table = u32;

/// Columns of one table, a bit each; all bits together mean all columns, whatever their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Columns(u64);

impl Columns {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const ALL: Self = Self(u64::MAX);

    /// The column with this number; beyond the bits it stands for all.
    pub(crate) fn one(number: usize) -> Self {
        if number < 64 {
            Self(1 << number)
        } else {
            Self::ALL
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[cfg(feature = "sharing")]
    fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// The numbers of the columns, each once.
    pub(crate) fn numbers(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |number| self.0 >> number & 1 == 1)
    }
}

/// What happened to one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Change {
    /// Rows appeared.
    pub(crate) inserted: bool,
    /// Rows vanished.
    pub(crate) deleted: bool,
    /// Columns of rows that stayed.
    pub(crate) columns: Columns,
}

impl Change {
    pub(crate) const EVERYTHING: Self = Self {
        inserted: true,
        deleted: true,
        columns: Columns::ALL,
    };

    pub(crate) const INSERT: Self = Self {
        inserted: true,
        deleted: false,
        columns: Columns::NONE,
    };

    pub(crate) const DELETE: Self = Self {
        inserted: false,
        deleted: true,
        columns: Columns::NONE,
    };

    pub(crate) fn update(columns: Columns) -> Self {
        Self {
            inserted: false,
            deleted: false,
            columns,
        }
    }

    /// Whether it concerns whoever reads these columns of the row.
    pub(crate) fn concerns(self, columns: Columns) -> bool {
        self.inserted || self.deleted || self.columns.meets(columns)
    }
}

/// Which rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Rows {
    All,
    /// Those with these rowids, each once.
    These(Vec<i64>),
}

impl Rows {
    /// So many rows are told apart at most; a write of more concerns most watches of rows anyway.
    const MOST: usize = 256;

    fn add(&mut self, other: &Self) {
        let (Self::These(rows), Self::These(more)) = (&mut *self, other) else {
            *self = Self::All;
            return;
        };
        for row in more {
            if !rows.contains(row) {
                rows.push(*row);
            }
        }
        if rows.len() > Self::MOST {
            *self = Self::All;
        }
    }
}

/// A rowid that a statement names, or none where its value is no integer.
pub(crate) type Pin = (Table, Option<i64>);

/// The rows of `table` that a statement is confined to.
fn rows_of(table: Table, pins: &[Pin]) -> Rows {
    let mut rows: Option<Rows> = None;
    for (_, rowid) in pins.iter().filter(|(of, _)| *of == table) {
        let row = rowid.map_or(Rows::All, |rowid| Rows::These(vec![rowid]));
        match &mut rows {
            Some(rows) => rows.add(&row),
            None => rows = Some(row),
        }
    }
    rows.unwrap_or(Rows::All)
}

/// Which rows of a table are read, and which of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) table: Table,
    pub(crate) columns: Columns,
    pub(crate) rows: Rows,
}

/// The tables a query reads, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ReadSet(Vec<Read>);

impl ReadSet {
    /// Adds columns of all rows.
    pub(crate) fn add(&mut self, table: Table, columns: Columns) {
        match self.0.iter_mut().find(|read| read.table == table) {
            Some(read) => {
                read.columns = read.columns.and(columns);
                read.rows = Rows::All;
            }
            None => self.0.push(Read {
                table,
                columns,
                rows: Rows::All,
            }),
        }
    }

    /// Confines the tables among `pins` to the rows named there.
    pub(crate) fn confine(&mut self, pins: &[Pin]) {
        for read in &mut self.0 {
            read.rows = rows_of(read.table, pins);
        }
    }

    /// Adds what somebody else reads.
    pub(crate) fn merge(&mut self, other: &Self) {
        for more in other.iter() {
            match self.0.iter_mut().find(|read| read.table == more.table) {
                Some(read) => {
                    read.columns = read.columns.and(more.columns);
                    read.rows.add(&more.rows);
                }
                None => self.0.push(more.clone()),
            }
        }
    }

    /// Whether any table is confined to rows.
    pub(crate) fn is_confined(&self) -> bool {
        self.0.iter().any(|read| read.rows != Rows::All)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Read> {
        self.0.iter()
    }
}

/// What happened to which rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) table: Table,
    pub(crate) change: Change,
    pub(crate) rows: Rows,
    pub(crate) origin: ChangeOrigin,
}

/// The tables that were written, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct WriteSet {
    tables: Vec<Written>,
    everything: Option<ChangeOrigin>,
}

impl WriteSet {
    /// Whatever there is, even tables that nobody has named yet.
    pub(crate) fn everything(origin: ChangeOrigin) -> Self {
        Self {
            tables: Vec::new(),
            everything: Some(origin),
        }
    }

    /// Adds a change of any rows.
    pub(crate) fn add(&mut self, table: Table, change: Change, origin: ChangeOrigin) {
        self.add_written(&Written {
            table,
            change,
            rows: Rows::All,
            origin,
        });
    }

    /// Adds what happened to rows of a table.
    pub(crate) fn add_written(&mut self, more: &Written) {
        let same = |written: &&mut Written| written.table == more.table;
        match self.tables.iter_mut().find(same) {
            Some(written) => {
                written.change.inserted |= more.change.inserted;
                written.change.deleted |= more.change.deleted;
                written.change.columns = written.change.columns.and(more.change.columns);
                written.rows.add(&more.rows);
                written.origin = written.origin.max(more.origin);
            }
            None => self.tables.push(more.clone()),
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for written in other.iter() {
            self.add_written(written);
        }
        self.everything = self.everything.max(other.everything);
    }

    /// The same changes, in the tables among `pins` of the rows named there.
    pub(crate) fn confined(&self, pins: &[Pin]) -> Self {
        let confine = |written: &Written| Written {
            rows: rows_of(written.table, pins),
            ..*written
        };
        Self {
            tables: self.iter().map(confine).collect(),
            everything: self.everything,
        }
    }

    /// Whether all of a change is told here.
    #[cfg(feature = "sharing")]
    pub(crate) fn covers(&self, table: Table, change: Change) -> bool {
        let mut of_table = self.iter().filter(|written| written.table == table);
        of_table.any(|written| {
            (written.change.inserted || !change.inserted)
                && (written.change.deleted || !change.deleted)
                && written.change.columns.covers(change.columns)
        })
    }

    /// The tables among these that satisfy a condition.
    pub(crate) fn only(&self, condition: impl Fn(&Written) -> bool) -> Self {
        let tables = self.iter().filter(|written| condition(written));
        Self {
            tables: tables.cloned().collect(),
            everything: self.everything,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.everything.is_none()
    }

    /// Who has changed whatever there is, if anybody has.
    pub(crate) fn changed_everything(&self) -> Option<ChangeOrigin> {
        self.everything
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Written> {
        self.tables.iter()
    }
}

#[cfg(test)]
#[path = "set_tests.rs"]
mod tests;
