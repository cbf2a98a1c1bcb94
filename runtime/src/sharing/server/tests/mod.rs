//! An owner at one end of a stream in memory, and at the other one a client that is written by hand.

mod client;
mod ends;
mod hostile;
mod narrow;
mod told;
mod turns;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use self::client::Client;
use super::handshake::attend;
use super::{ServeOptions, Server};
use crate::database::{Database, Handle};
use crate::migration::{Migrations, Script};
use crate::options::Builder;
use crate::queue::Frame;
use crate::sharing::token::Token;
use crate::sharing::wire::Schema;
use crate::statement::{Key, Statement, Writes};

const SCHEMA: Schema = Schema {
    version: 1,
    hash: 7,
};

#[derive(Clone)]
struct Notes(Database);

impl Handle for Notes {
    type Adapters = ();

    const MIGRATIONS: Migrations = Migrations {
        version: 1,
        schema: &[Script::new(
            "schema/note.sql",
            "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL, seen INTEGER);
             CREATE TABLE log (body TEXT);",
        )],
        ..Migrations::NONE
    };
    const STATEMENTS: usize = 4;

    fn from_database(database: Database) -> Self {
        Self(database)
    }

    fn database(&self) -> &Database {
        &self.0
    }
}

static ADD: Statement = Statement {
    number: 0,
    name: "note.add",
    sql: "INSERT INTO note (body) VALUES (?1)",
    parameters: &["?1"],
    writes: &[Writes::Insert("note")],
    short: true,
    ..Statement::EMPTY
};

static ALL: Statement = Statement {
    number: 1,
    name: "note.all",
    sql: "SELECT id, body FROM note ORDER BY id",
    columns: &["id", "body"],
    ..Statement::EMPTY
};

static SEE: Statement = Statement {
    number: 2,
    name: "note.see",
    sql: "UPDATE note SET seen = 1 WHERE id = ?1",
    parameters: &["?1"],
    writes: &[Writes::Update("note", &["seen"])],
    keys: &[Key("note", 1)],
    short: true,
    ..Statement::EMPTY
};

/// Reads for ever.
static ENDLESS: Statement = Statement {
    number: 3,
    name: "note.endless",
    sql: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    columns: &["count"],
    short: true,
    ..Statement::EMPTY
};

/// Reads for ever, and says so.
static LONG: Statement = Statement {
    number: 4,
    name: "note.long",
    sql: ENDLESS.sql,
    columns: &["count"],
    ..Statement::EMPTY
};

/// An hour: nothing here waits for a deadline that it does not name.
const HOUR: Option<Duration> = Some(Duration::from_secs(3600));

struct Owner {
    db: Database,
    server: Arc<Server>,
}

impl Owner {
    async fn of(builder: Builder<Notes>, options: ServeOptions) -> Self {
        let db = builder.queue_wait(HOUR).open().await.unwrap().0;
        Self::serving(db, None, options)
    }

    fn serving(db: Database, own: Option<Arc<Frame>>, options: ServeOptions) -> Self {
        let (core, token) = (Arc::clone(db.core()), Token::random().unwrap());
        let server = Server::new(core, own, SCHEMA, token, options);
        Self { db, server }
    }

    async fn in_memory() -> Self {
        let options = ServeOptions::new().idle_transaction(HOUR);
        Self::of(Builder::new(()), options).await
    }

    /// A stream to the server, and what ends with it.
    fn stream(&self) -> (tokio::io::DuplexStream, JoinHandle<()>) {
        let (theirs, ours) = tokio::io::duplex(64 << 10);
        let server = Arc::clone(&self.server);
        let attending = tokio::spawn(async move {
            let (reader, writer) = tokio::io::split(theirs);
            attend(&server, reader, writer).await;
        });
        (ours, attending)
    }

    async fn client(&self) -> Client {
        self.client_as(|_| {}).await
    }

    async fn client_as(&self, change: impl FnOnce(&mut crate::sharing::wire::Hello)) -> Client {
        let mut client = self.stranger(change).await;
        client.welcome().await;
        client
    }

    /// One that has said who it is, and knows no answer yet.
    async fn stranger(&self, change: impl FnOnce(&mut crate::sharing::wire::Hello)) -> Client {
        let (stream, attending) = self.stream();
        Client::new(stream, attending, *self.server.token.bytes(), change).await
    }

    async fn bodies(&self) -> Vec<String> {
        let rows = self.db.query_raw("SELECT body FROM note ORDER BY id", ());
        let rows = rows.await.unwrap().rows;
        let text = |row: Vec<crate::value::Value>| match row.into_iter().next() {
            Some(crate::value::Value::Text(body)) => body,
            other => panic!("{other:?}"),
        };
        rows.into_iter().map(text).collect()
    }

    /// Waits until so many calls wait in the queue.
    async fn until_waiting(&self, calls: usize) {
        while self.db.status().waiting < calls {
            tokio::task::yield_now().await;
        }
    }

    /// Waits until so many clients are there.
    async fn until_clients(&self, clients: usize) {
        while self.db.status().clients != clients {
            tokio::task::yield_now().await;
        }
    }
}
