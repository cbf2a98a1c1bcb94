//! How full the write-ahead log is.
//!
//! In: the number of changed rows after each commit. Out: whether a checkpoint is due. SQLite's own automatic
//! checkpoint would delay the writer whose commit happens to fill the log, so it is off, and the log is measured
//! from outside: `journal_size_limit` cuts its file back to [`Gauge::limit`] when it starts anew, so that a longer
//! file holds more than enough. Measuring asks for the length only: opening the file and closing it again would drop
//! SQLite's locks on it.

use std::fs;
use std::path::PathBuf;

/// From how many pages on a checkpoint is worth its while; SQLite's own default.
const ENOUGH: u64 = 1000;
/// A look costs about a microsecond, so only every eighth commit pays for one.
const LOOK_EVERY: u32 = 8;
/// What the log begins with, and what it keeps beside each page: <https://www.sqlite.org/fileformat.html#the_write_ahead_log>.
const LOG_HEADER: u64 = 32;
const FRAME_HEADER: u64 = 24;

pub(super) struct Gauge {
    log: PathBuf,
    frame: u64,
    changes: u64,
    commits: u32,
    /// Rises while readers of other connections keep the log from being reset.
    due_at: u64,
}

impl Gauge {
    pub(super) fn new(database: PathBuf, page: u64) -> Self {
        let mut log = database.into_os_string();
        log.push("-wal");
        Self {
            log: PathBuf::from(log),
            frame: page + FRAME_HEADER,
            changes: 0,
            commits: 0,
            due_at: ENOUGH,
        }
    }

    /// The length, in bytes, of a log that is just not due yet.
    pub(super) fn limit(&self) -> u64 {
        LOG_HEADER + ENOUGH * self.frame
    }

    pub(super) fn is_due(&mut self, changes: u64) -> bool {
        if changes == self.changes {
            return false;
        }
        self.changes = changes;
        self.commits += 1;
        if self.commits < LOOK_EVERY {
            return false;
        }
        self.commits = 0;
        let length = fs::metadata(&self.log).map_or(0, |log| log.len());
        self.judge(length.saturating_sub(LOG_HEADER) / self.frame)
    }

    fn judge(&mut self, pages: u64) -> bool {
        if pages <= ENOUGH {
            self.due_at = ENOUGH;
        }
        let due = pages > self.due_at;
        if due {
            self.due_at = pages + ENOUGH;
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_readers_hold_on_to_is_tried_again_after_another_thousand_pages() {
        let mut gauge = Gauge::new(PathBuf::from("none"), 4096);
        assert!(!gauge.judge(1000));
        assert!(gauge.judge(1001));
        assert!(!gauge.judge(1500));
        assert!(gauge.judge(2002));
        assert!(!gauge.judge(1000));
        assert!(gauge.judge(1001));
    }

    #[test]
    fn reads_do_not_look() {
        let mut gauge = Gauge::new(PathBuf::from("none"), 4096);
        for _ in 0..100 {
            assert!(!gauge.is_due(0));
        }
        assert_eq!(gauge.commits, 0);
    }
}
