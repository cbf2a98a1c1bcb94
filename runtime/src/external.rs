//! Commits of other processes.
//!
//! In: hints that somebody wrote to the folder of the database, or a clock where there are none. Out: watches that look again.
//! Invariants: what counts is `PRAGMA data_version` of our own connection, which moves with every commit of another one and with
//! none of our own, <https://www.sqlite.org/pragma.html#pragma_data_version>; nobody but SQLite opens the database's files,
//! since closing any other descriptor of them would drop its locks.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::database::Core;
use crate::error::{Error, Result};
use crate::invalidation::{ChangeOrigin, WriteSet};
use crate::queue::Permit;
use crate::sync::lock;
use crate::value::Value;

/// After a hint the version is looked at once more at these distances: whoever commits writes to the log first, and what it
/// wrote counts a little later, without any further sign.
const LATER: [Duration; 3] = [
    Duration::from_millis(10),
    Duration::from_millis(100),
    Duration::from_secs(1),
];
/// Two looks are so far apart at least: our own commits are hints as well.
const GAP: Duration = Duration::from_millis(5);

/// What keeps a database informed of others; informing ends when it is dropped.
#[derive(Default)]
pub(crate) struct External(Mutex<Option<Informer>>);

struct Informer {
    /// The thread ends with the last sender of hints: this one or the watcher's.
    _hints: Option<SyncSender<()>>,
    _watcher: Option<RecommendedWatcher>,
}

impl External {
    fn replace(&self, informer: Option<Informer>) {
        let before = std::mem::replace(&mut *lock(&self.0), informer);
        drop(before);
    }

    /// Informs no more.
    pub(crate) fn end(&self) {
        self.replace(None);
    }
}

/// Begins to look for commits of others: at hints of the file system, or so often.
pub(crate) async fn inform(
    core: &Arc<Core>,
    every: Option<Duration>,
    site: &'static std::panic::Location<'static>,
) -> Result<()> {
    let permit = core
        .acquire(Arc::clone(&core.root), site.into(), None)
        .await?;
    let core = Arc::clone(core);
    core.on_thread(move |core| {
        let informed = begin(core, every);
        drop(permit);
        informed
    })
    .await
}

/// Under the permit, so that no commit comes between the version and what watches have seen.
fn begin(core: &Arc<Core>, every: Option<Duration>) -> Result<()> {
    let path = core.file()?.ok_or_else(|| Error::Unsupported {
        capability: "changes of others in a database in memory".into(),
    })?;
    let (hints, heard) = sync_channel(1);
    let informer = match every {
        Some(_) => Informer {
            _hints: Some(hints),
            _watcher: None,
        },
        None => Informer {
            _hints: None,
            _watcher: Some(watch(&path, hints)?),
        },
    };
    let version = version(core)?;
    let watched = Arc::downgrade(core);
    let look = move || look(&watched, &heard, every, version);
    let spawned = thread::Builder::new()
        .name("sqlitenow-external".to_owned())
        .spawn(look);
    spawned.map_err(|source| Error::Io {
        path: PathBuf::from("thread that looks for commits of others"),
        source,
    })?;
    core.external.replace(Some(informer));
    if core.root.is_closed() {
        // It was closed meanwhile, and nobody would end this.
        core.external.end();
    }
    Ok(())
}

/// Hints of the file system. It is the folder that is watched: a descriptor of a file in it is none of ours to have.
fn watch(path: &Path, hints: SyncSender<()>) -> Result<RecommendedWatcher> {
    let failed = |error: notify::Error| Error::Io {
        path: path.to_owned(),
        source: std::io::Error::other(error),
    };
    let name = path
        .file_name()
        .map(|name| name.as_encoded_bytes().to_owned());
    let concerns = move |event: &Event| {
        let starts = |path: &PathBuf| {
            let file = path.file_name().zip(name.as_deref());
            file.is_none_or(|(file, name)| file.as_encoded_bytes().starts_with(name))
        };
        !matches!(event.kind, EventKind::Access(_))
            && (event.need_rescan() || event.paths.iter().any(starts))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.as_ref().map_or(true, &concerns) {
            // One hint that waits is enough.
            let _ = hints.try_send(());
        }
    })
    .map_err(failed)?;
    let folder = path.parent().unwrap_or(path);
    watcher
        .watch(folder, RecursiveMode::NonRecursive)
        .map_err(failed)?;
    Ok(watcher)
}

/// Looks whenever there is reason to, until the database is closed.
fn look(core: &Weak<Core>, hints: &Receiver<()>, every: Option<Duration>, mut version: i64) {
    let mut later = [].iter();
    loop {
        let wait = match later.next() {
            Some(wait) => Some(*wait),
            None => every,
        };
        let heard = match wait {
            Some(wait) => hints.recv_timeout(wait),
            None => hints.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match heard {
            Ok(()) => later = LATER.iter(),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        match core.upgrade().map(|core| refresh(&core, &mut version)) {
            None | Some(Err(Error::Closed { .. })) => return,
            // Whatever it was, the next look tells.
            Some(Err(_)) => later = LATER[1..].iter(),
            Some(Ok(())) => {}
        }
        thread::sleep(GAP);
    }
}

/// Waits for its turn and tells everybody if others have committed.
fn refresh(core: &Arc<Core>, known: &mut i64) -> Result<()> {
    let permit = turn(core)?;
    let now = version(core)?;
    if std::mem::replace(known, now) != now {
        core.publish(&WriteSet::everything(ChangeOrigin::External));
    }
    drop(permit);
    Ok(())
}

/// Waits however long it takes: nobody waits for this thread.
fn turn(core: &Arc<Core>) -> Result<Permit> {
    let (send, receive) = sync_channel(1);
    let then = move |permit| {
        // If nobody is there to take it, it goes back.
        let _ = send.send(permit);
    };
    core.root
        .hand_off(std::panic::Location::caller().into(), Box::new(then));
    receive.recv().map_err(|_| core.closed())
}

/// The caller holds a permit.
fn version(core: &Core) -> Result<i64> {
    let rows = core.engine(|engine| engine.query("PRAGMA data_version"));
    match rows?.into_iter().flatten().next() {
        Some(Value::Integer(version)) => Ok(version),
        _ => Err(Error::Unsupported {
            capability: "`PRAGMA data_version`".into(),
        }),
    }
}
