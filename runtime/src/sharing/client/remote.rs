//! A connection to an owner as the engine of a database, with the blocks that are open on it.
//!
//! In: what the holder of a permit wants. Out: what the owner answered. Invariants: the blocks here are those that the owner has
//! open, or is about to end; whatever is dropped half-way is undone by the owner before it does anything else for this client.

use std::panic::Location;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::driver::Bracket;
use crate::error::{CallSite, Error, Result};
use crate::invalidation::{Hub, Tables};
use crate::queue::Frame;
use crate::sharing::port::ConnectPort;
use crate::sharing::wire::{Ask, BlockKind};
use crate::watch::Watched;

use super::current::Current;
use super::link::{Link, Place, Shared};
use super::succession::Succession;

pub(crate) struct Remote {
    current: Arc<Current>,
    blocks: Mutex<Blocks>,
}

#[derive(Default)]
struct Blocks {
    /// The topmost last.
    open: Vec<Open>,
    /// How many blocks have been begun.
    begun: u64,
}

/// A block that was begun.
struct Open {
    number: u64,
    /// The connection that it is open on.
    on: Arc<Shared>,
    /// Whether the owner has ended it by itself, because it could not be kept.
    over: bool,
}

fn kind(bracket: Bracket) -> Option<BlockKind> {
    match bracket {
        Bracket::Transaction("BEGIN") => Some(BlockKind::Deferred),
        Bracket::Transaction("BEGIN EXCLUSIVE") => Some(BlockKind::Exclusive),
        Bracket::Transaction(_) => Some(BlockKind::Immediate),
        Bracket::Savepoint => Some(BlockKind::Savepoint),
        Bracket::Settings => Some(BlockKind::Settings),
        Bracket::Nothing => None,
    }
}

impl Remote {
    /// Without a succession a lost owner is the end.
    pub(crate) fn new(link: Link, succession: Option<Succession>) -> Arc<Self> {
        Arc::new(Self {
            current: Current::new(link, succession),
            blocks: Mutex::default(),
        })
    }

    fn blocks(&self) -> MutexGuard<'_, Blocks> {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the database is told of commits.
    pub(crate) fn attach(&self, root: &Arc<Frame>, hub: &Arc<Hub<Watched>>, tables: &Arc<Tables>) {
        self.current.tell(root, hub, tables);
    }

    /// Whether the owner is gone for good.
    pub(crate) fn is_over(&self) -> bool {
        self.current.is_over()
    }

    /// Whether the owner is lost, and another one looked for.
    pub(crate) fn is_between_owners(&self) -> bool {
        self.current.is_between_owners()
    }

    /// How many others are connected to the database here, where this process owns it.
    pub(crate) fn clients(&self) -> usize {
        self.current.clients()
    }

    /// How many connections read beside the queue, at the owner.
    pub(crate) fn readers(&self) -> u32 {
        self.current.now().map_or(0, |link| link.welcome.readers)
    }

    /// Where others connect to the owner, if they can.
    pub(crate) async fn port(&self) -> Result<Option<ConnectPort>> {
        Ok(self.root().await?.on.port.clone())
    }

    /// Outside of all blocks.
    pub(crate) async fn root(&self) -> Result<Place> {
        Ok(Place::new(&self.current.next().await?, None))
    }

    /// Inside of the topmost block.
    pub(crate) async fn inside(&self) -> Result<Place> {
        let top = self.top();
        match top {
            Some(place) => Ok(place),
            None => self.root().await,
        }
    }

    fn top(&self) -> Option<Place> {
        let blocks = self.blocks();
        let top = blocks.open.last()?;
        Some(Place::new(&top.on, Some(top.number)))
    }

    /// Whether a transaction is open, as far as that is known.
    pub(crate) fn in_transaction(&self) -> bool {
        let blocks = self.blocks();
        let top = blocks.open.last();
        top.is_some_and(|top| !top.over && top.on.in_transaction.load(Ordering::Acquire))
    }

    /// Begins a block.
    ///
    /// # Cancel safety
    ///
    /// Dropped before its end, the block is not begun, or undone.
    pub(crate) async fn begin(&self, bracket: Bracket, site: &CallSite) -> Result<()> {
        let Some(kind) = kind(bracket) else {
            return Ok(());
        };
        let outside = self.inside().await?;
        let number = self.another_block();
        let beginning = outside.ask(
            site,
            Ask::Begin {
                block: number,
                kind,
            },
        )?;
        let mut unsure = Unsure {
            place: Place::new(&outside.on, Some(number)),
            site: site.clone(),
            number,
            settled: false,
        };
        let begun = beginning.await;
        // After a deadline of this side it may still begin.
        unsure.settled = !matches!(begun, Err(Error::Deadline { .. }));
        begun?;
        self.blocks().open.push(Open {
            number,
            on: outside.on,
            over: false,
        });
        Ok(())
    }

    fn another_block(&self) -> u64 {
        let mut blocks = self.blocks();
        blocks.begun += 1;
        blocks.begun
    }

    /// Keeps what the topmost block did.
    ///
    /// # Cancel safety
    ///
    /// Dropped before the owner begins to keep it, the block is undone.
    pub(crate) async fn keep(&self, bracket: Bracket, site: &CallSite) -> Result<()> {
        if kind(bracket).is_none() {
            return Ok(());
        }
        let Some(open) = self.blocks().open.pop() else {
            return Ok(());
        };
        let (number, on) = (open.number, Arc::clone(&open.on));
        let ask = Ask::End {
            block: number,
            keep: true,
        };
        let ending = Place::new(&on, Some(number)).ask(site, ask)?;
        let kept = ending.await;
        if kept.is_err() {
            // Somebody undoes it now.
            self.blocks().open.push(Open { over: true, ..open });
        }
        kept.map(drop)
    }

    /// Undoes the topmost block; the owner does so before anything else for this client.
    pub(crate) fn undo(&self, bracket: Bracket, site: &CallSite) {
        if kind(bracket).is_none() {
            return;
        }
        let open = self.blocks().open.pop();
        if let Some(open) = open.filter(|open| !open.over) {
            let ask = Ask::End {
                block: open.number,
                keep: false,
            };
            // Where the owner is gone nothing is left to undo.
            let _ = Place::new(&open.on, Some(open.number)).post(site, ask);
        }
    }

    /// Tells the owner that others have changed these tables.
    pub(crate) fn report<'t>(
        &self,
        tables: impl Iterator<Item = &'t str>,
        site: &'static Location<'static>,
    ) -> Result<()> {
        let tables = tables.map(str::to_owned).collect();
        let link = self.current.now().ok_or(Error::Closed { source: None })?;
        Place::new(&link, None).post(&site.into(), Ask::Report { tables })
    }

    /// Copies the database into a new file, as the owner does that, in the open block or outside of all.
    pub(crate) async fn back_up(&self, path: &Path, inside: bool, site: &CallSite) -> Result<()> {
        let failed = |source| Error::Io {
            path: path.to_owned(),
            source,
        };
        // Relative to this process, not to the owner's.
        let absolute = std::path::absolute(path).map_err(failed)?;
        let path = absolute.into_os_string().into_string().map_err(|path| {
            let reason = format!("found the path {}, expected one in UTF-8", path.display());
            Error::Refused {
                reason: reason.into(),
                origin: None,
            }
        })?;
        let place = if inside {
            self.inside().await?
        } else {
            self.root().await?
        };
        place.ask(site, Ask::Backup { path })?.await.map(drop)
    }

    /// Ends the connection, once what was sent has left.
    pub(crate) fn close(&self) {
        self.current.close();
    }
}

/// A block of which nobody knows whether it was begun; dropping it says that it shall not be.
struct Unsure {
    place: Place,
    site: CallSite,
    number: u64,
    settled: bool,
}

impl Drop for Unsure {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let ask = Ask::End {
            block: self.number,
            keep: false,
        };
        let _ = self.place.post(&self.site, ask);
    }
}
