//! Names of tables and columns as small numbers.
//!
//! In: names from generated code and from callers. Out: read and write sets. Invariant: names are trimmed and
//! compared as SQLite does, without the case of ASCII letters; a name keeps its number while the database is open.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::statement::{Key, Reads, Writes};

use super::origin::ChangeOrigin;
use super::set::{Change, Columns, ReadSet, Table, WriteSet};

#[derive(Default)]
pub(crate) struct Tables(Mutex<Names>);

#[derive(Default)]
struct Names {
    tables: HashMap<String, Table>,
    columns: HashMap<(Table, String), usize>,
    /// Each table as it was first named by who knows it, with its columns that have numbers.
    spelled: Vec<Spelled>,
}

#[derive(Default)]
struct Spelled {
    name: String,
    /// Whether the name is the schema's, and not a caller's.
    known: bool,
    columns: Vec<String>,
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
                let (Writes::Insert(name) | Writes::Delete(name) | Writes::Update(name, _)) = write;
                let Some(table) = names.table(name) else {
                    continue;
                };
                let change = match write {
                    Writes::Insert(_) => Change::INSERT,
                    Writes::Delete(_) => Change::DELETE,
                    Writes::Update(_, []) => Change::update(Columns::ALL),
                    Writes::Update(_, columns) => Change::update(names.columns(table, columns)),
                };
                set.add(table, change, ChangeOrigin::Generated);
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
    pub(crate) fn changed<'t>(
        &self,
        tables: impl Iterator<Item = &'t str>,
        origin: ChangeOrigin,
    ) -> WriteSet {
        self.with(|names| {
            let mut set = WriteSet::default();
            for name in tables {
                let table = match origin {
                    ChangeOrigin::External => names.find(name),
                    _ => names.table(name),
                };
                if let Some(table) = table {
                    set.add(table, Change::EVERYTHING, origin);
                }
            }
            set
        })
    }

    /// A table and columns of it that another process has named; without columns, any.
    #[cfg(feature = "sharing")]
    pub(crate) fn named(
        &self,
        table: &str,
        columns: Option<&[String]>,
    ) -> Option<(Table, Columns)> {
        self.with(|names| {
            let table = names.table(table)?;
            let columns = columns.map_or(Columns::ALL, |columns| names.columns(table, columns));
            Some((table, columns))
        })
    }

    /// The number of a table that somebody names so.
    pub(crate) fn find(&self, name: &str) -> Option<Table> {
        self.with(|names| names.find(name))
    }

    /// What the schema calls the table.
    pub(crate) fn name(&self, table: Table) -> String {
        self.with(|names| {
            let spelled = names.spelled_mut(table);
            spelled.map_or_else(String::new, |spelled| spelled.name.clone())
        })
    }

    /// What the schema calls these columns; none if they may be any.
    pub(crate) fn column_names(&self, table: Table, columns: Columns) -> Vec<String> {
        self.with(|names| match names.spelled_mut(table) {
            Some(spelled) if columns != Columns::ALL => {
                let numbers = columns.numbers();
                numbers
                    .filter_map(|number| spelled.columns.get(number).cloned())
                    .collect()
            }
            _ => Vec::new(),
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Names) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Names {
    /// The number of a table that the schema names so.
    fn table(&mut self, name: &str) -> Option<Table> {
        let table = self.find(name)?;
        if let Some(spelled) = self.spelled_mut(table)
            && !spelled.known
        {
            name.trim().clone_into(&mut spelled.name);
            spelled.known = true;
        }
        Some(table)
    }

    /// The number of a table that somebody names so.
    fn find(&mut self, name: &str) -> Option<Table> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let next = Table::try_from(self.spelled.len()).ok()?;
        let number = self.tables.entry(name.to_ascii_lowercase()).or_insert(next);
        if *number == next {
            self.spelled.push(Spelled {
                name: name.to_owned(),
                ..Spelled::default()
            });
        }
        Some(*number)
    }

    fn spelled_mut(&mut self, table: Table) -> Option<&mut Spelled> {
        let index = usize::try_from(table).ok()?;
        self.spelled.get_mut(index)
    }

    fn columns(&mut self, table: Table, names: &[impl AsRef<str>]) -> Columns {
        let mut set = Columns::NONE;
        for name in names {
            set = set.and(self.column(table, name.as_ref()));
        }
        set
    }

    fn column(&mut self, table: Table, name: &str) -> Columns {
        let name = name.trim();
        let key = (table, name.to_ascii_lowercase());
        if let Some(number) = self.columns.get(&key) {
            return Columns::one(*number);
        }
        let Some(spelled) = self.spelled_mut(table) else {
            return Columns::ALL;
        };
        let number = spelled.columns.len();
        spelled.columns.push(name.to_owned());
        self.columns.insert(key, number);
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
        assert!(
            tables
                .changed(["", "  "].into_iter(), ChangeOrigin::External)
                .is_empty()
        );
    }

    #[test]
    fn an_update_without_columns_is_one_of_all_columns() {
        let tables = Tables::default();
        let set = tables.write_set(&[Writes::Update("card", &[])]);
        let all: Vec<_> = set.iter().map(|written| written.change).collect();
        assert_eq!(all, [Change::update(Columns::ALL)]);
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
