//! The guard of an open block.
//!
//! In: a permit of the parent frame. Out: COMMIT or RELEASE, or everything undone. Invariants: the parent's
//! permit goes back only after the block is settled in SQLite; a guard that is dropped – in a `select!`, by a
//! panic, with its task – undoes first, here when nothing is in flight, else right behind it; once COMMIT has
//! run the block is committed and published, whoever still waits.

use std::sync::Arc;

use crate::database::Core;
use crate::driver::{Bracket, Bracketed as _, Patience};
use crate::error::{CallSite, Error, Result};
use crate::queue::{Frame, Permit, next_id};

use super::TransactionMode;

pub(crate) struct Block {
    core: Arc<Core>,
    frame: Arc<Frame>,
    /// The parent's; gone once the block is settled.
    outer: Option<Permit>,
}

/// What surrounds a frame in SQLite.
fn bracket(frame: &Frame, mode: TransactionMode) -> Bracket {
    match frame.depth {
        0 => Bracket::Settings,
        1 => Bracket::Transaction(mode.begin()),
        _ => Bracket::Savepoint,
    }
}

impl Block {
    /// Without a mode the block is an exclusive one.
    pub(crate) async fn begin(
        core: &Arc<Core>,
        own: Option<&Arc<Frame>>,
        mode: Option<TransactionMode>,
        site: CallSite,
    ) -> Result<Self> {
        let parent = core.place(own);
        let id = next_id();
        let outer = core
            .acquire(Arc::clone(&parent), site.clone(), Some(id))
            .await?;
        if mode.is_some() {
            core.refuse_incapable(&parent)?;
        }
        let frame = Frame::child(&parent, id, site, mode.is_some());
        let bracket = bracket(&frame, mode.unwrap_or_default());
        #[cfg(feature = "sharing")]
        if let Some(remote) = core.remote() {
            remote.begin(bracket, &frame.site).await?;
            return Ok(Self {
                core: Arc::clone(core),
                frame,
                outer: Some(outer),
            });
        }
        if core.controls_inline(false) {
            match open(core, &frame, bracket, core.inline_patience()) {
                Err(Error::Busy { .. }) if core.may_use_thread() => {}
                result => {
                    return result.map(|()| Self {
                        core: Arc::clone(core),
                        frame,
                        outer: Some(outer),
                    });
                }
            }
        }
        // The thread hands the guard itself back: if nobody takes it, dropping it undoes the BEGIN.
        core.on_thread(move |core| {
            open(core, &frame, bracket, Patience::Full)?;
            Ok(Self {
                core: Arc::clone(core),
                frame,
                outer: Some(outer),
            })
        })
        .await
    }

    pub(crate) fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// Waits for what runs in this block, lets nothing more in, and commits.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let core = Arc::clone(&self.core);
        let own = core
            .acquire_last(Arc::clone(&self.frame), self.frame.site.clone())
            .await?;
        #[cfg(feature = "sharing")]
        if let Some(remote) = core.remote() {
            // The owner ends the block before whatever comes next from here, so that the permits may go when this is
            // dropped.
            let outer = self.outer.take();
            let bracket = bracket(&self.frame, TransactionMode::default());
            let kept = remote.keep(bracket, &self.frame.site).await;
            if kept.is_err() {
                remote.undo(bracket, &self.frame.site);
            }
            drop((own, outer));
            return kept;
        }
        if core.controls_inline(self.frame.depth == 1) {
            return self.keep(own);
        }
        // As long as COMMIT has not started, a caller that went away has not wanted it.
        let caller = Arc::new(());
        let wanted = Arc::downgrade(&caller);
        let result = core
            .on_thread(move |_| {
                if wanted.strong_count() == 0 {
                    self.undo(own);
                    return Err(ended(&self.frame));
                }
                self.keep(own)
            })
            .await;
        drop(caller);
        result
    }

    /// Waits for what runs in this block, lets nothing more in, and undoes it.
    pub(crate) async fn roll_back(mut self) {
        let core = Arc::clone(&self.core);
        let Ok(own) = core
            .acquire_last(Arc::clone(&self.frame), self.frame.site.clone())
            .await
        else {
            // Whoever is still inside did not end in time; dropping the guard undoes behind it.
            return;
        };
        if core.controls_inline(true) || core.undoes_elsewhere() {
            self.undo(own);
            return;
        }
        // A thread that cannot be reached has dropped the guard, which undoes as well.
        let _ = core
            .on_thread(move |_| {
                self.undo(own);
                Ok(())
            })
            .await;
    }

    fn keep(&mut self, own: Permit) -> Result<()> {
        let Some(outer) = self.outer.take() else {
            return Ok(());
        };
        let settled = settle(&self.core, &self.frame);
        let written = self.frame.tracker().take();
        if settled
            .as_ref()
            .map_or_else(|failed| failed.unclear, |_| true)
        {
            match &self.frame.parent {
                Some(parent) if parent.in_transaction() => parent.tracker().record(&written),
                _ => self.core.publish(&written),
            }
        }
        drop(own);
        self.core
            .release(outer, settled.as_ref().is_ok_and(|checkpoint| *checkpoint));
        settled.map(drop).map_err(|failed| failed.error)
    }

    fn undo(&mut self, own: Permit) {
        if let Some(outer) = self.outer.take() {
            undo(&self.core, &self.frame, own, outer);
        }
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        let Some(outer) = self.outer.take() else {
            return;
        };
        let (core, frame) = (Arc::clone(&self.core), Arc::clone(&self.frame));
        let then = move |own: Permit| {
            if !core.waits_to_undo() {
                undo(&core, &frame, own, outer);
                return;
            }
            let job = Arc::clone(&core);
            let submitted = core.submit(Box::new(move || undo(&job, &frame, own, outer)));
            if let Err(error) = submitted {
                core.break_down(error);
            }
        };
        self.frame.abandon(self.frame.site.clone(), Box::new(then));
    }
}

fn open(core: &Core, frame: &Frame, bracket: Bracket, patience: Patience) -> Result<()> {
    core.engine(|engine| {
        if frame.depth > 1 && !engine.in_transaction() {
            return Err(ended(frame));
        }
        engine.set_patience(patience);
        engine.begin(bracket)
    })
}

/// SQLite ended the transaction by itself: ON CONFLICT ROLLBACK, RAISE(ROLLBACK), a full disk.
fn ended(frame: &Frame) -> Error {
    Error::TransactionEnded {
        block: frame.site.clone(),
    }
}

/// Commits, or releases the savepoint; what cannot be committed is undone. Says whether a checkpoint is due.
fn settle(core: &Core, frame: &Frame) -> Result<bool, Unsettled> {
    let bracket = bracket(frame, TransactionMode::default());
    let outcome = core.engine(|engine| {
        if frame.in_transaction() && !engine.in_transaction() {
            return Ok(Err((ended(frame), None, false)));
        }
        engine.set_patience(Patience::Full);
        match engine.keep(bracket) {
            // Asking counts as a commit, and a RELEASE is none.
            Ok(()) => Ok(Ok(frame.depth == 1 && engine.wants_checkpoint())),
            Err(primary) => {
                let unclear = engine.may_have_committed();
                let cleanup = engine.undo(bracket).err();
                Ok(Err((primary, cleanup, unclear)))
            }
        }
    });
    let failed = match outcome {
        Ok(Ok(checkpoint)) => return Ok(checkpoint),
        Ok(Err(failed)) => failed,
        Err(closed) => (closed, None, false),
    };
    let (primary, cleanup, unclear) = failed;
    let error = match cleanup {
        None => primary,
        Some(cleanup) => Error::Transaction {
            primary: Box::new(primary),
            cleanup: core.break_down(cleanup),
        },
    };
    Err(Unsettled { error, unclear })
}

/// A block whose COMMIT failed.
struct Unsettled {
    error: Error,
    /// Whether a driver's transaction is over all the same: then it may have been committed, and is told.
    unclear: bool,
}

/// Undoes the block in SQLite, then gives the permits back; a failure closes the database.
fn undo(core: &Core, frame: &Frame, own: Permit, outer: Permit) {
    let bracket = bracket(frame, TransactionMode::default());
    let undone = core.engine(|engine| {
        engine.set_patience(Patience::Full);
        engine.undo(bracket)
    });
    match undone {
        // A database that is closed has nothing left to undo.
        Ok(()) | Err(Error::Closed { .. }) => {}
        Err(error) => {
            core.break_down(error);
        }
    }
    drop(own);
    drop(outer);
}
