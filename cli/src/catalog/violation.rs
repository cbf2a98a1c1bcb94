//! Finds the seed that leaves a foreign key without its row.
//!
//! `INSERT INTO note (person_id) VALUES (7)` with no person 7 when all seeds have run → `note.person_id`, underlined in
//! that very statement. SQLite tells the row and not who wrote it, so the statement is found by halving: how many of the
//! seeds have to run before the row is there without its parent?

use rusqlite::{Connection, Result};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::Statement;

use super::CatalogError;
use super::scratch::Scratch;
use super::seeds::Ground;

/// A row whose parent is not there.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    table: String,
    /// None in a table WITHOUT ROWID.
    row: Option<i64>,
    parent: String,
    /// The number of the foreign key in its table.
    key: u32,
}

/// Reports each foreign key that `seeds`, which have all run on `scratch`, break; the first row of it stands for all.
pub(super) fn check_foreign_keys(
    ground: Ground<'_>,
    scratch: &Scratch,
    seeds: &[Statement],
    diagnostics: &mut Diagnostics,
) -> std::result::Result<(), CatalogError> {
    // Parents are looked for by their collation.
    if !ground.catalog.keys_hold() || scratch.was_asked() {
        return Ok(());
    }
    let found = violations(scratch.connection())?;
    let mut told: Vec<Violation> = Vec::new();
    for violation in found {
        let same = |other: &Violation| {
            (other.key, &other.table, &other.parent)
                == (violation.key, &violation.table, &violation.parent)
        };
        if !told.iter().any(same) {
            let seed = find_seed(ground, seeds, &violation)?;
            diagnostics.push(tell(ground, &violation, &seeds[seed]));
            told.push(violation);
        }
    }
    Ok(())
}

fn violations(connection: &Connection) -> Result<Vec<Violation>> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        Ok(Violation {
            table: row.get(0)?,
            row: row.get(1)?,
            parent: row.get(2)?,
            key: row.get(3)?,
        })
    })?;
    rows.collect()
}

/// The place of a statement before which `violation` is not there and behind which it is.
fn find_seed(ground: Ground<'_>, seeds: &[Statement], violation: &Violation) -> Result<usize> {
    let (mut without, mut with) = (0, seeds.len());
    while with - without > 1 {
        let middle = without + (with - without) / 2;
        let scratch = Scratch::make(ground)?;
        for seed in &seeds[..middle] {
            // They ran a moment ago, in the same order.
            let _ = scratch.run(seed, ground.sources);
        }
        if violations(scratch.connection())?.contains(violation) {
            with = middle;
        } else {
            without = middle;
        }
    }
    Ok(without)
}

fn tell(ground: Ground<'_>, violation: &Violation, seed: &Statement) -> Diagnostic {
    let Violation { table, parent, .. } = violation;
    let relation = ground.catalog.relation(table);
    let key = relation.and_then(|relation| relation.foreign_keys.get(violation.key as usize));
    let columns: Vec<&str> = key.map_or_else(Vec::new, |key| {
        key.columns
            .iter()
            .map(|(column, _)| column.as_str())
            .collect()
    });
    let text = &ground.sources.file(seed.file()).text;
    let is_column = |name: &str| {
        columns
            .iter()
            .any(|column| column.eq_ignore_ascii_case(name))
    };
    let token = seed
        .significant()
        .find(|token| token.name(text).is_some_and(|name| is_column(&name)));
    let span: Span = token.map_or_else(|| ground.target(seed), |token| seed.span_of(token));
    let child = match columns.as_slice() {
        [column] => format!("{table}.{column}"),
        _ => table.clone(),
    };
    let message = format!("`{child}` refers to a row of `{parent}` that is not there");
    Diagnostic::error(Code::InitRejected, message)
        .at(span, "")
        .help(format!(
            "insert the row of `{parent}` in any file of `init/`: foreign keys are checked when all have run"
        ))
}
