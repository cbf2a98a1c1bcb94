//! The runtime.

mod call;
mod connection;
mod database;
mod driver;
mod error;
mod invalidation;
mod macros;
mod migration;
mod options;
mod queue;
mod statement;
mod transaction;
mod value;
mod watch;

/// What generated code names. Nothing in here changes in a way that breaks a committed module.
pub mod v1 {
    pub use crate::__sqlitenow_database as database;
    pub use crate::call::{AsyncHandle, Execute, Returning, Select};
    pub use crate::connection::Connection;
    pub use crate::database::{Database, Handle, Holder, Opening, Status};
    pub use crate::driver::{
        Answer, Capabilities, Driver, DriverConnection, DriverFuture, FunctionError, Setup,
    };
    pub use crate::error::{CallSite, Cause, ConstraintKind, Error, Origin, Result};
    pub use crate::migration::{Migrations, Script, Step};
    pub use crate::options::{Builder, Executor, JournalMode, Synchronous};
    pub use crate::statement::{Bound, Changes, Query, Reads, Statement, Writes};
    pub use crate::transaction::{Transaction, TransactionMode};
    pub use crate::value::{Binder, Cell, FromCell, Misfit, Row, Slot, ToCell, Value};
    pub use crate::watch::Watch;
}

pub use v1::{
    Answer, Builder, CallSite, Capabilities, Cause, Cell, Changes, ConstraintKind, Driver,
    DriverConnection, DriverFuture, Error, Executor, FromCell, FunctionError, Holder, JournalMode,
    Misfit, Opening, Origin, Result, Setup, Slot, Status, Synchronous, ToCell, TransactionMode,
    Value, Watch,
};
