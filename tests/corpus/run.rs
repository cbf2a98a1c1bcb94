//! Runs every statement twice, by generated code and by rusqlite, and compares rows, changes and what the database holds.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value as Sqlite;
use sqlitenow_runtime::{Error, Result};

use super::database::{self, CorpusConnection, CorpusDatabase};
use super::given::{given, given_to_sqlite};
use super::outcome::{Outcome, cell, is_read_from, rows};

/// A statement of the corpus.
struct Sample {
    /// `select.from_star`
    name: &'static str,
    sql: &'static str,
    /// Its parameters: SQLite's number and their name.
    parameters: &'static [(usize, &'static str)],
    /// Runs it by generated code.
    run: fn(&CorpusConnection<'_>) -> Result<Outcome>,
}

const SAMPLES: &[Sample] = include!(concat!(env!("OUT_DIR"), "/corpus_samples.rs"));

/// What rusqlite makes of a statement.
enum Expected {
    Rows(Vec<Vec<Sqlite>>, Vec<String>),
    Changes(u64),
    Failure(String),
}

impl Sample {
    fn writes(&self) -> bool {
        let mut words = self.sql.split(|c: char| !c.is_ascii_alphabetic());
        words.any(|word| {
            ["INSERT", "REPLACE", "UPDATE", "DELETE"].contains(&word.to_uppercase().as_str())
        })
    }

    /// Whether its outcome differs from run to run, so that only its shape can be compared.
    fn varies(&self) -> bool {
        self.name.contains(".varying_")
    }

    fn expected(&self, connection: &Connection) -> rusqlite::Result<Expected> {
        let mut statement = connection.prepare(self.sql)?;
        for (number, name) in self.parameters {
            statement.raw_bind_parameter(*number, given_to_sqlite(name))?;
        }
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        if columns.is_empty() {
            return Ok(Expected::Changes(statement.raw_execute()? as u64));
        }
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..columns.len()).map(|at| row.get(at));
            found.push(cells.collect::<rusqlite::Result<_>>()?);
        }
        Ok(Expected::Rows(found, columns))
    }

    /// Says what is wrong when the two differ.
    fn compare(&self, ours: Result<Outcome>, theirs: Expected) -> std::result::Result<(), String> {
        match (ours, theirs) {
            (Ok(Outcome::Changes(ours)), Expected::Changes(theirs)) if ours == theirs => Ok(()),
            (Ok(Outcome::Rows(ours)), Expected::Rows(theirs, columns)) => {
                let width = ours.iter().all(|row| row.len() == columns.len());
                let same = ours.len() == theirs.len()
                    && ours.iter().zip(&theirs).all(|(ours, theirs)| {
                        ours.iter()
                            .zip(theirs)
                            .all(|(ours, theirs)| self.varies() || is_read_from(ours, theirs))
                    });
                if width && same {
                    Ok(())
                } else {
                    Err(format!("found {ours:?}, expected {theirs:?}"))
                }
            }
            (Err(ours), Expected::Failure(theirs)) if message(&ours).contains(&theirs) => Ok(()),
            (Err(ours), Expected::Failure(theirs)) => {
                Err(format!("found {}, expected {theirs}", message(&ours)))
            }
            (Ok(ours), Expected::Failure(theirs)) => {
                Err(format!("found {ours:?}, expected the failure {theirs}"))
            }
            (ours, _) => Err(format!("found {ours:?}")),
        }
    }
}

fn message(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

/// A database with the corpus' schema and rows.
fn template(folder: &Path) -> PathBuf {
    let path = folder.join("template.db");
    let database = CorpusDatabase::open_blocking(&path).unwrap();
    drop(database);
    let connection = Connection::open(&path).unwrap();
    connection
        .pragma_update(None, "journal_mode", "DELETE")
        .unwrap();
    path
}

/// Everything the tables hold.
fn contents(connection: &Connection) -> Vec<String> {
    let tables: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let mut lines = Vec::new();
    for table in tables {
        let quoted = table.replace('"', "\"\"");
        let mut statement = connection
            .prepare(&format!("SELECT * FROM \"{quoted}\""))
            .unwrap();
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<Sqlite> = (0..width).map(|at| row.get(at).unwrap()).collect();
            lines.push(format!("{table} {cells:?}"));
        }
    }
    lines
}

/// Where the two runs of a statement happen.
struct Places<'a> {
    template: &'a Path,
    /// The template, for statements that leave it as it is.
    reading: CorpusDatabase,
    reader: Connection,
    ours: PathBuf,
    theirs: PathBuf,
}

impl Places<'_> {
    /// Runs `sample` by generated code; what it writes is left in `ours`.
    fn generated(&self, sample: &Sample) -> Result<Outcome> {
        if !sample.writes() {
            return self.reading.blocking_read(|on| (sample.run)(&on));
        }
        fs::copy(self.template, &self.ours).unwrap();
        let database = CorpusDatabase::open_blocking(&self.ours).unwrap();
        database.blocking_write(|on| (sample.run)(&on))
    }

    /// Says what is wrong with `sample`.
    fn try_run(&self, sample: &Sample) -> std::result::Result<(), String> {
        let found = catch_unwind(AssertUnwindSafe(|| self.generated(sample)))
            .map_err(|_| "a parameter cannot be given".to_owned())?;
        let copied;
        let connection = if sample.writes() {
            fs::copy(self.template, &self.theirs).unwrap();
            copied = Connection::open(&self.theirs).unwrap();
            &copied
        } else {
            &self.reader
        };
        let expected = sample
            .expected(connection)
            .unwrap_or_else(|error| Expected::Failure(error.to_string()));
        if matches!(expected, Expected::Failure(_)) != sample.name.contains(".failing_") {
            return Err("it fails, or does not, against its name".to_owned());
        }
        sample.compare(found, expected)?;
        let ours = || contents(&Connection::open(&self.ours).unwrap());
        if sample.writes() && !sample.varies() && contents(connection) != ours() {
            return Err("the databases differ afterwards".to_owned());
        }
        Ok(())
    }
}

/// Runs those of the corpus' statements that `wanted` names, and gives their number.
#[track_caller]
fn try_all(wanted: impl Fn(&Sample) -> bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let template = template(folder.path());
    let places = Places {
        template: &template,
        reading: CorpusDatabase::open_blocking(folder.path().join("reading.db")).unwrap(),
        reader: Connection::open(&template).unwrap(),
        ours: folder.path().join("ours.db"),
        theirs: folder.path().join("theirs.db"),
    };
    let tried = |sample: &&Sample| {
        let error = places.try_run(sample).err()?;
        Some(format!("{}: {error}\n    {}", sample.name, sample.sql))
    };
    let samples: Vec<_> = SAMPLES.iter().filter(|sample| wanted(sample)).collect();
    let wrong: Vec<String> = samples.iter().filter_map(tried).collect();
    let count = samples.len();
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    count
}

/// Runs the statements of these names.
#[track_caller]
pub fn try_named(names: &[&str]) {
    let tried = try_all(|sample| names.contains(&sample.name));
    assert_eq!(tried, names.len(), "some of {names:?} are gone");
}

#[test]
fn every_statement_gives_what_rusqlite_gives() {
    let count = try_all(|_| true);
    assert!(count >= 600, "{count} statements are left");
}

#[test]
fn r59_after_one_round_over_three_hundred_statements_every_run_finds_its_own_prepared() {
    let folder = tempfile::tempdir().unwrap();
    let database = CorpusDatabase::open_blocking(folder.path().join("all.db")).unwrap();
    let run = |sample: &Sample| database.blocking_read(|on| (sample.run)(&on)).is_ok();
    let samples = SAMPLES.iter().filter(|sample| !sample.writes());
    let samples: Vec<&Sample> = samples.filter(|sample| run(sample)).collect();
    assert!(samples.len() >= 300, "{}", samples.len());
    let before = database.status();
    assert!(samples.iter().all(|sample| run(sample)));
    let after = database.status();
    assert_eq!(after.cache_misses, before.cache_misses);
    // BEGIN and COMMIT count as well.
    let runs = 3 * u64::try_from(samples.len()).unwrap();
    assert_eq!(after.cache_hits - before.cache_hits, runs);
}
