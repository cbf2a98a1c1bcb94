//! Random schemas with keys of every kind, triggers, generated columns and REPLACE clauses, and rows for them.

use std::fmt::Write as _;

use super::dice::Dice;

/// How the rows of a table are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// `id INTEGER PRIMARY KEY`
    Alias,
    /// A rowid without a name.
    Rowid,
    /// `id` in a table WITHOUT ROWID.
    Clustered,
    /// The rowid of a full-text index.
    Virtual,
}

/// A table of columns `x`, `y`, `z` and perhaps more.
#[derive(Clone)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) key: Key,
    /// The columns that can be written, without the key.
    pub(super) columns: Vec<&'static str>,
    /// The generated ones.
    pub(super) generated: Vec<&'static str>,
}

impl Table {
    /// What tells its rows apart.
    pub(super) fn identity(&self) -> &'static str {
        match self.key {
            Key::Alias | Key::Clustered => "id",
            Key::Rowid | Key::Virtual => "rowid",
        }
    }

    pub(super) fn all_columns(&self) -> Vec<&'static str> {
        let mut columns = vec![self.identity()];
        columns.extend(&self.columns);
        columns.extend(&self.generated);
        columns
    }
}

/// A schema and what must be known of it to make statements.
pub(super) struct World {
    pub(super) schema: String,
    pub(super) tables: Vec<Table>,
}

const NAMES: [&str; 4] = ["a", "b", "c", "d"];
const ACTIONS: [&str; 5] = ["CASCADE", "SET NULL", "SET DEFAULT", "NO ACTION", "CASCADE"];

impl World {
    pub(super) fn random(dice: &mut Dice) -> Self {
        let mut world = Self {
            schema: String::new(),
            tables: Vec::new(),
        };
        for name in NAMES {
            world.add_table(dice, name);
        }
        if dice.once_in(3) {
            world.schema += "CREATE VIRTUAL TABLE f USING fts5(x, y);\n";
            world.tables.push(Table {
                name: "f",
                key: Key::Virtual,
                columns: vec!["x", "y"],
                generated: Vec::new(),
            });
        }
        let content = world.tables[0].clone();
        if matches!(content.key, Key::Alias | Key::Rowid) {
            let _ = writeln!(
                world.schema,
                "CREATE VIRTUAL TABLE e USING fts5(x, y, content = 'a', content_rowid = '{}');",
                content.identity()
            );
        }
        for number in 0..dice.below(5) {
            world.add_trigger(dice, number);
        }
        world.add_views(dice);
        world
    }

    fn add_table(&mut self, dice: &mut Dice, name: &'static str) {
        let key = dice.pick(&[Key::Alias, Key::Alias, Key::Rowid, Key::Clustered]);
        let replace = |dice: &mut Dice| dice.pick(&["", "", " ON CONFLICT REPLACE"]);
        let mut parts = match key {
            Key::Alias => vec![format!(
                "id INTEGER PRIMARY KEY{}",
                dice.pick(&["", " ON CONFLICT REPLACE", " AUTOINCREMENT"])
            )],
            Key::Clustered => vec![format!("id INTEGER PRIMARY KEY{}", replace(dice))],
            Key::Rowid | Key::Virtual => Vec::new(),
        };
        let unique = format!(" UNIQUE{}", replace(dice));
        let x = dice.pick(&[unique.as_str(), "", ""]).to_owned();
        parts.push(format!("x INTEGER DEFAULT 1{x}"));
        parts.push("y INTEGER NOT NULL ON CONFLICT REPLACE DEFAULT 2".to_owned());
        parts.push("z INTEGER".to_owned());
        let mut columns = vec!["x", "y", "z"];
        let mut generated = Vec::new();
        if dice.once_in(2) {
            parts.push(format!(
                "g INTEGER AS (x + coalesce(y, 0)){}",
                dice.pick(&["", " STORED"])
            ));
            parts.push("h AS (g * 2)".to_owned());
            generated.extend(["g", "h"]);
        }
        let parents: Vec<&Table> = self
            .tables
            .iter()
            .filter(|t| matches!(t.key, Key::Alias | Key::Clustered))
            .collect();
        if !parents.is_empty() && !dice.once_in(4) {
            let parent = dice.pick(&parents).name;
            let (deleted, updated) = (dice.pick(&ACTIONS), dice.pick(&ACTIONS));
            parts.push(format!(
                "p INTEGER REFERENCES {parent}(id) ON DELETE {deleted} ON UPDATE {updated}"
            ));
            columns.push("p");
        }
        if dice.once_in(4) {
            parts.push(format!("UNIQUE (y, z){}", replace(dice)));
        }
        let tail = if key == Key::Clustered {
            " WITHOUT ROWID"
        } else {
            ""
        };
        let _ = writeln!(
            self.schema,
            "CREATE TABLE {name} ({}){tail};",
            parts.join(", ")
        );
        match dice.below(8) {
            0 => {
                let _ = writeln!(
                    self.schema,
                    "CREATE UNIQUE INDEX {name}_z ON {name}(z) WHERE y > 2;"
                );
            }
            1 => {
                let _ = writeln!(
                    self.schema,
                    "CREATE UNIQUE INDEX {name}_x ON {name}(x + 1);"
                );
            }
            _ => {}
        }
        self.tables.push(Table {
            name,
            key,
            columns,
            generated,
        });
    }

    fn add_trigger(&mut self, dice: &mut Dice, number: usize) {
        let tables: Vec<Table> = self
            .tables
            .iter()
            .filter(|table| table.key != Key::Virtual)
            .cloned()
            .collect();
        let on = dice.pick(&tables);
        let event = dice.pick(&[
            "INSERT",
            "UPDATE",
            "UPDATE OF x",
            "UPDATE OF y, z",
            "DELETE",
        ]);
        let time = dice.pick(&["AFTER", "BEFORE"]);
        let row = if event == "DELETE" { "old" } else { "new" };
        let when = dice
            .pick(&[String::new(), String::new(), format!(" WHEN {row}.y > 1")])
            .clone();
        let body: Vec<String> = (0..=dice.below(2))
            .map(|_| {
                let into = dice.pick(&self.tables);
                trigger_statement(dice, &into, row)
            })
            .collect();
        let _ = writeln!(
            self.schema,
            "CREATE TRIGGER t{number} {time} {event} ON {}{when} BEGIN {} END;",
            on.name,
            body.join(" ")
        );
    }

    fn add_views(&mut self, dice: &mut Dice) {
        let (one, other) = (self.tables[0].clone(), self.tables[1].clone());
        let into = dice.pick(&self.tables);
        let body = trigger_statement(dice, &into, "new");
        let _ = writeln!(
            self.schema,
            "CREATE VIEW v AS SELECT a.x, b.y FROM {} AS a LEFT JOIN {} AS b ON b.x = a.x;
             CREATE VIEW w AS SELECT x FROM v WHERE y IS NOT NULL;
             CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN {body} END;",
            one.name, other.name
        );
    }

    /// Rows for all tables, an INSERT for each. One may be refused for its keys, or for what a trigger does with it.
    pub(super) fn rows(&self, dice: &mut Dice) -> Vec<String> {
        let mut rows = Vec::new();
        for table in &self.tables {
            for id in 1..8 {
                let names = table.columns.join(", ");
                let values: Vec<String> = table
                    .columns
                    .iter()
                    .map(|_| dice.below(8).to_string())
                    .collect();
                rows.push(format!(
                    "INSERT OR IGNORE INTO {} ({}, {names}) VALUES ({id}, {})",
                    table.name,
                    table.identity(),
                    values.join(", ")
                ));
            }
        }
        rows
    }
}

fn trigger_statement(dice: &mut Dice, into: &Table, row: &str) -> String {
    let name = into.name;
    let conflict = dice.pick(&["", "", " OR REPLACE", " OR IGNORE"]);
    let column = dice.pick(&into.columns);
    match dice.below(4) {
        0 | 1 => format!("INSERT{conflict} INTO {name} (x, y) VALUES ({row}.x + 1, {row}.y);"),
        2 => format!("UPDATE{conflict} {name} SET {column} = {row}.x WHERE y <> {row}.y;"),
        _ => format!("DELETE FROM {name} WHERE y = {row}.y;"),
    }
}
