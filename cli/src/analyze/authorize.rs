//! Turns what SQLite's authorizer reported into read sets: `SELECT name FROM person_view` reads `person(name)`.
//!
//! Names come out as declared, sets sorted by table, columns in table order. Views are dropped, for SQLite reports their
//! base tables as well. What SQLite leaves out is put back as [`Repair`] tells.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Access, Backing, Catalog, Relation, RelationKind};
use crate::source::SourceMap;
use crate::syntax::Statement;

use super::repair::{Repair, is_on};
use super::scope::is_rowid;
use super::{TableColumns, joined};

/// The name under which sets know the rowid of a table that has no column for it.
const ROWID: &str = "rowid";

/// The read set of a query.
pub(super) fn reads(
    catalog: &Catalog,
    accesses: &[Access],
    sources: &SourceMap,
    statement: &Statement,
) -> Vec<TableColumns> {
    let mut reads = Reads {
        catalog,
        tables: BTreeMap::new(),
    };
    reads.add_all(accesses);
    if is_on(Repair::Joined) {
        joined::for_each(catalog, sources, statement, |relation, column| {
            reads.columns_of(relation).add(column);
        });
    }
    reads.follow_backing();
    reads
        .tables
        .into_values()
        .map(|read| read.named())
        .collect()
}

/// Columns of one table, by their places; the place behind the last column is that of the rowid.
#[derive(Debug, Clone)]
pub(super) struct Columns<'a> {
    pub(super) relation: &'a Relation,
    pub(super) places: BTreeSet<usize>,
}

impl<'a> Columns<'a> {
    pub(super) fn none_of(relation: &'a Relation) -> Self {
        Self {
            relation,
            places: BTreeSet::new(),
        }
    }

    /// Adds a column by its name, which may be one of the rowid's.
    pub(super) fn add(&mut self, name: &str) {
        self.places.extend(position(self.relation, name));
    }

    pub(super) fn add_everything(&mut self) {
        self.places.extend(0..=self.relation.columns.len());
    }

    pub(super) fn named(&self) -> TableColumns {
        let columns = &self.relation.columns;
        let name = |&place: &usize| {
            let column = columns.get(place).map(|column| column.name.clone());
            column.unwrap_or_else(|| ROWID.to_owned())
        };
        TableColumns {
            table: self.relation.name.clone(),
            columns: self.places.iter().map(name).collect(),
        }
    }
}

/// The place of a column; none for the empty name that stands for no column.
pub(super) fn position(relation: &Relation, column: &str) -> Option<usize> {
    let mut columns = relation.columns.iter();
    let named = columns.position(|found| found.name.eq_ignore_ascii_case(column));
    let rowid = || {
        let alias = relation.columns.iter().position(|found| found.rowid);
        let behind = is_on(Repair::Rowid).then_some(relation.columns.len());
        alias.or(behind).filter(|_| is_rowid(column))
    };
    named.or_else(rowid)
}

struct Reads<'a> {
    catalog: &'a Catalog,
    tables: BTreeMap<&'a str, Columns<'a>>,
}

impl<'a> Reads<'a> {
    fn add_all(&mut self, accesses: &[Access]) {
        for access in accesses {
            if let Access::Read { table, column } = access {
                self.add(table, column);
            }
        }
    }

    fn add(&mut self, table: &str, column: &str) {
        let catalog = self.catalog;
        if let Some(relation) = catalog.relation(table) {
            if relation.kind != RelationKind::View {
                self.columns_of(relation).add(column);
            }
            return;
        }
        if let Some(owner) = catalog.shadowed(table).filter(|_| is_on(Repair::Shadow)) {
            self.columns_of(owner).add_everything();
        }
        let sequence = catalog.sequence().filter(|_| is_on(Repair::Sequence));
        if let Some(sequence) = sequence.filter(|found| found.name.eq_ignore_ascii_case(table)) {
            self.columns_of(sequence).add(column);
            // Each of their inserts counts on; nothing else does.
            for relation in catalog.relations().iter().filter(|one| one.autoincrement) {
                self.columns_of(relation);
            }
        }
    }

    fn columns_of(&mut self, relation: &'a Relation) -> &mut Columns<'a> {
        let entry = self.tables.entry(&relation.name);
        entry.or_insert_with(|| Columns::none_of(relation))
    }

    /// Adds what virtual tables show of other tables, which may be virtual as well.
    fn follow_backing(&mut self) {
        if !is_on(Repair::Backing) {
            return;
        }
        let mut followed: BTreeMap<&str, usize> = BTreeMap::new();
        loop {
            let more: Vec<Columns<'a>> = self
                .tables
                .iter()
                .filter(|(name, read)| followed.get(*name) != Some(&read.places.len()))
                .map(|(_, read)| read.clone())
                .collect();
            if more.is_empty() {
                return;
            }
            for read in more {
                followed.insert(&read.relation.name, read.places.len());
                let shown = read.relation.backing.as_ref();
                let Some(sql) = shown.map(|backing| read_of_backing(backing, &read)) else {
                    continue;
                };
                // A content table that does not exist cannot be read by the virtual one either.
                if let Ok(prepared) = self.catalog.prepare(&sql) {
                    self.add_all(&prepared.accesses);
                }
            }
        }
    }
}

/// A query that reads what a virtual table reads of its backing when `read` is read of it.
fn read_of_backing(backing: &Backing, read: &Columns<'_>) -> String {
    match backing {
        Backing::Content { relation, rowid } => {
            let columns = &read.relation.columns;
            // Functions such as `snippet` get a hidden column and show any other.
            let all = read
                .places
                .iter()
                .any(|&place| columns.get(place).is_some_and(|column| column.hidden));
            let shown = columns
                .iter()
                .enumerate()
                .filter(|(place, column)| !column.hidden && (all || read.places.contains(place)));
            let names: Vec<String> = std::iter::once(rowid.as_str())
                .chain(shown.map(|(_, column)| column.name.as_str()))
                .map(quoted)
                .collect();
            format!("SELECT {} FROM {}", names.join(", "), quoted(relation))
        }
        Backing::Index(index) => {
            let name = quoted(index);
            format!("SELECT *, {name}.{name} FROM {name}")
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
