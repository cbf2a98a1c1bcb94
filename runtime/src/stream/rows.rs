//! Rows as they come.
//!
//! In: a query. Out: its rows one by one, each converted when it is asked for. Where the file has a write-ahead log and
//! no block is around, the query runs on a connection of its own and holds nobody up; in memory and inside of a block its
//! raw cells are read at once. Invariants: the query runs at its turn in the queue, which it joins at the first poll;
//! nothing comes after an error; an ended stream holds nothing.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;
use std::vec;

use futures_core::Stream;

use crate::call::{AsyncHandle, values_of};
use crate::database::{Core, Database};
use crate::driver::{Ask, Patience, Reader};
use crate::error::{Error, Origin, Result};
use crate::queue::{Frame, Permit};
use crate::statement::{Query, Statement};
use crate::value::{Adapters, Row, Value};

use super::feed::Feed;

type Cells = Vec<Value>;
type Opening = Pin<Box<dyn Future<Output = Result<Source>> + Send>>;

/// The rows of a query, one by one.
///
/// The rows are those of the moment at which the query had its turn, whatever is written meanwhile. An error is the last
/// item; `close` of the database before the last row is one, [`Error::Closed`].
#[must_use = "a stream does nothing until it is polled"]
pub struct Rows<R> {
    state: State,
    read: fn(&[Value], &Adapters) -> Result<R>,
    adapters: Adapters,
    statement: &'static Statement,
    site: &'static Location<'static>,
    /// Keeps the database open.
    _database: Option<Database>,
}

enum State {
    Opening(Opening),
    Open(Source),
    Ended,
}

enum Source {
    Read(vec::IntoIter<Cells>),
    Feed(Feed, vec::IntoIter<Cells>),
    #[cfg(feature = "sharing")]
    Parts(crate::sharing::Parts, vec::IntoIter<Cells>),
}

impl Source {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Cells>>> {
        loop {
            let (rows, more) = match self {
                Self::Read(rows) => return Poll::Ready(rows.next().map(Ok)),
                Self::Feed(feed, rows) => match rows.next() {
                    Some(cells) => return Poll::Ready(Some(Ok(cells))),
                    None => (rows, feed.poll(cx)),
                },
                #[cfg(feature = "sharing")]
                Self::Parts(parts, rows) => match rows.next() {
                    Some(cells) => return Poll::Ready(Some(Ok(cells))),
                    None => (rows, parts.poll(cx)),
                },
            };
            match more {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(chunk))) => *rows = chunk.into_iter(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
            }
        }
    }
}

pub(super) fn read<Q: Query>(cells: &[Value], adapters: &Adapters) -> Result<Q::Row> {
    Q::read(&Row::copied(Q::STATEMENT, adapters, cells))
}

impl<R> Rows<R> {
    pub(crate) fn new<C: AsyncHandle, Q: Query<Row = R>>(
        on: &C,
        query: &Q,
        site: &'static Location<'static>,
    ) -> Self {
        let reach = on.reach();
        let (core, own) = (Arc::clone(reach.core), reach.own.cloned());
        let adapters = core.adapters.clone();
        let (statement, values) = (Q::STATEMENT, values_of(query, &adapters));
        let open = async move { open(&core, own, statement, values?, site).await };
        Self {
            state: State::Opening(Box::pin(open)),
            read: read::<Q>,
            adapters,
            statement,
            site,
            _database: on.keep(),
        }
    }

    /// Waits for the next row; `None` after the last one.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses nothing.
    #[expect(
        clippy::should_implement_trait,
        reason = "the name every asynchronous stream has; the iterator's would block"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<R>>> + Send + use<'_, R> {
        std::future::poll_fn(|cx| self.advance(cx))
    }

    fn advance(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<R>>> {
        loop {
            let cells = match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Opening(opening) => {
                    let Poll::Ready(opened) = opening.as_mut().poll(cx) else {
                        return Poll::Pending;
                    };
                    match opened {
                        Ok(source) => self.state = State::Open(source),
                        Err(error) => return Poll::Ready(Some(Err(self.fail(error)))),
                    }
                    continue;
                }
                State::Open(source) => match source.poll(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Err(error))) => {
                        return Poll::Ready(Some(Err(self.fail(error))));
                    }
                    Poll::Ready(Some(Ok(cells))) => Some(cells),
                    Poll::Ready(None) => None,
                },
            };
            let Some(cells) = cells else {
                self.state = State::Ended;
                return Poll::Ready(None);
            };
            let row = (self.read)(&cells, &self.adapters);
            return Poll::Ready(Some(row.map_err(|error| self.fail(error))));
        }
    }

    /// Ends with this error.
    fn fail(&mut self, error: Error) -> Error {
        self.state = State::Ended;
        error.at(|| Origin::new(self.statement, Some(self.site)))
    }
}

impl<R> Stream for Rows<R> {
    type Item = Result<R>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().advance(cx)
    }
}

async fn open(
    core: &Arc<Core>,
    own: Option<Arc<Frame>>,
    statement: &'static Statement,
    values: Vec<Value>,
    site: &'static Location<'static>,
) -> Result<Source> {
    let frame = core.place(own.as_ref());
    let feed = |reader: &Arc<Reader>, permit: Option<Permit>, values: Vec<Value>| {
        let (sql, names) = (statement.sql, statement.columns);
        let feed = Feed::start(&core.feeds, Arc::clone(reader), permit, sql, names, values)?;
        Ok(Source::Feed(feed, Vec::new().into_iter()))
    };
    #[cfg(feature = "sharing")]
    if let Some(parts) = parts(core, &frame, statement, &values, site).await? {
        return Ok(Source::Parts(parts, Vec::new().into_iter()));
    }
    // Where other reads leave the queue, so does this one.
    if let Some(reader) = core.readers(&frame).and_then(|_| core.reader()) {
        tokio::task::consume_budget().await;
        return feed(reader, None, values);
    }
    let may_feed = frame.is_root();
    let permit = core.acquire(frame, site.into(), None).await?;
    tokio::task::consume_budget().await;
    let permit = core.ensure_open(permit).await?;
    match core.reader() {
        Some(reader) if may_feed && !core.distrusts_sets() => feed(reader, Some(permit), values),
        _ => Ok(Source::Read(
            all(core, permit, statement, values).await?.into_iter(),
        )),
    }
}

/// Begins a stream at the owner, if there is one.
#[cfg(feature = "sharing")]
async fn parts(
    core: &Arc<Core>,
    frame: &Arc<Frame>,
    statement: &'static Statement,
    values: &[Value],
    site: &'static Location<'static>,
) -> Result<Option<crate::sharing::Parts>> {
    let permit = match core.remote() {
        Some(remote) if remote.readers() > 0 && frame.is_root() => None,
        _ if core.policy().embedded || core.policy().foreign => return Ok(None),
        _ => {
            let permit = core.acquire(Arc::clone(frame), site.into(), None).await?;
            Some(core.ensure_open(permit).await?)
        }
    };
    tokio::task::consume_budget().await;
    let Some(remote) = core.remote() else {
        return Ok(None);
    };
    let place = match permit {
        Some(permit) => crate::call::at_owner(remote, &permit)?,
        None => remote.root()?,
    };
    // What follows stands behind it at the owner.
    let calling = place.stream(&site.into(), statement, values)?;
    Ok(Some(crate::sharing::Parts::new(calling)))
}

/// Reads all cells, here or on the thread.
async fn all(
    core: &Arc<Core>,
    permit: Permit,
    statement: &'static Statement,
    values: Vec<Value>,
) -> Result<Vec<Cells>> {
    let record = core.record(statement);
    if core.runs_inline(statement, &record, false) {
        match read_all(core, &permit, statement, &values, core.inline_patience()) {
            Err(Error::Busy { .. }) if core.may_use_thread() => {}
            rows => return rows,
        }
    }
    core.on_thread(move |core| read_all(core, &permit, statement, &values, Patience::Full))
        .await
}

fn read_all(
    core: &Core,
    permit: &Permit,
    statement: &'static Statement,
    values: &[Value],
    patience: Patience,
) -> Result<Vec<Cells>> {
    let record = core.record(statement);
    let (answer, _) = core.metered(
        permit,
        &record,
        false,
        Instant::now(),
        |_| None,
        |engine| {
            engine.set_patience(patience);
            engine.ask(statement, values, Ask::ALL_ROWS, &core.adapters)
        },
    );
    answer.map(|answer| answer.rows)
}
