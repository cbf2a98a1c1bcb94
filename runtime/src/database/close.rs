//! Closing, by `close()` or by dropping the last handle.
//!
//! In: the end of a database. Out: the queue finished, watches ended, the file closed. Cancel safe: once its turn
//! is ordered the closing goes on without whoever asked for it.

use std::panic::Location;
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::queue::{Permit, scope};

use super::Core;

impl Core {
    pub(super) async fn close(self: &Arc<Self>, site: &'static Location<'static>) -> Result<()> {
        if let Some(frame) = scope::innermost(self.root.id) {
            return Err(Error::Deadlock {
                waiting: site.into(),
                holding: frame.location.into(),
            });
        }
        let (send, receive) = oneshot::channel();
        let core = Arc::clone(self);
        let ordered = self.root.hand_off_last(
            site,
            Box::new(move |permit| {
                let job = Arc::clone(&core);
                // A checkpoint may take its time: not on whatever thread gave the permit back.
                let submitted = core.submit(Box::new(move || {
                    let _ = send.send(job.shut(permit));
                }));
                if let Err(error) = submitted {
                    core.break_down(error);
                }
            }),
        );
        if ordered && let Ok(result) = receive.await {
            return result;
        }
        // Somebody else closes, or did.
        let mut gone = self.gone.subscribe();
        let _ = gone.wait_for(|gone| *gone).await;
        Ok(())
    }

    /// Closes when the last handle is dropped: right now if nothing is under way, else behind it.
    pub(super) fn close_unattended(self: &Arc<Self>) {
        let core = Arc::clone(self);
        self.root.hand_off_last(
            Location::caller(),
            Box::new(move |permit| {
                if core.policy.embedded {
                    // Nobody is left to be told.
                    let _ = core.shut(permit);
                } else {
                    let job = Arc::clone(&core);
                    if let Err(error) = core.submit(Box::new(move || drop(job.shut(permit)))) {
                        core.break_down(error);
                    }
                }
            }),
        );
    }

    fn shut(&self, permit: Permit) -> Result<()> {
        let result = match self.take_engine() {
            Ok(engine) => engine.close(),
            // It broke while this waited, and was closed then.
            Err(_) => Ok(()),
        };
        self.finish_closing();
        drop(permit);
        result
    }
}
