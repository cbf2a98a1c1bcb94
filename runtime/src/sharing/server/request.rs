//! What becomes of a request.
//!
//! In: what a client wants, the frame in which it runs. Out: the end of the call, told once. Invariant: a request that is
//! dropped before its turn has done nothing.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::database::back_up;
use crate::driver::RawAnswer;
use crate::error::{CallSite, Error, Result};
use crate::invalidation::ChangeOrigin;
use crate::queue::Frame;
use crate::sharing::wire::{BlockKind, Broken, Outcome, WireStatus};
use crate::transaction::{Block, TransactionMode};

use super::connection::Connection;
use super::run::{Job, Moment, Ran};
use super::{many, run, stream};

/// So many blocks may be open in each other.
const DEEPEST: usize = 256;

/// What a client wants, as far as it can be said without waiting.
pub(super) enum Work {
    Run(Arc<Job>),
    Many(Vec<Job>),
    /// With what tells that the next part is wanted.
    Stream(Arc<Job>, Arc<Notify>),
    Begin(u64, BlockKind),
    End(Block, bool),
    Status,
    Backup(PathBuf),
    Report(Vec<String>),
    Shutdown,
    /// Something that cannot be.
    Refuse(Error),
}

/// A request on its way.
pub(super) struct Request {
    pub(super) id: u64,
    pub(super) frame: Arc<Frame>,
    /// Whether that is the frame of a block.
    pub(super) within: bool,
    pub(super) site: CallSite,
    pub(super) work: Work,
}

impl Request {
    /// Does what is wanted and ends the call.
    pub(super) async fn answer(self, connection: Arc<Connection>) -> Result<(), Broken> {
        let Self {
            id,
            frame,
            within,
            site,
            work,
        } = self;
        let busy = within.then(|| connection.busy());
        let core = connection.core();
        // What is around all work of this client is no transaction of its own.
        let outside = Arc::ptr_eq(&frame, connection.server().frame());
        let own = |moment: Moment| Moment {
            open: moment.open && !outside,
            ..moment
        };
        let (moment, result) = match work {
            Work::Run(job) => {
                let named = job.defined.is_none();
                let (ran, moment) = run::run(core, frame, job).await;
                let outcome = match ran {
                    Ok(ran) => Ok(rows(&connection, id, ran, named).await?),
                    Err(error) => Err(error),
                };
                (own(moment), outcome)
            }
            Work::Many(jobs) => {
                let (ran, moment) = many::run(core, frame, jobs, site).await;
                let counts = ran.map(|ran| ran.into_iter().collect());
                (own(moment), counts.map(Outcome::Many))
            }
            Work::Stream(job, more) => {
                drop(busy);
                return parts(&connection, id, frame, within, job, &more).await;
            }
            Work::Begin(number, kind) => {
                let begun = begin(&connection, &frame, id, number, kind, site).await;
                (connection.moment(), begun.map(|()| Outcome::Kept))
            }
            Work::End(block, keep) => {
                let ended = if keep {
                    block.commit().await
                } else {
                    block.roll_back().await;
                    Ok(())
                };
                let mut moment = connection.moment();
                moment.open &= !matches!(ended, Err(Error::TransactionEnded { .. }));
                (moment, ended.map(|()| Outcome::Kept))
            }
            Work::Status => {
                let status = WireStatus::from(&core.status());
                (connection.moment(), Ok(Outcome::Status(status)))
            }
            Work::Backup(path) => {
                let copied = back_up(core, frame, path, site).await;
                (connection.moment(), copied.map(|()| Outcome::Kept))
            }
            Work::Report(tables) => {
                let reported = report(&connection, &tables);
                (connection.moment(), reported.map(|()| Outcome::Kept))
            }
            Work::Shutdown => {
                connection.server().shut_down(site).await;
                (Moment::now(core), Ok(Outcome::Kept))
            }
            Work::Refuse(error) => (connection.moment(), Err(error)),
        };
        connection.answers().done(id, moment, result).await
    }
}

/// Sends the rows ahead, but for those that the end of the call takes along.
async fn rows(connection: &Connection, id: u64, ran: Ran, named: bool) -> Result<Outcome, Broken> {
    let Ran { answer, wrote } = ran;
    let RawAnswer { rows, changes } = answer;
    let columns = rows.columns;
    let rows = connection.answers().all_but_last(id, rows.rows).await?;
    let counts = changes.into();
    Ok(if named {
        Outcome::Raw {
            columns,
            rows,
            counts,
        }
    } else {
        Outcome::Ran {
            rows,
            counts,
            wrote,
        }
    })
}

/// Sends a stream part by part, each when it is asked for.
async fn parts(
    connection: &Arc<Connection>,
    id: u64,
    frame: Arc<Frame>,
    within: bool,
    job: Arc<Job>,
    more: &Notify,
) -> Result<(), Broken> {
    let answers = connection.answers();
    let busy = within.then(|| connection.busy());
    let opened = stream::open(connection.core(), frame, job).await;
    let (mut parts, moment) = match opened {
        Ok(opened) => opened,
        Err(error) => return answers.done(id, connection.moment(), Err(error)).await,
    };
    drop(busy);
    let end = loop {
        match parts.next().await {
            Ok(Some(rows)) => answers.chunk(id, rows).await?,
            Ok(None) => break Ok(Outcome::Kept),
            Err(error) => break Err(error),
        }
        tokio::select! {
            () = more.notified() => {}
            () = connection.owner_ends() => break Err(connection.core().closed()),
        }
    };
    drop(parts);
    answers.done(id, moment, end).await
}

async fn begin(
    connection: &Connection,
    frame: &Arc<Frame>,
    request: u64,
    number: u64,
    kind: BlockKind,
    site: CallSite,
) -> Result<()> {
    let refuse = |reason: &'static str| Error::Refused {
        reason: reason.into(),
        origin: None,
    };
    if connection.depth() >= DEEPEST {
        return Err(refuse("too many blocks are open in each other"));
    }
    let mode = match kind {
        BlockKind::Deferred => Some(TransactionMode::Deferred),
        BlockKind::Immediate => Some(TransactionMode::Immediate),
        BlockKind::Exclusive => Some(TransactionMode::Exclusive),
        BlockKind::Savepoint if frame.in_transaction() => Some(TransactionMode::Immediate),
        BlockKind::Savepoint => return Err(refuse("a savepoint needs a transaction around it")),
        BlockKind::Settings if frame.in_transaction() => {
            return Err(refuse(
                "an `exclusive` block cannot begin within a transaction",
            ));
        }
        BlockKind::Settings => None,
    };
    let takes_lock = matches!(
        mode,
        Some(TransactionMode::Immediate | TransactionMode::Exclusive)
    );
    if takes_lock && !frame.in_transaction() && !connection.may_write() {
        return Err(Error::ReadOnly { origin: None });
    }
    let block = Block::begin(connection.core(), Some(frame), mode, site).await?;
    connection.push(number, request, block);
    Ok(())
}

fn report(connection: &Connection, tables: &[String]) -> Result<()> {
    let core = connection.core();
    if core.root.is_closed() {
        return Err(core.closed());
    }
    let names = tables.iter().map(String::as_str);
    let changed = core.tables.changed(names, ChangeOrigin::External);
    core.publish(&changed);
    Ok(())
}
