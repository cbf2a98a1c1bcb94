//! The door through which a copy of the database goes into a file.
//!
//! In: a path. Out: a file that opens as the same database. Invariants: the copy holds what was committed at its turn in
//! the queue; with a write-ahead log others write while it is made; `close` ends one that is under way.

use std::future::{Future, poll_fn};
use std::panic::Location;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::driver::{Engine, Patience};
use crate::error::{CallSite, Error, Origin, Result};
use crate::queue::Frame;
use crate::stream::{Feed, Turn};

use super::{Core, Database};

impl Database {
    /// Copies the database, as it is at this call's turn in the queue, into a new file.
    ///
    /// With a write-ahead log the copy is made on a connection and a thread of its own while others write; otherwise, in
    /// memory for example, they wait. It is made under another name in the same folder, and renamed when it is
    /// whole and on the disk: a program that is killed meanwhile leaves a file called `….partial-0`, and never half a copy.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] where there is something already, which is never overwritten, and where no file can be made;
    /// [`Error::Refused`] inside a transaction of this database; [`Error::Unsupported`] on a foreign driver;
    /// [`Error::Closed`] when the database is closed meanwhile; whatever SQLite reports. Nothing is left behind then.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, nothing is copied. Dropped while it copies, the file is whole, or there is none: a copy of a
    /// file with a write-ahead log ends soon after, any other one goes on to its end.
    #[track_caller]
    pub fn backup_to<P: Into<PathBuf>>(
        &self,
        path: P,
    ) -> impl Future<Output = Result<()>> + Send + use<'_, P> {
        let (core, path) = (self.core(), path.into());
        let site = Location::caller().into();
        async move { back_up(core, core.place(None), path, site).await }
    }
}

pub(crate) async fn back_up(
    core: &Arc<Core>,
    frame: Arc<Frame>,
    target: PathBuf,
    site: CallSite,
) -> Result<()> {
    if frame.in_transaction() {
        // What is not committed would be missing from the copy.
        let origin = Some(Box::new(Origin::raw("backup_to", String::new(), site)));
        let reason = "a backup cannot be made within a transaction: make it afterwards".into();
        return Err(Error::Refused { reason, origin });
    }
    core.open_now(&frame, site.clone()).await?;
    #[cfg(feature = "sharing")]
    if let Some(remote) = core.remote() {
        let inside = !Arc::ptr_eq(&frame, &core.root);
        let permit = core.acquire(frame, site.clone(), None).await?;
        // In a block it has its turn until the copy is made; elsewhere the owner says when.
        let _turn = inside.then_some(permit);
        return remote.back_up(&target, inside, &site).await;
    }
    let Some(reader) = core.reader().map(Arc::clone) else {
        let permit = core.acquire(frame, site, None).await?;
        return core
            .on_thread(move |core| {
                let copied = core.engine(|engine| copy_here(engine, &target));
                drop(permit);
                copied
            })
            .await;
    };
    let from = Arc::clone(&reader);
    let turn = async { Ok(Some(Turn(Some(core.acquire(frame, site, None).await?)))) };
    let feed = Feed::at_turn(&reader, turn, || {
        Feed::run(&core.feeds, move |producer| {
            match producer.snapshot(&from)? {
                Some(embedded) => embedded.copy_to(&target, producer.stops()),
                None => Ok(false),
            }
        })
    });
    let Some(feed) = feed.await? else {
        return Err(core.closed());
    };
    // A copy has no rows: what comes is its end or its error.
    poll_fn(|cx| feed.poll(cx)).await.transpose().map(drop)
}

/// Copies by the connection that writes, in its turn.
fn copy_here(engine: &mut Engine, target: &Path) -> Result<()> {
    engine.embedded().map_err(|_| Error::Unsupported {
        capability: "backups".into(),
    })?;
    engine.set_patience(Patience::Full);
    engine.snapshot(|engine| {
        // BEGIN alone takes no snapshot, the first read does; without one other processes could make it start over.
        engine.query("SELECT 1 FROM sqlite_schema LIMIT 1")?;
        engine.embedded()?.copy_to(target, || false).map(drop)
    })
}
