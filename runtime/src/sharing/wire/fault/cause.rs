//! Causes that are not the runtime's own: errors of the application, of other crates and of the operating system.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind};
use std::iter;

use serde::{Deserialize, Serialize};

use crate::error::Cause;

/// So many causes of causes are told.
const MOST: usize = 16;

/// What an error and its causes say, outermost first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WireCause(Vec<String>);

impl WireCause {
    pub(super) fn of(cause: &(dyn Error + 'static)) -> Self {
        let chain = iter::successors(Some(cause), |cause| (*cause).source());
        Self(chain.take(MOST).map(ToString::to_string).collect())
    }
}

impl From<&Cause> for WireCause {
    fn from(cause: &Cause) -> Self {
        Self::of(cause.as_ref())
    }
}

impl From<WireCause> for Cause {
    fn from(cause: WireCause) -> Self {
        let texts = cause.0.into_iter().take(MOST).rev();
        let chain = texts.fold(None, |source, message| {
            Some(Box::new(Told { message, source }))
        });
        match chain {
            Some(told) => told,
            None => "a cause that nobody has named".into(),
        }
    }
}

/// An error of another process.
#[derive(Debug)]
struct Told {
    message: String,
    source: Option<Box<Told>>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source: &(dyn Error + 'static) = self.source.as_deref()?;
        Some(source)
    }
}

/// A failure of the operating system: its own number of it, or what is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum WireIo {
    Numbered(i32),
    Other { kind: u32, cause: WireCause },
}

/// The kinds that are told apart; a number is a place in this list.
const KINDS: [ErrorKind; 20] = [
    ErrorKind::Other,
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionAborted,
    ErrorKind::NotConnected,
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::BrokenPipe,
    ErrorKind::AlreadyExists,
    ErrorKind::WouldBlock,
    ErrorKind::InvalidInput,
    ErrorKind::InvalidData,
    ErrorKind::TimedOut,
    ErrorKind::WriteZero,
    ErrorKind::Interrupted,
    ErrorKind::Unsupported,
    ErrorKind::UnexpectedEof,
    ErrorKind::OutOfMemory,
];

impl From<&io::Error> for WireIo {
    fn from(error: &io::Error) -> Self {
        if let Some(number) = error.raw_os_error() {
            return Self::Numbered(number);
        }
        let at = KINDS.iter().position(|kind| *kind == error.kind());
        Self::Other {
            kind: at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0),
            cause: WireCause::of(error),
        }
    }
}

impl From<WireIo> for io::Error {
    fn from(error: WireIo) -> Self {
        match error {
            WireIo::Numbered(number) => Self::from_raw_os_error(number),
            WireIo::Other { kind, cause } => {
                let at = usize::try_from(kind).ok();
                let kind = at.and_then(|at| KINDS.get(at)).copied();
                Self::new(kind.unwrap_or(ErrorKind::Other), Cause::from(cause))
            }
        }
    }
}
