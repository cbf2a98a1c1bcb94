//! Runs the plan.
//!
//! In: version 1 in the file, version 3 in the plan. Out: files 2 and 3 run, version 3 in the file. Foreign keys
//! are off meanwhile, as <https://www.sqlite.org/lang_altertable.html#otheralter> advises.

use std::sync::Arc;

use crate::driver::{Bracketed as _, Engine};
use crate::error::{Error, Result};
use crate::trace::Span;
use crate::value::Value;

use super::schema::Schema;
use super::violations::Violations;
use super::{Migrations, Script};

/// Where a database stands.
enum State {
    Current,
    Fresh,
    At(u32),
    /// It has no version, but the very schema of the plan.
    Adopted,
}

/// Opens an empty database, in which the plan's schema can be made.
pub(crate) type Blank<'a> = &'a dyn Fn() -> Result<Engine>;

/// Refuses a file of a newer application, and one without a version unless it can be adopted. Reads only.
pub(crate) fn refuse_newer(
    engine: &mut Engine,
    plan: &Migrations,
    blank: Option<Blank<'_>>,
) -> Result<()> {
    look(engine, plan, blank).map(drop)
}

/// Refuses a file that would have to be migrated. Reads only.
pub(crate) fn refuse_older(engine: &mut Engine, plan: &Migrations) -> Result<()> {
    let found = match look(engine, plan, None)? {
        State::Current => return Ok(()),
        State::Fresh | State::Adopted => 0,
        State::At(version) => version,
    };
    Err(Error::OlderDatabase {
        found,
        known: plan.version,
    })
}

/// Brings the file to the plan's version; one that has none is adopted if there is a `blank` to compare it with.
pub(crate) fn migrate(
    engine: &mut Engine,
    plan: &Migrations,
    blank: Option<Blank<'_>>,
) -> Result<()> {
    if let State::Current = look(engine, plan, blank)? {
        return Ok(());
    }
    let enforced = number(engine, "PRAGMA foreign_keys")?;
    engine.query("PRAGMA foreign_keys = OFF")?;
    let span = Span::migration(plan.version);
    let began = span.clock();
    let outcome = span.within(|| in_transaction(engine, plan, blank));
    span.ran(began);
    span.ended(outcome.is_ok());
    // Setting it within a transaction would do nothing, so an open one has to be over by now.
    let restored = engine.query(&format!("PRAGMA foreign_keys = {enforced}"));
    outcome.and(restored.map(drop))
}

fn in_transaction(engine: &mut Engine, plan: &Migrations, blank: Option<Blank<'_>>) -> Result<()> {
    engine.control("BEGIN IMMEDIATE")?;
    let outcome = advance(engine, plan, blank).and_then(|()| engine.control("COMMIT"));
    let Err(primary) = outcome else {
        return Ok(());
    };
    if engine.in_transaction()
        && let Err(cleanup) = engine.control("ROLLBACK")
    {
        return Err(Error::Transaction {
            primary: Box::new(primary),
            cleanup: Arc::new(cleanup),
        });
    }
    Err(primary)
}

/// Looks again, now that nobody else can write, and does what is missing.
fn advance(engine: &mut Engine, plan: &Migrations, blank: Option<Blank<'_>>) -> Result<()> {
    match look(engine, plan, blank)? {
        State::Current => return Ok(()),
        State::Adopted => {}
        State::Fresh => {
            for script in plan.schema.iter().chain(plan.init) {
                run(engine, plan.version, script)?;
            }
            check(engine, plan.version, &Violations::none())?;
        }
        State::At(version) => {
            let before = Violations::find(engine)?;
            for step in plan.steps.iter().filter(|step| step.version > version) {
                run(engine, step.version, &step.script)?;
            }
            check(engine, plan.version, &before)?;
        }
    }
    engine
        .query(&format!("PRAGMA user_version = {}", plan.version))
        .map(drop)
}

fn look(engine: &mut Engine, plan: &Migrations, blank: Option<Blank<'_>>) -> Result<State> {
    let version = "PRAGMA user_version";
    let found = number(engine, version)?;
    // A negative version was never written by us; as u32 it is beyond all we know.
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found > plan.version {
        return Err(Error::NewerDatabase {
            found,
            known: plan.version,
        });
    }
    if found == plan.version && found > 0 {
        return Ok(State::Current);
    }
    if found > 0 {
        return Ok(State::At(found));
    }
    let sql = r"SELECT name FROM sqlite_schema
        WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' LIMIT 1";
    let Some(table) = engine.query(sql)?.into_iter().flatten().next() else {
        return Ok(State::Fresh);
    };
    // Another process may have made the tables between the two questions: then the version came with them.
    if number(engine, version)? != 0 {
        return look(engine, plan, blank);
    }
    if plan.steps.iter().any(|step| step.version == 1) {
        return Ok(State::At(0));
    }
    let Some(blank) = blank else {
        let table = match table {
            Value::Text(table) => table,
            _ => String::new(),
        };
        return Err(Error::Unversioned { table });
    };
    let expected = expected(&mut blank()?, plan)?;
    expected.compare(&Schema::read(engine)?)?;
    Ok(State::Adopted)
}

/// What the plan makes of an empty database.
fn expected(blank: &mut Engine, plan: &Migrations) -> Result<Schema> {
    for script in plan.schema {
        run_alone(blank, plan.version, script)?;
    }
    Schema::read(blank)
}

fn run(engine: &mut Engine, version: u32, script: &Script) -> Result<()> {
    run_alone(engine, version, script)?;
    if engine.in_transaction() {
        return Ok(());
    }
    let source = Error::sqlite(1, "the file ended the migration's transaction");
    Err(failed(
        version,
        script,
        "COMMIT or ROLLBACK".to_owned(),
        source,
    ))
}

fn run_alone(engine: &mut Engine, version: u32, script: &Script) -> Result<()> {
    engine
        .script(script.sql)
        .map_err(|(statement, source)| failed(version, script, statement, source))
}

fn failed(version: u32, script: &Script, statement: String, source: Error) -> Error {
    Error::Migration {
        version,
        file: script.file.to_owned(),
        statement,
        source: Box::new(source),
    }
}

fn check(engine: &mut Engine, version: u32, before: &Violations) -> Result<()> {
    let after = Violations::find(engine)?;
    let Some(broken) = after.beyond(before) else {
        return Ok(());
    };
    Err(Error::Migration {
        version,
        file: broken.table.clone(),
        statement: "PRAGMA foreign_key_check".to_owned(),
        source: Box::new(Error::sqlite(
            787,
            format!(
                "rows of `{}` refer to missing rows of `{}`",
                broken.table, broken.parent
            ),
        )),
    })
}

fn number(engine: &mut Engine, sql: &str) -> Result<i64> {
    match engine.query(sql)?.into_iter().flatten().next() {
        Some(Value::Integer(number)) => Ok(number),
        _ => Err(Error::sqlite(1, format!("`{sql}` gave no number"))),
    }
}
