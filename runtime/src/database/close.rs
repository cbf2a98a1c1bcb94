//! Closing, by `close()` or by dropping the last handle.
//!
//! In: the end of a database. Out: the queue finished, watches ended, the file closed. Cancel safe: once its turn
//! is ordered the closing goes on without whoever asked for it, be he dropped or told that it takes too long.

use std::future::Future;
use std::panic::Location;
use std::sync::Arc;

use tokio::sync::oneshot;

#[cfg(feature = "sharing")]
use crate::error::CallSite;
use crate::error::{Error, Result};
use crate::queue::{Permit, bounded, on_worker, scope};
use crate::stream::on_feeding_thread;

use super::Core;

impl Core {
    pub(crate) async fn close(self: &Arc<Self>, site: &'static Location<'static>) -> Result<()> {
        if let Some(frame) = scope::innermost(self.root.id) {
            return Err(Error::Deadlock {
                waiting: site.into(),
                holding: frame.site.clone(),
            });
        }
        let (started, turn) = oneshot::channel();
        let (send, receive) = oneshot::channel();
        let core = Arc::clone(self);
        let ordered = self.root.hand_off_last(
            site.into(),
            self.policy().queue_bound,
            Box::new(move |permit| {
                // Whether anybody still listens does not matter.
                let _ = started.send(());
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
        if ordered {
            // The wait in the queue is bounded, the closing itself is not.
            let _ = self.wait_for(turn, site).await?;
            if let Ok(result) = receive.await {
                self.served_to_the_end().await;
                return result;
            }
        }
        #[cfg(feature = "sharing")]
        self.follow_its_owner();
        // Somebody else closes, or did.
        let mut gone = self.gone.subscribe();
        let _ = self.wait_for(gone.wait_for(|gone| *gone), site).await?;
        self.served_to_the_end().await;
        Ok(())
    }

    /// Waits until clients know, and nothing leads to the database any more.
    #[cfg_attr(
        not(feature = "sharing"),
        expect(
            clippy::unused_async,
            reason = "without sharing nothing leads to a database"
        )
    )]
    async fn served_to_the_end(&self) {
        #[cfg(feature = "sharing")]
        self.serving.ended().await;
    }

    /// An owner that has ended has closed the queue of its client, and leaves the rest to it.
    #[cfg(feature = "sharing")]
    fn follow_its_owner(self: &Arc<Self>) {
        if !self.has_lost_its_owner() {
            return;
        }
        let core = Arc::clone(self);
        let submitted = self.submit(Box::new(move || {
            if let Some(engine) = core.remove_engine() {
                // The owner has told what there is to tell.
                let _ = engine.close();
                core.finish_closing();
            }
        }));
        if let Err(error) = submitted {
            self.break_down(error);
        }
    }

    /// Waits until the database is closed, by whomever.
    #[cfg(feature = "sharing")]
    pub(crate) async fn closing(&self) {
        // The sender is in here.
        let _ = self.gone.subscribe().wait_for(|gone| *gone).await;
    }

    /// Closes behind whoever holds the queue; those who wait are sent away.
    #[cfg(feature = "sharing")]
    pub(crate) async fn shut_down(self: &Arc<Self>, site: CallSite) {
        let core = Arc::clone(self);
        let then = move |permit| {
            let job = Arc::clone(&core);
            let submitted = core.submit(Box::new(move || drop(job.shut(permit))));
            if let Err(error) = submitted {
                core.break_down(error);
            }
        };
        self.root.abandon(site, Box::new(then));
        self.serving.stop();
        self.closing().await;
    }

    async fn wait_for<T>(
        &self,
        others: impl Future<Output = T>,
        site: &'static Location<'static>,
    ) -> Result<T> {
        let waited = bounded(&self.root, self.policy().queue_wait, others).await;
        waited.map_err(|refusal| self.refused(&refusal, &self.root, site.into()))
    }

    /// Closes when the last handle is dropped: right now if nothing is under way, else behind it.
    pub(super) fn close_unattended(self: &Arc<Self>) {
        let core = Arc::clone(self);
        self.root.hand_off_last(
            Location::caller().into(),
            self.policy().queue_bound,
            Box::new(move |permit| {
                // A stream that was dropped while it opened has to end first, and may be in a hook of the application; so has
                // a closure on a reader which had the last handle.
                let waits = on_feeding_thread() || on_worker() || core.feeds.count() > 0;
                if core.policy().embedded && !waits {
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
        // The last connection of a file moves its log into it.
        self.feeds.stop();
        if let Some(readers) = self.all_readers() {
            drop(readers.pool.close());
        }
        // It may have broken while this waited, and was closed then; or it was never opened.
        let result = self.remove_engine().map_or(Ok(()), |engine| engine.close());
        self.finish_closing();
        drop(permit);
        result
    }
}
