//! A place in the source of another process, or of another part of this one that shares the database as if it were one.

use std::fmt;

/// Who a place belongs to: an owner, or one of its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Party {
    /// The client's number at its owner; the owner itself has none.
    pub(crate) client: Option<u64>,
    /// The id of its process.
    pub(crate) process: u32,
}

impl fmt::Display for Party {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.client {
            Some(client) => write!(f, "client {client}, process {}", self.process),
            None => write!(f, "the owner, process {}", self.process),
        }
    }
}

/// The place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    /// Without one it is a place of this party, which has come back.
    pub(crate) party: Option<Party>,
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)?;
        match self.party {
            Some(party) => write!(f, " in {party}"),
            None => Ok(()),
        }
    }
}
