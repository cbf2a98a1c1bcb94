//! Sets of tables and columns.
//!
//! In: small numbers given by `tables`. Out: whether a write concerns a read. Invariant: in doubt it does; a
//! table with more columns than bits counts as one that is read and written whole.

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
}

/// What happened to one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Change {
    /// Rows appeared or vanished.
    pub(crate) rows: bool,
    /// Columns of rows that stayed.
    pub(crate) columns: Columns,
}

impl Change {
    pub(crate) const EVERYTHING: Self = Self {
        rows: true,
        columns: Columns::ALL,
    };

    pub(crate) fn concerns(self, columns: Columns) -> bool {
        self.rows || self.columns.meets(columns)
    }
}

/// The tables a query reads, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ReadSet(Vec<(Table, Columns)>);

impl ReadSet {
    pub(crate) fn add(&mut self, table: Table, columns: Columns) {
        match self.0.iter_mut().find(|(of, _)| *of == table) {
            Some((_, before)) => *before = before.and(columns),
            None => self.0.push((table, columns)),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, Columns)> + '_ {
        self.0.iter().copied()
    }
}

/// The tables that were written, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct WriteSet {
    tables: Vec<(Table, Change)>,
    everything: bool,
}

impl WriteSet {
    /// Whatever there is, even tables that nobody has named yet.
    pub(crate) const EVERYTHING: Self = Self {
        tables: Vec::new(),
        everything: true,
    };

    pub(crate) fn add(&mut self, table: Table, change: Change) {
        match self.tables.iter_mut().find(|(of, _)| *of == table) {
            Some((_, before)) => {
                before.rows |= change.rows;
                before.columns = before.columns.and(change.columns);
            }
            None => self.tables.push((table, change)),
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (table, change) in other.iter() {
            self.add(table, change);
        }
        self.everything |= other.everything;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty() && !self.everything
    }

    pub(crate) fn is_everything(&self) -> bool {
        self.everything
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Table, Change)> + '_ {
        self.tables.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn update(columns: Columns) -> Change {
        Change {
            rows: false,
            columns,
        }
    }

    #[test]
    fn an_update_concerns_whoever_reads_one_of_its_columns() {
        let read = Columns::one(0).and(Columns::one(2));
        assert!(update(Columns::one(2)).concerns(read));
        assert!(!update(Columns::one(1)).concerns(read));
        assert!(update(Columns::ALL).concerns(read));
    }

    #[test]
    fn counting_rows_is_concerned_by_rows_only() {
        assert!(!update(Columns::ALL).concerns(Columns::NONE));
        assert!(
            Change {
                rows: true,
                columns: Columns::NONE
            }
            .concerns(Columns::NONE)
        );
    }

    #[test]
    fn a_column_without_a_bit_stands_for_all() {
        assert_eq!(Columns::one(64), Columns::ALL);
        assert!(update(Columns::one(64)).concerns(Columns::one(3)));
        assert!(update(Columns::one(3)).concerns(Columns::one(64)));
    }

    #[test]
    fn merging_keeps_each_table_once() {
        let mut set = WriteSet::default();
        set.add(1, update(Columns::one(0)));
        let mut other = WriteSet::default();
        other.add(
            1,
            Change {
                rows: true,
                columns: Columns::one(1),
            },
        );
        other.add(2, Change::EVERYTHING);
        set.merge(&other);
        let both = Columns::one(0).and(Columns::one(1));
        let merged: Vec<_> = set.iter().collect();
        assert_eq!(
            merged,
            [
                (
                    1,
                    Change {
                        rows: true,
                        columns: both
                    }
                ),
                (2, Change::EVERYTHING)
            ]
        );
    }
}
