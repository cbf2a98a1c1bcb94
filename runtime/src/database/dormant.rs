//! A database that is not open yet.
//!
//! In: how to open it. Out: the same value, open, once somebody has needed it. The queue decides who opens: the first to
//! hold it does, and everybody else stands behind. Invariants: it is opened at most once; a failure is told to everybody
//! who stood in the queue when it happened, and whoever comes later tries again – unless it is final.

use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{CallSite, Error, Result};
use crate::invalidation::{ChangeOrigin, WriteSet};
use crate::queue::{Frame, Permit, Ticket};

use super::core::{Core, Ready};

type Recipe = Box<dyn Fn() -> Result<Ready> + Send + Sync>;

/// How a database is to be opened, and whether that has failed before.
#[derive(Default)]
pub(super) struct Dormant {
    /// None where whoever made the database opens it.
    recipe: Option<Recipe>,
    failure: Mutex<Option<Failure>>,
}

#[derive(Clone)]
struct Failure {
    error: Arc<Error>,
    /// Who came earlier has stood in the queue while it failed; without a ticket it is final.
    before: Option<Ticket>,
}

impl Dormant {
    pub(super) fn new(recipe: impl Fn() -> Result<Ready> + Send + Sync + 'static) -> Self {
        Self {
            recipe: Some(Box::new(recipe)),
            failure: Mutex::default(),
        }
    }

    fn failure(&self) -> Option<Failure> {
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.clone()
    }

    fn fail(&self, error: Error, before: Option<Ticket>) -> Arc<Error> {
        let error = Arc::new(error);
        let failure = Failure {
            error: Arc::clone(&error),
            before,
        };
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
        error
    }
}

impl Core {
    /// Opens the database for the present holder of the queue.
    #[cold]
    pub(super) fn awaken(&self) -> Result<()> {
        let dormant = &self.dormant;
        let failure = dormant.failure();
        if let Some(Failure { error, before }) = &failure {
            let (holder, _) = self.root.tickets();
            if before.is_none_or(|before| holder.is_some_and(|holder| holder < before)) {
                let source = Arc::clone(error);
                return Err(Error::Unopened { source });
            }
        }
        let Some(recipe) = &dormant.recipe else {
            return Err(self.closed());
        };
        match recipe() {
            Ok(ready) => {
                self.admit(ready);
                if failure.is_some() {
                    // Watches that were told of the failure have a result to expect now.
                    self.publish(&WriteSet::everything(ChangeOrigin::External));
                }
                Ok(())
            }
            Err(error) => {
                let (_, next) = self.root.tickets();
                let source = dormant.fail(error, Some(next));
                Err(Error::Unopened { source })
            }
        }
    }

    /// Answers every call with this error.
    pub(super) fn never_open(&self, error: Error) {
        self.dormant.fail(error, None);
    }

    /// Opens a dormant database at its turn, and gives the turn back.
    pub(crate) async fn open_now(
        self: &Arc<Self>,
        frame: &Arc<Frame>,
        site: CallSite,
    ) -> Result<()> {
        if self.is_admitted() {
            return Ok(());
        }
        let permit = self.acquire(Arc::clone(frame), site, None).await?;
        self.ensure_open(permit).await.map(drop)
    }

    /// Opens a dormant database, on its thread.
    pub(crate) async fn ensure_open(self: &Arc<Self>, permit: Permit) -> Result<Permit> {
        if self.is_admitted() {
            return Ok(permit);
        }
        self.on_thread(|core| core.engine(|_| Ok(())).map(|()| permit))
            .await
    }
}
