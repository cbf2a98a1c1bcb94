//! How soon a write that waits goes on when the process in whose transaction it waits is killed.

use std::path::Path;
use std::pin::pin;
use std::time::{Duration, Instant};

use crate::others::{Failure, Other, client, reading, runtime};

const DEATHS: usize = 50;

/// From the signal until the write is acknowledged.
pub fn delays(file: &Path) -> Result<Vec<Duration>, Failure> {
    runtime()?.block_on(async {
        let db = client(file).await?;
        let mut delays = Vec::new();
        for _ in 0..DEATHS {
            let holder = Other::start("hold", file)?;
            let reading = reading();
            let mut write = pin!(db.readings().add(&reading).execute());
            // Long enough for the request to stand in the owner's queue.
            let early = tokio::time::timeout(Duration::from_millis(20), &mut write).await;
            if early.is_ok() {
                return Err("a write overtook a transaction".into());
            }
            let killed = Instant::now();
            holder.kill()?;
            write.await?;
            delays.push(killed.elapsed());
        }
        db.close().await?;
        Ok(delays)
    })
}
