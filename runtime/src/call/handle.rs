//! The handles on which statements run asynchronously.

use std::panic::Location;
use std::sync::Arc;

use crate::database::{Core, Database};
use crate::queue::Frame;
use crate::transaction::Transaction;

use super::Shared;

mod sealed {
    /// Keeps [`AsyncHandle`](super::AsyncHandle) to the two handles there are.
    pub trait Sealed {}
}

/// A database or a transaction.
pub trait AsyncHandle: sealed::Sealed + Send + Sync {
    #[doc(hidden)]
    fn reach(&self) -> Reach<'_>;
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
    fn reach(&self) -> Reach<'_> {
        Reach {
            core: self.core(),
            own: None,
        }
    }
}

impl sealed::Sealed for Transaction {}

impl AsyncHandle for Transaction {
    fn reach(&self) -> Reach<'_> {
        Reach {
            core: self.core(),
            own: Some(self.frame()),
        }
    }
}
