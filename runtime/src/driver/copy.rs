//! A copy of a database in a file of its own.
//!
//! In: a connection within a snapshot, and a path. Out: a database with the same pages. Invariants: the path is either
//! absent or a whole copy; whatever is in the way there stays as it is.

use std::ffi::c_int;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};

use crate::error::{Error, Result, from_rusqlite};

use super::{Access, Embedded, connect};

/// So many pages are copied between two questions whether to stop.
const PAGES: c_int = 256;
const BUSY: i32 = 5;

impl Embedded {
    /// Copies what this connection's snapshot holds; false if `stops` said so before the copy was whole.
    pub(crate) fn copy_to(&self, target: &Path, stops: impl Fn() -> bool) -> Result<bool> {
        let failed = |source| Error::Io {
            path: target.to_owned(),
            source,
        };
        refuse_taken(target).map_err(failed)?;
        let partial = Partial::beside(target).map_err(failed)?;
        if !self.copy_pages(&partial.0, stops)? {
            return Ok(false);
        }
        // Copying may have taken long.
        refuse_taken(target).map_err(failed)?;
        // A name that survives a power failure must not be that of a file which does not.
        let file = OpenOptions::new().write(true).open(&partial.0);
        let file = file.and_then(|file| file.sync_all());
        file.map_err(failed)?;
        fs::rename(&partial.0, target).map_err(failed)?;
        sync_folder_of(target);
        Ok(true)
    }

    fn copy_pages(&self, path: &Path, stops: impl Fn() -> bool) -> Result<bool> {
        let mut copy = connect(path, Access::Write, false)?;
        let backup = Backup::new(self.connection(), &mut copy).map_err(from_rusqlite)?;
        loop {
            if stops() {
                return Ok(false);
            }
            match backup.step(PAGES).map_err(from_rusqlite)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => return Err(Error::sqlite(BUSY, "database is locked")),
            }
        }
        drop(backup);
        let closed = copy.close();
        closed.map_err(|(_, error)| from_rusqlite(error))?;
        Ok(true)
    }
}

/// Brings the new name to the disk, where folders can be opened; the copy is whole in any case.
fn sync_folder_of(target: &Path) {
    if cfg!(unix) {
        let folder = target.parent().filter(|folder| *folder != Path::new(""));
        let folder = File::open(folder.unwrap_or(Path::new(".")));
        let _ = folder.and_then(|folder| folder.sync_all());
    }
}

/// Refuses a path where something is, or beside which there is a log that SQLite would play into the copy.
fn refuse_taken(target: &Path) -> io::Result<()> {
    for suffix in ["", "-journal", "-wal"] {
        let mut path = target.as_os_str().to_owned();
        path.push(suffix);
        // A link that leads nowhere is in the way as well.
        match fs::symlink_metadata(path) {
            Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A file that is removed unless it was renamed.
struct Partial(PathBuf);

impl Partial {
    fn beside(target: &Path) -> io::Result<Self> {
        let name = target.file_name().ok_or(ErrorKind::InvalidInput)?;
        for number in 0..u16::MAX {
            let mut name = name.to_owned();
            name.push(format!(".partial-{number}"));
            let path = target.with_file_name(name);
            match File::create_new(&path) {
                Ok(_) => return Ok(Self(path)),
                // Of another copy, under way or long dead.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use rusqlite::Connection;

    use super::*;

    #[test]
    fn a_copy_is_of_one_moment_and_one_that_is_stopped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let writer = Connection::open(at("a.db")).unwrap();
        let pages = "PRAGMA journal_mode = WAL; CREATE TABLE a (x); WITH RECURSIVE c (n) AS
            (VALUES (1) UNION ALL SELECT n + 1 FROM c LIMIT 1000) INSERT INTO a SELECT zeroblob(4000) FROM c";
        writer.execute_batch(pages).unwrap();
        let reader = Connection::open(at("a.db")).unwrap();
        let reader = Embedded::new(reader, Duration::ZERO).unwrap();
        reader.control("BEGIN").unwrap();
        reader.query("SELECT count(*) FROM a", &[]).unwrap();
        let asked = Cell::new(0);
        let ask = || asked.replace(asked.get() + 1);
        assert!(!reader.copy_to(&at("b.db"), || ask() == 2).unwrap());
        assert_eq!(asked.replace(0), 3);
        // Nothing but the database, its log and the index of that.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        let others_write = || {
            writer.execute("UPDATE a SET x = 1", ()).unwrap();
            ask() == usize::MAX
        };
        assert!(reader.copy_to(&at("b.db"), others_write).unwrap());
        assert!(asked.get() > 2);
        let copy = Connection::open(at("b.db")).unwrap();
        let sum = "SELECT sum(length(x)) FROM a";
        let sum: i64 = copy.query_row(sum, (), |row| row.get(0)).unwrap();
        assert_eq!(sum, 4_000_000);
    }
}
