//! Whose turn it is.
//!
//! In: claims of calls, blocks and threads. Out: permits, or why there are none. Invariants: a call belongs to the frame
//! of its first poll; nobody overtakes.

use std::sync::Arc;

use crate::error::{CallSite, Error, Result};
use crate::queue::{Acquire, Frame, FrameId, Permit, Refusal, scope};

use super::Core;

impl Core {
    /// Decides, at a call's first poll, in which frame it runs.
    pub(crate) fn place(&self, own: Option<&Arc<Frame>>) -> Arc<Frame> {
        let inner = scope::innermost(self.root.id);
        match (own, inner) {
            (None, Some(inner)) => inner,
            (Some(own), Some(inner)) if inner.is_within(own.id) => inner,
            (Some(own), _) => Arc::clone(own),
            (None, None) => Arc::clone(&self.root),
        }
    }

    pub(crate) async fn acquire(
        &self,
        frame: Arc<Frame>,
        site: CallSite,
        block: Option<FrameId>,
    ) -> Result<Permit> {
        let frame = match frame.try_enter(site.clone(), block) {
            Ok(permit) => return Ok(permit),
            Err(frame) => frame,
        };
        let claim = Acquire::new(
            Arc::clone(&frame),
            site.clone(),
            block,
            self.policy().queue_wait,
        );
        claim
            .await
            .map_err(|refusal| self.refused(&refusal, &frame, site))
    }

    /// Lines up as the last one of the frame.
    pub(crate) async fn acquire_last(&self, frame: Arc<Frame>, site: CallSite) -> Result<Permit> {
        let claim = Acquire::new(
            Arc::clone(&frame),
            site.clone(),
            None,
            self.policy().queue_wait,
        )
        .last();
        claim
            .await
            .map_err(|refusal| self.refused(&refusal, &frame, site))
    }

    /// Waits on the present thread.
    pub(crate) fn acquire_blocking(&self, site: CallSite) -> Result<Permit> {
        let claim = Acquire::new(
            Arc::clone(&self.root),
            site.clone(),
            None,
            self.policy().queue_wait,
        );
        claim
            .wait()
            .map_err(|refusal| self.refused(&refusal, &self.root, site))
    }

    #[cold]
    pub(crate) fn refused(&self, refusal: &Refusal, frame: &Frame, site: CallSite) -> Error {
        match refusal {
            Refusal::Gone if frame.is_root() || self.failure.get().is_some() => self.closed(),
            Refusal::Gone => Error::TransactionEnded {
                block: frame.site.clone(),
            },
            Refusal::Deadlock(holding) => Error::Deadlock {
                waiting: site,
                holding: holding.clone(),
            },
            Refusal::Deadline(holding) => Error::Deadline {
                after: self.policy().queue_wait.unwrap_or_default(),
                waiting: site,
                holding: holding.clone(),
            },
        }
    }

    /// The error of every call on a database that is closed.
    #[cold]
    pub(crate) fn closed(&self) -> Error {
        Error::Closed {
            source: self.failure.get().cloned(),
        }
    }
}
