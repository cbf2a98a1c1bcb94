//! What a builder was told, as something that can be told again, in another process too.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlitenow_runtime::v1::Handle;
use sqlitenow_runtime::{Builder, Executor, JournalMode, Synchronous};

const EXECUTORS: [Executor; 3] = [Executor::Auto, Executor::Inline, Executor::Thread];
const JOURNALS: [JournalMode; 5] = [
    JournalMode::Wal,
    JournalMode::Delete,
    JournalMode::Truncate,
    JournalMode::Persist,
    JournalMode::Memory,
];
const SYNCHRONOUS: [Synchronous; 3] = [Synchronous::Off, Synchronous::Normal, Synchronous::Full];

/// The place of a word in the list of them, as serde knows nothing of the runtime's options.
fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    let found = all.iter().position(|other| other == one);
    found.expect("the list has all of them")
}

/// One call on a builder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Setting {
    Path(PathBuf),
    ReadOnly,
    Immutable,
    Executor(usize),
    Readers(usize),
    Journal(usize),
    Synchronous(usize),
    BusyTimeout(Duration),
    ForeignKeys(bool),
    QueueWait(Option<Duration>),
    SlowPoll(Duration),
}

impl Setting {
    pub fn executor(executor: Executor) -> Self {
        Self::Executor(place(&EXECUTORS, &executor))
    }

    pub fn journal(mode: JournalMode) -> Self {
        Self::Journal(place(&JOURNALS, &mode))
    }

    pub fn synchronous(synchronous: Synchronous) -> Self {
        Self::Synchronous(place(&SYNCHRONOUS, &synchronous))
    }

    /// Whether it is about the calls of one handle, rather than about the file.
    pub fn is_of_callers(&self) -> bool {
        matches!(
            self,
            Self::Executor(_) | Self::QueueWait(_) | Self::SlowPoll(_)
        )
    }

    /// Tells a builder of the runtime.
    pub fn apply<H: Handle>(self, to: Builder<H>) -> Builder<H> {
        match self {
            Self::Path(path) => to.path(path),
            Self::ReadOnly => to.read_only(),
            Self::Immutable => to.immutable(),
            Self::Executor(at) => to.executor(EXECUTORS[at]),
            Self::Readers(readers) => to.readers(readers),
            Self::Journal(at) => to.journal_mode(JOURNALS[at]),
            Self::Synchronous(at) => to.synchronous(SYNCHRONOUS[at]),
            Self::BusyTimeout(timeout) => to.busy_timeout(timeout),
            Self::ForeignKeys(enforced) => to.foreign_keys(enforced),
            Self::QueueWait(deadline) => to.queue_wait(deadline),
            Self::SlowPoll(limit) => to.slow_poll(limit),
        }
    }
}
