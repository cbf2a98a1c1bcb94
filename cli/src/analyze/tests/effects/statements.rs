//! Random writes and queries for a random schema; parameters stand for small numbers.

use super::dice::Dice;
use super::world::{Key, Table, World};

/// A statement that writes.
pub(super) fn write(dice: &mut Dice, world: &World) -> String {
    let table = dice.pick(&world.tables);
    let name = table.name;
    let conflict = conflict(dice, &table);
    match dice.below(9) {
        0 | 1 => insert(dice, &table, conflict),
        2 if table.key != Key::Virtual => {
            let column = dice.pick(&table.columns);
            format!(
                "{} ON CONFLICT DO UPDATE SET {column} = ?",
                insert(dice, &table, "")
            )
        }
        3 | 4 => {
            let first = dice.pick(&table.columns);
            let second = dice.pick(&table.columns);
            let condition = condition(dice, &table);
            if first == second {
                format!("UPDATE{conflict} {name} SET {first} = ? WHERE {condition}")
            } else {
                format!("UPDATE{conflict} {name} SET {first} = ?, {second} = ? WHERE {condition}")
            }
        }
        5 => {
            let key = table.identity();
            format!(
                "UPDATE{conflict} {name} SET {key} = ? WHERE {}",
                condition(dice, &table)
            )
        }
        6 => "INSERT INTO v (x, y) VALUES (?, ?)".to_owned(),
        7 => format!("DELETE FROM {name}"),
        _ => format!("DELETE FROM {name} WHERE {}", condition(dice, &table)),
    }
}

fn conflict(dice: &mut Dice, table: &Table) -> &'static str {
    if table.key == Key::Virtual {
        return dice.pick(&["", " OR REPLACE"]);
    }
    dice.pick(&["", "", " OR REPLACE", " OR IGNORE"])
}

fn insert(dice: &mut Dice, table: &Table, conflict: &str) -> String {
    let mut columns = table.columns.clone();
    if dice.once_in(2) || table.key == Key::Clustered {
        columns.insert(0, table.identity());
    }
    let marks: Vec<&str> = columns.iter().map(|_| "?").collect();
    let (columns, marks) = (columns.join(", "), marks.join(", "));
    format!(
        "INSERT{conflict} INTO {} ({columns}) VALUES ({marks})",
        table.name
    )
}

fn condition(dice: &mut Dice, table: &Table) -> String {
    let key = table.identity();
    match dice.below(4) {
        0 | 1 => format!("{key} = ?"),
        2 => "y >= ?".to_owned(),
        _ => format!("{key} = ? AND y < 7"),
    }
}

/// A query; its rows come in no particular order.
pub(super) fn query(dice: &mut Dice, world: &World) -> String {
    let (one, other) = (dice.pick(&world.tables), dice.pick(&world.tables));
    let (a, b) = (one.name, other.name);
    let column = |dice: &mut Dice, table: &Table| dice.pick(&table.all_columns());
    let (x, y) = (column(dice, &one), column(dice, &other));
    let (key, other_key) = (one.identity(), other.identity());
    match dice.below(17) {
        0 => format!("SELECT {x} FROM {a}"),
        1 => format!("SELECT COUNT(*) FROM {a}"),
        2 => format!("SELECT MAX({key}), SUM({x}) FROM {a} WHERE x > 2"),
        3 => format!("SELECT s.{x}, t.{y} FROM {a} AS s JOIN {b} AS t ON t.x = s.x"),
        4 => format!("SELECT {x} FROM {a} WHERE EXISTS (SELECT 1 FROM {b} WHERE {y} = 3)"),
        5 => format!(
            "WITH q AS (SELECT {x} AS n FROM {a}) SELECT n FROM q UNION SELECT {y} FROM {b}"
        ),
        6 => "SELECT x FROM v".to_owned(),
        7 => "SELECT COUNT(*) FROM w".to_owned(),
        8 => format!("SELECT (SELECT MAX({x}) FROM {a}), {y} FROM {b}"),
        9 => format!("SELECT * FROM {a} WHERE {key} = ?"),
        10 => format!(
            "SELECT s.{x}, t.{y} FROM {a} AS s LEFT JOIN {b} AS t ON t.x = s.x WHERE s.{key} = ?"
        ),
        11 => format!("SELECT s.{x}, t.{y} FROM {a} AS s LEFT JOIN {b} AS t ON t.{other_key} = ?"),
        12 => format!(
            "SELECT {x} FROM {a} WHERE {key} = ? UNION ALL SELECT {y} FROM {b} WHERE {other_key} = ?"
        ),
        13 => dice
            .pick(&[
                "SELECT x FROM e",
                "SELECT highlight(e, 1, '', '') FROM e",
                "SELECT COUNT(*) FROM e",
            ])
            .to_owned(),
        14 => format!("SELECT s.{x} FROM {a} AS s JOIN {b} USING (x)"),
        15 => "SELECT name, seq FROM sqlite_sequence".to_owned(),
        _ if world.tables.iter().any(|table| table.key == Key::Virtual) => dice
            .pick(&[
                "SELECT rowid FROM f WHERE f MATCH '3'",
                "SELECT rank FROM f WHERE f MATCH '2 OR 5'",
                "SELECT c0 FROM f_content",
            ])
            .to_owned(),
        _ => format!("SELECT {x} FROM {a} NATURAL JOIN (SELECT x FROM {b})"),
    }
}
