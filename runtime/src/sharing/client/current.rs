//! The link that a database has at present.
//!
//! In: links that begin and end. Out: the one to be used next. Invariants: a database is told of commits by one link at a time;
//! between two of them anything may have changed; where nobody can succeed a lost owner, its last link says what happened.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::thread;

use tokio::sync::watch;

use crate::database::Database;
use crate::error::{Error, Result};
use crate::invalidation::{Hub, Tables};
use crate::queue::Frame;
use crate::watch::Watched;

use super::link::{Link, Shared};
use super::succession::Succession;
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
    succession: Option<Succession>,
    /// Counts links, and attempts that found none.
    turns: watch::Sender<u64>,
}

struct State {
    /// Gone once the database is closed.
    link: Option<Link>,
    /// The database itself, where this process has become its owner.
    owned: Option<Database>,
    /// Whether somebody is looking for another owner.
    seeking: bool,
    /// Why none was found.
    failure: Option<Arc<Error>>,
}

impl Current {
    pub(super) fn new(link: Link, succession: Option<Succession>) -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::new(State {
                link: Some(link),
                owned: None,
                seeking: false,
                failure: None,
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
        let shared = self.now();
        if let Some(shared) = shared {
            let commits = shared.tell(&told.hub, &told.tables);
            told.hub.number_from(commits);
            self.mourn(&shared);
        }
    }

    /// Hears of the end of a link.
    fn mourn(self: &Arc<Self>, shared: &Shared) {
        let heir = Arc::downgrade(self);
        shared.when_over(move |over| {
            if let Some(heir) = heir.upgrade() {
                heir.lost(over);
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
        if self.succession.is_none() || !usable.is_over() {
            return Ok(usable);
        }
        // Boxed, since owners live long.
        Box::pin(self.successor()).await
    }

    async fn successor(self: &Arc<Self>) -> Result<Arc<Shared>> {
        let mut turns = self.turns.subscribe();
        let mut waited = false;
        loop {
            {
                let mut state = self.state();
                let link = state.link.as_ref();
                let shared = link.ok_or(Error::Closed { source: None })?.shared();
                if !shared.is_over() {
                    return Ok(Arc::clone(shared));
                }
                if let Some(source) = state.failure.clone().filter(|_| waited) {
                    return Err(Error::Unopened { source });
                }
                self.seek(&mut state);
            }
            // The sender is in here.
            let _ = turns.changed().await;
            waited = true;
        }
    }

    /// Whether no owner comes any more.
    pub(super) fn is_over(&self) -> bool {
        match self.now() {
            Some(shared) => self.succession.is_none() && shared.is_over(),
            None => true,
        }
    }

    fn lost(self: &Arc<Self>, over: &Over) {
        let Some(told) = self.told.get() else { return };
        let mut state = self.state();
        if state.link.is_none() {
            return;
        }
        if let Over::Lost(_) = over {
            if self.succession.is_some() {
                self.seek(&mut state);
                return;
            }
            drop(state);
            // Watches look again, and tell what has happened.
            drop(told.hub.begin_anew(told.hub.commits()));
            told.hub.close_feeds();
        } else {
            drop(state);
            told.root.close();
            told.hub.close();
        }
    }

    /// Has another owner looked for, unless that is under way.
    fn seek(self: &Arc<Self>, state: &mut State) {
        if state.seeking {
            return;
        }
        (state.seeking, state.failure) = (true, None);
        let heir = Arc::downgrade(self);
        let thread = thread::Builder::new().name("sqlitenow-heir".to_owned());
        if let Err(source) = thread.spawn(move || succeed(&heir)) {
            state.seeking = false;
            state.failure = Some(Arc::new(Error::Io {
                path: "thread for a new owner".into(),
                source,
            }));
            self.turns.send_modify(|turns| *turns += 1);
        }
    }

    /// Goes on with another link.
    fn replace(self: &Arc<Self>, link: Link, owned: Option<Database>) {
        let shared = Arc::clone(link.shared());
        let mut state = self.state();
        if state.link.is_none() {
            drop(state);
            drop((link, owned));
            return;
        }
        state.seeking = false;
        state.failure = None;
        let before = (state.link.replace(link), state.owned.take());
        state.owned = owned;
        drop(state);
        drop(before);
        if let Some(told) = self.told.get() {
            let commits = shared.tell(&told.hub, &told.tables);
            drop(told.hub.begin_anew(commits));
        }
        self.turns.send_modify(|turns| *turns += 1);
        self.mourn(&shared);
    }

    /// Notes why there is no owner. Whoever seeks goes on if `again`.
    fn fail(&self, error: Error, again: bool) {
        let mut state = self.state();
        state.failure = Some(Arc::new(error));
        state.seeking = again;
        drop(state);
        self.turns.send_modify(|turns| *turns += 1);
        if let Some(told) = self.told.get().filter(|_| !again) {
            // Watches tell of it.
            drop(told.hub.begin_anew(told.hub.commits()));
        }
    }

    /// Ends the link, and the database if this process owns it.
    pub(super) fn close(&self) {
        let mut state = self.state();
        let (link, owned) = (state.link.take(), state.owned.take());
        drop(state);
        if let Some(link) = link {
            link.close();
        }
        if let Some(owned) = owned {
            super::succession::close(&owned);
        }
        self.turns.send_modify(|turns| *turns += 1);
    }
}

/// Looks for another owner until there is one, or nobody wants one any more.
fn succeed(heir: &Weak<Current>) {
    loop {
        let Some(current) = heir.upgrade() else {
            return;
        };
        let Some(succession) = &current.succession else {
            return;
        };
        if current.state().link.is_none() {
            return;
        }
        match succession.succeed() {
            Ok((link, owned)) => return current.replace(link, owned),
            // It has died on the way, or says nothing for now.
            Err(
                error @ (Error::NoOwner { .. } | Error::Unanswered { .. } | Error::Remote { .. }),
            ) => {
                current.fail(error, true);
            }
            Err(error) => return current.fail(error, false),
        }
    }
}
