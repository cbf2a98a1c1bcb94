//! The link that a database has at present.
//!
//! In: links that begin and end. Out: the one to be used next. Invariants: a database is told of commits by one link at a time;
//! between two of them anything may have changed; one thread at a time looks for a successor, until there is one or the
//! database is closed.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Instant;

use tokio::runtime::Handle;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

use crate::database::Database;
use crate::error::{Error, Result};
use crate::invalidation::{Hub, Tables};
use crate::queue::{Frame, parked_for};
use crate::watch::Watched;

use super::heir;
use super::link::{GOODBYE, Link, Shared};
use super::succession::{self, Succession};
use super::table::Over;

/// What hears of commits, and of their end.
struct Told {
    root: Arc<Frame>,
    hub: Arc<Hub<Watched>>,
    tables: Arc<Tables>,
}

pub(super) struct Current {
    state: Mutex<State>,
    told: OnceLock<Told>,
    /// How to find another owner, where that is wanted.
    pub(super) succession: Option<Succession>,
    /// Counts what those who wait for a successor have to know of: links, failures, the end.
    turns: watch::Sender<u64>,
}

struct State {
    /// Gone once the database is closed.
    link: Option<Link>,
    /// When that link began.
    since: Instant,
    /// The database itself, where this process has become its owner.
    owned: Option<Database>,
    /// Told when whoever looks for another owner has ended.
    heir: Option<oneshot::Receiver<()>>,
    /// Why the last attempt to find one has failed.
    failure: Option<Arc<Error>>,
    /// Whether the database was ended for everybody.
    over: bool,
}

impl Current {
    pub(super) fn new(link: Link, succession: Option<Succession>) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                link: Some(link),
                since: Instant::now(),
                owned: None,
                heir: None,
                failure: None,
                over: false,
            }),
            told: OnceLock::new(),
            succession,
            turns: watch::Sender::new(0),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on a database hears of commits.
    pub(super) fn tell(
        self: &Arc<Self>,
        root: &Arc<Frame>,
        hub: &Arc<Hub<Watched>>,
        tables: &Arc<Tables>,
    ) {
        let told = self.told.get_or_init(|| Told {
            root: Arc::clone(root),
            hub: Arc::clone(hub),
            tables: Arc::clone(tables),
        });
        if let Some(shared) = self.now() {
            shared.tell(&told.hub, &told.tables);
            self.mourn(&shared);
        }
    }

    /// Hears of the end of a link.
    fn mourn(self: &Arc<Self>, shared: &Arc<Shared>) {
        let heir = Arc::downgrade(self);
        let link = Arc::downgrade(shared);
        shared.when_over(move |over| {
            if let Some(heir) = heir.upgrade() {
                heir.lost(&link, over);
            }
        });
    }

    /// The present link, or the last one.
    pub(super) fn now(&self) -> Option<Arc<Shared>> {
        let state = self.state();
        state.link.as_ref().map(|link| Arc::clone(link.shared()))
    }

    /// The link for what comes next; waits for another one if there will be one.
    pub(super) async fn next(self: &Arc<Self>) -> Result<Arc<Shared>> {
        let usable = self.now().ok_or(Error::Closed { source: None })?;
        let Some(succession) = &self.succession else {
            return Ok(usable);
        };
        if !usable.is_ending() {
            return Ok(usable);
        }
        let late = || Error::Unanswered {
            place: succession.shown(),
            after: succession.patience().unwrap_or_default(),
        };
        // Boxed, since owners live long.
        let successor = Box::pin(self.successor());
        match succession.patience() {
            None => successor.await,
            // A thread of the database's own has no clock, and may sleep.
            Some(after) if Handle::try_current().is_err() => {
                parked_for(successor, after).unwrap_or_else(|| Err(late()))
            }
            Some(after) => timeout(after, successor)
                .await
                .unwrap_or_else(|_| Err(late())),
        }
    }

    async fn successor(self: &Arc<Self>) -> Result<Arc<Shared>> {
        let mut turns = self.turns.subscribe();
        loop {
            {
                let mut state = self.state();
                let link = state.link.as_ref();
                let shared = link.ok_or(Error::Closed { source: None })?.shared();
                if !shared.is_ending() {
                    return Ok(Arc::clone(shared));
                }
                if state.over {
                    return Err(Error::Closed { source: None });
                }
                if let Some(source) = state.failure.clone() {
                    if state.heir.is_none() {
                        // Nobody looks any more, so the next one who asks is to try again.
                        state.failure = None;
                    }
                    return Err(Error::Unopened { source });
                }
                self.seek(&mut state);
            }
            // The sender is in here.
            let _ = turns.changed().await;
        }
    }

    /// Whether no owner comes any more.
    pub(super) fn is_over(&self) -> bool {
        let state = self.state();
        let link = state.link.as_ref();
        let lost = |link: &Link| self.succession.is_none() && link.shared().is_over();
        state.over || link.is_none_or(lost)
    }

    /// Whether another owner is looked for, and may well be found.
    pub(super) fn is_between_owners(&self) -> bool {
        let state = self.state();
        let link = state.link.as_ref().filter(|_| self.succession.is_some());
        link.is_some_and(|link| link.shared().is_ending()) && state.failure.is_none()
    }

    /// How many clients there are besides this one, where this process is the owner.
    pub(super) fn clients(&self) -> usize {
        let owned = self.state().owned.clone();
        owned.map_or(0, |owned| owned.core().serving.clients().saturating_sub(1))
    }

    fn lost(self: &Arc<Self>, which: &Weak<Shared>, over: &Over) {
        let Some(told) = self.told.get() else { return };
        let mut state = self.state();
        let link = state.link.as_ref();
        if link.is_none_or(|link| Arc::as_ptr(link.shared()) != which.as_ptr()) {
            return;
        }
        let lost = matches!(over, Over::Lost(_));
        if lost && self.succession.is_some() {
            self.seek(&mut state);
            self.turn();
            return;
        }
        state.over = !lost;
        drop(state);
        self.turn();
        if lost {
            // Watches look again, and tell what has happened.
            drop(told.hub.begin_anew(told.hub.commits()));
            told.hub.close_feeds();
        } else {
            told.root.close();
            told.hub.close();
        }
    }

    /// Has another owner looked for, unless that is under way.
    fn seek(self: &Arc<Self>, state: &mut State) {
        if state.heir.is_some() {
            return;
        }
        state.failure = None;
        match heir::start(Arc::downgrade(self), state.since) {
            Ok(ended) => state.heir = Some(ended),
            Err(error) => {
                state.failure = Some(Arc::new(error));
                self.turn();
            }
        }
    }

    /// Says to those who wait that something is different now.
    fn turn(&self) {
        self.turns.send_modify(|turns| *turns += 1);
    }

    /// Waits until the database is closed, here or for everybody.
    pub(super) async fn closed(&self) {
        let mut turns = self.turns.subscribe();
        loop {
            {
                let state = self.state();
                if state.over || state.link.is_none() {
                    return;
                }
            }
            // The sender is in here.
            let _ = turns.changed().await;
        }
    }

    /// Waits until the last link is over: what its owner says at last may be that there is to be no other.
    pub(super) async fn parted(&self) {
        let mut turns = self.turns.subscribe();
        while self.now().is_some_and(|shared| !shared.is_over()) {
            // The sender is in here.
            let _ = turns.changed().await;
        }
    }

    /// Goes on with another link, unless the database was closed.
    pub(super) fn replace(self: &Arc<Self>, link: Link, owned: Option<Database>) {
        let shared = Arc::clone(link.shared());
        // Whoever comes meanwhile still waits for it.
        if let Some(told) = self.told.get() {
            shared.succeed(&told.hub, &told.tables);
        }
        let mut state = self.state();
        let over = state.over;
        let Some(before) = state.link.take_if(|_| !over) else {
            drop(state);
            end(link, owned);
            return;
        };
        state.link = Some(link);
        state.since = Instant::now();
        state.heir = None;
        state.failure = None;
        let abdicated = std::mem::replace(&mut state.owned, owned);
        drop(state);
        before.give_up();
        drop(abdicated);
        self.turn();
        self.mourn(&shared);
    }

    /// Nobody looks any more for another owner.
    pub(super) fn give_up(&self, error: Error) {
        self.state().heir = None;
        self.fail(error);
    }

    /// Notes why there is no owner yet.
    pub(super) fn fail(&self, error: Error) {
        let before = self.state().failure.replace(Arc::new(error));
        self.turn();
        if let Some(told) = self.told.get().filter(|_| before.is_none()) {
            // Watches look again, and tell of it once.
            drop(told.hub.begin_anew(told.hub.commits() + 1));
        }
    }

    /// Ends the link, and the database if this process owns it.
    pub(super) fn close(&self) {
        let mut state = self.state();
        let (link, owned, heir) = (state.link.take(), state.owned.take(), state.heir.take());
        drop(state);
        self.turn();
        if let Some(link) = link {
            end(link, owned);
        }
        if let Some(heir) = heir {
            // Whoever opens a file or waits for a handshake just now ends behind us.
            let _ = parked_for(heir, GOODBYE);
        }
    }
}

fn end(link: Link, owned: Option<Database>) {
    link.close();
    if let Some(owned) = owned {
        succession::close(&owned);
    }
}
