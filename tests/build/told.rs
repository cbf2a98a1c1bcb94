//! Generates modules for random schemas with keys and triggers, and a table that watches their queries and runs their writes.
//!
//! In: seeds. Out, in `OUT_DIR`: a project in `told`, its modules, and `told_samples.rs`, an array of `Ground`. What SQLite
//! refuses is left out. The same seeds give the same files.

#[path = "../../cli/src/analyze/tests/effects/dice.rs"]
mod dice;
#[path = "../../cli/src/analyze/tests/effects/statements.rs"]
mod statements;
#[path = "../../cli/src/analyze/tests/effects/world.rs"]
mod world;

use std::error::Error;
use std::fmt::Write as _;

use sqlitenow::check::{CheckedDatabase, CheckedQuery};

use self::dice::Dice;
use self::world::World;
use super::folder;
use super::made_up::{Files, generate_all};

/// Each seed makes a schema.
const SEEDS: [u64; 8] = [1, 2, 4, 7, 11, 16, 22, 29];

/// So many queries and so many writes are made for each.
const STATEMENTS: usize = 12;

/// Generates the modules and the table.
pub fn generate() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=../cli/src/analyze/tests/effects");
    let databases = SEEDS.map(|seed| (format!("Told{seed}Database"), make(seed)));
    generate_all(&folder("OUT_DIR")?, "told", &databases, add_ground)
}

fn make(seed: u64) -> Files {
    let mut dice = Dice::new(seed);
    let world = World::random(&mut dice);
    let mut files = vec![("schema/all.sql".to_owned(), world.schema.clone())];
    for number in 0..STATEMENTS {
        let query = statements::query(&mut dice, &world);
        files.push((format!("queries/q/q{number:02}.sql"), named(&query)));
        let write = statements::write(&mut dice, &world);
        files.push((format!("queries/w/w{number:02}.sql"), named(&write)));
    }
    files
}

/// The statement with a name for each parameter.
fn named(sql: &str) -> String {
    let mut parts = sql.split('?');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (number, part) in parts.enumerate() {
        let _ = write!(text, ":p{number}{part}");
    }
    text
}

fn add_ground(text: &mut String, database: &CheckedDatabase) -> Result<(), Box<dyn Error>> {
    let module = database.name.trim_end_matches("Database").to_lowercase();
    let mut dice = Dice::new(module.trim_start_matches("told").parse()?);
    let rows = World::random(&mut dice).rows(&mut dice);
    writeln!(
        text,
        "    Ground {{
        name: \"{module}\",
        rows: &{rows:?},
        raw: |on, sql| Box::pin(async move {{ on.{module}.execute_raw(sql, ()).await }}),
        block: |on, work| Box::pin(async move {{ on.{module}.transaction(async |_| work.await).await }}),
        queries: &["
    )?;
    for query in database.queries.iter().filter(|query| query.row.is_some()) {
        let fields = query.row.iter().flat_map(|row| &row.fields);
        let cells = fields.map(|field| format!("cell(&row.{})", field.name));
        let cells = format!("|row| vec![{}]", cells.collect::<Vec<_>>().join(", "));
        let (call, name) = (call(&module, query), &query.type_name);
        writeln!(
            text,
            "            Asked {{
                statement: statement_of::<{module}::q::{name}>(),
                watch: |on, given| observe(on.{call}.watch(), {cells}),
                list: |on, given| Box::pin(async move {{ Ok(sorted(&on.{call}.list().await?, {cells})) }}),
            }},"
        )?;
    }
    writeln!(text, "        ],\n        writes: &[")?;
    for write in database.queries.iter().filter(|query| query.row.is_none()) {
        let (call, name) = (call(&module, write), &write.type_name);
        writeln!(
            text,
            "            Written {{
                statement: statement_of::<{module}::w::{name}>(),
                run: |on, given| Box::pin(async move {{ on.{call}.execute().await }}),
            }},"
        )?;
    }
    writeln!(text, "        ],\n    }},")?;
    Ok(())
}

/// The call of a statement with the values `given`.
fn call(module: &str, query: &CheckedQuery) -> String {
    let namespace = query.namespace.join("::");
    let value = |number: usize| format!("hold(&given[{}])", number - 1);
    let arguments = match query.parameters.as_slice() {
        [] => String::new(),
        [only] => value(only.number),
        several => {
            let fields = several
                .iter()
                .map(|parameter| format!("{}: {}", parameter.field.name, value(parameter.number)));
            let fields: Vec<_> = fields.collect();
            format!(
                "&{module}::{namespace}::{} {{ {} }}",
                query.params_type(),
                fields.join(", ")
            )
        }
    };
    format!("{module}.{namespace}().{}({arguments})", query.method)
}
