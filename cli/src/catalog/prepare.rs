//! Lets SQLite prepare a text and writes down everything it tells: columns, accesses, plan.
//!
//! `SELECT name FROM person` → column `name` of `person`, access "read `person.name`", plan "SCAN person". Nothing is
//! ever run, so the data (there is none) plays no role.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, Statement};

use crate::source::Declarations;

use super::patience::{MOST_STEPS, Patience};
use super::stubs;
use super::undeclared::Names;

/// One thing a statement may do, as SQLite's authorizer reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Reads a column; an empty column means the table itself, as in `COUNT(*)`.
    Read {
        /// The table or view.
        table: String,
        /// The column, or nothing.
        column: String,
    },
    /// Inserts rows.
    Insert {
        /// The table or view.
        table: String,
        /// The trigger that does it.
        trigger: Option<String>,
    },
    /// Updates a column.
    Update {
        /// The table or view.
        table: String,
        /// The column.
        column: String,
        /// The trigger that does it.
        trigger: Option<String>,
    },
    /// Deletes rows.
    Delete {
        /// The table or view.
        table: String,
        /// The trigger that does it.
        trigger: Option<String>,
    },
}

/// A result column as SQLite describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaColumn {
    /// Its label.
    pub label: String,
    /// The table and column it shows, where SQLite sees through to one.
    pub origin: Option<(String, String)>,
    /// The declared type of that column.
    pub declared: Option<String>,
}

/// A line of EXPLAIN QUERY PLAN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// Its number.
    pub number: i64,
    /// The number of the step that it is a part of; 0 for none.
    pub parent: i64,
    /// What SQLite does, `SEARCH t USING INTEGER PRIMARY KEY (rowid=?)` for example.
    pub detail: String,
}

/// What SQLite tells of a statement it accepts.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// Its result columns.
    pub columns: Vec<MetaColumn>,
    /// Whether it changes nothing.
    pub readonly: bool,
    /// What it reads and writes, in the order SQLite reports it.
    pub accesses: Vec<Access>,
}

/// The connection on which everything is prepared, and the ear of its authorizer.
#[derive(Debug)]
pub(super) struct Checker {
    connection: Connection,
    names: Names,
    patience: Patience,
    heard: Arc<Mutex<Vec<Access>>>,
}

impl Checker {
    /// Opens an empty database with stand-ins for what is declared, for the schema to be made in.
    pub(super) fn open(declarations: &Declarations) -> rusqlite::Result<Self> {
        Self::on(Connection::open_in_memory()?, declarations)
    }

    /// The same on a database that exists already.
    pub(super) fn on(
        mut connection: Connection,
        declarations: &Declarations,
    ) -> rusqlite::Result<Self> {
        let patience = Patience::with(&mut connection, MOST_STEPS)?;
        // Otherwise a trigger would be blamed for a broken key of the table that it writes.
        connection.pragma_update(None, "foreign_keys", false)?;
        // Otherwise the plan leaves out what triggers and foreign-key actions do.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRIGGER_EQP, true)?;
        stubs::register(&connection, declarations)?;
        Ok(Self {
            names: Names::read(&connection, declarations)?,
            connection,
            patience,
            heard: Arc::default(),
        })
    }

    /// Starts to listen; done when the schema stands, since its own statements are of no interest.
    ///
    /// With `foreign_keys` the actions of foreign keys are heard as well, as the runtime performs them.
    pub(super) fn listen(&mut self, foreign_keys: bool) -> rusqlite::Result<()> {
        self.connection
            .pragma_update(None, "foreign_keys", foreign_keys)?;
        let heard = Arc::clone(&self.heard);
        self.connection
            .authorizer(Some(move |context: AuthContext<'_>| {
                if let Some(access) = to_access(&context) {
                    heard
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push(access);
                }
                Authorization::Allow
            }))
    }

    /// The connection, on which the next statement may do what a statement may do.
    pub(super) fn connection(&self) -> &Connection {
        self.patience.renew();
        &self.connection
    }

    pub(super) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// What can be called and what can collate on it.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    pub(super) fn prepare(&self, sql: &str) -> rusqlite::Result<Prepared> {
        self.take_heard();
        let statement = self.connection().prepare(sql)?;
        let accesses = self.take_heard();
        Ok(Prepared {
            columns: describe_columns(&statement),
            readonly: statement.readonly(),
            accesses,
        })
    }

    /// Whether SQLite accepts `sql`, or what it says against it.
    pub(super) fn tries(&self, sql: &str) -> rusqlite::Result<()> {
        self.connection().prepare(sql).map(drop)
    }

    /// Does `work` while a double-quoted word is a name and nothing else.
    pub(super) fn strictly<T>(&self, work: impl FnOnce() -> T) -> T {
        let be_lenient = |lenient| {
            for config in [
                DbConfig::SQLITE_DBCONFIG_DQS_DML,
                DbConfig::SQLITE_DBCONFIG_DQS_DDL,
            ] {
                // A SQLite that is built without this leniency is strict anyway.
                let _ = self.connection.set_db_config(config, lenient);
            }
        };
        be_lenient(false);
        let done = work();
        be_lenient(true);
        done
    }

    pub(super) fn plan(&self, sql: &str) -> rusqlite::Result<Vec<PlanStep>> {
        let mut statement = self
            .connection()
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
        // Parameters stay unbound: EXPLAIN evaluates nothing.
        let mut rows = statement.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next()? {
            steps.push(PlanStep {
                number: row.get(0)?,
                parent: row.get(1)?,
                detail: row.get(3)?,
            });
        }
        Ok(steps)
    }

    fn take_heard(&self) -> Vec<Access> {
        std::mem::take(&mut *self.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn describe_columns(statement: &Statement<'_>) -> Vec<MetaColumn> {
    statement
        .columns_with_metadata()
        .zip(statement.columns())
        .map(|(meta, column)| MetaColumn {
            label: meta.name().to_owned(),
            origin: meta
                .table_name()
                .zip(meta.origin_name())
                .map(|(table, column)| (table.to_owned(), column.to_owned())),
            declared: column.decl_type().map(str::to_owned),
        })
        .collect()
}

fn to_access(context: &AuthContext<'_>) -> Option<Access> {
    let trigger = || context.accessor.map(str::to_owned);
    Some(match context.action {
        AuthAction::Read {
            table_name,
            column_name,
        } => Access::Read {
            table: table_name.to_owned(),
            column: column_name.to_owned(),
        },
        AuthAction::Insert { table_name } => Access::Insert {
            table: table_name.to_owned(),
            trigger: trigger(),
        },
        AuthAction::Update {
            table_name,
            column_name,
        } => Access::Update {
            table: table_name.to_owned(),
            column: column_name.to_owned(),
            trigger: trigger(),
        },
        AuthAction::Delete { table_name } => Access::Delete {
            table: table_name.to_owned(),
            trigger: trigger(),
        },
        _ => return None,
    })
}
