//! A foreign driver's connection, used synchronously.
//!
//! In: calls on the database's thread. Out: answers. Invariant: a driver's future, once made, is polled to its
//! end; it runs with the tokio handle that was current when the database was opened, if there was one.

use std::future::Future;

use tokio::runtime::Handle;

use crate::error::Result;
use crate::queue::parked;
use crate::value::Value;

use super::{Answer, DriverConnection};

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

    pub(crate) fn run(&mut self, sql: &str, values: &[Value], most: usize) -> Result<Answer> {
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

    /// How many statements changed something, or may have.
    pub(crate) fn writes(&self) -> u64 {
        self.writes
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        block_on(self.runtime.as_ref(), self.connection.run_script(sql))
    }

    pub(crate) fn in_transaction(&self) -> bool {
        self.connection.in_transaction()
    }

    pub(crate) fn close(mut self) -> Result<()> {
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
