//! Generates modules for random databases, and a table of functions that run their random queries.
//!
//! In: seeds. Out, in `OUT_DIR`: a project in `drawn`, its modules, and `drawn_samples.rs`, an array of `Drawn`. Queries that
//! SQLite refuses are left out. The same seeds give the same files.

use std::error::Error;
use std::fmt::Write as _;

use sqlitenow::check::CheckedDatabase;

use super::folder;
use super::made_up::{Files, generate_all};
use super::random::{Database, Dice};

/// Each seed makes a database.
const SEEDS: [u64; 6] = [3, 5, 8, 13, 21, 34];

/// So many queries are drawn for each; nearly all of them stay.
const QUERIES: usize = 36;

/// Generates the modules and the table.
pub fn generate() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=random");
    let databases = SEEDS.map(|seed| (format!("Drawn{seed}Database"), draw(seed)));
    generate_all(&folder("OUT_DIR")?, "drawn", &databases, add_samples)
}

/// The files of one database.
fn draw(seed: u64) -> Files {
    let mut dice = Dice::new(seed);
    let database = Database::new(&mut dice);
    let mut files = vec![
        ("schema/all.sql".to_owned(), database.schema.clone()),
        ("init/rows.sql".to_owned(), database.data.clone()),
    ];
    for number in 0..QUERIES {
        let query = database.query(&mut dice, false);
        files.push((format!("queries/q/q{number:02}.sql"), query));
    }
    files
}

fn add_samples(text: &mut String, database: &CheckedDatabase) -> Result<(), Box<dyn Error>> {
    let name = &database.name;
    let database_field = name.trim_end_matches("Database").to_lowercase();
    for query in &database.queries {
        let fields = query.row.iter().flat_map(|row| &row.fields);
        let cells: Vec<_> = fields
            .map(|field| format!("cell(&row.{})", field.name))
            .collect();
        let (sql, method, cells) = (&query.sql, &query.method, cells.join(", "));
        writeln!(text, "    Drawn {{")?;
        writeln!(text, "        database: \"{database_field}\",")?;
        writeln!(text, "        sql: {sql:?},")?;
        writeln!(
            text,
            "        run: |on| on.{database_field}.blocking_read(|on| Ok(rows(&on.q().{method}().list()?, |row| vec![{cells}]))),"
        )?;
        writeln!(text, "    }},")?;
    }
    Ok(())
}
