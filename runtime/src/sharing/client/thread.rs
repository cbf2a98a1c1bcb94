//! The thread of a link.
//!
//! In: how the owner is reached. Out: a greeted connection; then, until its end, answers for those who wait and commits for
//! the hub. Invariants: messages take effect in their order; whoever waits is told when the stream ends.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::sync::{Notify, oneshot};
use tokio::time::{sleep_until, timeout};

use crate::error::{Error, Party, Result};
use crate::invalidation::wake;
use crate::queue::parked;
use crate::sharing::wire::{ToClient, ToOwner, Welcome};

use super::Bytes;
use super::frames::{self, Incoming};
use super::link::{Dial, Listener, Shared};
use super::sender::Sender;
use super::table::{End, Over, Table};

/// So long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(1);
/// So often overdue calls are looked for when none is due.
const LOOK: Duration = Duration::from_secs(60);

type Reading = Incoming<ReadHalf<Box<dyn Bytes>>>;

/// Starts the thread, and waits until it has greeted the owner.
pub(super) fn start(dial: Dial) -> Result<(Arc<Shared>, JoinHandle<()>)> {
    let (send, receive) = oneshot::channel();
    let failed = |source: io::Error| Error::Io {
        path: PathBuf::from("connecting thread"),
        source,
    };
    let thread = thread::Builder::new()
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
                match within(&dial).await {
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
        })
        .map_err(failed)?;
    let shared = parked(receive).unwrap_or(Err(Error::Closed { source: None }))?;
    Ok((shared, thread))
}

async fn within(dial: &Dial) -> Result<(Shared, Reading)> {
    let Some(patience) = dial.timeout else {
        return greet(dial).await;
    };
    match timeout(patience, greet(dial)).await {
        Ok(greeted) => greeted,
        Err(_) => Err(lost(format!(
            "the owner at {} did not answer within {patience:?}",
            dial.place
        ))),
    }
}

fn lost(reason: String) -> Error {
    Over::Lost(reason).error(false)
}

async fn greet(dial: &Dial) -> Result<(Shared, Reading)> {
    let stream = (dial.dial)().await?;
    let (reading, mut writing) = split(stream);
    let broken = |error: io::Error| lost(format!("the owner at {}: {error}", dial.place));
    let mut reading = frames::greet(reading, &mut writing, &dial.hello)
        .await
        .map_err(broken)?;
    let welcome = match reading.next().await.map_err(broken)? {
        ToClient::Welcome(welcome) => welcome,
        ToClient::Refused(faults) => {
            let owner = Party {
                client: None,
                process: 0,
            };
            return Err(faults.received(owner, None));
        }
        _ => return Err(lost(format!("the owner at {} did not greet", dial.place))),
    };
    Ok((shared(dial, writing, welcome), reading))
}

fn shared(dial: &Dial, writing: WriteHalf<Box<dyn Bytes>>, welcome: Welcome) -> Shared {
    Shared {
        table: Mutex::new(Table::default()),
        sender: Mutex::new(Sender::new(writing, welcome.longest)),
        listener: Mutex::new(Listener {
            told: None,
            commits: welcome.commits,
        }),
        in_transaction: AtomicBool::new(false),
        unwritten: Notify::new(),
        ending: Notify::new(),
        welcome,
        request: dial.request,
        heirs: OnceLock::new(),
    }
}

/// Until the link ends.
async fn serve(shared: &Shared, mut reading: Reading) {
    let over = tokio::select! {
        biased;
        over = read(shared, &mut reading) => over,
        error = write(shared) => Over::Lost(format!("the connection to the owner broke: {error}")),
        () = expire(shared) => Over::Closed,
        () = shared.ending.notified() => {
            let rest = std::future::poll_fn(|cx| shared.sender().poll_rest(cx));
            // Who does not listen learns it from the end of the stream.
            let _ = timeout(GOODBYE, rest).await;
            return;
        }
    };
    wake(shared.table().close(over.clone()));
    shared.tell_over(&over);
}

/// Takes messages in until the last one.
async fn read(shared: &Shared, reading: &mut Reading) -> Over {
    loop {
        match reading.next().await {
            Ok(message) => {
                if let Some(over) = take(shared, message) {
                    return over;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Over::Lost("the owner is gone".to_owned());
            }
            Err(error) => return Over::Lost(format!("the connection to the owner broke: {error}")),
        }
    }
}

fn take(shared: &Shared, message: ToClient) -> Option<Over> {
    let woken = match message {
        ToClient::Commit(commit) => {
            let mut listener = shared.listener();
            listener.commits = commit.number;
            let told = listener.told.clone();
            drop(listener);
            if let Some((hub, tables)) = told {
                // The others are woken right after the first ones: nobody waits for this thread's commit.
                drop(hub.publish_as(commit.number, &commit.write_set(&tables)));
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
            let open = &shared.in_transaction;
            open.store(in_transaction, Ordering::Release);
            shared.table().end(id, End::Done { shows, result })
        }
        ToClient::Gone { closed: true } => return Some(Over::Closed),
        ToClient::Gone { closed: false } => {
            return Some(Over::Lost("the owner has ended".to_owned()));
        }
        ToClient::Welcome(_) | ToClient::Refused(_) => {
            return Some(Over::Lost("the owner greeted twice".to_owned()));
        }
    };
    if let Some(waker) = woken {
        waker.wake();
    }
    None
}

/// Writes what callers could not.
async fn write(shared: &Shared) -> io::Error {
    loop {
        shared.unwritten.notified().await;
        if let Err(error) = std::future::poll_fn(|cx| shared.sender().poll_rest(cx)).await {
            return error;
        }
    }
}

/// Ends calls whose time is over.
async fn expire(shared: &Shared) {
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
