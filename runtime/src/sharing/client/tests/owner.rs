//! An owner that is spoken by hand, and a database that has it for an owner.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{DuplexStream, ReadHalf, duplex, split};
use tokio::sync::mpsc;

use crate::options::Builder;
use crate::sharing::wire::{
    self, Ask, Call, Counts, Incoming, Outbox, Outcome, Rows, Schema, ToClient, ToOwner, Welcome,
    WireCommit,
};
use crate::v1::{
    Binder, Bound, Changes, Database, Execute, Handle, Migrations, Query, Reads, Row, Script,
    Select, Statement, Value, Writes,
};

use super::super::connect::hello;
use super::super::link::{Dial, Dialing};
use super::super::options::ConnectOptions;

const MIGRATIONS: Migrations = Migrations {
    schema: &[Script::new(
        "schema/note.sql",
        "CREATE TABLE note (text TEXT NOT NULL UNIQUE)",
    )],
    ..Migrations::NONE
};

crate::v1::database! {
    /// Notes.
    pub struct Notes {
        transaction: NotesTransaction,
        connection: NotesConnection,
        migrations: MIGRATIONS,
        statements: 2,
    }
}

/// Texts of all notes.
pub struct All;

impl Bound for All {
    const STATEMENT: &'static Statement = &Statement {
        number: 0,
        name: "all",
        sql: "SELECT text FROM note",
        columns: &["text"],
        reads: &[Reads("note", &["text"])],
        ..Statement::EMPTY
    };

    fn bind(&self, _: &mut Binder<'_>) -> crate::Result<()> {
        Ok(())
    }
}

impl Query for All {
    type Row = String;

    fn read(row: &Row<'_>) -> crate::Result<String> {
        row.get(0)
    }
}

/// Adds a note.
pub struct Add(pub &'static str);

impl Bound for Add {
    const STATEMENT: &'static Statement = &Statement {
        number: 1,
        name: "add",
        sql: "INSERT INTO note (text) VALUES (:text)",
        parameters: &[":text"],
        writes: &[Writes::Insert("note")],
        ..Statement::EMPTY
    };

    fn bind(&self, to: &mut Binder<'_>) -> crate::Result<()> {
        to.bind(1, self.0)
    }
}

impl Notes {
    pub fn untyped(&self) -> &Database {
        &self.0
    }

    #[track_caller]
    pub fn all(&self) -> Select<'_, Database, All> {
        Select::new(&self.0, All)
    }

    #[track_caller]
    pub fn add(&self, text: &'static str) -> Execute<'_, Database, Add> {
        Execute::new(&self.0, Add(text))
    }
}

impl NotesConnection<'_> {
    #[track_caller]
    pub fn all(&self) -> Select<'_, crate::v1::Connection, All> {
        Select::new(self.0, All)
    }
}

impl NotesTransaction {
    #[track_caller]
    pub fn add(&self, text: &'static str) -> Execute<'_, crate::v1::Transaction, Add> {
        Execute::new(&self.0, Add(text))
    }
}

/// The other end of a link.
pub struct Owner {
    incoming: Incoming<ReadHalf<DuplexStream>, ToOwner>,
    outbox: Arc<Outbox>,
    commits: u64,
}

pub const WELCOME: Welcome = Welcome {
    client: 7,
    schema: Schema {
        version: 1,
        hash: 0,
    },
    commits: 40,
    readers: 0,
    process: 4711,
    longest: 1 << 20,
};

/// A builder whose database reaches whoever takes the streams.
pub fn builder(
    options: &ConnectOptions,
) -> (Builder<Notes>, mpsc::UnboundedReceiver<DuplexStream>) {
    let (send, streams) = mpsc::unbounded_channel();
    let connect = move || -> Dialing {
        let (near, far) = duplex(1 << 16);
        let taken = send.send(far).is_ok();
        Box::pin(async move {
            if taken {
                Ok(super::super::Bytes::of(near))
            } else {
                Err(crate::Error::NoOwner {
                    place: "here".to_owned(),
                    source: None,
                })
            }
        })
    };
    let dial = Dial {
        connect: Arc::new(connect),
        place: "here".to_owned(),
        port: None,
        hello: hello(Schema::from(&Notes::MIGRATIONS), [3; 32], options),
        timeout: options.timeout,
        request: options.request,
        goes_on: false,
    };
    (Builder::new(()).through(dial), streams)
}

/// An open client and its owner.
pub async fn connected() -> (Notes, Owner) {
    connected_with(&ConnectOptions::new()).await
}

pub async fn connected_with(options: &ConnectOptions) -> (Notes, Owner) {
    let (builder, mut streams) = builder(options);
    let owner = async { Owner::greet(streams.recv().await.unwrap(), WELCOME).await };
    let (notes, owner) = tokio::join!(builder.open(), owner);
    (notes.unwrap(), owner)
}

impl Owner {
    pub async fn greet(stream: DuplexStream, welcome: Welcome) -> Self {
        let (mut reading, mut writing) = split(stream);
        wire::greet(&mut reading, &mut writing).await.unwrap();
        let mut owner = Self {
            incoming: Incoming::new(reading, 1 << 20, None),
            outbox: Outbox::new(writing, 1 << 20),
            commits: welcome.commits,
        };
        let ToOwner::Hello(hello) = owner.next().await else {
            panic!("no greeting");
        };
        assert_eq!(hello.schema, Schema::from(&Notes::MIGRATIONS));
        owner.say(&ToClient::Welcome(welcome));
        owner
    }

    pub async fn next(&mut self) -> ToOwner {
        let next = tokio::time::timeout(Duration::from_secs(5), self.incoming.next()).await;
        next.expect("a message").unwrap().expect("no end")
    }

    /// The next call, past definitions.
    pub async fn call(&mut self) -> Call {
        loop {
            match self.next().await {
                ToOwner::Call(call) => return call,
                ToOwner::Define(_) => {}
                other => panic!("found {other:?}, expected a call"),
            }
        }
    }

    pub fn say(&self, message: &ToClient) {
        self.outbox.push(message).unwrap();
    }

    pub fn done(&self, call: &Call, in_transaction: bool, outcome: Outcome) {
        self.say(&ToClient::Done {
            id: call.id,
            shows: self.commits,
            in_transaction,
            result: Ok(outcome),
        });
    }

    pub fn fail(&self, call: &Call, error: &crate::Error) {
        self.say(&ToClient::Done {
            id: call.id,
            shows: self.commits,
            in_transaction: false,
            result: Err(error.into()),
        });
    }

    /// Answers a query with these texts.
    pub fn answer(&self, call: &Call, texts: &[&str]) {
        self.done(call, call.block.is_some(), ran(texts));
    }

    /// Tells of another commit.
    pub fn commit(&mut self) {
        self.commits += 1;
        let tables = crate::invalidation::Tables::default();
        let set = tables.write_set(&[Writes::Insert("note")]);
        let commit = WireCommit::new(self.commits, &set, &tables);
        self.say(&ToClient::Commit(commit));
    }
}

pub fn rows(texts: &[&str]) -> Rows {
    let cells: Vec<Vec<Value>> = texts
        .iter()
        .map(|text| vec![Value::Text((*text).to_owned())])
        .collect();
    Rows::from(cells.as_slice())
}

pub fn ran(texts: &[&str]) -> Outcome {
    Outcome::Ran {
        rows: rows(texts),
        counts: Counts::from(Changes::new(1, 5)),
        wrote: false,
    }
}

/// Whether this is a run of the statement that adds.
pub fn adds(ask: &Ask) -> bool {
    matches!(ask, Ask::Run { execute: true, .. })
}
