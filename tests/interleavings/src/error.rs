//! The errors that the core tells apart.

use std::panic::Location;
use std::sync::Arc;

use crate::statement::Statement;

#[derive(Debug)]
pub enum Error {
    Busy {},
    Closed {
        source: Option<Arc<Error>>,
    },
    Deadlock {
        waiting: CallSite,
        holding: CallSite,
    },
    TransactionEnded {
        block: CallSite,
    },
    Transaction {
        primary: Box<Error>,
        cleanup: Arc<Error>,
    },
    /// COMMIT failed, because the model wants it.
    Refused,
}

impl Error {
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self, Self::Closed { .. })
    }

    pub(crate) fn is_remote(&self) -> bool {
        false
    }

    pub(crate) fn at(self, _: impl FnOnce() -> Origin) -> Self {
        self
    }
}

pub(crate) struct Origin;

impl Origin {
    pub(crate) fn new(_: &'static Statement, _: Option<&'static Location<'static>>) -> Self {
        Self
    }
}

/// The place of a call.
#[derive(Debug, Clone)]
pub struct CallSite(&'static Location<'static>);

impl From<&'static Location<'static>> for CallSite {
    fn from(location: &'static Location<'static>) -> Self {
        Self(location)
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
