//! What a round trip to an owner costs: a point select against one byte to another process and back, over the same kind
//! of socket and with the same runtime on both sides.

#[path = "../race.rs"]
mod race;

use std::io::stdin;
use std::path::Path;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

use self::race::{Contender, race, whole};
use crate::bench_database::BenchDatabase;
use crate::others::{Failure, Other, client, runtime};

/// Rounds of the race, and how many calls each turn has.
const ROUNDS: u32 = 121;
const CALLS: u32 = 200;

/// Races the two and prints a line for each.
pub fn run(folder: &Path, file: &Path) -> Result<(), Failure> {
    let socket = folder.join("echo");
    let other = Other::start("echo", &socket)?;
    let runtime = runtime()?;
    let mut peer = runtime.block_on(UnixStream::connect(&socket))?;
    let db = runtime.block_on(client(file))?;
    let echo = Contender {
        name: "empty echo on a socket",
        rival: "empty echo on a socket",
        turn: whole(|| Ok(runtime.block_on(ask(&mut peer))?)),
    };
    let select = Contender {
        name: "point select through the owner",
        rival: echo.name,
        turn: whole(|| Ok(runtime.block_on(select(&db))?)),
    };
    for finish in race(&mut [echo, select], CALLS, ROUNDS)? {
        let [lower, median, upper] = finish.ratio;
        let time = Duration::from_secs_f64(finish.nanoseconds / 1e9);
        let ratio = format!("{median:.2} ({lower:.2}–{upper:.2}) of {}", finish.rival);
        println!("| {} | {time:.1?} | {ratio} |", finish.name);
    }
    runtime.block_on(db.close())?;
    drop(peer);
    other.dismiss()
}

async fn ask(peer: &mut UnixStream) -> std::io::Result<()> {
    let mut byte = [7];
    for _ in 0..CALLS {
        peer.write_all(&byte).await?;
        peer.read_exact(&mut byte).await?;
    }
    Ok(())
}

async fn select(db: &BenchDatabase) -> sqlitenow_runtime::Result<()> {
    for key in 1..=i64::from(CALLS) {
        db.items().by_id(key).one().await?;
    }
    Ok(())
}

/// The echo: answers one peer until it goes.
pub fn answer(socket: &Path) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let listener = UnixListener::bind(socket)?;
        println!("ready");
        let (mut peer, _) = listener.accept().await?;
        let mut byte = [0];
        while peer.read(&mut byte).await? > 0 {
            peer.write_all(&byte).await?;
        }
        for _order in stdin().lines() {}
        Ok(())
    })
}
