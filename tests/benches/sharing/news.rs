//! How soon a watch in one process shows what another one writes; a third one owns the file.

use std::path::Path;
use std::time::Duration;

use crate::others::{Failure, Other, client, now, runtime};

const COMMITS: usize = 2000;

/// From the moment when the write begins until the item is in the listener's hands.
pub fn delays(file: &Path) -> Result<Vec<Duration>, Failure> {
    let mut writer = Other::start("write", file)?;
    let delays = runtime()?.block_on(async {
        let db = client(file).await?;
        let mut counts = db.readings().count().watch_one();
        counts.next().await.ok_or("the watch ends")??;
        let mut delays = Vec::new();
        for _ in 0..COMMITS {
            writer.order()?;
            counts.next().await.ok_or("the watch ends")??;
            let shown = now()?;
            let begun = Duration::from_nanos(writer.answer()?.parse()?);
            delays.push(shown.saturating_sub(begun));
        }
        db.close().await?;
        Ok::<_, Failure>(delays)
    })?;
    writer.dismiss()?;
    Ok(delays)
}
