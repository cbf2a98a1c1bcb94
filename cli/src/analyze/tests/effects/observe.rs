//! What a database holds, and what has happened between two looks at it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::world::{Key, World};
use crate::analyze::{TableColumns, Write};

/// The rows of every table by their keys.
pub(super) type Snapshot = BTreeMap<&'static str, BTreeMap<i64, Vec<Value>>>;

pub(super) fn look(connection: &Connection, world: &World) -> Snapshot {
    let rows_of = |columns: &[&str], name: &str| {
        let sql = format!("SELECT {} FROM {name}", columns.join(", "));
        let mut statement = connection.prepare(&sql).expect("a table");
        let rows = statement.query_map([], |row| {
            let cells = (0..columns.len()).map(|at| row.get(at));
            Ok((
                row.get(0)?,
                cells.collect::<rusqlite::Result<Vec<Value>>>()?,
            ))
        });
        let rows = rows.expect("rows").collect::<rusqlite::Result<_>>();
        rows.expect("cells")
    };
    let tables = world.tables.iter();
    tables
        .map(|table| (table.name, rows_of(&table.all_columns(), table.name)))
        .collect()
}

/// One member of a write set: the table, and `+`, `-` or a column.
pub(super) type Member = (String, String);

/// The members of a write set.
pub(super) fn members(writes: &[Write]) -> BTreeSet<Member> {
    let mut members = BTreeSet::new();
    for write in writes {
        match write {
            Write::Insert(table) => {
                members.insert((table.clone(), "+".to_owned()));
            }
            Write::Delete(table) => {
                members.insert((table.clone(), "-".to_owned()));
            }
            Write::Update(TableColumns { table, columns }) => {
                members.extend(columns.iter().map(|column| (table.clone(), column.clone())));
            }
        }
    }
    members
}

/// What must be in a write set for `before` to become `after`, given what is in it; and what showed.
#[derive(Default)]
pub(super) struct Difference {
    pub(super) missing: BTreeSet<Member>,
    pub(super) shown: BTreeSet<Member>,
}

pub(super) fn compare(
    world: &World,
    before: &Snapshot,
    after: &Snapshot,
    set: &BTreeSet<Member>,
) -> Difference {
    let mut difference = Difference::default();
    for table in &world.tables {
        let (old, new) = (&before[table.name], &after[table.name]);
        let columns = table.all_columns();
        let member = |what: &str| (table.name.to_owned(), what.to_owned());
        let has = |what: &str| set.contains(&member(what));
        let mut note = |what: &str| {
            difference.shown.insert(member(what));
            if !has(what) {
                difference.missing.insert(member(what));
            }
        };
        let vanished = old.keys().filter(|key| !new.contains_key(key)).count();
        let appeared = new.keys().filter(|key| !old.contains_key(key)).count();
        // A row that moves vanishes at one key and appears at another, where it may push out the one that was there.
        let moved = has(table.identity()) && vanished > 0;
        if moved {
            note(table.identity());
        }
        if vanished > 0 && (!moved || vanished > appeared || has("-")) {
            note("-");
        }
        if appeared > 0 && (!moved || appeared > vanished || has("+")) {
            note("+");
        }
        for (key, row) in old {
            let Some(now) = new.get(key) else { continue };
            for ((name, was), is) in columns.iter().zip(row).zip(now) {
                if was == is {
                    continue;
                }
                if has(name) {
                    note(name);
                } else if moved {
                    // Another row has come to this key.
                } else if has("+") && has("-") {
                    // The row was replaced by one with the same key.
                    note("+");
                    note("-");
                } else {
                    note(name);
                }
            }
        }
        if table.key == Key::Virtual && old != new {
            difference.shown.extend(
                ["f", "rank"]
                    .map(member)
                    .into_iter()
                    .filter(|m| set.contains(m)),
            );
        }
    }
    difference
}
