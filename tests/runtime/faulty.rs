//! A driver over a database in memory that fails and stops where a test tells it to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use rusqlite::types::{Value as Raw, ValueRef};
use sqlitenow_runtime::{
    Answer, Capabilities, Changes, Driver, DriverConnection, DriverFuture, Error, Result, Value,
};
use tokio::sync::watch;

use sqlitenow_tests::board::BoardDatabase;

/// What the driver shall do, and what it has done.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<State>>);

struct State {
    capabilities: Capabilities,
    log: Vec<String>,
    failing: Vec<&'static str>,
    held: HashMap<&'static str, (watch::Sender<bool>, watch::Receiver<bool>)>,
    closed: bool,
}

/// A statement that stops before it runs.
pub struct Hold {
    reached: watch::Receiver<bool>,
    release: watch::Sender<bool>,
}

impl Hold {
    /// Waits until the statement has come.
    pub async fn reached(&mut self) {
        self.reached.wait_for(|reached| *reached).await.unwrap();
    }

    /// Lets it run.
    pub fn release(self) {
        self.release.send_replace(true);
    }
}

impl Faults {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            capabilities: Capabilities::ALL.with_closures(false),
            log: Vec::new(),
            failing: Vec::new(),
            held: HashMap::new(),
            closed: false,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn with_capabilities(self, capabilities: Capabilities) -> Self {
        self.state().capabilities = capabilities;
        self
    }

    /// Statements that start like this fail, until [`heal`](Self::heal).
    pub fn fail(&self, start: &'static str) {
        self.state().failing.push(start);
    }

    pub fn heal(&self) {
        self.state().failing.clear();
    }

    /// The next statement that starts like this stops.
    pub fn hold(&self, start: &'static str) -> Hold {
        let (arrive, reached) = watch::channel(false);
        let (release, go) = watch::channel(false);
        self.state().held.insert(start, (arrive, go));
        Hold { reached, release }
    }

    /// What ran since the last look, by the first two words.
    pub fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.state().log)
    }

    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    pub async fn board(&self) -> BoardDatabase {
        let db = BoardDatabase::builder()
            .driver(self.clone())
            .open()
            .await
            .unwrap();
        self.log();
        db
    }

    /// Notes the statement, waits if it is held, fails if it shall.
    async fn meet(&self, sql: &str) -> Result<()> {
        let sql = sql.trim_start();
        let words: Vec<&str> = sql.split_whitespace().take(2).collect();
        let held = {
            let mut state = self.state();
            state.log.push(words.join(" "));
            let start = state
                .held
                .keys()
                .copied()
                .find(|start| sql.starts_with(start));
            start.and_then(|start| state.held.remove(start))
        };
        if let Some((arrive, mut go)) = held {
            arrive.send_replace(true);
            // A hold that was dropped holds no more.
            let _ = go.wait_for(|go| *go).await;
        }
        if self
            .state()
            .failing
            .iter()
            .any(|start| sql.starts_with(start))
        {
            return Err(Error::sqlite(10, "disk I/O error, as told"));
        }
        Ok(())
    }
}

impl Driver for Faults {
    fn capabilities(&self) -> Capabilities {
        self.state().capabilities
    }

    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>> {
        Box::pin(async {
            let connection = rusqlite::Connection::open_in_memory().map_err(failed)?;
            Ok(Box::new(Faulty {
                faults: self.clone(),
                connection,
            }) as Box<dyn DriverConnection>)
        })
    }
}

struct Faulty {
    faults: Faults,
    connection: rusqlite::Connection,
}

fn failed(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(code, message) => {
            Error::sqlite(code.extended_code, message.unwrap_or_default())
        }
        other => Error::sqlite(1, other.to_string()),
    }
}

impl Faulty {
    fn run_now(&self, sql: &str, values: &[Value], most: usize) -> rusqlite::Result<Answer> {
        let before = self.connection.total_changes();
        let mut statement = self.connection.prepare(sql)?;
        let width = statement.column_count();
        let values = values.iter().map(|value| match value {
            Value::Null => Raw::Null,
            Value::Integer(integer) => Raw::Integer(*integer),
            Value::Real(real) => Raw::Real(*real),
            Value::Text(text) => Raw::Text(text.clone()),
            Value::Blob(blob) => Raw::Blob(blob.clone()),
        });
        let mut rows = statement.query(rusqlite::params_from_iter(values))?;
        let mut answer = Answer::default();
        while let Some(row) = rows.next()? {
            if answer.rows.len() == most {
                break;
            }
            let cells = (0..width).map(|index| {
                Ok(match row.get_ref(index)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(integer) => Value::Integer(integer),
                    ValueRef::Real(real) => Value::Real(real),
                    ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(blob) => Value::Blob(blob.to_owned()),
                })
            });
            answer.rows.push(cells.collect::<rusqlite::Result<_>>()?);
        }
        drop(rows);
        drop(statement);
        answer.wrote = self.connection.total_changes() != before;
        answer.changes = Changes::new(
            self.connection.changes(),
            self.connection.last_insert_rowid(),
        );
        Ok(answer)
    }
}

impl DriverConnection for Faulty {
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer> {
        Box::pin(async move {
            self.faults.meet(sql).await?;
            self.run_now(sql, values, most).map_err(failed)
        })
    }

    fn run_script<'a>(&'a mut self, sql: &'a str) -> DriverFuture<'a, ()> {
        Box::pin(async move {
            self.faults.meet(sql).await?;
            self.connection.execute_batch(sql).map_err(failed)
        })
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn close(self: Box<Self>) -> DriverFuture<'static, ()> {
        Box::pin(async move {
            self.faults.state().closed = true;
            Ok(())
        })
    }
}
