//! A client that speaks the protocol by hand.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use tokio::io::{DuplexStream, ReadHalf};
use tokio::task::JoinHandle;

use super::SCHEMA;
use crate::error::{CallSite, Error, Party};
use crate::sharing::wire::{
    Ask, BlockKind, Broken, Call, Cells, Define, Hello, Incoming, Outbox, Outcome, Pairs, ToClient,
    ToOwner, Welcome, WireCommit, WireSite, greet,
};
use crate::statement::Statement;
use crate::value::Value;

/// The end of a call.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) result: Result<Outcome, Error>,
    pub(super) shows: u64,
    pub(super) in_transaction: bool,
    /// The number of the last commit that was told before.
    pub(super) told: Option<u64>,
}

pub(super) struct Client {
    pub(super) outbox: Arc<Outbox>,
    incoming: Incoming<ReadHalf<DuplexStream>, ToClient>,
    pub(super) attending: JoinHandle<()>,
    writing: JoinHandle<()>,
    calls: u64,
    rows: HashMap<u64, Vec<Vec<Value>>>,
    done: HashMap<u64, Done>,
    pub(super) commits: Vec<WireCommit>,
    chunks: VecDeque<u64>,
    pub(super) gone: Option<bool>,
}

impl Drop for Client {
    fn drop(&mut self) {
        // Both ends of the stream are let go, as by a process that ends.
        self.outbox.cut(Broken::Ended);
        self.writing.abort();
    }
}

impl Client {
    pub(super) async fn new(
        stream: DuplexStream,
        attending: JoinHandle<()>,
        token: [u8; 32],
        change: impl FnOnce(&mut Hello),
    ) -> Self {
        let (mut reader, mut writer) = tokio::io::split(stream);
        greet(&mut reader, &mut writer).await.unwrap();
        let outbox = Outbox::new(writer, 1 << 20);
        let flushing = Arc::clone(&outbox);
        let writing = tokio::spawn(async move { drop(flushing.write(None).await) });
        let mut hello = hello_with(token);
        change(&mut hello);
        outbox.push(&ToOwner::Hello(hello)).unwrap();
        Self {
            outbox,
            incoming: Incoming::new(reader, usize::MAX, None),
            attending,
            writing,
            calls: 0,
            rows: HashMap::new(),
            done: HashMap::new(),
            commits: Vec::new(),
            chunks: VecDeque::new(),
            gone: None,
        }
    }

    /// A beginning.
    pub(super) fn hello() -> Hello {
        hello_with([0; 32])
    }

    /// Begins to count calls anew.
    pub(super) fn forget_calls(&mut self) {
        self.calls = 0;
    }

    pub(super) async fn welcome(&mut self) -> Welcome {
        match self.incoming.next().await.unwrap() {
            Some(ToClient::Welcome(welcome)) => welcome,
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn refused(&mut self) -> Error {
        match self.incoming.next().await.unwrap() {
            Some(ToClient::Refused(faults)) => faults.received(OWNER, None),
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn say(&self, message: &ToOwner) {
        self.outbox.push(message).unwrap();
    }

    pub(super) fn define(&self, statement: &Statement) {
        let define = Define::new(statement.number, statement);
        self.say(&ToOwner::Define(define));
    }

    pub(super) fn call(&mut self, block: Option<u64>, ask: Ask) -> u64 {
        self.calls += 1;
        let site = WireSite::from(&CallSite::from(std::panic::Location::caller()));
        self.say(&ToOwner::Call(Call {
            id: self.calls,
            block,
            site,
            ask,
        }));
        self.calls
    }

    pub(super) fn run(
        &mut self,
        block: Option<u64>,
        statement: &Statement,
        values: &[Value],
    ) -> u64 {
        let ask = Ask::Run {
            statement: statement.number,
            values: Cells::from(values),
            most: u64::MAX,
            execute: !statement.writes.is_empty(),
        };
        self.call(block, ask)
    }

    pub(super) fn raw(&mut self, block: Option<u64>, sql: &str) -> u64 {
        let ask = Ask::Raw {
            sql: sql.to_owned(),
            values: Cells::default(),
            may_write: true,
        };
        self.call(block, ask)
    }

    pub(super) fn many(
        &mut self,
        block: Option<u64>,
        runs: &[(u32, i64)],
        values: &[Value],
    ) -> u64 {
        let mut pairs = Pairs::default();
        for (statement, times) in runs {
            pairs.push(i64::from(*statement), *times);
        }
        let values = Cells::from(values);
        self.call(
            block,
            Ask::Many {
                runs: pairs,
                values,
            },
        )
    }

    pub(super) fn begin(&mut self, around: Option<u64>, block: u64, kind: BlockKind) -> u64 {
        self.call(around, Ask::Begin { block, kind })
    }

    pub(super) fn end(&mut self, block: u64, keep: bool) -> u64 {
        self.call(Some(block), Ask::End { block, keep })
    }

    /// Begins a transaction and waits for it.
    pub(super) async fn open(&mut self, block: u64) {
        let call = self.begin(None, block, BlockKind::Immediate);
        self.done(call).await.result.unwrap();
    }

    /// Waits for what comes next; false at the end of the stream.
    pub(super) async fn hear(&mut self) -> bool {
        let Ok(Some(message)) = self.incoming.next().await else {
            return false;
        };
        match message {
            ToClient::Commit(commit) => self.commits.push(commit),
            ToClient::Rows { id, rows } => rows.append_to(self.rows.entry(id).or_default()),
            ToClient::Chunk { id } => self.chunks.push_back(id),
            ToClient::Done {
                id,
                shows,
                in_transaction,
                result,
            } => {
                let done = Done {
                    result: result.map_err(|faults| faults.received(OWNER, None)),
                    shows,
                    in_transaction,
                    told: self.commits.last().map(|commit| commit.number),
                };
                self.done.insert(id, done);
            }
            ToClient::Gone { closed } => self.gone = Some(closed),
            other => panic!("{other:?}"),
        }
        true
    }

    /// Waits for the end of a call.
    pub(super) async fn done(&mut self, call: u64) -> Done {
        loop {
            if let Some(done) = self.done.remove(&call) {
                return done;
            }
            assert!(self.hear().await, "the stream ended before call {call}");
        }
    }

    pub(super) async fn fails(&mut self, call: u64) -> Error {
        self.done(call).await.result.unwrap_err()
    }

    /// Waits for the end of a call and all of its rows.
    pub(super) async fn rows(&mut self, call: u64) -> Vec<Vec<Value>> {
        let last = match self.done(call).await.result.unwrap() {
            Outcome::Ran { rows, .. } | Outcome::Raw { rows, .. } => rows,
            other => panic!("{other:?}"),
        };
        let mut rows = self.rows.remove(&call).unwrap_or_default();
        last.append_to(&mut rows);
        rows
    }

    /// Waits for the next part of a stream.
    pub(super) async fn chunk(&mut self, call: u64) -> Vec<Vec<Value>> {
        while !self.chunks.contains(&call) {
            assert!(
                self.hear().await,
                "the stream ended before a part of {call}"
            );
        }
        self.chunks.retain(|other| *other != call);
        self.rows.remove(&call).unwrap_or_default()
    }

    /// Hears everything until the stream ends.
    pub(super) async fn end_of_stream(&mut self) {
        while self.hear().await {}
    }
}

const OWNER: Party = Party {
    client: None,
    process: 1,
};

fn hello_with(token: [u8; 32]) -> Hello {
    Hello {
        schema: SCHEMA,
        token,
        process: 4711,
        read_only: false,
        close_owner_on_close: false,
    }
}
