//! One client, as long as it is connected.
//!
//! In: its messages. Out: requests that have begun, in their order, and their end whenever it comes. Invariants: a request's
//! first poll happens before the next message is looked at, so that calls line up as they were sent; whatever is left when the
//! connection ends – requests, streams, open blocks – ends with it, blocks last and the topmost of them first.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::AsyncRead;

use crate::database::Core;
use crate::error::Party;
use crate::queue::Frame;
use crate::sharing::wire::{Broken, Incoming, Outbox, ToClient, ToOwner, Violation};
use crate::sync::lock;
use crate::transaction::Block;

use super::Server;
use super::answers::Answers;
use super::blocks::Blocks;
use super::intake::Intake;
use super::run::Moment;

/// So long may a client take to hang up when the owner ends.
const FAREWELL: Duration = Duration::from_millis(250);
/// Idle transactions are not looked for more often.
const SHORTEST: Duration = Duration::from_millis(1);

/// What the requests of a client have in common.
pub(super) struct Connection {
    server: Arc<Server>,
    answers: Answers,
    pub(super) party: Party,
    may_write: bool,
    /// Whether the client knows the schema, so that it runs statements.
    knows: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    blocks: Blocks,
    /// So many requests are under way in blocks. Others may wait for the end of a block, which they do not put off.
    busy: usize,
    /// When the last one of them ended.
    idle: Option<Instant>,
}

/// Counts as a request under way in a block.
pub(super) struct Busy(Arc<Connection>);

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = lock(&self.0.state);
        state.busy -= 1;
        state.idle = Some(Instant::now());
    }
}

impl Connection {
    pub(super) fn new(
        server: &Arc<Server>,
        outbox: &Arc<Outbox>,
        party: Party,
        may_write: bool,
        knows: bool,
    ) -> Arc<Self> {
        Arc::new(Self {
            answers: Answers::new(&server.core, outbox),
            server: Arc::clone(server),
            party,
            may_write,
            knows,
            state: Mutex::default(),
        })
    }

    pub(super) fn core(&self) -> &Arc<Core> {
        &self.server.core
    }

    pub(super) fn server(&self) -> &Arc<Server> {
        &self.server
    }

    pub(super) fn answers(&self) -> &Answers {
        &self.answers
    }

    pub(super) fn knows_schema(&self) -> bool {
        self.knows
    }

    pub(super) fn may_write(&self) -> bool {
        self.may_write
    }

    /// How a request finds the connection that has nothing to do with its queue.
    pub(super) fn moment(&self) -> Moment {
        Moment {
            open: lock(&self.state).blocks.transacts(),
            ..Moment::now(self.core())
        }
    }

    /// The frame of a request in this block.
    pub(super) fn frame(&self, block: Option<u64>) -> Option<Arc<Frame>> {
        match block {
            Some(number) => lock(&self.state).blocks.frame(number).cloned(),
            None => Some(Arc::clone(self.server.frame())),
        }
    }

    pub(super) fn depth(&self) -> usize {
        lock(&self.state).blocks.depth()
    }

    pub(super) fn push(&self, number: u64, request: u64, block: Block) {
        let mut state = lock(&self.state);
        state.idle = Some(Instant::now());
        state.blocks.push(number, request, block);
    }

    pub(super) fn pop(&self, number: u64) -> Option<Block> {
        lock(&self.state).blocks.pop(number)
    }

    /// Undoes the block that this request has begun, should it have.
    pub(super) fn undo_begun_by(&self, request: u64) {
        let blocks = lock(&self.state).blocks.begun_by(request);
        drop(blocks);
    }

    fn undo_all(&self) {
        let blocks = lock(&self.state).blocks.take();
        drop(blocks);
    }

    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        lock(&self.state).busy += 1;
        Busy(Arc::clone(self))
    }

    /// Undoes whatever the client leaves alone for too long.
    async fn undo_idle(&self) -> Infallible {
        let Some(patience) = self.server.options.idle_transaction else {
            return std::future::pending().await;
        };
        loop {
            let idle = {
                let state = lock(&self.state);
                let idle = state.idle.map(|idle| idle.elapsed());
                idle.filter(|_| state.busy == 0 && !state.blocks.is_empty())
            };
            let left = patience.saturating_sub(idle.unwrap_or_default());
            if left.is_zero() {
                self.undo_all();
            }
            tokio::time::sleep(left.max(SHORTEST)).await;
        }
    }

    /// Waits until the owner ends.
    pub(super) async fn owner_ends(&self) {
        tokio::select! {
            () = self.server.served.stopping() => {}
            () = self.server.over() => {}
        }
    }
}

/// How a client has left.
#[derive(Debug)]
pub(super) enum Left {
    /// It said so, or its process ended.
    Gone,
    /// The owner ends.
    Ended,
    Broken(Broken),
}

/// Serves the client until it or the owner ends.
pub(super) async fn serve<R: AsyncRead + Unpin>(
    connection: &Arc<Connection>,
    mut incoming: Incoming<R, ToOwner>,
    outbox: &Outbox,
) -> Left {
    let mut intake = Intake::new(connection);
    let left = converse(connection, &mut incoming, outbox, &mut intake).await;
    if matches!(left, Left::Ended) {
        intake.finish().await;
        // What was committed is told before the end is.
        let _ = connection.answers.catch_up();
        // Whoever takes nothing any more learns it from the end of the stream.
        let closed = connection.server().is_finished();
        let _ = outbox.push(&ToClient::Gone { closed });
    }
    // The futures first, whose claims stand in the queues of the blocks.
    intake.abandon().await;
    connection.undo_all();
    if matches!(left, Left::Ended) {
        // What it says before it has heard is taken: a stream that breaks would tell it of a loss.
        let heard = async { while let Ok(Some(_)) = incoming.next().await {} };
        let _ = tokio::time::timeout(FAREWELL, heard).await;
    }
    left
}

async fn converse<R: AsyncRead + Unpin>(
    connection: &Arc<Connection>,
    incoming: &mut Incoming<R, ToOwner>,
    outbox: &Outbox,
    intake: &mut Intake,
) -> Left {
    let mut ends = pin!(connection.owner_ends());
    let mut idles = pin!(connection.undo_idle());
    let mut tells = pin!(connection.answers.tell());
    let mut broken = pin!(outbox.ended());
    loop {
        // Who takes no answers is asked no further questions.
        let next = async {
            outbox.room().await?;
            incoming.next().await
        };
        tokio::select! {
            message = next => match message {
                Ok(Some(ToOwner::Bye) | None) => return Left::Gone,
                Ok(Some(message)) => {
                    if let Err(broken) = intake.take(message) {
                        return Left::Broken(broken);
                    }
                }
                Err(broken) => return Left::Broken(broken),
            },
            Err(broken) = intake.finished() => return Left::Broken(broken),
            broken = &mut tells => return Left::Broken(broken),
            broken = &mut broken => return Left::Broken(broken),
            never = &mut idles => match never {},
            () = &mut ends => return Left::Ended,
        }
    }
}

/// What a message should not have been.
pub(super) fn out_of_order(what: &'static str) -> Broken {
    Broken::Violation(Violation::OutOfOrder(what))
}
