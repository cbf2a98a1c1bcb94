//! Adds to a write set what `cascadeNotify` of the written tables names; it never takes anything away.
//!
//! A table with `cascadeNotify={ delete=[notes] }` → a DELETE of its rows counts as a DELETE of notes, too, and so on from
//! there. Nothing that SQLite does needs it: triggers and foreign keys are in the set already.

use std::collections::BTreeSet;

use crate::annotation::Spanned;
use crate::catalog::{Catalog, Relation, RelationKind};

use super::{TableColumns, Write};

/// Completes `writes`, and gives the tables that any annotation names, whether they were written before or not.
pub(super) fn add_cascades(catalog: &Catalog, writes: &mut Vec<Write>) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    let mut next = 0;
    while let Some(write) = writes.get(next).cloned() {
        next += 1;
        for table in targets(catalog, &write) {
            let Some(table) = catalog.relation(&table.value).filter(|r| is_table(r)) else {
                continue;
            };
            named.insert(table.name.clone());
            let added = match &write {
                Write::Insert(_) => Write::Insert(table.name.clone()),
                Write::Update(_) => all_of(table),
                Write::Delete(_) => Write::Delete(table.name.clone()),
            };
            if !writes.contains(&added) {
                writes.push(added);
            }
        }
    }
    // Of two updates of one table the one with all columns is behind the other.
    writes.sort_by(|a, b| place(a).cmp(&place(b)));
    writes.dedup_by(|later, earlier| {
        let is_same = place(later) == place(earlier);
        if is_same {
            std::mem::swap(later, earlier);
        }
        is_same
    });
    named
}

/// The tables that change along with `write`.
fn targets<'a>(catalog: &'a Catalog, write: &Write) -> &'a [Spanned<String>] {
    let (table, _) = place(write);
    let Some(relation) = catalog.relation(table) else {
        return &[];
    };
    let cascade = &relation.annotation.cascade_notify;
    match write {
        Write::Insert(_) => &cascade.insert,
        Write::Update(_) => &cascade.update,
        Write::Delete(_) => &cascade.delete,
    }
}

/// The table, and which kind of change it is, in the order of write sets.
fn place(write: &Write) -> (&str, u8) {
    match write {
        Write::Insert(table) => (table, 0),
        Write::Update(update) => (&update.table, 1),
        Write::Delete(table) => (table, 2),
    }
}

fn is_table(relation: &Relation) -> bool {
    relation.kind != RelationKind::View
}

fn all_of(table: &Relation) -> Write {
    let columns = table.columns.iter().map(|column| column.name.clone());
    Write::Update(TableColumns {
        table: table.name.clone(),
        columns: columns.collect(),
    })
}
