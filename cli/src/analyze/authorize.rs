//! Turns what SQLite's authorizer reported into table sets: `SELECT name FROM person_view` reads `person(name)`.
//!
//! Names come out as declared, sets sorted by table, columns in table order. Views are dropped, for SQLite reports their
//! base tables as well. Statements that write have no reads: foreign-key checks would mix into them.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Access, Catalog, Relation, RelationKind};

use super::{TableColumns, Write};

/// The read set of a statement.
pub(super) fn reads(catalog: &Catalog, accesses: &[Access]) -> Vec<TableColumns> {
    let mut tables: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for access in accesses {
        let Access::Read { table, column } = access else {
            continue;
        };
        if let Some(relation) = base_table(catalog, table) {
            tables
                .entry(&relation.name)
                .or_default()
                .extend(position(relation, column));
        }
    }
    tables
        .into_iter()
        .map(|(table, columns)| name_columns(catalog, table, &columns))
        .collect()
}

/// The write set of a statement; `replaces` when its own conflict clause is REPLACE.
pub(super) fn writes(catalog: &Catalog, accesses: &[Access], replaces: bool) -> Vec<Write> {
    let mut inserts = BTreeSet::new();
    let mut updates: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut deletes = BTreeSet::new();
    for access in accesses {
        let (Access::Insert { table } | Access::Update { table, .. } | Access::Delete { table }) =
            access
        else {
            continue;
        };
        let Some(relation) = base_table(catalog, table) else {
            continue;
        };
        let name = relation.name.as_str();
        match access {
            Access::Insert { .. } => {
                inserts.insert(name);
            }
            Access::Update { column, .. } => {
                updates
                    .entry(name)
                    .or_default()
                    .extend(position(relation, column));
            }
            _ => {
                deletes.insert(name);
            }
        }
        // A row that is in the way of an inserted or changed one is deleted without a word of the authorizer.
        if (replaces || relation.replaces) && !matches!(access, Access::Delete { .. }) {
            deletes.insert(name);
        }
    }
    for (table, columns) in &mut updates {
        add_computed(catalog, table, columns);
    }
    let tables: BTreeSet<&str> = inserts
        .iter()
        .chain(&deletes)
        .chain(updates.keys())
        .copied()
        .collect();
    let mut writes = Vec::new();
    for table in tables {
        if inserts.contains(table) {
            writes.push(Write::Insert(table.to_owned()));
        }
        if let Some(columns) = updates.get(table) {
            writes.push(Write::Update(name_columns(catalog, table, columns)));
        }
        if deletes.contains(table) {
            writes.push(Write::Delete(table.to_owned()));
        }
    }
    writes
}

fn base_table<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Relation> {
    catalog
        .relation(name)
        .filter(|relation| relation.kind != RelationKind::View)
}

/// The place of a column; the rowid by another name counts as its alias, and without an alias as no column at all.
fn position(relation: &Relation, column: &str) -> Option<usize> {
    let named = relation
        .columns
        .iter()
        .position(|found| found.name.eq_ignore_ascii_case(column));
    let is_rowid = ["rowid", "_rowid_", "oid"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(column));
    named.or_else(|| {
        relation
            .columns
            .iter()
            .position(|found| is_rowid && found.rowid)
    })
}

/// Adds the generated columns that change with `columns`, also through one another.
fn add_computed(catalog: &Catalog, table: &str, columns: &mut BTreeSet<usize>) {
    let Some(relation) = catalog.relation(table) else {
        return;
    };
    loop {
        let more: Vec<usize> = (0..)
            .zip(&relation.columns)
            .filter(|(index, column)| {
                let changes = |source: &String| {
                    position(relation, source).is_some_and(|at| columns.contains(&at))
                };
                !columns.contains(index) && column.computed_from.iter().any(changes)
            })
            .map(|(index, _)| index)
            .collect();
        if more.is_empty() {
            return;
        }
        columns.extend(more);
    }
}

fn name_columns(catalog: &Catalog, table: &str, columns: &BTreeSet<usize>) -> TableColumns {
    let declared = catalog
        .relation(table)
        .map_or(&[][..], |relation| &relation.columns);
    TableColumns {
        table: table.to_owned(),
        columns: columns
            .iter()
            .filter_map(|&index| Some(declared.get(index)?.name.clone()))
            .collect(),
    }
}
