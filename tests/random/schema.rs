//! Tables of every kind, rows for them, and views.

use super::expression::Maker;
use super::{Class, Column, Dice, Relation};

/// A schema with rows.
#[derive(Debug, Clone, Default)]
pub struct Database {
    /// CREATE statements.
    pub schema: String,
    /// INSERT statements.
    pub data: String,
    /// The tables, then the views.
    pub(super) relations: Vec<Relation>,
    /// How many of them are tables.
    pub(super) tables: usize,
}

const CLASSES: [Class; 8] = [
    Class::Integer,
    Class::Text,
    Class::Real,
    Class::Integer,
    Class::Text,
    Class::Boolean,
    Class::Blob,
    Class::Any,
];

impl Database {
    /// A random database.
    pub fn new(dice: &mut Dice) -> Self {
        let mut database = Self::default();
        for number in 0..3 {
            database.add_table(dice, number);
        }
        database.tables = database.relations.len();
        for number in 0..2 {
            database.add_view(dice, number);
        }
        database
    }

    fn add_table(&mut self, dice: &mut Dice, number: usize) {
        let mut table = Table::new(dice, format!("t{number}"));
        let mut names: Vec<&str> = vec!["a", "b", "c", "d", "e", "f"];
        for _ in 0..2 + dice.below(3) {
            let name = names.remove(dice.below(names.len()));
            table.add_column(dice, name);
        }
        table.add_generated(dice);
        table.close(dice);
        let rows = if dice.chance(15) {
            0
        } else {
            1 + dice.below(5)
        };
        for _ in 0..rows {
            self.data += &table.row(dice);
        }
        self.schema += &table.sql;
        self.relations.push(Relation {
            name: table.name,
            columns: table
                .columns
                .into_iter()
                .map(|column| column.column)
                .collect(),
        });
    }

    fn add_view(&mut self, dice: &mut Dice, number: usize) {
        let (query, classes) = Maker::new(self, dice).whole_query();
        let name = format!("v{number}");
        let names: Vec<String> = (0..classes.len()).map(|at| format!("x{at}")).collect();
        self.schema += &format!("CREATE VIEW {name} AS {query};\n");
        for event in ["INSERT", "UPDATE", "DELETE"] {
            self.schema += &format!(
                "CREATE TRIGGER {name}_{event} INSTEAD OF {event} ON {name} BEGIN SELECT 1; END;\n"
            );
        }
        let columns = names.into_iter().zip(classes);
        self.relations.push(Relation {
            name,
            columns: columns
                .map(|(name, class)| Column { name, class })
                .collect(),
        });
    }
}

struct TableColumn {
    column: Column,
    not_null: bool,
    generated: bool,
}

/// A table on its way.
struct Table {
    name: String,
    strict: bool,
    columns: Vec<TableColumn>,
    parts: Vec<String>,
    options: Vec<&'static str>,
    sql: String,
}

impl Table {
    fn new(dice: &mut Dice, name: String) -> Self {
        let mut table = Self {
            name,
            strict: dice.chance(25),
            columns: Vec::new(),
            parts: Vec::new(),
            options: Vec::new(),
            sql: String::new(),
        };
        let (declared, class, not_null, without_rowid) = match dice.below(6) {
            0 | 1 => ("id INTEGER PRIMARY KEY", Class::Integer, false, false),
            2 => ("id INTEGER PRIMARY KEY DESC", Class::Integer, false, false),
            3 => ("id INT PRIMARY KEY", Class::Integer, false, false),
            4 => ("k TEXT PRIMARY KEY", Class::Text, true, true),
            _ => return table,
        };
        table.parts.push(declared.to_owned());
        let name = declared.split(' ').next().unwrap_or_default();
        table.push(name, class, not_null || table.strict, false);
        if without_rowid {
            table.options.push("WITHOUT ROWID");
        }
        table
    }

    fn push(&mut self, name: &str, class: Class, not_null: bool, generated: bool) {
        self.columns.push(TableColumn {
            column: Column {
                name: name.to_owned(),
                class,
            },
            not_null,
            generated,
        });
    }

    fn add_column(&mut self, dice: &mut Dice, name: &str) {
        let mut class = dice.pick(&CLASSES);
        if self.strict && class == Class::Boolean {
            class = Class::Integer;
        }
        let declared: &[&str] = match (class, self.strict) {
            (Class::Boolean, _) => &["BOOLEAN", "BOOL"],
            (Class::Integer, true) => &["INTEGER", "INT"],
            (Class::Integer, false) => &["INTEGER", "BIGINT", "INT"],
            (Class::Real, true) => &["REAL"],
            (Class::Real, false) => &["REAL", "DOUBLE", "NUMERIC", "DECIMAL(10,2)"],
            (Class::Text, true) => &["TEXT"],
            (Class::Text, false) => &["TEXT", "VARCHAR(20)", "DATE", "JSON"],
            (Class::Blob, _) => &["BLOB"],
            (Class::Any, true) => &["ANY"],
            (Class::Any, false) => &["", "ANY"],
        };
        let not_null = dice.chance(40);
        let mut part = format!("{name} {}", dice.pick(declared));
        if not_null {
            part += " NOT NULL";
        }
        if dice.chance(15) {
            part += &format!(" DEFAULT {}", value(dice, class));
        }
        if dice.chance(10) {
            part += " UNIQUE";
        }
        if dice.chance(10) {
            part += &format!(" CHECK ({name} IS NULL OR {name} <> 99)");
        }
        self.parts.push(part);
        self.push(name, class, not_null, false);
    }

    fn add_generated(&mut self, dice: &mut Dice) {
        if !dice.chance(30) {
            return;
        }
        let at = dice.below(self.columns.len());
        let source = &self.columns[at];
        let not_null = source.not_null && dice.chance(50);
        let (ty, class, expression) = match source.column.class {
            Class::Integer | Class::Boolean => ("INTEGER", Class::Integer, "{} + 1"),
            Class::Text => ("TEXT", Class::Text, "upper({})"),
            _ => ("INTEGER", Class::Integer, "length({})"),
        };
        let expression = expression.replace("{}", &source.column.name);
        let kind = dice.pick(&["VIRTUAL", "STORED"]);
        let constraint = if not_null { " NOT NULL" } else { "" };
        self.parts
            .push(format!("g {ty}{constraint} AS ({expression}) {kind}"));
        self.push("g", class, not_null, true);
    }

    fn close(&mut self, dice: &mut Dice) {
        let has_key = self.parts.iter().any(|part| part.contains("PRIMARY KEY"));
        if !has_key && dice.chance(50) {
            let names: Vec<&str> = self.columns[..2]
                .iter()
                .map(|column| column.column.name.as_str())
                .collect();
            self.parts
                .push(format!("PRIMARY KEY ({})", names.join(", ")));
            if dice.chance(50) {
                self.options.push("WITHOUT ROWID");
            }
            let needs_value = self.strict || !self.options.is_empty();
            for column in &mut self.columns[..2] {
                column.not_null |= needs_value;
            }
        }
        if self.strict {
            self.options.push("STRICT");
        }
        let (name, parts) = (&self.name, self.parts.join(", "));
        self.sql = format!(
            "CREATE TABLE {name} ({parts}) {};\n",
            self.options.join(", ")
        );
    }

    fn row(&self, dice: &mut Dice) -> String {
        let stored: Vec<_> = self
            .columns
            .iter()
            .filter(|column| !column.generated)
            .collect();
        let names: Vec<&str> = stored
            .iter()
            .map(|column| column.column.name.as_str())
            .collect();
        let values: Vec<String> = stored
            .iter()
            .map(|column| {
                if column.not_null || dice.chance(60) {
                    value(dice, column.column.class)
                } else {
                    "NULL".to_owned()
                }
            })
            .collect();
        format!(
            "INSERT OR IGNORE INTO {} ({}) VALUES ({});\n",
            self.name,
            names.join(", "),
            values.join(", ")
        )
    }
}

/// A literal that a column of this class may hold.
pub(super) fn value(dice: &mut Dice, class: Class) -> String {
    let from: &[&str] = match class {
        Class::Boolean => &["0", "1"],
        Class::Integer => &["0", "1", "2", "-3", "7", "40"],
        Class::Real => &["0.0", "1.5", "-2.25", "3", "1e300", "9e999"],
        Class::Text => &[
            "''",
            "'a'",
            "'b'",
            "'2024'",
            "'2024-05-01'",
            "'1.5'",
            "'{\"x\":1}'",
        ],
        Class::Blob => &["x''", "x'01'", "x'ff00'"],
        Class::Any => &["1", "1.5", "'a'", "x'01'", "'2024'", "0"],
    };
    dice.pick(from).to_owned()
}
