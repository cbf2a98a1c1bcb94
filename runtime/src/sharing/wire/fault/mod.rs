//! Errors on their way to whoever made the call.
//!
//! In: any error of the runtime. Out: the same variant with the same fields, but for the statement, which the receiver knows.
//! Causes of other crates become texts. Invariant: errors in errors follow each other in a list, outermost first, and are few,
//! so that no message nests deeper than the stack is.

mod arrive;
mod cause;
mod depart;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::site::WireSite;

use self::cause::{WireCause, WireIo};

/// So many errors are in each other at most.
const MOST: usize = 16;

/// An error with those in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Vec<Fault>, Option<u64>)")]
pub(crate) struct Faults {
    /// Each is followed by those that it contains.
    list: Vec<Fault>,
    /// Which of many statements failed, from 0.
    element: Option<u64>,
}

impl Faults {
    /// Which of many statements failed, from 0.
    pub(crate) fn element(&self) -> Option<usize> {
        usize::try_from(self.element?).ok()
    }

    /// Whether it is about a database that is closed, or is being closed.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.list.first(), Some(Fault::Closed { .. }))
    }
}

impl TryFrom<(Vec<Fault>, Option<u64>)> for Faults {
    type Error = &'static str;

    fn try_from((list, element): (Vec<Fault>, Option<u64>)) -> Result<Self, &'static str> {
        // How many are still to come, each time.
        let mut missing = 1;
        for fault in &list {
            if missing == 0 || list.len() > MOST {
                return Err("more errors than belong to each other");
            }
            missing += fault.contains();
            missing -= 1;
        }
        if missing > 0 {
            return Err("an error that is not whole");
        }
        Ok(Self { list, element })
    }
}

/// A variant of the runtime's error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Fault {
    Closed {
        source: bool,
    },
    Unopened,
    Delayed {
        source: WireCause,
    },
    Busy {
        waited: Duration,
    },
    Deadlock {
        waiting: WireSite,
        holding: WireSite,
    },
    Deadline {
        after: Duration,
        waiting: WireSite,
        holding: Option<WireSite>,
    },
    TransactionEnded {
        block: WireSite,
    },
    Constraint {
        kind: WireConstraint,
        table: Option<String>,
        columns: Vec<String>,
        message: String,
    },
    RowCount {
        expected: String,
        found: u64,
    },
    Convert {
        column: String,
        expected: String,
        found: String,
    },
    Adapter {
        column: String,
        class: String,
        source: WireCause,
    },
    Map {
        target: String,
        source: WireCause,
    },
    Migration {
        version: u32,
        file: String,
        statement: String,
    },
    NewerDatabase {
        found: u32,
        known: u32,
    },
    OlderDatabase {
        found: u32,
        known: u32,
    },
    Unversioned {
        table: String,
    },
    SchemaMismatch {
        ours: String,
        theirs: String,
    },
    Io {
        path: String,
        source: WireIo,
    },
    Transaction,
    Unsupported {
        capability: String,
    },
    ReadOnly,
    Refused {
        reason: String,
    },
    BlockingInAsync {
        door: String,
        caller: WireSite,
    },
    Remote {
        reason: String,
        may_have_run: bool,
        source: Option<WireCause>,
    },
    Sqlite {
        code: i32,
        extended: i32,
        message: String,
        source: Option<WireCause>,
    },
    NoOwner {
        place: String,
        source: Option<WireIo>,
    },
    Owned {
        place: String,
    },
    Unanswered {
        place: String,
        after: Duration,
    },
    Untrusted {
        path: String,
        reason: String,
    },
    Port {
        reason: String,
    },
}

impl Fault {
    /// How many others are in it.
    fn contains(&self) -> usize {
        match self {
            Self::Closed { source: true } | Self::Unopened | Self::Migration { .. } => 1,
            Self::Transaction => 2,
            _ => 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum WireConstraint {
    Unique,
    PrimaryKey,
    NotNull,
    Check,
    ForeignKey,
    Trigger,
    DataType,
    Other,
}
