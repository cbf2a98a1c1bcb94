//! The closures' way to a connection and back.
//!
//! In: a closure of `read`, `write` or their blocking forms. Out: its value, committed, or its error, undone.
//! Invariants: a reading closure sees one snapshot; a writing one is one transaction, or one savepoint inside a
//! transaction block; what it changed is told exactly like that of generated calls elsewhere.

use std::cell::{Cell, RefCell};
use std::panic::Location;
use std::sync::Arc;

use crate::database::{Core, Reading};
use crate::driver::{Bracket, Bracketed as _, Patience};
use crate::error::{Error, Result};
use crate::queue::{FrameId, Lent, Permit};
use crate::trace::Span;

use super::{Connection, Held, Kind};

/// What surrounds a closure in SQLite.
fn bracket(kind: Kind, nested: bool) -> Bracket {
    match (kind, nested) {
        (Kind::Read, false) => Bracket::Transaction("BEGIN"),
        (Kind::Read, true) => Bracket::Nothing,
        (Kind::Write, false) => Bracket::Transaction("BEGIN IMMEDIATE"),
        (Kind::Write, true) => Bracket::Savepoint,
    }
}

/// Puts the engine back on every way out, after undoing what was not kept.
struct Loan {
    connection: Option<Connection>,
    bracket: Bracket,
    /// Whether a block is around the closure.
    nested: bool,
    open: bool,
}

impl Loan {
    /// Undoes and gives back; says what the ROLLBACK said if that closed the database.
    fn give_back(&mut self) -> Option<Arc<Error>> {
        let connection = self.connection.take()?;
        let core = connection.core;
        let mut engine = connection.engine.into_inner();
        let mut failure = None;
        if self.open {
            failure = engine.undo(self.bracket).err();
        }
        match engine {
            Held::Writer(engine) => core.restore(engine),
            Held::Reader(lent) => drop(lent),
        }
        failure.map(|failure| core.break_down(failure))
    }

    /// The error of a closure whose COMMIT failed.
    fn fail(mut self, primary: Error) -> Error {
        match self.give_back() {
            None => primary,
            Some(cleanup) => Error::Transaction {
                primary: Box::new(primary),
                cleanup,
            },
        }
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        // After an error or a panic of the closure, which come first; later calls say why the database is closed.
        let _ = self.give_back();
    }
}

thread_local! {
    /// The closures that this thread is in, each with its database.
    static RUNNING: RefCell<Vec<(FrameId, &'static Location<'static>)>> = const { RefCell::new(Vec::new()) };
}

/// Notes that this thread runs a closure; a blocking door of the same database would wait for itself.
struct Running;

impl Running {
    fn note(database: FrameId, site: &'static Location<'static>) -> Self {
        RUNNING.with_borrow_mut(|running| running.push((database, site)));
        Self
    }

    fn on_this_thread(database: FrameId) -> Option<&'static Location<'static>> {
        RUNNING.with_borrow(|running| {
            let same = running.iter().find(|(of, _)| *of == database);
            same.map(|(_, site)| *site)
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(Vec::pop);
    }
}

/// What a closure runs under.
enum Access {
    Queue(Permit),
    Reader(Lent<Reading>),
}

/// Runs a closure on this thread.
fn run<T, E, F>(
    core: &Arc<Core>,
    access: Access,
    kind: Kind,
    closure: F,
    site: &'static Location<'static>,
) -> Result<T, E>
where
    F: FnOnce(&Connection) -> Result<T, E>,
    E: From<Error>,
{
    let (permit, engine) = match access {
        Access::Queue(permit) => (Some(permit), Held::Writer(core.take_engine()?)),
        Access::Reader(lent) => (None, Held::Reader(lent)),
    };
    let frame = permit
        .as_ref()
        .map_or(&core.root, |permit| permit.frame())
        .clone();
    let connection = Connection {
        core: Arc::clone(core),
        kind,
        engine: RefCell::new(engine),
        tracker: RefCell::default(),
        noted: Cell::default(),
        block: if frame.in_transaction() {
            frame.site.clone()
        } else {
            site.into()
        },
    };
    let nested = frame.in_transaction();
    let loan = Loan {
        connection: Some(connection),
        bracket: bracket(kind, nested),
        nested,
        open: false,
    };
    let span = Span::transaction(match kind {
        Kind::Read => "read",
        Kind::Write => "write",
    });
    let began = span.clock();
    let ran = {
        let _running = Running::note(core.root.id, site);
        span.within(|| within(loan, closure))
    };
    span.ran(began);
    span.ended(ran.is_ok());
    let (value, loan) = ran?;
    let Some(permit) = permit else {
        return Ok(value);
    };
    let written = loan
        .connection
        .as_ref()
        .map(|on| on.tracker.borrow_mut().take());
    let checkpoint = loan
        .connection
        .as_ref()
        // Asking counts as a commit, and a RELEASE is none.
        .is_some_and(|on| !nested && on.engine.borrow_mut().wants_checkpoint());
    drop(loan);
    let written = written.unwrap_or_default();
    if nested {
        frame.tracker().record(&written);
    } else {
        core.publish(&written);
    }
    core.release(permit, checkpoint);
    Ok(value)
}

/// BEGIN, the closure, COMMIT. The loan undoes and gives back if any of them fails or panics.
fn within<T, E, F>(mut loan: Loan, closure: F) -> Result<(T, Loan), E>
where
    F: FnOnce(&Connection) -> Result<T, E>,
    E: From<Error>,
{
    let bracket = loan.bracket;
    let Some(connection) = &loan.connection else {
        return Err(Error::Closed { source: None }.into());
    };
    {
        let mut engine = connection.engine.borrow_mut();
        engine.set_patience(Patience::Full);
        // A SAVEPOINT would begin a transaction of its own where SQLite has ended the block's.
        if loan.nested && !engine.in_transaction() {
            return Err(connection.ended().into());
        }
        engine.begin(bracket)?;
    }
    loan.open = true;
    let value = closure(connection)?;
    let kept = {
        let mut engine = connection.engine.borrow_mut();
        if !engine.in_transaction() {
            return Err(connection.ended().into());
        }
        engine.keep(bracket)
    };
    match kept {
        Ok(()) => {
            loan.open = false;
            Ok((value, loan))
        }
        Err(primary) => Err(loan.fail(primary).into()),
    }
}

fn refuse_incapable(core: &Core) -> Result<()> {
    if !core.policy().foreign {
        return Ok(());
    }
    Err(Error::Unsupported {
        capability: "closures".into(),
    })
}

/// Runs a closure on the database's thread, in the frame of the first poll.
pub(crate) async fn run_closure<T, E, F>(
    core: &Arc<Core>,
    kind: Kind,
    closure: F,
    site: &'static Location<'static>,
) -> Result<T, E>
where
    F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let frame = core.place(None);
    if kind == Kind::Read
        && let Some(readers) = core.readers_of_all(&frame)
    {
        let lent = core.reading(readers, site.into()).await?;
        let on = Arc::clone(core);
        let job = move |lent| Ok(run(&on, Access::Reader(lent), kind, closure, site));
        return core.on_reader(lent, job).await?;
    }
    let permit = core.acquire(frame, site.into(), None).await?;
    refuse_incapable(core)?;
    core.on_thread(move |core| Ok(run(core, Access::Queue(permit), kind, closure, site)))
        .await?
}

/// Runs a closure on this thread, outside of every frame.
pub(crate) fn run_blocking<T, E, F>(
    core: &Arc<Core>,
    kind: Kind,
    closure: F,
    site: &'static Location<'static>,
) -> Result<T, E>
where
    F: FnOnce(&Connection) -> Result<T, E>,
    E: From<Error>,
{
    if let Some(holding) = Running::on_this_thread(core.root.id) {
        return Err(Error::Deadlock {
            waiting: site.into(),
            holding: holding.into(),
        }
        .into());
    }
    let access = match core.readers_of_all(&core.root) {
        Some(readers) if kind == Kind::Read => {
            Access::Reader(core.reading_here(readers, site.into())?)
        }
        _ => Access::Queue(core.acquire_blocking(site.into())?),
    };
    refuse_incapable(core)?;
    run(core, access, kind, closure, site)
}
