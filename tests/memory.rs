//! SQLite in memory behind the shape of a foreign driver, for drivers that record or fail.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Value as Raw, ValueRef};
use rusqlite::{Connection, params_from_iter};
use sqlitenow_runtime::{Answer, Changes, Error, Result, Value};

/// A database in memory.
#[derive(Debug)]
pub struct Memory {
    connection: Connection,
}

impl Memory {
    /// Opens a new one.
    ///
    /// # Errors
    ///
    /// When SQLite cannot.
    pub fn open() -> Result<Self> {
        let connection = Connection::open_in_memory().map_err(told)?;
        Ok(Self { connection })
    }

    /// Registers a function of one text that gives it back.
    ///
    /// # Errors
    ///
    /// When SQLite refuses the name.
    pub fn register(&self, function: &str) -> Result<()> {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        let same = |context: &rusqlite::functions::Context<'_>| context.get::<Option<String>>(0);
        self.connection
            .create_scalar_function(function, 1, flags, same)
            .map_err(told)
    }

    /// Runs one statement and returns at most `most` of its rows.
    ///
    /// # Errors
    ///
    /// What SQLite says against it.
    pub fn run(&self, sql: &str, values: &[Value], most: usize) -> Result<Answer> {
        self.answer(sql, values, most).map_err(told)
    }

    /// Runs several statements.
    ///
    /// # Errors
    ///
    /// What SQLite says against the first that fails.
    pub fn run_script(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(told)
    }

    /// Says whether a transaction is open.
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn answer(&self, sql: &str, values: &[Value], most: usize) -> rusqlite::Result<Answer> {
        let before = self.connection.total_changes();
        let mut statement = self.connection.prepare(sql)?;
        let width = statement.column_count();
        let mut found = statement.query(params_from_iter(values.iter().map(raw)))?;
        let mut answer = Answer::default();
        while let Some(row) = found.next()? {
            if answer.rows.len() == most {
                break;
            }
            let cells = (0..width).map(|index| row.get_ref(index).map(cell));
            answer.rows.push(cells.collect::<rusqlite::Result<_>>()?);
        }
        drop(found);
        drop(statement);
        answer.wrote = self.connection.total_changes() != before;
        answer.changes = Changes::new(
            self.connection.changes(),
            self.connection.last_insert_rowid(),
        );
        Ok(answer)
    }
}

fn raw(value: &Value) -> Raw {
    match value {
        Value::Null => Raw::Null,
        Value::Integer(integer) => Raw::Integer(*integer),
        Value::Real(real) => Raw::Real(*real),
        Value::Text(text) => Raw::Text(text.clone()),
        Value::Blob(blob) => Raw::Blob(blob.clone()),
    }
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => Value::Integer(integer),
        ValueRef::Real(real) => Value::Real(real),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(blob) => Value::Blob(blob.to_owned()),
    }
}

fn told(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            Error::sqlite(code.extended_code, message.unwrap_or_default())
        }
        other => Error::sqlite(1, other.to_string()),
    }
}
