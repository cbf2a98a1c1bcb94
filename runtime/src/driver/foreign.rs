//! A foreign driver's connection, used synchronously.
//!
//! In: calls on the database's thread. Out: answers. Invariant: a driver's future, once made, is polled to its
//! end; it runs with the tokio handle that was current when the database was opened, if there was one.

use std::future::Future;

use tokio::runtime::Handle;

use crate::error::Result;
use crate::queue::parked;
use crate::statement::{Changes, Statement};
use crate::value::Value;

use super::{Answer, Ask, Bracketed, Distant, DriverConnection};

pub(crate) struct Foreign {
    connection: Box<dyn DriverConnection>,
    runtime: Option<Handle>,
    writes: u64,
}

impl Foreign {
    pub(crate) fn new(connection: Box<dyn DriverConnection>, runtime: Option<Handle>) -> Self {
        Self {
            connection,
            runtime,
            writes: 0,
        }
    }

    fn run(&mut self, sql: &str, values: &[Value], most: usize) -> Result<Answer> {
        let answer = block_on(
            self.runtime.as_ref(),
            self.connection.run(sql, values, most),
        );
        // The connection may have been lost after the statement ran; a refusal of SQLite's is another matter.
        let wrote = match &answer {
            Ok(answer) => answer.wrote,
            Err(error) => !error.is_constraint() && !error.is_busy(),
        };
        self.writes += u64::from(wrote);
        answer
    }
}

impl Bracketed for Foreign {
    fn control(&mut self, sql: &str) -> Result<()> {
        self.run(sql, &[], 0).map(drop)
    }

    fn in_transaction(&self) -> bool {
        self.connection.in_transaction()
    }
}

impl Distant for Foreign {
    fn query(&mut self, sql: &str) -> Result<Vec<Vec<Value>>> {
        self.run(sql, &[], usize::MAX).map(|answer| answer.rows)
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        block_on(self.runtime.as_ref(), self.connection.run_script(sql))
    }

    /// How many statements changed something, or may have.
    fn writes(&self) -> u64 {
        self.writes
    }

    fn fetch(
        &mut self,
        statement: &'static Statement,
        values: &[Value],
        ask: Ask,
    ) -> Result<Answer> {
        self.run(statement.sql, values, ask.most.saturating_add(1))
    }

    fn execute_each(
        &mut self,
        statement: &'static Statement,
        rows: &mut dyn Iterator<Item = &[Value]>,
        ran: &mut dyn FnMut(Changes, bool),
    ) -> Result<()> {
        for row in rows {
            let answer = self.run(statement.sql, row, 0)?;
            ran(answer.changes, answer.wrote);
        }
        Ok(())
    }

    fn may_have_committed(&self) -> bool {
        true
    }

    fn close(mut self: Box<Self>) -> Result<()> {
        if self.in_transaction() {
            let _ = self.run("ROLLBACK", &[], 0);
        }
        block_on(self.runtime.as_ref(), self.connection.close())
    }
}

/// Drives the future to its end on this thread, with the runtime's timers and sockets at its service.
pub(crate) fn block_on<T>(runtime: Option<&Handle>, future: impl Future<Output = T>) -> T {
    let _entered = runtime.map(Handle::enter);
    parked(future)
}
