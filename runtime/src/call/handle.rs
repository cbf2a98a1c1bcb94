//! The handles on which statements run.

use std::panic::Location;
use std::sync::Arc;

use crate::connection::Connection;
use crate::database::{Core, Database};
use crate::queue::Frame;
use crate::transaction::Transaction;

use super::Shared;

mod sealed {
    /// Keeps [`AnyHandle`](super::AnyHandle) to the three handles there are.
    pub trait Sealed {}
}

/// A database, a transaction or a closure's connection.
pub trait AnyHandle: sealed::Sealed {
    #[doc(hidden)]
    fn reach(&self) -> Reach<'_>;
}

/// A database or a transaction: what is called on it runs asynchronously.
pub trait AsyncHandle: AnyHandle + Send + Sync {
    /// A handle that keeps the database open, unless a block does.
    #[doc(hidden)]
    fn keep(&self) -> Option<Database>;
}

/// What a statement needs of its handle.
#[doc(hidden)]
pub struct Reach<'a> {
    pub(crate) core: &'a Arc<Core>,
    pub(crate) own: Option<&'a Arc<Frame>>,
}

impl<'a> Reach<'a> {
    pub(crate) fn at(self, site: &'static Location<'static>) -> Shared<'a> {
        Shared {
            core: self.core,
            own: self.own,
            site,
        }
    }
}

impl sealed::Sealed for Database {}

impl AsyncHandle for Database {
    fn keep(&self) -> Option<Database> {
        Some(self.clone())
    }
}

impl AnyHandle for Database {
    fn reach(&self) -> Reach<'_> {
        Reach {
            core: self.core(),
            own: None,
        }
    }
}

impl sealed::Sealed for Transaction {}

impl AsyncHandle for Transaction {
    fn keep(&self) -> Option<Database> {
        None
    }
}

impl AnyHandle for Transaction {
    fn reach(&self) -> Reach<'_> {
        Reach {
            core: self.core(),
            own: Some(self.frame()),
        }
    }
}

impl sealed::Sealed for Connection {}

impl AnyHandle for Connection {
    fn reach(&self) -> Reach<'_> {
        Reach {
            core: self.core(),
            own: None,
        }
    }
}
