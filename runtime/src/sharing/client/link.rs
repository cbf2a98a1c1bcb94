//! One connection to an owner.
//!
//! In: calls of whatever thread or task. Out: what each gave. Invariants: calls arrive in the order in which they were made,
//! each statement after its definition; once the link is over every call says so at once.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use crate::error::{CallSite, Error, Party, Result};
use crate::invalidation::{Hub, Tables, wake};
use crate::queue::parked_for;
use crate::sharing::port::ConnectPort;
use crate::sharing::wire::{
    Ask, Broken, Call, Cells, Hello, Outbox, Pairs, ToOwner, Welcome, WireSite,
};
use crate::statement::Statement;
use crate::value::Value;
use crate::watch::Watched;

use super::Bytes;
use super::calling::Calling;
use super::sender::Sender;
use super::table::{Over, Table};
use super::thread;

/// So long a goodbye may take.
pub(super) const GOODBYE: Duration = Duration::from_secs(1);

pub(super) type Dialing = Pin<Box<dyn Future<Output = Result<Bytes>> + Send>>;

type Heir = Box<dyn Fn(&Over) + Send + Sync>;

/// How an owner is reached, in the runtime of the link's thread.
#[derive(Clone)]
pub(crate) struct Dial {
    /// Connects to the owner, again each time.
    pub(crate) connect: Arc<dyn Fn() -> Dialing + Send + Sync>,
    /// Where that is, for messages.
    pub(crate) place: String,
    /// The same for others, if they can connect there too.
    pub(crate) port: Option<ConnectPort>,
    pub(crate) hello: Hello,
    /// How long connecting and greeting may take.
    pub(crate) timeout: Option<Duration>,
    /// How long a call may take.
    pub(crate) request: Option<Duration>,
    /// Whether the database goes on without this owner.
    pub(crate) goes_on: bool,
}

/// Who is told of commits, once somebody is, and the last commit there was.
pub(super) struct Listener {
    pub(super) told: Option<(Arc<Hub<Watched>>, Arc<Tables>)>,
    pub(super) commits: u64,
    /// Added to the owner's numbers, so that those of a database never fall when an owner is succeeded by another.
    pub(super) offset: u64,
}

pub(crate) struct Shared {
    pub(super) table: Mutex<Table>,
    pub(super) sender: Mutex<Sender>,
    pub(super) listener: Mutex<Listener>,
    /// Whether a transaction is open in the topmost block, as the owner said last.
    pub(super) in_transaction: AtomicBool,
    pub(super) outbox: Arc<Outbox>,
    pub(super) welcome: Welcome,
    /// Where others connect to this owner.
    pub(super) port: Option<ConnectPort>,
    pub(super) request: Option<Duration>,
    /// Whether the database goes on without this owner.
    pub(super) goes_on: bool,
    /// Whether the owner is about to end, as it has said.
    pub(super) ending: AtomicBool,
    /// Called when the owner is lost or has ended.
    pub(super) heirs: OnceLock<Heir>,
}

impl Shared {
    pub(super) fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn sender(&self) -> MutexGuard<'_, Sender> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn listener(&self) -> MutexGuard<'_, Listener> {
        self.listener.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn due(&self) -> Option<Instant> {
        Instant::now().checked_add(self.request?)
    }

    /// Who this end is.
    pub(crate) fn own(&self) -> Party {
        Party {
            client: Some(self.welcome.client),
            process: std::process::id(),
        }
    }

    /// Who the other end is.
    pub(crate) fn owner(&self) -> Party {
        Party {
            client: None,
            process: self.welcome.process,
        }
    }

    /// Whether the owner is lost, or has ended.
    pub(super) fn is_over(&self) -> bool {
        self.table().over().is_some()
    }

    /// What an owner that ends has said, in the terms of a database that goes on.
    pub(super) fn as_of_now(&self, error: Error) -> Error {
        if self.goes_on && error.is_closed() {
            return Broken::Ended.lost(false);
        }
        error
    }

    /// Whether nothing new should be asked of this owner.
    pub(super) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::Acquire) || self.is_over()
    }

    /// Tells of commits from now on; nobody has read yet.
    pub(super) fn tell(&self, hub: &Arc<Hub<Watched>>, tables: &Arc<Tables>) {
        let mut listener = self.listener();
        listener.told = Some((Arc::clone(hub), Arc::clone(tables)));
        hub.number_from(listener.commits);
    }

    /// Tells of commits from now on, and before that of everything that another owner may have left untold.
    pub(super) fn succeed(&self, hub: &Arc<Hub<Watched>>, tables: &Arc<Tables>) {
        let mut listener = self.listener();
        listener.told = Some((Arc::clone(hub), Arc::clone(tables)));
        let next = hub.commits().saturating_add(1);
        listener.offset = next.saturating_sub(listener.commits);
        // While commits wait for the listener, so that none is told before.
        drop(hub.begin_anew(listener.commits + listener.offset));
    }

    /// Has this called when the owner is lost or has ended; at once, if it is.
    pub(super) fn when_over(&self, call: impl Fn(&Over) + Send + Sync + 'static) {
        if self.heirs.set(Box::new(call)).is_ok() {
            let over = self.table().over().cloned();
            if let Some(over) = over {
                self.tell_over(&over);
            }
        }
    }

    pub(super) fn tell_over(&self, over: &Over) {
        if let Some(call) = self.heirs.get() {
            call(over);
        }
    }

    /// Sends what nobody waits for.
    pub(super) fn post(&self, message: &ToOwner) {
        // Whoever waits hears of a broken connection from the thread.
        let _ = self.outbox.push(message);
    }

    /// Sends a call, whose values `ask` may number and encode; gives its number.
    fn send(
        &self,
        block: Option<u64>,
        site: &CallSite,
        waits: bool,
        ask: impl FnOnce(&mut Sender) -> Result<Ask>,
    ) -> Result<u64> {
        let mut sender = self.sender();
        let ask = ask(&mut sender)?;
        let id = sender.number();
        let mut table = self.table();
        if let Some(over) = table.over() {
            return Err(over.error(false));
        }
        if waits {
            let tells = match &ask {
                Ask::Begin { .. } | Ask::End { .. } => true,
                // Its end comes whenever it comes.
                Ask::Stream { .. } => false,
                _ => block.is_some(),
            };
            table.add(id, site.clone(), self.due(), tells);
        }
        drop(table);
        let site = WireSite::from(site);
        let sent = sender.send(Call {
            id,
            block,
            site,
            ask,
        });
        drop(sender);
        match sent {
            Ok(()) => Ok(id),
            Err(error) => {
                self.table().forget(id);
                Err(error)
            }
        }
    }
}

/// Dropping it ends the connection.
pub(crate) struct Link {
    shared: Arc<Shared>,
    /// Told when the thread has ended.
    ended: Option<oneshot::Receiver<()>>,
}

impl Link {
    /// Connects and greets; waits for it on this thread.
    pub(crate) fn open(dial: Dial) -> Result<Self> {
        let (shared, ended) = thread::start(dial)?;
        Ok(Self {
            shared,
            ended: Some(ended),
        })
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Says goodbye, and waits until that was sent or the owner has not listened for long.
    pub(crate) fn close(mut self) {
        self.hang_up();
        if let Some(ended) = self.ended.take() {
            let _ = parked_for(ended, GOODBYE);
        }
    }

    /// Ends the connection to an owner that has another successor.
    pub(crate) fn give_up(self) {
        self.shared.listener().told = None;
        wake(self.shared.table().close(Over::Lost(Broken::Ended)));
    }

    fn hang_up(&self) {
        let calls = self.shared.table().close(Over::Closed);
        self.shared.post(&ToOwner::Bye);
        self.shared.outbox.close();
        wake(calls);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if self.ended.is_some() {
            self.hang_up();
        }
    }
}

/// What a call is made on: a block of the connection, or the database.
#[derive(Clone)]
pub(crate) struct Place {
    pub(super) on: Arc<Shared>,
    pub(super) block: Option<u64>,
}

impl Place {
    pub(super) fn new(on: &Arc<Shared>, block: Option<u64>) -> Self {
        Self {
            on: Arc::clone(on),
            block,
        }
    }

    fn call(
        &self,
        site: &CallSite,
        ask: impl FnOnce(&mut Sender) -> Result<Ask>,
    ) -> Result<Calling> {
        let id = self.on.send(self.block, site, true, ask)?;
        Ok(Calling::new(&self.on, id))
    }

    /// Runs a generated statement.
    pub(crate) fn run(
        &self,
        site: &CallSite,
        statement: &'static Statement,
        values: &[Value],
        most: u64,
        execute: bool,
    ) -> Result<Calling> {
        let values = Cells::from(values);
        self.call(site, |sender| {
            Ok(Ask::Run {
                statement: sender.define(statement)?,
                values,
                most,
                execute,
            })
        })
    }

    /// Runs statements, each so many times, as one.
    pub(crate) fn many(
        &self,
        site: &CallSite,
        all: &[(&'static Statement, usize)],
        values: Cells,
    ) -> Result<Calling> {
        self.call(site, |sender| {
            let mut runs = Pairs::default();
            for (statement, times) in all {
                let times = i64::try_from(*times).unwrap_or(i64::MAX);
                runs.push(i64::from(sender.define(statement)?), times);
            }
            Ok(Ask::Many { runs, values })
        })
    }

    /// Begins a stream.
    pub(crate) fn stream(
        &self,
        site: &CallSite,
        statement: &'static Statement,
        values: &[Value],
    ) -> Result<Calling> {
        let values = Cells::from(values);
        self.call(site, |sender| {
            Ok(Ask::Stream {
                statement: sender.define(statement)?,
                values,
            })
        })
    }

    /// Asks for anything else.
    pub(crate) fn ask(&self, site: &CallSite, ask: Ask) -> Result<Calling> {
        self.call(site, |_| Ok(ask))
    }

    /// Asks for something of which nobody wants to know what became.
    pub(crate) fn post(&self, site: &CallSite, ask: Ask) -> Result<()> {
        self.on.send(self.block, site, false, |_| Ok(ask)).map(drop)
    }
}
