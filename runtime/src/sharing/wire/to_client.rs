//! What an owner says to a client.

use serde::{Deserialize, Serialize};

use crate::statement::Changes;

use super::cells::Rows;
use super::commit::WireCommit;
use super::fault::Faults;
use super::numbers::Pairs;
use super::schema::Schema;
use super::status::WireStatus;

/// A message from an owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum ToClient {
    /// The first one, if the client may stay.
    Welcome(Welcome),
    /// The first and only one, if it may not.
    Refused(Faults),
    /// A commit, of whomever. All up to a number come before the answer of what ran after the commit of that number.
    Commit(WireCommit),
    /// Rows of a call's answer, more of which come.
    Rows { id: u64, rows: Rows },
    /// A stream waits to be asked for more.
    Chunk { id: u64 },
    /// The end of a call.
    Done {
        id: u64,
        /// The last commit that what ran has seen; a later one may have been told of by now.
        shows: u64,
        /// Whether a transaction is open in the connection's topmost block.
        in_transaction: bool,
        result: Result<Outcome, Faults>,
    },
    /// The last one: the owner ends; `closed` for everybody, so that nobody is to succeed it.
    Gone { closed: bool },
}

/// Who the owner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Welcome {
    /// The number of this client.
    pub(crate) client: u64,
    pub(crate) schema: Schema,
    /// How many commits there were: the next one that is told has the next number or a higher one.
    pub(crate) commits: u64,
    /// How many connections read beside the queue.
    pub(crate) readers: u32,
    /// The id of its process.
    pub(crate) process: u32,
    /// So many bytes may a message of the client's have.
    pub(crate) longest: u64,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    /// That which was wanted was done.
    Kept,
    /// A statement ran; these are the last of its rows.
    Ran {
        rows: Rows,
        counts: Counts,
        /// Whether any row is different now, by triggers and foreign keys as well.
        wrote: bool,
    },
    /// What each run of many did: how many rows it changed, and the last rowid.
    Many(Pairs),
    /// A statement that is not generated ran; these are the last of its rows.
    Raw {
        columns: Vec<String>,
        rows: Rows,
        counts: Counts,
    },
    Status(WireStatus),
}

/// How many rows a statement changed, and the last one it inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Counts {
    rows: u64,
    last_rowid: i64,
}

impl From<Changes> for Counts {
    fn from(changes: Changes) -> Self {
        Self {
            rows: changes.rows,
            last_rowid: changes.last_rowid,
        }
    }
}

impl From<Counts> for Changes {
    fn from(counts: Counts) -> Self {
        Self::new(counts.rows, counts.last_rowid)
    }
}
