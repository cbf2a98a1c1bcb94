//! A driver that keeps SQLite in memory and writes down what it is asked to run.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};
use sqlitenow_runtime::{
    Answer, Capabilities, Changes, Driver, DriverConnection, DriverFuture, Error, Value,
};

/// The texts that ran, shared with the connection.
#[derive(Clone, Default)]
pub struct Recorder {
    texts: Arc<Mutex<BTreeSet<String>>>,
}

impl Recorder {
    /// Fails unless every statement of the generated module `text` ran.
    #[track_caller]
    pub fn assert_ran_all_of(&self, module: &str) {
        let ran = self.texts.lock().unwrap();
        let constants = sql_constants(module);
        assert!(!constants.is_empty(), "the module has no statement");
        for (name, sql) in constants {
            assert!(ran.contains(&sql), "{name} never ran");
        }
    }
}

/// The SQL constants of a generated module, by name.
fn sql_constants(module: &str) -> Vec<(String, String)> {
    let heads = module
        .match_indices("\nconst ")
        .map(|(at, head)| &module[at + head.len()..]);
    let constants = heads.filter_map(|rest| {
        let (name, value) = rest.split_once(": &str =")?;
        name.ends_with("_SQL")
            .then(|| (name.to_owned(), literal(value.trim_start())))
    });
    constants.collect()
}

/// The text that a literal of the generator means.
fn literal(text: &str) -> String {
    let (opening, closing) = if text.starts_with("r#") {
        ("r#\"", "\"#;\n")
    } else if text.starts_with('r') {
        ("r\"", "\";\n")
    } else {
        ("\"", "\";\n")
    };
    let body = &text[opening.len()..];
    let body = &body[..body.find(closing).expect("a constant ends")];
    if opening.starts_with('r') {
        return body.to_owned();
    }
    let mut meant = String::new();
    let mut characters = body.chars();
    while let Some(c) = characters.next() {
        meant.push(match (c, characters.as_str().chars().next()) {
            ('\\', Some(escaped)) => {
                characters.next();
                match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                }
            }
            _ => c,
        });
    }
    meant
}

impl Driver for Recorder {
    fn capabilities(&self) -> Capabilities {
        Capabilities::ALL.with_closures(false)
    }

    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>> {
        let connection = Connection::open_in_memory().unwrap();
        let recording = Recording {
            connection,
            recorder: self.clone(),
        };
        Box::pin(async { Ok(Box::new(recording) as Box<dyn DriverConnection>) })
    }
}

struct Recording {
    connection: Connection,
    recorder: Recorder,
}

impl Recording {
    fn answer(&self, sql: &str, values: &[Value], most: usize) -> rusqlite::Result<Answer> {
        let before = self.connection.total_changes();
        let mut statement = self.connection.prepare(sql)?;
        let columns = statement.column_count();
        let values = values.iter().map(|value| match value {
            Value::Null => rusqlite::types::Value::Null,
            Value::Integer(value) => (*value).into(),
            Value::Real(value) => (*value).into(),
            Value::Text(value) => value.clone().into(),
            Value::Blob(value) => value.clone().into(),
        });
        let mut found = statement.query(params_from_iter(values))?;
        let mut rows = Vec::new();
        while rows.len() < most.max(1)
            && let Some(row) = found.next()?
        {
            rows.push(
                (0..columns)
                    .map(|at| cell(row.get_ref_unwrap(at)))
                    .collect(),
            );
        }
        drop(found);
        Ok(Answer {
            rows,
            changes: Changes::new(
                self.connection.changes(),
                self.connection.last_insert_rowid(),
            ),
            wrote: self.connection.total_changes() != before,
        })
    }
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Integer(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(value) => Value::Text(String::from_utf8(value.to_vec()).unwrap()),
        ValueRef::Blob(value) => Value::Blob(value.to_vec()),
    }
}

impl DriverConnection for Recording {
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer> {
        self.recorder.texts.lock().unwrap().insert(sql.to_owned());
        Box::pin(async move { self.answer(sql, values, most).map_err(Error::from) })
    }

    fn run_script<'a>(&'a mut self, sql: &'a str) -> DriverFuture<'a, ()> {
        Box::pin(async move { self.connection.execute_batch(sql).map_err(Error::from) })
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn close(self: Box<Self>) -> DriverFuture<'static, ()> {
        Box::pin(async { Ok(()) })
    }
}
