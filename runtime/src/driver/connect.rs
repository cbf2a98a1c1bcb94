//! Ways to a file.
//!
//! In: a path, and what may be done to the file. Out: a connection. Invariant: a file that is only read is neither made nor
//! changed; one that nobody changes needs no lock and no file beside it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result, from_rusqlite};

/// What may be done to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Access {
    #[default]
    Write,
    Read,
    /// Only read, by everybody, as long as it is open.
    Immutable,
}

/// Opens the file; `makes` one that may be written if it is missing.
pub(crate) fn connect(path: &Path, access: Access, makes: bool) -> Result<Connection> {
    if access != Access::Write {
        // SQLite's own answer names neither the file nor the reason.
        fs::metadata(path).map_err(|source| unreachable(path, source))?;
    }
    let reading = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match access {
        Access::Write if makes => Connection::open(path),
        Access::Write => Connection::open_with_flags(path, writing),
        Access::Read => Connection::open_with_flags(path, reading),
        Access::Immutable => {
            let uri = immutable_uri(path)?;
            Connection::open_with_flags(uri, reading | OpenFlags::SQLITE_OPEN_URI)
        }
    };
    connection.map_err(from_rusqlite)
}

fn unreachable(path: &Path, source: std::io::Error) -> Error {
    let path = path.to_owned();
    Error::Io { path, source }
}

/// `file:/a%20b.db?immutable=1`, <https://www.sqlite.org/uri.html>.
fn immutable_uri(path: &Path) -> Result<String> {
    let path = fs::canonicalize(path).map_err(|source| unreachable(path, source))?;
    let Some(text) = path.to_str() else {
        let source = std::io::Error::other("only a path that is UTF-8 can be opened as immutable");
        return Err(unreachable(&path, source));
    };
    let mut uri = String::from("file:");
    if !text.starts_with('/') {
        // A drive letter would be taken for the name of a computer.
        uri.push('/');
    }
    for byte in text.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'/' | b':' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => {
                // Writing into a string does not fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_in_its_uri_whatever_its_characters() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("100% of é? #1 & \"a\".db");
        let made = Connection::open(&path).unwrap();
        made.execute_batch("CREATE TABLE here (x)").unwrap();
        drop(made);
        let opened = connect(&path, Access::Immutable, false).unwrap();
        opened.prepare("SELECT x FROM here").unwrap();
    }
}
