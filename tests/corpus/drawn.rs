//! C81: random queries over random databases, generated, compiled, run, and compared with what rusqlite reads.
//!
//! In: the modules that the build script made. A NULL or another storage class in a field that cannot hold it is an error of
//! the generated code, and so is any difference.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value as Sqlite;
use sqlitenow_runtime::Result;

use super::outcome::{Outcome, cell, is_read_from, rows};

/// A query of a random database.
struct Drawn {
    database: &'static str,
    sql: &'static str,
    /// Runs it by generated code.
    run: fn(&Databases) -> Result<Outcome>,
}

/// So many steps of SQLite's machine are enough for one query.
const STEPS: i32 = 200_000;

macro_rules! databases {
    ($($field:ident: $database:ident in $file:literal;)*) => {
        $(mod $field {
            include!(concat!(env!("OUT_DIR"), "/", $file));
        })*

        /// All databases, open.
        struct Databases {
            $($field: $field::$database,)*
        }

        impl Databases {
            fn open(folder: &Path) -> Self {
                $(let $field = $field::$database::open_blocking(folder.join(stringify!($field))).unwrap();)*
                Self { $($field,)* }
            }
        }
    };
}

databases! {
    drawn3: Drawn3Database in "drawn3_database.rs";
    drawn5: Drawn5Database in "drawn5_database.rs";
    drawn8: Drawn8Database in "drawn8_database.rs";
    drawn13: Drawn13Database in "drawn13_database.rs";
    drawn21: Drawn21Database in "drawn21_database.rs";
    drawn34: Drawn34Database in "drawn34_database.rs";
}

const DRAWN: &[Drawn] = include!(concat!(env!("OUT_DIR"), "/drawn_samples.rs"));

/// What rusqlite reads; none when the query takes too long or fails.
fn expected(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<Vec<Sqlite>>> {
    let mut statement = connection.prepare(sql)?;
    let width = statement.column_count();
    let mut found = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        found.push(
            (0..width)
                .map(|at| row.get(at))
                .collect::<rusqlite::Result<_>>()?,
        );
    }
    Ok(found)
}

#[test]
fn c81_random_queries_read_what_rusqlite_reads() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open(folder.path());
    let (mut compared, mut cells, mut wrong) = (0, 0, Vec::new());
    for drawn in DRAWN {
        let mut connection = Connection::open(folder.path().join(drawn.database)).unwrap();
        connection.progress_handler(STEPS, Some(|| true)).unwrap();
        let Ok(theirs) = expected(&connection, drawn.sql) else {
            continue;
        };
        compared += 1;
        cells += theirs.iter().map(Vec::len).sum::<usize>();
        let same = match (drawn.run)(&databases) {
            Ok(Outcome::Rows(ours)) => {
                ours.len() == theirs.len()
                    && ours
                        .iter()
                        .flatten()
                        .zip(theirs.iter().flatten())
                        .all(|(ours, theirs)| is_read_from(ours, theirs))
            }
            Ok(Outcome::Changes(_)) => false,
            Err(error) => {
                wrong.push(format!("{}: {error}", drawn.sql));
                continue;
            }
        };
        if !same {
            wrong.push(format!("{}: {theirs:?}", drawn.sql));
        }
    }
    println!("{compared} of {} queries, {cells} cells", DRAWN.len());
    assert!(
        compared >= 190,
        "only {compared} of {} could be compared",
        DRAWN.len()
    );
    assert!(cells >= 400, "only {cells} cells");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
