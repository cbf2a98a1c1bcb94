//! What a client says to its owner.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cells::Cells;
use super::define::Define;
use super::numbers::Pairs;
use super::schema::Schema;
use super::site::WireSite;

/// A message from a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ToOwner {
    /// The first one.
    Hello(Hello),
    Define(Define),
    Call(Call),
    /// The next part of a stream is wanted.
    More {
        id: u64,
    },
    /// Nobody waits for the answer of a call any more.
    Cancel {
        id: u64,
    },
    /// The last one: the client closes.
    Bye,
}

/// Who the client is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) schema: Schema,
    /// What the owner's port says.
    pub(crate) token: [u8; 32],
    /// The id of its process.
    pub(crate) process: u32,
    /// Whether it promises, and is held to, writing nothing.
    pub(crate) read_only: bool,
    /// Whether the owner ends when this client does.
    pub(crate) close_owner_on_close: bool,
}

impl fmt::Debug for Hello {
    /// Keeps the token to itself.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hello")
            .field("schema", &self.schema)
            .field("process", &self.process)
            .field("read_only", &self.read_only)
            .field("close_owner_on_close", &self.close_owner_on_close)
            .finish_non_exhaustive()
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// Higher than that of every call before it.
    pub(crate) id: u64,
    /// The block in which it runs, the topmost of the connection; without one, the database.
    pub(crate) block: Option<u64>,
    /// Where in the client's source it was made.
    pub(crate) site: WireSite,
    pub(crate) ask: Ask,
}

/// What is wanted. Every one is answered by one [`Done`](super::ToClient::Done).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ask {
    /// One run of a defined statement, for at most so many rows.
    Run {
        statement: u32,
        values: Cells,
        most: u64,
        /// Whether it gives no rows at all.
        execute: bool,
    },
    /// Defined statements that stand or fall together: the number of each and how many times it runs, and the values of all
    /// runs after each other.
    Many { runs: Pairs, values: Cells },
    /// A statement that is not generated.
    Raw {
        sql: String,
        values: Cells,
        /// Whether it may write where it runs.
        may_write: bool,
    },
    /// The rows of a defined statement in parts, the next one when it is asked for.
    Stream { statement: u32, values: Cells },
    /// Begins a block with a number of the client's, never used before on this connection.
    Begin { block: u64, kind: BlockKind },
    /// Ends the topmost block: keeps or undoes what it did.
    End { block: u64, keep: bool },
    /// What the owner's database is doing.
    Status,
    /// Copies the database into a new file.
    Backup { path: String },
    /// Others have changed these tables.
    Report { tables: Vec<String> },
    /// The owner is to end, for everybody.
    Shutdown,
}

impl Ask {
    /// How many bytes its texts and values take on the way.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Run { values, .. } | Self::Stream { values, .. } => values.size(),
            Self::Many { runs, values } => runs.size() + values.size(),
            Self::Raw { sql, values, .. } => sql.len() + values.size(),
            Self::Backup { path } => path.len(),
            // The length of each goes before it.
            Self::Report { tables } => tables.iter().map(|table| 5 + table.len()).sum(),
            Self::Begin { .. } | Self::End { .. } | Self::Status | Self::Shutdown => 0,
        }
    }

    /// How many values it has.
    pub(crate) fn values(&self) -> usize {
        match self {
            Self::Run { values, .. }
            | Self::Stream { values, .. }
            | Self::Many { values, .. }
            | Self::Raw { values, .. } => values.count(),
            _ => 0,
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum BlockKind {
    /// BEGIN, and the like.
    Deferred,
    Immediate,
    Exclusive,
    /// A savepoint in a transaction.
    Savepoint,
    /// The queue without a transaction, where settings may change until the end.
    Settings,
}
