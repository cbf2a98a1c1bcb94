//! Turns what SQLite's authorizer reported into write sets: `UPDATE person SET name = 'x'` writes `person(name)`.
//!
//! Triggers and foreign-key actions are in the report; what is not – the rows that REPLACE deletes, generated columns – is
//! put back as [`Repair`] tells, and no more than that: a set that names too much wakes watches for nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Access, Catalog, Command, Index, Relation, RelationKind, Resolution};

use super::Write;
use super::authorize::{Columns, position};
use super::repair::{Repair, is_on};
use super::scope::is_rowid;

/// The write set of a statement, whose own words are `command`.
pub(super) fn writes(
    catalog: &Catalog,
    accesses: &[Access],
    command: Option<&Command>,
) -> Vec<Write> {
    let done = by_place(accesses);
    let mut effects = Effects {
        catalog,
        command,
        infected: infected(catalog, &done, command),
        inserts: BTreeSet::new(),
        updates: BTreeMap::new(),
        deletes: BTreeSet::new(),
    };
    for ((trigger, table), done) in &done {
        effects.add(trigger.as_deref(), table, done);
    }
    effects.named()
}

/// Who writes – a trigger, or the statement and its foreign-key actions – and into what, both in lower case.
type Place = (Option<String>, String);

/// What is done to one table at one place.
#[derive(Default)]
struct Done<'a> {
    inserted: bool,
    updated: Vec<&'a str>,
    deleted: bool,
}

fn by_place(accesses: &[Access]) -> BTreeMap<Place, Done<'_>> {
    let mut done: BTreeMap<Place, Done<'_>> = BTreeMap::new();
    for access in accesses {
        let (Access::Insert { table, trigger }
        | Access::Update { table, trigger, .. }
        | Access::Delete { table, trigger }) = access
        else {
            continue;
        };
        let trigger = trigger.as_ref().map(|name| name.to_ascii_lowercase());
        let done = done
            .entry((trigger, table.to_ascii_lowercase()))
            .or_default();
        match access {
            Access::Insert { .. } => done.inserted = true,
            Access::Update { column, .. } => done.updated.push(column),
            _ => done.deleted = true,
        }
    }
    done
}

/// The triggers that run under a REPLACE which is not their own: it counts for all that they do.
fn infected(
    catalog: &Catalog,
    done: &BTreeMap<Place, Done<'_>>,
    command: Option<&Command>,
) -> BTreeSet<String> {
    let mut infected: BTreeSet<String> = BTreeSet::new();
    if !is_on(Repair::ReplaceReachesTriggers) {
        return infected;
    }
    let active: BTreeSet<&String> = done.keys().filter_map(|(by, _)| by.as_ref()).collect();
    if command.is_some_and(replaces) {
        return active.into_iter().cloned().collect();
    }
    loop {
        let is_fired = |name: &&&String| {
            let Some(trigger) = catalog.trigger(name) else {
                return false;
            };
            let own = |table: &str| table.eq_ignore_ascii_case(&trigger.table);
            let by_replace = active
                .iter()
                .filter_map(|by| catalog.trigger(by))
                .any(|by| {
                    let mut commands = by.commands.iter();
                    commands.any(|command| replaces(command) && own(&command.table))
                });
            let mut places = done.keys();
            by_replace
                || places.any(|(by, table)| {
                    own(table) && by.as_ref().is_some_and(|by| infected.contains(by))
                })
        };
        let more: Vec<String> = active
            .iter()
            .filter(|name| !infected.contains(**name))
            .filter(is_fired)
            .map(|name| (*name).clone())
            .collect();
        if more.is_empty() {
            return infected;
        }
        infected.extend(more);
    }
}

fn replaces(command: &Command) -> bool {
    command.resolution == Some(Resolution::Replace)
}

/// Which uniqueness is kept by deleting the rows that are in the way.
#[derive(Clone, Copy, PartialEq)]
enum Replacing {
    /// That of every key.
    AllKeys,
    /// That of the keys whose constraint says so.
    TheirKeys,
    /// None.
    NoKey,
}

struct Effects<'a> {
    catalog: &'a Catalog,
    command: Option<&'a Command>,
    infected: BTreeSet<String>,
    inserts: BTreeSet<&'a str>,
    updates: BTreeMap<&'a str, Columns<'a>>,
    deletes: BTreeSet<&'a str>,
}

impl<'a> Effects<'a> {
    fn add(&mut self, trigger: Option<&str>, table: &str, done: &Done<'_>) {
        let catalog = self.catalog;
        let Some(relation) = self.written(table) else {
            let owner = catalog.shadowed(table).filter(|_| is_on(Repair::Shadow));
            if let Some(owner) = owner {
                self.inserts.insert(&owner.name);
                self.deletes.insert(&owner.name);
            }
            return;
        };
        let name = relation.name.as_str();
        if done.inserted {
            self.inserts.insert(name);
        }
        let mut updated = Columns::none_of(relation);
        done.updated.iter().for_each(|column| updated.add(column));
        add_computed(&mut updated);
        if !done.updated.is_empty() {
            let columns = self.updates.entry(name);
            let columns = columns.or_insert_with(|| Columns::none_of(relation));
            columns.places.extend(&updated.places);
        }
        let in_the_way = self.commands(trigger, table).any(|command| {
            let replacing = self.replacing(trigger, command);
            if command.inserts {
                done.inserted && deletes_for_insert(relation, command, replacing)
            } else {
                deletes_for_update(&updated, replacing)
            }
        });
        if done.deleted || in_the_way {
            self.deletes.insert(name);
        }
    }

    /// The table or virtual table `name`; what is written into a view is for its triggers to say.
    fn written(&self, name: &str) -> Option<&'a Relation> {
        let sequence = self.catalog.sequence();
        let relation = self.catalog.relation(name);
        relation
            .or_else(|| sequence.filter(|found| found.name.eq_ignore_ascii_case(name)))
            .filter(|relation| relation.kind != RelationKind::View)
    }

    /// The statements of a trigger, or the one that was given, which write to `table`. Where there is none a foreign-key
    /// action writes, which fails when a row is in the way.
    fn commands(&self, trigger: Option<&str>, table: &str) -> impl Iterator<Item = &'a Command> {
        let own = self.command.filter(|_| trigger.is_none());
        let trigger = trigger.and_then(|name| self.catalog.trigger(name));
        let commands = trigger.into_iter().flat_map(|trigger| &trigger.commands);
        own.into_iter()
            .chain(commands)
            .filter(|command| command.table.eq_ignore_ascii_case(table))
    }

    fn replacing(&self, trigger: Option<&str>, command: &Command) -> Replacing {
        let outer = self.command.and_then(|command| command.resolution);
        let repair = if trigger.is_some() {
            Repair::TriggerReplace
        } else {
            Repair::StatementReplace
        };
        if command.takes_conflicts {
            Replacing::NoKey
        } else if trigger.is_some_and(|name| self.infected.contains(name)) {
            Replacing::AllKeys
        } else if trigger.is_some() && outer.is_some() {
            Replacing::NoKey
        } else {
            match command.resolution {
                Some(Resolution::Replace) if is_on(repair) => Replacing::AllKeys,
                Some(_) => Replacing::NoKey,
                None => Replacing::TheirKeys,
            }
        }
    }

    fn named(self) -> Vec<Write> {
        let tables: BTreeSet<&str> = self
            .inserts
            .iter()
            .chain(&self.deletes)
            .chain(self.updates.keys())
            .copied()
            .collect();
        let mut writes = Vec::new();
        for table in tables {
            if self.inserts.contains(table) {
                writes.push(Write::Insert(table.to_owned()));
            }
            if let Some(columns) = self.updates.get(table) {
                writes.push(Write::Update(columns.named()));
            }
            if self.deletes.contains(table) {
                writes.push(Write::Delete(table.to_owned()));
            }
        }
        writes
    }
}

/// Whether an INSERT deletes rows that are in its way.
fn deletes_for_insert(relation: &Relation, command: &Command, replacing: Replacing) -> bool {
    // What gets no value is NULL, which is in nobody's way.
    let has_value = |name: &str| match relation.column(name) {
        Some(column) if column.rowid => command.names(name) || names_rowid(relation, command),
        Some(column) => command.names(name) || column.default || column.generated,
        None => true,
    };
    match replacing {
        Replacing::NoKey => false,
        Replacing::AllKeys => {
            let mut unique = relation.indexes.iter().filter(|index| index.unique);
            sets_rowid(relation, command)
                || unique.any(|index| {
                    let mut columns = index.columns.iter().flatten();
                    columns.all(|name| has_value(name))
                })
        }
        Replacing::TheirKeys => {
            let mut keys = relation.replacing_keys.iter();
            is_on(Repair::ConstraintReplace)
                && keys.any(|key| key.iter().all(|name| has_value(name)))
        }
    }
}

/// Whether an INSERT may choose the rowid of the new row itself.
fn sets_rowid(relation: &Relation, command: &Command) -> bool {
    let mut aliases = relation.columns.iter().filter(|column| column.rowid);
    is_foreign(relation)
        || aliases.any(|column| command.names(&column.name))
        || names_rowid(relation, command)
}

/// Whether the table has keys of its own making, as an R-Tree has: any virtual table but a full-text index.
fn is_foreign(relation: &Relation) -> bool {
    let module = relation.module.as_deref().unwrap_or_default();
    relation.kind == RelationKind::Virtual && !module.starts_with("fts")
}

fn names_rowid(relation: &Relation, command: &Command) -> bool {
    let mut names = command.columns.iter().flatten();
    names.any(|name| {
        let docid = relation.kind == RelationKind::Virtual && name.eq_ignore_ascii_case("docid");
        (is_rowid(name) && relation.column(name).is_none()) || docid
    })
}

/// Whether an UPDATE of these columns deletes rows that are in its way.
fn deletes_for_update(updated: &Columns<'_>, replacing: Replacing) -> bool {
    let relation = updated.relation;
    let touches =
        |name: &str| position(relation, name).is_some_and(|place| updated.places.contains(&place));
    let decides = |index: &Index| {
        let mut columns = index.columns.iter();
        index.partial || columns.any(|name| name.as_deref().is_none_or(touches))
    };
    let is_changed = !updated.places.is_empty();
    match replacing {
        Replacing::NoKey => false,
        Replacing::AllKeys => {
            let mut unique = relation.indexes.iter().filter(|index| index.unique);
            let moves = !relation.without_rowid && moves_rows(updated);
            moves || (is_changed && (is_foreign(relation) || unique.any(decides)))
        }
        Replacing::TheirKeys => {
            let mut keys = relation.replacing_keys.iter();
            is_on(Repair::ConstraintReplace) && keys.any(|key| key.iter().any(|name| touches(name)))
        }
    }
}

/// Whether the rowid is among the columns.
fn moves_rows(updated: &Columns<'_>) -> bool {
    let columns = &updated.relation.columns;
    let is_rowid = |&place: &usize| columns.get(place).is_none_or(|column| column.rowid);
    updated.places.iter().any(is_rowid)
}

/// Adds what changes with the columns: generated columns, also through one another, and what a virtual table hides.
fn add_computed(updated: &mut Columns<'_>) {
    let relation = updated.relation;
    if updated.places.is_empty() {
        return;
    }
    if relation.kind == RelationKind::Virtual && is_on(Repair::HiddenColumns) {
        let columns = relation.columns.iter().enumerate();
        let hidden = columns.filter(|(_, column)| column.hidden);
        updated.places.extend(hidden.map(|(place, _)| place));
    }
    loop {
        let more: Vec<usize> = (0..)
            .zip(&relation.columns)
            .filter(|(place, column)| {
                let changes = |source: &String| {
                    position(relation, source).is_some_and(|at| updated.places.contains(&at))
                };
                !updated.places.contains(place) && column.computed_from.iter().any(changes)
            })
            .map(|(place, _)| place)
            .collect();
        if more.is_empty() || !is_on(Repair::Generated) {
            return;
        }
        updated.places.extend(more);
    }
}
