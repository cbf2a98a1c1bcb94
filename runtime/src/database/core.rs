//! What all handles of a database share.
//!
//! In: claims, statements, jobs. Out: permits, results, notifications. Invariants: only the holder of a permit
//! touches the engine; what changed is recorded or published before the permit goes back; a database that broke
//! stays closed and says why.

use std::borrow::{Borrow, Cow};
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use tokio::sync::watch;

use crate::driver::{Altered, Bracketed as _, Engine, Reader, Uses};
use crate::error::{Error, Result};
use crate::invalidation::{ChangeOrigin, Hub, Tables, WriteSet};
use crate::queue::{Frame, Permit, Worker, next_id};
use crate::statement::Statement;
use crate::stream::Feeds;
use crate::value::Adapters;
use crate::watch::{Registry, Watched};

use super::dormant::Dormant;
use super::policy::Policy;
use super::readers::Readers;
use super::record::{Record, Records};

/// What opening a database gives.
pub(super) struct Ready {
    pub(super) engine: Engine,
    pub(super) policy: Policy,
    /// Opens connections that read beside this one, where that is possible.
    pub(super) reader: Option<Reader>,
    /// Connections for reads beside the queue.
    pub(super) readers: Option<Readers>,
    pub(super) uses: Arc<Uses>,
    /// The engine, where it is an owner elsewhere.
    #[cfg(feature = "sharing")]
    pub(super) remote: Option<Arc<crate::sharing::Remote>>,
    /// Whether hooks have made what the sets of generated statements know nothing of.
    pub(super) interferes: bool,
}

struct Opened {
    policy: Policy,
    reader: Option<Arc<Reader>>,
    readers: Option<Readers>,
    uses: Arc<Uses>,
    #[cfg(feature = "sharing")]
    remote: Option<Arc<crate::sharing::Remote>>,
}

pub(crate) struct Core {
    pub(crate) root: Arc<Frame>,
    pub(crate) hub: Arc<Hub<Watched>>,
    pub(crate) watches: Registry,
    /// What tells of commits of others.
    #[cfg(feature = "external-changes")]
    pub(crate) external: crate::external::External,
    /// Through what others reach it.
    #[cfg(feature = "sharing")]
    pub(crate) serving: crate::sharing::Serving,
    pub(crate) tables: Arc<Tables>,
    /// What holds until the database is open.
    before: Policy,
    opened: OnceLock<Opened>,
    pub(super) dormant: Dormant,
    /// The application's conversions.
    pub(crate) adapters: Adapters,
    pub(crate) feeds: Feeds,
    /// Guarded by permits; the lock is never waited for. Empty until opened, once closed, and while a closure uses it.
    engine: Mutex<Option<Box<Engine>>>,
    records: Records,
    /// Whether generated statements may change and read other tables than their sets say.
    distrusts: AtomicBool,
    pub(super) worker: Worker,
    pub(super) failure: OnceLock<Arc<Error>>,
    /// Turns true when the engine is gone.
    pub(super) gone: watch::Sender<bool>,
}

impl Core {
    /// A database that is opened by whoever comes first, as `dormant` says, or by [`admit`](Self::admit).
    pub(super) fn new(
        before: Policy,
        adapters: Adapters,
        dormant: Dormant,
        statements: usize,
        site: &'static Location<'static>,
    ) -> Self {
        Self {
            root: Frame::root(next_id(), site.into()),
            hub: Arc::new(Hub::new()),
            watches: Registry::default(),
            #[cfg(feature = "external-changes")]
            external: crate::external::External::default(),
            #[cfg(feature = "sharing")]
            serving: crate::sharing::Serving::default(),
            tables: Arc::default(),
            before,
            adapters,
            opened: OnceLock::new(),
            dormant,
            feeds: Feeds::default(),
            engine: Mutex::new(None),
            records: Records::new(statements),
            distrusts: AtomicBool::new(false),
            worker: Worker::new("sqlitenow"),
            failure: OnceLock::new(),
            gone: watch::Sender::new(false),
        }
    }

    /// Takes over what was opened.
    pub(super) fn admit(&self, ready: Ready) {
        let Ready {
            engine,
            policy,
            reader,
            readers,
            uses,
            #[cfg(feature = "sharing")]
            remote,
            interferes,
        } = ready;
        if interferes {
            self.distrust_sets();
        }
        #[cfg(feature = "sharing")]
        if let Some(remote) = &remote {
            remote.attach(&self.root, &self.hub, &self.tables);
        }
        *self.slot() = Some(Box::new(engine));
        let reader = reader.map(Arc::new);
        // Opened once, by the only holder of the queue.
        let _ = self.opened.set(Opened {
            policy,
            reader,
            readers,
            uses,
            #[cfg(feature = "sharing")]
            remote,
        });
    }

    /// How often statements were found prepared, and how often not.
    pub(super) fn uses(&self) -> (u64, u64) {
        let opened = self.opened.get();
        opened.map_or((0, 0), |opened| (opened.uses.hits(), opened.uses.misses()))
    }

    pub(super) fn is_admitted(&self) -> bool {
        self.opened.get().is_some()
    }

    #[inline]
    pub(crate) fn policy(&self) -> &Policy {
        self.opened
            .get()
            .map_or(&self.before, |opened| &opened.policy)
    }

    /// The owner, where the database is open elsewhere.
    #[cfg(feature = "sharing")]
    #[inline]
    pub(crate) fn remote(&self) -> Option<&Arc<crate::sharing::Remote>> {
        self.opened.get()?.remote.as_ref()
    }

    /// Whether nothing more can be told of commits, though nobody has closed the database.
    #[cfg_attr(
        not(feature = "sharing"),
        expect(
            clippy::unused_self,
            reason = "without sharing there is no owner elsewhere"
        )
    )]
    pub(crate) fn has_lost_its_owner(&self) -> bool {
        #[cfg(feature = "sharing")]
        if let Some(remote) = self.remote() {
            return remote.is_over();
        }
        false
    }

    /// Whether its owner is lost, and another one looked for.
    #[cfg_attr(
        not(feature = "sharing"),
        expect(
            clippy::unused_self,
            reason = "without sharing there is no owner elsewhere"
        )
    )]
    pub(crate) fn is_between_owners(&self) -> bool {
        #[cfg(feature = "sharing")]
        if let Some(remote) = self.remote() {
            return remote.is_between_owners();
        }
        false
    }

    /// Opens connections that read beside the writer, where that is possible.
    pub(crate) fn reader(&self) -> Option<&Arc<Reader>> {
        self.opened.get()?.reader.as_ref()
    }

    /// Connections for reads beside the queue.
    #[inline]
    pub(super) fn all_readers(&self) -> Option<&Readers> {
        self.opened.get()?.readers.as_ref()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Box<Engine>>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Uses the engine; the caller holds a permit.
    #[inline]
    pub(crate) fn engine<T>(&self, work: impl FnOnce(&mut Engine) -> Result<T>) -> Result<T> {
        match self.open_slot()?.as_deref_mut() {
            Some(engine) => work(engine),
            None => Err(self.closed()),
        }
    }

    /// Takes the engine out, to be put back with [`restore`](Self::restore).
    pub(crate) fn take_engine(&self) -> Result<Box<Engine>> {
        self.open_slot()?.take().ok_or_else(|| self.closed())
    }

    /// Takes the engine out for good.
    pub(super) fn remove_engine(&self) -> Option<Box<Engine>> {
        self.slot().take()
    }

    /// The engine's place, for the holder of a permit: a dormant database is opened first.
    #[inline]
    fn open_slot(&self) -> Result<MutexGuard<'_, Option<Box<Engine>>>> {
        let slot = self.slot();
        if slot.is_some() || self.is_admitted() {
            return Ok(slot);
        }
        drop(slot);
        self.awaken()?;
        Ok(self.slot())
    }

    pub(crate) fn restore(&self, engine: Box<Engine>) {
        *self.slot() = Some(engine);
    }

    pub(crate) fn record(&self, statement: &'static Statement) -> Arc<Record> {
        self.records.of(statement, &self.tables)
    }

    /// Runs a statement's work under its permit, takes its time from `start` and tells what it changed.
    ///
    /// Also returns whether a checkpoint is due.
    pub(crate) fn metered<T>(
        &self,
        permit: &Permit,
        record: &Record,
        undoes: bool,
        start: Instant,
        rowid: impl Fn(usize) -> Option<i64>,
        work: impl FnOnce(&mut Engine) -> Result<T>,
    ) -> (Result<T>, bool) {
        self.accounted(permit, |engine| {
            let before = engine.total_changes();
            let result = work(engine);
            // Telling the watches is no part of the statement's time.
            record.pace.note(start.elapsed());
            let wrote = engine.total_changes() != before && (result.is_ok() || !undoes);
            (result, wrote.then(|| self.written(record, rowid)))
        })
    }

    /// What a run of a statement has written; `rowid` gives the integer that is bound to a parameter.
    pub(crate) fn written<'r>(
        &self,
        record: &'r Record,
        rowid: impl Fn(usize) -> Option<i64>,
    ) -> Cow<'r, WriteSet> {
        if self.distrusts_sets() {
            return Cow::Owned(WriteSet::everything(ChangeOrigin::Raw));
        }
        record.written(self.hub.tells_rows_apart(), rowid)
    }

    pub(crate) fn distrusts_sets(&self) -> bool {
        self.distrusts.load(Ordering::Relaxed)
    }

    /// Heeds a change of the schema that nothing was generated for.
    pub(crate) fn altered(&self, altered: &Altered) {
        if altered.sets {
            self.distrust_sets();
        }
        if let Some(readers) = self.all_readers() {
            readers.forget(altered.private);
        }
    }

    /// From now on every write counts as one of everything.
    pub(crate) fn distrust_sets(&self) {
        self.distrusts.store(true, Ordering::Relaxed);
    }

    /// Runs work under its permit, then records or publishes what it says it has changed.
    ///
    /// Also returns whether a checkpoint is due.
    pub(crate) fn accounted<T, W: Borrow<WriteSet>>(
        &self,
        permit: &Permit,
        work: impl FnOnce(&mut Engine) -> (Result<T>, Option<W>),
    ) -> (Result<T>, bool) {
        let frame = permit.frame();
        let mut slot = match self.open_slot() {
            Ok(slot) => slot,
            Err(error) => return (Err(error), false),
        };
        let Some(engine) = slot.as_deref_mut() else {
            return (Err(self.closed()), false);
        };
        if frame.in_transaction() && !engine.in_transaction() {
            return (
                Err(Error::TransactionEnded {
                    block: frame.site.clone(),
                }),
                false,
            );
        }
        engine.called_at(|| frame.occupancy().0.map(|(site, _)| site));
        let (result, written) = work(engine);
        if frame.in_transaction() {
            drop(slot);
            if let Some(written) = written {
                frame.tracker().record(written.borrow());
            }
            return (result, false);
        }
        // Asking counts as a commit.
        let checkpoint = written.is_some() && engine.wants_checkpoint();
        let stuck = result.is_err() && engine.in_transaction();
        drop(slot);
        if stuck {
            // A statement alone left its transaction open: its ROLLBACK has failed.
            self.end_stuck_transaction();
        }
        if let Some(written) = written {
            self.publish(written.borrow());
        }
        (result, checkpoint)
    }

    fn end_stuck_transaction(&self) {
        if let Err(error) = self.engine(|engine| engine.control("ROLLBACK")) {
            self.break_down(error);
        }
    }

    /// Closes for good, because a connection whose ROLLBACK failed cannot be trusted.
    pub(crate) fn break_down(&self, error: Error) -> Arc<Error> {
        let failure = Arc::clone(self.failure.get_or_init(|| Arc::new(error)));
        self.root.close();
        self.feeds.stop();
        if let Some(readers) = self.all_readers() {
            drop(readers.pool.abandon());
        }
        if let Some(engine) = self.remove_engine() {
            let _ = engine.close();
        }
        self.finish_closing();
        failure
    }

    pub(super) fn finish_closing(&self) {
        self.hub.close();
        #[cfg(feature = "external-changes")]
        self.external.end();
        self.gone.send_replace(true);
    }
}
