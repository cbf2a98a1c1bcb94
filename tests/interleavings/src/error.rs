//! The errors that the core tells apart.

use std::panic::Location;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) enum Error {
    Busy {},
    Closed {},
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

/// The place of a call.
#[derive(Debug)]
pub(crate) struct CallSite(&'static Location<'static>);

impl From<&'static Location<'static>> for CallSite {
    fn from(location: &'static Location<'static>) -> Self {
        Self(location)
    }
}

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;
