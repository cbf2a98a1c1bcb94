//! Keeping a result fresh for a while.
//!
//! In: the permit of whoever has a result. Out: a guard during whose life nobody commits. Invariant: whoever holds the queue of
//! his own database needs nothing else; at an owner elsewhere a block keeps the others out.

use std::sync::Arc;

use crate::driver::{Bracket, Bracketed as _};

use super::Core;

/// Nobody commits as long as this lives, under the permit.
pub(crate) struct Still(Option<Arc<Core>>);

const BLOCK: Bracket = Bracket::Transaction("BEGIN");

impl Core {
    /// Makes sure that nobody commits; at an owner elsewhere only if that is `wanted`, since it costs all its clients time.
    pub(crate) fn keeps_others_waiting(self: &Arc<Self>, wanted: bool) -> Option<Still> {
        if !self.is_elsewhere() {
            return Some(Still(None));
        }
        let begun = wanted && self.engine(|engine| engine.begin(BLOCK)).is_ok();
        begun.then(|| Still(Some(Arc::clone(self))))
    }

    /// Whether somebody else has the database open for us.
    #[cfg_attr(
        not(feature = "sharing"),
        expect(
            clippy::unused_self,
            reason = "without sharing there is no owner elsewhere"
        )
    )]
    fn is_elsewhere(&self) -> bool {
        #[cfg(feature = "sharing")]
        if self.remote().is_some() {
            return true;
        }
        false
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        if let Some(core) = &self.0 {
            // Nothing was written; where the owner is gone, so is the block.
            let _ = core.engine(|engine| engine.undo(BLOCK));
        }
    }
}
