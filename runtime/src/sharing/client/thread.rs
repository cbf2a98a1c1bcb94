//! The thread of a link.
//!
//! In: how the owner is reached. Out: a greeted connection; then, until its end, answers for those who wait and commits for
//! the hub. Invariants: messages take effect in their order; whoever waits is told when the stream ends.

use std::convert::Infallible;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::AsyncRead;
use tokio::sync::oneshot;
use tokio::time::sleep_until;

use crate::error::{Error, Party, Result};
use crate::invalidation::wake;
use crate::queue::parked;
use crate::sharing::deadline::Deadline;
use crate::sharing::wire::{
    self, Broken, Faults, Incoming, Outbox, ToClient, ToOwner, Violation, Welcome,
};

use super::Bytes;
use super::link::{Dial, Listener, Shared};
use super::sender::Sender;
use super::table::{End, Over, Table};

/// So often overdue calls are looked for when none is due.
const LOOK: Duration = Duration::from_secs(60);
/// So many bytes may a message of the owner's have.
const LONGEST: usize = i32::MAX as usize;
/// So long the owner may be silent in the middle of a message.
const SILENT: Duration = Duration::from_secs(10);
/// So long the owner may take nothing of what is sent.
const STALLED: Duration = Duration::from_secs(30);
/// So many bytes may wait to be sent before whoever can wait does.
const ROOM: usize = 16 << 20;

type Reading = Incoming<Box<dyn AsyncRead + Send + Unpin>, ToClient>;

/// Starts the thread, and waits until it has greeted the owner.
pub(super) fn start(dial: Dial) -> Result<(Arc<Shared>, oneshot::Receiver<()>)> {
    let (send, receive) = oneshot::channel();
    let (end, ended) = oneshot::channel();
    let failed = |source: io::Error| Error::Io {
        path: PathBuf::from("connecting thread"),
        source,
    };
    thread::Builder::new()
        .name("sqlitenow-link".to_owned())
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let runtime = match runtime {
                Ok(runtime) => runtime,
                Err(source) => {
                    let _ = send.send(Err(failed(source)));
                    return;
                }
            };
            runtime.block_on(async {
                match greet(&dial).await {
                    Ok((shared, reading)) => {
                        let shared = Arc::new(shared);
                        if send.send(Ok(Arc::clone(&shared))).is_ok() {
                            serve(&shared, reading).await;
                        }
                    }
                    Err(error) => {
                        let _ = send.send(Err(error));
                    }
                }
            });
            // Nobody may wait for it.
            let _ = end.send(());
        })
        .map_err(failed)?;
    let shared = parked(receive).unwrap_or(Err(Error::Closed { source: None }))?;
    Ok((shared, ended))
}

/// Connects, and says who we are.
async fn greet(dial: &Dial) -> Result<(Shared, Reading)> {
    let greeting = async {
        let stream = (dial.connect)().await?;
        shake_hands(dial, stream).await
    };
    match dial.timeout {
        Some(after) => Deadline::within(after).of(&dial.place, greeting).await,
        None => greeting.await,
    }
}

async fn shake_hands(dial: &Dial, stream: Bytes) -> Result<(Shared, Reading)> {
    let lost = |broken: Broken| broken.lost(false);
    let Bytes {
        reader: mut reading,
        writer: mut writing,
    } = stream;
    wire::greet(&mut reading, &mut writing)
        .await
        .map_err(lost)?;
    let mut reading = Incoming::new(reading, LONGEST, Some(SILENT));
    let outbox = Outbox::new(writing, ROOM);
    let hello = ToOwner::Hello(dial.hello.clone());
    outbox.push(&hello).map_err(lost)?;
    let answer = tokio::select! {
        answer = reading.next() => answer.map_err(lost)?,
        written = outbox.write(None) => return Err(lost(written.err().unwrap_or(Broken::Ended))),
    };
    match answer {
        Some(ToClient::Welcome(welcome)) => Ok((shared(dial, outbox, welcome), reading)),
        Some(ToClient::Refused(faults)) => {
            let owner = Party {
                client: None,
                process: 0,
            };
            Err(faults.received(owner, None))
        }
        Some(_) => Err(lost(Violation::OutOfOrder("no greeting").into())),
        None => Err(lost(Broken::Cut)),
    }
}

fn shared(dial: &Dial, outbox: Arc<Outbox>, welcome: Welcome) -> Shared {
    Shared {
        table: Mutex::new(Table::default()),
        sender: Mutex::new(Sender::new(Arc::clone(&outbox), welcome.longest)),
        listener: Mutex::new(Listener {
            told: None,
            commits: welcome.commits,
            offset: 0,
        }),
        in_transaction: AtomicBool::new(false),
        outbox,
        welcome,
        port: dial.port.clone(),
        request: dial.request,
        goes_on: dial.goes_on,
        ending: AtomicBool::new(false),
        heirs: OnceLock::new(),
    }
}

/// Until the link ends.
async fn serve(shared: &Shared, mut reading: Reading) {
    let over = tokio::select! {
        biased;
        over = read(shared, &mut reading) => over,
        written = shared.outbox.write(Some(STALLED)) => match written {
            Ok(()) => Over::Closed,
            Err(broken) => Over::Lost(broken),
        },
        never = expire(shared) => match never {},
    };
    shared.outbox.cut(Broken::Ended);
    wake(shared.table().close(over.clone()));
    shared.tell_over(&over);
}

/// Takes messages in until the last one.
async fn read(shared: &Shared, reading: &mut Reading) -> Over {
    loop {
        match reading.next().await {
            Ok(Some(message)) => {
                if let Some(over) = take(shared, message) {
                    return over;
                }
            }
            Ok(None) => return Over::Lost(Broken::Cut),
            Err(broken) => return Over::Lost(broken),
        }
    }
}

fn take(shared: &Shared, message: ToClient) -> Option<Over> {
    let woken = match message {
        ToClient::Commit(commit) => {
            let mut listener = shared.listener();
            listener.commits = commit.number;
            let (told, offset) = (listener.told.clone(), listener.offset);
            drop(listener);
            if let Some((hub, tables)) = told {
                // The others are woken right after the first ones: nobody waits for this thread's commit.
                let number = commit.number + offset;
                drop(hub.publish_as(number, &commit.write_set(&tables)));
            }
            None
        }
        ToClient::Rows { id, rows } => {
            shared.table().rows(id, rows);
            None
        }
        ToClient::Chunk { id } => shared.table().pause(id),
        ToClient::Done {
            id,
            shows,
            in_transaction,
            result,
        } => {
            if shared.table().tells(id) {
                let open = &shared.in_transaction;
                open.store(in_transaction, Ordering::Release);
            }
            if result.as_ref().is_err_and(Faults::is_closed) {
                shared.ending.store(true, Ordering::Release);
            }
            let shows = shows + shared.listener().offset;
            shared.table().end(id, End::Done { shows, result })
        }
        ToClient::Gone { closed } if closed || !shared.goes_on => return Some(Over::Closed),
        ToClient::Gone { .. } => {
            return Some(Over::Lost(Broken::Ended));
        }
        ToClient::Welcome(_) | ToClient::Refused(_) => {
            return Some(Over::Lost(
                Violation::OutOfOrder("a second greeting").into(),
            ));
        }
    };
    if let Some(waker) = woken {
        waker.wake();
    }
    None
}

/// Ends calls whose time is over.
async fn expire(shared: &Shared) -> Infallible {
    let pause = shared.request.unwrap_or(LOOK).min(LOOK);
    let mut next = Instant::now() + pause;
    loop {
        sleep_until(next.into()).await;
        let now = Instant::now();
        let (late, due) = shared.table().expire(now);
        for (id, waker) in late {
            shared.post(&ToOwner::Cancel { id });
            if let Some(waker) = waker {
                waker.wake();
            }
        }
        next = due.unwrap_or(now + pause).min(now + pause);
    }
}
