//! Why a connection ended out of order.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::error::Error;

/// What the other side sent against the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A frame says it is longer than any may be.
    LongFrame { length: u32 },
    /// A message would be longer than it may be here.
    LongMessage { longest: usize },
    /// A frame's flag is neither 0 nor 1.
    Flag(u8),
    /// A frame carries nothing and says that its message goes on.
    EmptyFrame,
    /// A message is not what it should be.
    Malformed(postcard::Error),
    /// A message goes on after its end.
    Trailing,
    /// A message that makes no sense at this point.
    OutOfOrder(&'static str),
    /// More of something than one connection may have.
    Quota(&'static str),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LongFrame { length } => write!(f, "a frame of {length} bytes"),
            Self::LongMessage { longest } => write!(f, "a message of more than {longest} bytes"),
            Self::Flag(flag) => write!(f, "a frame with the flag {flag}"),
            Self::EmptyFrame => f.write_str("a part of a message without a byte"),
            Self::Malformed(error) => write!(f, "a message that cannot be read: {error}"),
            Self::Trailing => f.write_str("a message with bytes after its end"),
            Self::OutOfOrder(what) => write!(f, "a message out of order: {what}"),
            Self::Quota(what) => write!(f, "too much: {what}"),
        }
    }
}

/// Why a connection ended out of order.
#[derive(Debug, Clone)]
pub(crate) enum Broken {
    /// The stream failed.
    Io(Arc<io::Error>),
    /// The stream ended within a message.
    Cut,
    /// The other side began a message and fell silent.
    Silent { after: Duration },
    /// The other side takes nothing any more.
    Stalled { after: Duration },
    /// The other side broke the rules.
    Violation(Violation),
    /// The other side does not speak this protocol at all.
    Stranger,
    /// The other side speaks another version of it.
    Version { theirs: u32 },
    /// This side has ended the connection.
    Ended,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the connection failed: {error}"),
            Self::Cut => f.write_str("the connection was cut within a message"),
            Self::Silent { after } => write!(f, "half a message came, and nothing for {after:?}"),
            Self::Stalled { after } => write!(f, "nothing was taken for {after:?}"),
            Self::Violation(violation) => write!(f, "the protocol was broken by {violation}"),
            Self::Stranger => f.write_str("the other side does not speak this protocol"),
            Self::Version { theirs } => write!(
                f,
                "the other side speaks version {theirs} of the protocol, this one version {}",
                super::VERSION
            ),
            Self::Ended => f.write_str("the connection has ended"),
        }
    }
}

impl std::error::Error for Broken {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Io(Arc::new(error))
    }
}

impl From<Violation> for Broken {
    fn from(violation: Violation) -> Self {
        Self::Violation(violation)
    }
}

impl Broken {
    /// What a call of a client reports that has lost its owner this way.
    pub(crate) fn lost(&self, may_have_run: bool) -> Error {
        let what = match self {
            Self::Stranger | Self::Version { .. } => "the owner of the database cannot be used",
            _ => "the owner of the database was lost",
        };
        Error::Remote {
            reason: format!("{what}: {self}").into(),
            may_have_run,
            source: std::error::Error::source(self).map(|source| source.to_string().into()),
            origin: None,
        }
    }
}
