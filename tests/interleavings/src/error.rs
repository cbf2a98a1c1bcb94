//! The errors that the core tells apart.

use std::panic::Location;
use std::sync::Arc;

#[derive(Debug)]
pub(crate) enum Error {
    Busy {},
    Closed {},
    TransactionEnded {
        block: &'static Location<'static>,
    },
    Transaction {
        primary: Box<Error>,
        cleanup: Arc<Error>,
    },
    /// COMMIT or ROLLBACK failed, because the model wants it.
    Refused,
}

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;
