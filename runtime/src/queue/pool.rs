//! Several alike things, lent to one user each, in the order in which they asked.
//!
//! In: things. Out: one of them at a time for whoever waits; dropping the loan gives it back. Invariants: nobody overtakes
//! who waits; a pool that is closed lends nothing, once everything that was asked for before has come back.

use std::mem;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::acquire::Refusal;
use super::parked::{parked, parked_for};

pub(crate) struct Pool<T> {
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<T>>,
    size: u32,
}

/// One of the things.
pub(crate) struct Lent<T> {
    pool: Arc<Pool<T>>,
    /// Empty only while it is being dropped.
    item: Option<T>,
    /// Given back after the item.
    _turn: OwnedSemaphorePermit,
}

impl<T> Pool<T> {
    pub(crate) fn new(items: Vec<T>) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(items.len())),
            size: u32::try_from(items.len()).unwrap_or(u32::MAX),
            idle: Mutex::new(items),
        }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<T>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(self: &Arc<Self>, turn: OwnedSemaphorePermit) -> Result<Lent<T>, Refusal> {
        // There are as many turns as items, unless the pool was abandoned meanwhile.
        let item = self.idle().pop();
        let Some(item) = item else {
            return Err(Refusal::Gone);
        };
        Ok(Lent {
            pool: Arc::clone(self),
            item: Some(item),
            _turn: turn,
        })
    }

    /// Takes one if it is there this very moment and nobody waits for it.
    pub(crate) fn try_take(self: &Arc<Self>) -> Option<Lent<T>> {
        let turn = Arc::clone(&self.turns).try_acquire_owned().ok()?;
        self.lend(turn).ok()
    }

    /// Waits for one.
    pub(crate) async fn take(
        self: &Arc<Self>,
        patience: Option<Duration>,
    ) -> Result<Lent<T>, Refusal> {
        if let Some(lent) = self.try_take() {
            return Ok(lent);
        }
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = match patience {
            None => turn.await,
            Some(patience) => tokio::time::timeout(patience, turn)
                .await
                .map_err(|_| Refusal::Deadline(None))?,
        };
        self.lend(turn.map_err(|_| Refusal::Gone)?)
    }

    /// Waits for one on the present thread.
    pub(crate) fn take_here(
        self: &Arc<Self>,
        patience: Option<Duration>,
    ) -> Result<Lent<T>, Refusal> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = match patience {
            None => parked(turn),
            Some(patience) => parked_for(turn, patience).ok_or(Refusal::Deadline(None))?,
        };
        self.lend(turn.map_err(|_| Refusal::Gone)?)
    }

    pub(crate) fn size(&self) -> usize {
        usize::try_from(self.size).unwrap_or(usize::MAX)
    }

    /// Lends nothing any more; gives back what there is once all who asked before have had theirs.
    pub(crate) fn close(&self) -> Vec<T> {
        let all = parked(self.turns.acquire_many(self.size));
        self.turns.close();
        drop(all);
        mem::take(&mut *self.idle())
    }

    /// Lends nothing any more, not even to those who wait; what is lent is dropped when it comes back.
    pub(crate) fn abandon(&self) -> Vec<T> {
        self.turns.close();
        mem::take(&mut *self.idle())
    }
}

const THERE: &str = "the item is taken out by `drop` alone";

impl<T> Deref for Lent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.item.as_ref().expect(THERE)
    }
}

impl<T> DerefMut for Lent<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.item.as_mut().expect(THERE)
    }
}

impl<T> Drop for Lent<T> {
    fn drop(&mut self) {
        let mut idle = self.pool.idle();
        let late = if self.pool.turns.is_closed() {
            self.item.take()
        } else {
            idle.extend(self.item.take());
            None
        };
        drop(idle);
        drop(late);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};
    use std::thread;

    use super::*;

    fn pool(items: &[u8]) -> Arc<Pool<u8>> {
        Arc::new(Pool::new(items.to_vec()))
    }

    #[test]
    fn every_item_is_lent_once_and_comes_back() {
        let pool = pool(&[1, 2]);
        let (a, b) = (pool.try_take().unwrap(), pool.try_take().unwrap());
        assert_ne!(*a, *b);
        assert!(pool.try_take().is_none());
        let late = pool.take_here(Some(Duration::ZERO));
        assert!(matches!(late, Err(Refusal::Deadline(None))));
        let back = *b;
        drop(b);
        assert_eq!(*pool.try_take().unwrap(), back);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_is_served_in_order_and_in_time_or_told() {
        let pool = pool(&[1]);
        let held = pool.try_take().unwrap();
        let mut first = pin!(pool.take(None));
        let mut second = pin!(pool.take(None));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(second.as_mut().poll(&mut context).is_pending());
        drop(held);
        assert!(pool.try_take().is_none(), "nobody overtakes");
        assert!(second.as_mut().poll(&mut context).is_pending());
        let late = pool.take(Some(Duration::from_secs(1))).await;
        assert!(matches!(late, Err(Refusal::Deadline(None))));
        drop(first.await);
        assert!(second.await.is_ok());
    }

    #[tokio::test]
    async fn closing_waits_for_all_who_asked_before_and_refuses_the_others() {
        let pool = pool(&[1, 2]);
        let held = pool.try_take().unwrap();
        let closing = thread::spawn({
            let pool = Arc::clone(&pool);
            move || pool.close().len()
        });
        while pool.turns.available_permits() > 0 {
            thread::yield_now();
        }
        let late = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move { matches!(pool.take(None).await, Err(Refusal::Gone)) }
        });
        drop(held);
        assert_eq!(closing.join().unwrap(), 2);
        assert!(late.await.unwrap());
        assert_eq!(pool.close().len(), 0);
    }

    #[test]
    fn what_is_lent_while_the_pool_is_abandoned_does_not_come_back() {
        let pool = pool(&[1, 2]);
        let held = pool.try_take().unwrap();
        assert_eq!(pool.abandon().len(), 1);
        drop(held);
        assert!(pool.idle().is_empty());
        assert!(matches!(pool.take_here(None), Err(Refusal::Gone)));
    }
}
