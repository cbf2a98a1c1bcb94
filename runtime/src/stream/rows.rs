//! Rows as they come.
//!
//! In: a query. Out: its rows one by one, each converted when it is asked for. Where the file has a write-ahead log and
//! no block is around, the query runs on a connection of its own and holds nobody up; in memory and inside of a block its
//! raw cells are read at once. Invariants: the query runs at its turn in the queue, which it joins at the first poll or,
//! where hooks of the application have to run first, after them; nothing comes after an error; an ended stream holds nothing.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::vec;

use futures_core::Stream;

use crate::call::{AsyncHandle, values_of};
use crate::database::Database;
use crate::error::{Error, Origin, Result};
use crate::statement::{Query, Statement};
use crate::trace::{Clock, Span};
use crate::value::{Adapters, Row, Value};

use super::feed::Feed;
use super::queued::Queued;

pub(super) type Cells = Vec<Value>;
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
    told: Told,
    /// Keeps the database open.
    _database: Option<Database>,
}

enum State {
    Opening(Opening),
    Open(Source),
    Ended,
}

pub(super) enum Source {
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

/// What is told of a stream when it ends.
struct Told {
    span: Span,
    /// When the query had its turn.
    began: Option<Clock>,
    rows: u64,
}

impl Drop for Told {
    fn drop(&mut self) {
        if let Some(began) = self.began {
            self.span.ran(began);
            self.span.counted(|| Some(self.rows));
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
        let told = Told {
            span: Span::statement(statement.name),
            began: None,
            rows: 0,
        };
        let span = told.span.clone();
        let open = async move {
            let query = Queued {
                core: &core,
                statement,
                values: Arc::new(values?),
                site,
                span,
            };
            query.open(own.as_ref()).await
        };
        Self {
            state: State::Opening(Box::pin(open)),
            read: read::<Q>,
            adapters,
            statement,
            site,
            told,
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
                        Ok(source) => {
                            self.told.began = Some(self.told.span.clock());
                            self.state = State::Open(source);
                        }
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
            self.told.rows += 1;
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
