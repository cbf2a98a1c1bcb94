//! What was decided for a database.
//!
//! In: the options, and what opening has found out. Out: what work may do. Invariant: until the database is open nothing
//! runs on a caller's poll, since whoever comes first has to open it.

use std::time::Duration;

use crate::driver::Capabilities;
use crate::error::{Error, Result};
use crate::options::{BoundValues, Executor, Options, Source};
use crate::queue::Frame;

use super::Core;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Policy {
    pub(crate) executor: Executor,
    pub(crate) capabilities: Capabilities,
    /// Whether the engine may be used on the caller's poll at all.
    pub(crate) embedded: bool,
    /// Whether statements go to a driver of the application's, which runs generated ones alone.
    pub(crate) foreign: bool,
    /// Whether a commit waits for the disk.
    pub(crate) syncs: bool,
    pub(crate) queue_wait: Option<Duration>,
    pub(crate) queue_bound: Option<usize>,
    /// How many streams may read on connections of their own.
    pub(crate) streams: usize,
    /// From when on a poll that is blocked is a warning.
    pub(crate) slow_poll: Duration,
    pub(crate) bound_values: BoundValues,
}

impl Policy {
    /// What holds until the database is open.
    pub(super) fn before(options: &Options) -> Self {
        let foreign = matches!(options.source, Source::Driver(_));
        let (capabilities, embedded) = match &options.source {
            Source::Driver(driver) => (driver.capabilities(), false),
            Source::Memory | Source::File(_) => (Capabilities::ALL, true),
            #[cfg(feature = "sharing")]
            Source::Owner(_) => (Capabilities::ALL, false),
        };
        Self {
            executor: Executor::Thread,
            capabilities,
            embedded,
            foreign,
            syncs: true,
            queue_wait: options.queue_wait,
            queue_bound: options.queue_bound,
            streams: options.streams,
            slow_poll: options.slow_poll,
            bound_values: options.bound_values,
        }
    }
}

impl Core {
    /// Whether errors hold what was bound.
    pub(crate) fn shows_values(&self) -> bool {
        self.policy().bound_values == BoundValues::Shown
    }

    /// Refuses what needs a transaction in this frame if the driver has none to offer.
    pub(crate) fn refuse_incapable(&self, frame: &Frame) -> Result<()> {
        let can = self.policy().capabilities;
        let missing = if !can.interactive_transactions {
            "interactive transactions"
        } else if frame.in_transaction() && !can.savepoints {
            "savepoints"
        } else {
            return Ok(());
        };
        Err(Error::Unsupported {
            capability: missing.into(),
        })
    }
}
