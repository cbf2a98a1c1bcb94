//! Who may come in.
//!
//! In: a stream that somebody has opened. Out: a client that is welcome, or why it is not. Invariants: nothing of the database
//! is told before the token was right; the handshake takes no longer than it may; a client of another schema or of another
//! protocol learns both versions.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};

use crate::error::{Error, Party, Result};
use crate::sharing::wire::{
    Broken, Faults, Hello, Incoming, Outbox, Schema, ToClient, ToOwner, Welcome, greet,
};

use crate::trace;

use super::Server;
use super::connection::{self, Connection, Left, out_of_order};

/// So many bytes may wait to be written before those who have more to say do.
const BOUND: usize = 1 << 20;
/// More than a beginning takes.
const BEGINNING: usize = 4 << 10;

/// Who was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attended {
    /// Somebody who was not let in.
    Stranger,
    /// A client, with which the owner is to end or not.
    Came { takes_owner: bool },
}

/// Serves whoever is at the other end of a stream, if he may come in.
pub(super) async fn attend(
    server: &Arc<Server>,
    mut reader: impl AsyncRead + Send + Unpin,
    mut writer: impl AsyncWrite + Send + Unpin + 'static,
) -> Attended {
    let patience = server.options.handshake;
    if let Err(broken) = within(patience, greet(&mut reader, &mut writer)).await {
        trace::broken(None, &broken);
        return Attended::Stranger;
    }
    let outbox = Outbox::new(writer, BOUND);
    let flush = {
        let (outbox, stall) = (Arc::clone(&outbox), server.options.stall);
        async move { outbox.write(stall).await }
    };
    let converse = async {
        let outcome = come_in(server, reader, &outbox).await;
        outbox.close();
        outcome
    };
    // Both to their end: what was said last is still written.
    let (outcome, _) = tokio::join!(converse, flush);
    outcome.unwrap_or_else(|broken| {
        trace::broken(None, &broken);
        Attended::Stranger
    })
}

async fn come_in(
    server: &Arc<Server>,
    reader: impl AsyncRead + Unpin,
    outbox: &Arc<Outbox>,
) -> Result<Attended, Broken> {
    let mut incoming = Incoming::new(reader, BEGINNING, server.options.silence);
    let first = within(server.options.handshake, incoming.next()).await;
    let hello = match first.map_err(|broken| outbox.cut(broken))? {
        Some(ToOwner::Hello(hello)) => hello,
        Some(_) => return Err(outbox.cut(out_of_order("no beginning"))),
        None => return Ok(Attended::Stranger),
    };
    let seat = match server.admit(&hello) {
        Ok(seat) => seat,
        Err(error) => {
            outbox.push(&ToClient::Refused(Faults::from(&error)))?;
            return Ok(Attended::Stranger);
        }
    };
    let party = Party {
        client: Some(seat.client),
        process: hello.process,
    };
    let may_write = !hello.read_only && !server.options.read_only;
    let knows = hello.schema != Schema::NONE;
    let connection = Connection::new(server, outbox, party, may_write, knows);
    let welcome = ToClient::Welcome(Welcome {
        client: seat.client,
        schema: server.schema,
        commits: connection.answers().since(),
        readers: server.readers(),
        process: std::process::id(),
        longest: u64::try_from(server.options.message).unwrap_or(u64::MAX),
    });
    outbox.push(&welcome)?;
    incoming.set_longest(server.options.message);
    let left = connection::serve(&connection, incoming, outbox).await;
    drop(connection);
    if let Left::Broken(broken) = left {
        trace::broken(Some(seat.client), &outbox.cut(broken));
    }
    Ok(Attended::Came {
        takes_owner: hello.close_owner_on_close && may_write,
    })
}

/// Says why a client may not come in.
pub(super) fn check(server: &Server, hello: &Hello) -> Result<()> {
    if !server.token.matches(&hello.token) {
        return Err(Error::Refused {
            reason: "the port's token is not that of the owner: ask for the port again".into(),
            origin: None,
        });
    }
    if hello.schema == Schema::NONE {
        // It will be held to that.
        return Ok(());
    }
    hello.schema.meet(server.schema)
}

async fn within<T>(
    patience: Option<Duration>,
    work: impl Future<Output = Result<T, Broken>>,
) -> Result<T, Broken> {
    match patience {
        None => work.await,
        Some(after) => tokio::time::timeout(after, work)
            .await
            .unwrap_or(Err(Broken::Silent { after })),
    }
}
