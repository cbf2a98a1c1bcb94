//! The messages of a client, one by one.
//!
//! In: messages. Out: requests, begun and on their way. Invariants: numbers of calls rise; what was not defined is not run; a
//! client has no more under way than it may have.

use std::collections::HashMap;
use std::future::{Future as _, poll_fn};
use std::path::PathBuf;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet};

use crate::call::Raw;
use crate::driver::Wanted;
use crate::error::{CallSite, Error};
use crate::sharing::wire::{Ask, Broken, Call, Cells, Define, Pairs, ToOwner, Violation};
use crate::value::Value;

use super::claims::Defined;
use super::connection::{Connection, out_of_order};
use super::request::{Request, Work};
use super::run::Job;

/// So many bytes of statements may a client define.
const DEFINED: usize = 64 << 20;
/// So many runs may stand or fall together.
const RUNS: usize = 1 << 20;
/// So long may requests take to end once their database has.
const GRACE: Duration = Duration::from_secs(1);

/// SQLite binds no more values to a statement.
const MOST_VALUES: u32 = 32_766;
/// What a run takes besides its values, about.
const A_RUN: usize = 256;

/// A request that is under way.
struct Running {
    task: AbortHandle,
    /// The memory that it takes, about.
    cost: usize,
}

pub(super) struct Intake {
    connection: Arc<Connection>,
    defined: HashMap<u32, Arc<Defined>>,
    /// The bytes that they take.
    size: usize,
    /// The number of the last call.
    last: Option<u64>,
    tasks: JoinSet<(u64, Result<(), Broken>)>,
    running: HashMap<u64, Running>,
    /// The memory that they take.
    pending: usize,
    streams: HashMap<u64, Arc<Notify>>,
}

impl Intake {
    pub(super) fn new(connection: &Arc<Connection>) -> Self {
        Self {
            connection: Arc::clone(connection),
            defined: HashMap::new(),
            size: 0,
            last: None,
            tasks: JoinSet::new(),
            running: HashMap::new(),
            pending: 0,
            streams: HashMap::new(),
        }
    }

    pub(super) fn take(&mut self, message: ToOwner) -> Result<(), Broken> {
        match message {
            ToOwner::Hello(_) => return Err(out_of_order("a second beginning")),
            ToOwner::Define(define) => self.define(define)?,
            ToOwner::Call(call) => self.call(call)?,
            ToOwner::More { id } => {
                if let Some(more) = self.streams.get(&id) {
                    more.notify_one();
                }
            }
            ToOwner::Cancel { id } => self.cancel(id),
            // The end, for whoever listens to messages.
            ToOwner::Bye => {}
        }
        Ok(())
    }

    fn define(&mut self, define: Define) -> Result<(), Broken> {
        let number = define.number;
        if define.parameters > MOST_VALUES {
            return Err(Violation::Quota("parameters").into());
        }
        let defined = Defined::new(define);
        self.size = self.size.saturating_add(defined.size());
        let most = self.connection.server().options.statements;
        if self.defined.len() >= most || self.size > DEFINED {
            return Err(Violation::Quota("statements").into());
        }
        match self.defined.insert(number, Arc::new(defined)) {
            Some(_) => Err(out_of_order("a statement that was defined before")),
            None => Ok(()),
        }
    }

    fn cancel(&mut self, id: u64) {
        self.streams.remove(&id);
        if let Some(running) = self.forget(id) {
            running.task.abort();
        }
        self.connection.undo_begun_by(id);
    }

    /// Takes a request out of those that are under way.
    fn forget(&mut self, id: u64) -> Option<Running> {
        let running = self.running.remove(&id)?;
        self.pending -= running.cost;
        Some(running)
    }

    /// Begins a call: its first poll is now, so that it lines up where it was sent.
    fn call(&mut self, call: Call) -> Result<(), Broken> {
        let Call {
            id,
            block,
            site,
            ask,
        } = call;
        if self.last.replace(id).is_some_and(|last| last >= id) {
            return Err(out_of_order("the number of an earlier call"));
        }
        let site = site.received(self.connection.party, None);
        let (cost, options) = (cost(&ask), &self.connection.server().options);
        // Before a block is taken from the others in order to be ended.
        let mut work = if self.running.len() >= options.calls {
            refuse("too many calls of this client are under way")
        } else if cost > options.pending - self.pending {
            refuse("the calls of this client that are under way take too much memory")
        } else {
            self.work(id, &site, ask)?
        };
        let within = block.is_some() || matches!(work, Work::End(..));
        let frame = match (&work, block) {
            // They are about nothing that a block holds.
            (Work::End(..) | Work::Refuse(_), _) => self.connection.frame(None),
            _ => self.connection.frame(block),
        };
        let frame = frame.or_else(|| {
            let block = site.clone();
            work = Work::Refuse(Error::TransactionEnded { block });
            self.connection.frame(None)
        });
        let Some(frame) = frame else {
            return Ok(());
        };
        let request = Request {
            id,
            frame,
            within,
            site,
            work,
        };
        let mut answer = Box::pin(request.answer(Arc::clone(&self.connection)));
        let first = answer
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        match first {
            Poll::Ready(ended) => {
                self.streams.remove(&id);
                ended
            }
            Poll::Pending => {
                // Polled again at once, so that whatever has happened meanwhile is seen.
                let task = self.tasks.spawn(async move { (id, answer.await) });
                self.running.insert(id, Running { task, cost });
                self.pending += cost;
                Ok(())
            }
        }
    }

    /// What is wanted, in the terms of the owner.
    fn work(&mut self, id: u64, site: &CallSite, ask: Ask) -> Result<Work, Broken> {
        let connection = &self.connection;
        let may_write = connection.may_write();
        if !connection.knows_schema() && !matches!(ask, Ask::Status | Ask::Shutdown) {
            return Err(out_of_order("a statement of a client without a schema"));
        }
        Ok(match ask {
            Ask::Run {
                statement,
                values,
                most,
                execute,
            } => {
                let rows = if execute {
                    Wanted::Nothing
                } else {
                    Wanted::Most(usize::try_from(most).unwrap_or(usize::MAX).max(1))
                };
                Work::Run(Arc::new(self.job(statement, &values, site, rows)?))
            }
            Ask::Many { runs, values } => self.many(&runs, &values, site)?,
            Ask::Raw {
                sql,
                values,
                may_write: wants,
            } => Work::Run(Arc::new(Job {
                raw: Arc::new(Raw::of_client(sql.into(), values.to_values(), site)),
                defined: None,
                rows: Wanted::Named,
                may_write: may_write && wants,
            })),
            Ask::Stream { statement, values } => {
                if self.streams.len() >= connection.server().options.streams {
                    return Ok(refuse("too many streams of this client are open"));
                }
                let job = self.job(statement, &values, site, Wanted::Most(usize::MAX))?;
                let more = Arc::new(Notify::new());
                self.streams.insert(id, Arc::clone(&more));
                Work::Stream(Arc::new(job), more)
            }
            Ask::Begin { block, kind } => Work::Begin(block, kind),
            Ask::End { block, keep } => match connection.pop(block) {
                Some(block) => Work::End(block, keep),
                None => Work::Refuse(Error::TransactionEnded {
                    block: site.clone(),
                }),
            },
            Ask::Status => Work::Status,
            Ask::Report { tables } => Work::Report(tables),
            Ask::Backup { .. } | Ask::Shutdown if !may_write => {
                Work::Refuse(Error::ReadOnly { origin: None })
            }
            Ask::Backup { path } => Work::Backup(PathBuf::from(path)),
            Ask::Shutdown => Work::Shutdown,
        })
    }

    fn job(
        &self,
        statement: u32,
        values: &Cells,
        site: &CallSite,
        rows: Wanted,
    ) -> Result<Job, Broken> {
        let defined = self.defined(statement)?;
        let raw = Raw::of_client(Arc::clone(&defined.sql), values.to_values(), site);
        let reads = defined.reads() && rows != Wanted::Nothing;
        Ok(Job {
            raw: Arc::new(raw),
            may_write: self.connection.may_write() && !reads,
            defined: Some(defined),
            rows,
        })
    }

    fn many(&self, runs: &Pairs, values: &Cells, site: &CallSite) -> Result<Work, Broken> {
        let mut values = values.iter().map(Value::from);
        let mut jobs = Vec::new();
        for (statement, times) in runs.iter() {
            let statement = u32::try_from(statement).ok();
            let statement = statement.ok_or_else(|| out_of_order("the number of no statement"))?;
            let defined = self.defined(statement)?;
            let times = usize::try_from(times).unwrap_or(0);
            if jobs.len().saturating_add(times) > RUNS {
                return Ok(refuse("too many runs were to stand or fall together"));
            }
            jobs.extend((0..times).map(|_| {
                let bound = values.by_ref().take(defined.parameters).collect();
                Job {
                    raw: Arc::new(Raw::of_client(Arc::clone(&defined.sql), bound, site)),
                    may_write: self.connection.may_write(),
                    defined: Some(Arc::clone(&defined)),
                    rows: Wanted::Nothing,
                }
            }));
        }
        if values.next().is_some() {
            return Ok(refuse("found more values than parameters"));
        }
        Ok(Work::Many(jobs))
    }

    fn defined(&self, number: u32) -> Result<Arc<Defined>, Broken> {
        let defined = self.defined.get(&number).cloned();
        defined.ok_or_else(|| out_of_order("a statement that was not defined"))
    }

    /// Waits until a request has ended the connection.
    pub(super) async fn finished(&mut self) -> Result<(), Broken> {
        loop {
            let joined = poll_fn(|cx| match self.tasks.poll_join_next(cx) {
                // There may be others later.
                Poll::Ready(None) => Poll::Pending,
                joined => joined,
            });
            match joined.await {
                Some(Ok((id, ended))) => {
                    self.forget(id);
                    self.streams.remove(&id);
                    ended?;
                }
                Some(Err(ended)) if ended.is_panic() => return Err(Broken::Ended),
                // Nobody waited for it any more.
                Some(Err(_)) | None => {}
            }
        }
    }

    /// Waits until all requests have had their answers, of a database that has ended.
    pub(super) async fn finish(&mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        // Whoever takes no answers goes without them.
        let _ = tokio::time::timeout(GRACE, all).await;
    }

    /// Drops all requests that have no answer yet.
    pub(super) async fn abandon(&mut self) {
        self.tasks.shutdown().await;
    }
}

/// About how much memory a request takes.
fn cost(ask: &Ask) -> usize {
    let runs = match ask {
        Ask::Many { runs, .. } => runs.iter().fold(0_usize, |sum, (_, times)| {
            sum.saturating_add(usize::try_from(times).unwrap_or(0))
        }),
        _ => 1,
    };
    let values = ask.values().saturating_mul(size_of::<Value>());
    let around = runs.saturating_mul(A_RUN);
    ask.size().saturating_add(values).saturating_add(around)
}

fn refuse(reason: &'static str) -> Work {
    Work::Refuse(Error::Refused {
        reason: reason.into(),
        origin: None,
    })
}
