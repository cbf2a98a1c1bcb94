//! Names of tables and columns as small numbers.
//!
//! In: names from generated code and from callers. Out: read and write sets. Invariant: names are trimmed and
//! compared as SQLite does, without the case of ASCII letters; a name keeps its number while the database is open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::statement::{Key, Reads, Writes};

use super::set::{Change, Columns, ReadSet, Table, WriteSet};

#[derive(Default)]
pub(crate) struct Tables(Mutex<Names>);

#[derive(Default)]
struct Names {
    tables: HashMap<String, Table>,
    columns: HashMap<(Table, String), usize>,
    /// How many columns each table has numbers for.
    widths: Vec<usize>,
}

impl Tables {
    pub(crate) fn read_set(&self, reads: &[Reads]) -> ReadSet {
        self.with(|names| {
            let mut set = ReadSet::default();
            for Reads(table, columns) in reads {
                if let Some(table) = names.table(table) {
                    set.add(table, names.columns(table, columns));
                }
            }
            set
        })
    }

    pub(crate) fn write_set(&self, writes: &[Writes]) -> WriteSet {
        self.with(|names| {
            let mut set = WriteSet::default();
            for write in writes {
                let (table, columns) = match write {
                    Writes::Insert(table) | Writes::Delete(table) => (table, None),
                    Writes::Update(table, columns) => (table, Some(columns)),
                };
                let Some(table) = names.table(table) else {
                    continue;
                };
                let change = match columns {
                    None => Change {
                        rows: true,
                        columns: Columns::NONE,
                    },
                    Some([]) => Change {
                        rows: false,
                        columns: Columns::ALL,
                    },
                    Some(columns) => Change {
                        rows: false,
                        columns: names.columns(table, columns),
                    },
                };
                set.add(table, change);
            }
            set
        })
    }

    /// The tables of `keys`, each with the number of its parameter.
    pub(crate) fn keys(&self, keys: &[Key]) -> Vec<(Table, usize)> {
        self.with(|names| {
            let keys = keys.iter();
            keys.filter_map(|Key(table, parameter)| Some((names.table(table)?, *parameter)))
                .collect()
        })
    }

    /// Tables of which nothing is known but that they changed.
    pub(crate) fn changed<'t>(&self, tables: impl Iterator<Item = &'t str>) -> WriteSet {
        self.with(|names| {
            let mut set = WriteSet::default();
            for table in tables {
                if let Some(table) = names.table(table) {
                    set.add(table, Change::EVERYTHING);
                }
            }
            set
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Names) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Names {
    fn table(&mut self, name: &str) -> Option<Table> {
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return None;
        }
        let next = Table::try_from(self.widths.len()).ok()?;
        let table = *self.tables.entry(name).or_insert(next);
        if table == next {
            self.widths.push(0);
        }
        Some(table)
    }

    fn columns(&mut self, table: Table, names: &[&str]) -> Columns {
        let mut set = Columns::NONE;
        for name in names {
            set = set.and(self.column(table, name));
        }
        set
    }

    fn column(&mut self, table: Table, name: &str) -> Columns {
        let Some(width) = usize::try_from(table)
            .ok()
            .and_then(|t| self.widths.get_mut(t))
        else {
            return Columns::ALL;
        };
        let name = name.trim().to_ascii_lowercase();
        let number = *self.columns.entry((table, name)).or_insert(*width);
        if number == *width {
            *width += 1;
        }
        Columns::one(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_compared_without_case() {
        let tables = Tables::default();
        let a = tables.write_set(&[Writes::Update(" Card ", &["Title"])]);
        let b = tables.write_set(&[Writes::Update("card", &["title"])]);
        assert_eq!(a, b);
        assert!(tables.changed(["", "  "].into_iter()).is_empty());
    }

    #[test]
    fn an_update_without_columns_is_one_of_all_columns() {
        let tables = Tables::default();
        let set = tables.write_set(&[Writes::Update("card", &[])]);
        let all: Vec<_> = set.iter().map(|written| written.change).collect();
        assert_eq!(
            all,
            [Change {
                rows: false,
                columns: Columns::ALL
            }]
        );
    }

    #[test]
    fn the_sixty_fifth_column_counts_as_all() {
        let tables = Tables::default();
        let names: Vec<String> = (0..65).map(|n| format!("c{n}")).collect();
        let names: Vec<&'static str> = names
            .into_iter()
            .map(|name| &*Box::leak(name.into_boxed_str()))
            .collect();
        let names: &'static [&'static str] = Box::leak(names.into_boxed_slice());
        let set = tables.read_set(&[Reads("wide", names)]);
        let columns: Vec<_> = set.iter().map(|read| read.columns).collect();
        assert_eq!(columns, [Columns::ALL]);
    }
}
