//! Watched queries.
//!
//! In: a query and the commits that concern it. Out: a stream of results, the latest only. Invariants: a result
//! is delivered only while no relevant commit has come after its query began – the mark is lowered under the
//! queue's permit right before the query, and looked at right before delivery; a watch that nobody polls runs no
//! query and holds nothing but, after two stale results, a short lease.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use futures_core::Stream;
use tokio::sync::oneshot;
use tokio::time::Sleep;

use crate::call::{Gather, convert, rowid_in, values_of};
use crate::database::{Core, Database, Record};
use crate::driver::{Ask, Patience};
use crate::error::{Error, Origin, Result};
use crate::invalidation::Subscription;
use crate::queue::{Permit, Ticket, scope};
use crate::statement::{Bound, Statement};
use crate::value::{Adapters, Value};

/// After so many stale results in a row the next one is kept fresh until it is taken.
const PATIENT: u32 = 2;
/// For how long it is kept fresh: writers wait meanwhile.
const LEASE: Duration = Duration::from_millis(20);

type Rows = Vec<Vec<Value>>;

/// A stream of a query's results: the current one first, then one after each commit that changes it.
///
/// Only the latest result counts: while nobody asks, any number of commits cause no query at all, and the next
/// item shows the last state. A result equal to the one before is left out. Errors are items, and the stream goes
/// on after them, [`Error::Deadline`] for a long wait in the queue among them; it ends with `None` when the
/// database is closed.
///
/// A watch keeps its database open. Inside a transaction of its own database its items are
/// [`Error::Deadlock`]: nothing could change there until the block ends.
#[must_use = "a watch does nothing until it is polled"]
pub struct Watch<T> {
    query: Arc<Watched>,
    convert: fn(&[Vec<Value>], &Adapters) -> Result<T>,
    state: State,
    /// The query waiting in the queue.
    ticket: Option<Ticket>,
    /// When that wait is too long.
    timer: Option<Pin<Box<Sleep>>>,
    delivered: Option<Rows>,
    duplicates: bool,
    stale: u32,
    /// Keeps the database open.
    database: Database,
}

enum State {
    /// The parameters cannot be bound; says so once.
    Unbound(Option<Error>),
    Idle,
    Fetching(oneshot::Receiver<Fetched>),
    Ended,
}

struct Fetched {
    rows: Result<Rows>,
    /// Keeps the result from becoming stale.
    lease: Lease,
}

/// Dropped when the result was taken; the job that holds the permit listens at the other end.
type Lease = Option<mpsc::Sender<()>>;

struct Watched {
    statement: &'static Statement,
    values: Vec<Value>,
    site: &'static Location<'static>,
    subscription: Arc<Subscription>,
    record: Arc<Record>,
    /// How many rows the result may have.
    most: usize,
}

impl<T> Watch<T> {
    pub(crate) fn new<Q: Bound, G: Gather<Q, Out = T>>(
        database: &Database,
        query: &Q,
        site: &'static Location<'static>,
    ) -> Self {
        let core = database.core();
        let (values, state) = match values_of(query, &core.adapters) {
            Ok(values) => (values, State::Idle),
            Err(error) => (Vec::new(), State::Unbound(Some(error))),
        };
        let mut reads = core.tables.read_set(Q::STATEMENT.reads);
        let keys = core.tables.keys(Q::STATEMENT.keys).into_iter();
        let pins = keys.map(|(table, number)| (table, rowid_in(&values, number)));
        reads.confine(&pins.collect::<Vec<_>>());
        let watched = Watched {
            statement: Q::STATEMENT,
            values,
            site,
            subscription: core.hub.subscribe(reads),
            record: core.record(Q::STATEMENT),
            most: G::MOST,
        };
        Self {
            query: Arc::new(watched),
            convert: convert::<Q, G>,
            state,
            ticket: None,
            timer: None,
            delivered: None,
            duplicates: false,
            stale: 0,
            database: database.clone(),
        }
    }
}

impl<T> Watch<T> {
    /// Delivers results that equal the one before as well.
    pub fn with_duplicates(mut self) -> Self {
        self.duplicates = true;
        self
    }

    /// Waits for the next result; `None` means the database was closed.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing: a result that is under way is delivered by the next call.
    #[expect(
        clippy::should_implement_trait,
        reason = "the name every asynchronous stream has; the iterator's would block"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<T>>> + Send + use<'_, T> {
        std::future::poll_fn(|cx| self.advance(cx))
    }

    fn advance(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T>>> {
        loop {
            self.query.subscription.register(cx.waker());
            if matches!(self.state, State::Ended) || self.query.subscription.is_closed() {
                self.state = State::Ended;
                return Poll::Ready(None);
            }
            let core = self.database.core();
            if let Some(frame) = scope::innermost(core.root.id) {
                let (waiting, holding) = (self.query.site.into(), frame.location.into());
                return Poll::Ready(Some(Err(Error::Deadlock { waiting, holding })));
            }
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Unbound(error) => match error.take() {
                    Some(error) => return Poll::Ready(Some(Err(self.query.explain(error)))),
                    None => return Poll::Pending,
                },
                State::Idle if !self.query.subscription.is_dirty() => return Poll::Pending,
                State::Idle => {
                    if let Some(fetched) = self.fetch()
                        && let Some(item) = self.deliver(fetched)
                    {
                        return Poll::Ready(Some(item));
                    }
                }
                State::Fetching(receiver) => {
                    let Poll::Ready(answer) = Pin::new(receiver).poll(cx) else {
                        return self.wait(cx).map(|late| Some(Err(late)));
                    };
                    self.state = State::Idle;
                    self.ticket = None;
                    self.timer = None;
                    let Ok(fetched) = answer else {
                        // The queue let go of the query: the database is closing.
                        self.state = State::Ended;
                        return Poll::Ready(None);
                    };
                    if let Some(item) = self.deliver(fetched) {
                        return Poll::Ready(Some(item));
                    }
                }
            }
        }
    }

    /// Waits for the query's turn; too long a wait is an error, after which the query keeps its place.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        let core = self.database.core();
        let in_line = self.ticket.filter(|ticket| core.root.is_waiting(*ticket));
        let (Some(patience), Some(_)) = (core.policy().queue_wait, in_line) else {
            return Poll::Pending;
        };
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if timer.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.timer = None;
        let refused = core.refused(&core.root.too_late(), &core.root, self.query.site);
        Poll::Ready(self.query.explain(refused))
    }

    /// Queries at once if that is allowed and the queue is free; else lines the query up.
    fn fetch(&mut self) -> Option<Fetched> {
        let core = self.database.core();
        let query = &self.query;
        if self.stale < PATIENT
            && core.runs_inline(query.statement, &query.record, false)
            && let Ok(permit) = Arc::clone(&core.root).try_enter(query.site, None)
        {
            let rows = query.run(core, &permit, core.inline_patience());
            core.release(permit, false);
            if !(core.may_use_thread() && matches!(rows, Err(Error::Busy { .. }))) {
                return Some(Fetched { rows, lease: None });
            }
        }
        self.line_up();
        None
    }

    /// The query goes to the thread when its turn comes, whether or not anybody polls then.
    fn line_up(&mut self) {
        let core = Arc::clone(self.database.core());
        let query = Arc::clone(&self.query);
        let (send, receive) = oneshot::channel();
        let lend = self.stale >= PATIENT;
        let root = Arc::clone(&core.root);
        let then = move |permit: Permit| {
            let job = Arc::clone(&core);
            // Without a thread the sender is dropped, which ends the watch.
            let _ = core.submit(Box::new(move || {
                if send.is_closed() {
                    return;
                }
                let rows = query.run(&job, &permit, Patience::Full);
                if !lend {
                    drop(permit);
                    let _ = send.send(Fetched { rows, lease: None });
                    return;
                }
                let (taken, end) = mpsc::channel();
                let lease = Some(taken);
                // A result that nobody wants is dropped right here, and its lease with it.
                let _ = send.send(Fetched { rows, lease });
                // Held by this thread, the permit comes back whether or not any executor runs.
                let _ = end.recv_timeout(LEASE);
                drop(permit);
            }));
        };
        self.ticket = root.hand_off(self.query.site, Box::new(then));
        self.state = State::Fetching(receive);
    }

    /// Delivers the result unless it is stale or nothing new.
    fn deliver(&mut self, fetched: Fetched) -> Option<Result<T>> {
        let Fetched { rows, lease } = fetched;
        let (item, delivered) = match rows {
            Err(error) if error.is_closed() => {
                self.state = State::Ended;
                return None;
            }
            Err(error) => (Err(error), None),
            Ok(rows) => {
                let before = self.delivered.as_ref().filter(|_| !self.duplicates);
                if before.is_some_and(|before| same(before, &rows)) {
                    return None;
                }
                (
                    (self.convert)(&rows, &self.database.core().adapters),
                    Some(rows),
                )
            }
        };
        // The permit, if it is still lent, is held up to here: nothing can commit before this look at the mark.
        let fresh = !self.query.subscription.is_dirty();
        drop(lease);
        if !fresh {
            self.stale += 1;
            return None;
        }
        self.stale = 0;
        self.delivered = delivered;
        Some(item.map_err(|error| self.query.explain(error)))
    }
}

impl Watched {
    fn explain(&self, error: Error) -> Error {
        error.at(|| Origin::new(self.statement, Some(self.site)))
    }

    /// Lowers the mark and queries, under the permit.
    fn run(&self, core: &Core, permit: &Permit, patience: Patience) -> Result<Rows> {
        self.subscription.clean();
        let rowid = |number| rowid_in(&self.values, number);
        let (answer, _) = core.metered(
            permit,
            &self.record,
            false,
            Instant::now(),
            rowid,
            |engine| {
                engine.set_patience(patience);
                let ask = Ask {
                    most: self.most,
                    ..Ask::ALL_ROWS
                };
                engine.ask(self.statement, &self.values, ask, &core.adapters)
            },
        );
        answer.map(|answer| answer.rows)
    }
}

/// Compares cells bit by bit, so that every REAL equals itself.
fn same(before: &Rows, now: &Rows) -> bool {
    let cells = |a: &Value, b: &Value| match (a, b) {
        (Value::Real(a), Value::Real(b)) => a.to_bits() == b.to_bits(),
        (a, b) => a == b,
    };
    before.len() == now.len()
        && before.iter().zip(now).all(|(before, now)| {
            before.len() == now.len() && before.iter().zip(now).all(|(a, b)| cells(a, b))
        })
}

impl<T> Stream for Watch<T> {
    type Item = Result<T>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().advance(cx)
    }
}

impl<T> Drop for Watch<T> {
    fn drop(&mut self) {
        self.query.subscription.cancel();
        if let Some(ticket) = self.ticket.take() {
            self.database.core().root.withdraw(ticket);
        }
    }
}
