//! Messages: lower case, names in backticks, *found* before *expected*.

use std::error;
use std::fmt;

use super::{Error, Origin};

struct In<'a>(&'a Option<Box<Origin>>);

impl fmt::Display for In<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(origin) => write!(f, " ({origin})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_of_database(f)
    }
}

impl Error {
    /// The errors that can name a statement.
    fn fmt_of_statement(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy { waited, origin } => write!(
                f,
                "the database is locked by another connection, waited {waited:?}{}",
                In(origin)
            ),
            Self::Constraint {
                message, origin, ..
            } => write!(f, "{message}{}", In(origin)),
            Self::RowCount {
                expected,
                found,
                origin,
            } => {
                let found = match found {
                    0 => "no row",
                    1 => "one row",
                    _ => "more than one row",
                };
                write!(f, "found {found}, expected {expected}{}", In(origin))
            }
            Self::Convert {
                column,
                expected,
                found,
                origin,
            } => write!(
                f,
                "column `{column}`: found {found}, expected {expected}{}",
                In(origin)
            ),
            Self::Adapter {
                column,
                class,
                source,
                origin,
            } => write!(
                f,
                "column `{column}`: the adapter refused {class}: {source}{}",
                In(origin)
            ),
            Self::Map {
                target,
                source,
                origin,
            } => write!(f, "`{target}` refused a row: {source}{}", In(origin)),
            Self::ReadOnly { origin } => write!(
                f,
                "a statement that writes was run where only reading is possible{}",
                In(origin)
            ),
            Self::Refused { reason, origin } => write!(f, "{reason}{}", In(origin)),
            Self::Remote {
                reason,
                may_have_run,
                origin,
                ..
            } => {
                let unknown = if *may_have_run {
                    ", and it is not known whether the call was carried out"
                } else {
                    ""
                };
                write!(f, "{reason}{unknown}{}", In(origin))
            }
            Self::Sqlite {
                extended,
                message,
                origin,
                ..
            } => {
                write!(f, "{message} (code {extended}){}", In(origin))
            }
            _ => Ok(()),
        }
    }

    /// The others.
    fn fmt_of_database(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed { source: None } => f.write_str("the database is closed"),
            Self::Closed { source: Some(_) } => f.write_str("the database had to be closed"),
            Self::Unopened { source } => write!(f, "the database could not be opened: {source}"),
            Self::Delayed { source } => {
                write!(f, "nobody could say which database to open: {source}")
            }
            Self::Deadlock { waiting, holding } => write!(
                f,
                "the call at {waiting} waits for the block started at {holding}, \
                 which waits for the call"
            ),
            Self::Deadline {
                after,
                waiting,
                holding,
            } => {
                write!(f, "the call at {waiting} waited {after:?} in the queue")?;
                match holding {
                    Some(holding) => write!(f, ", which is held by {holding}"),
                    None => Ok(()),
                }
            }
            Self::TransactionEnded { block } => {
                write!(f, "the transaction started at {block} has ended")
            }
            Self::Migration {
                version,
                file,
                statement,
                ..
            } => write!(
                f,
                "migration to version {version} failed in `{file}` at `{statement}`"
            ),
            Self::NewerDatabase { found, known } => write!(
                f,
                "the file has version {found}, but the newest version known here is {known}"
            ),
            Self::OlderDatabase { found, known } => write!(
                f,
                "the file has version {found} and may only be read, but version {known} is needed: \
                 open it once for writing"
            ),
            Self::Unversioned { table } => write!(
                f,
                "the file has tables (`{table}`) but no version, and no migration 0001 made them: \
                 if they are those of `schema/`, say `adopt_existing`"
            ),
            Self::SchemaMismatch { ours, theirs } => {
                write!(f, "the schema differs: found {theirs}, expected {ours}")
            }
            Self::Io { path, source } => write!(f, "`{}`: {source}", path.display()),
            Self::Transaction { primary, cleanup } => {
                write!(
                    f,
                    "{primary}; the ROLLBACK after it failed as well: {cleanup}"
                )
            }
            Self::Unsupported { capability } => {
                write!(
                    f,
                    "the driver of this database does not support {capability}"
                )
            }
            Self::BlockingInAsync { door, caller } => write!(
                f,
                "`{door}` was called at {caller} inside an async context, which it would block; \
                 use the async door there, in `spawn_blocking` too"
            ),
            #[cfg(feature = "sharing")]
            _ => self.fmt_of_sharing(f),
            #[cfg(not(feature = "sharing"))]
            _ => self.fmt_of_statement(f),
        }
    }

    /// Those of owners and clients.
    #[cfg(feature = "sharing")]
    fn fmt_of_sharing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoOwner { place, .. } => write!(f, "nobody serves `{place}`"),
            Self::Owned { place } => write!(f, "`{place}` has an owner already"),
            Self::Unanswered { place, after } => {
                write!(f, "the owner of `{place}` did not answer within {after:?}")
            }
            Self::Untrusted { path, reason } => {
                write!(f, "`{}` is not trusted: {reason}", path.display())
            }
            Self::Port { reason } => write!(f, "this is no port: {reason}"),
            _ => self.fmt_of_statement(f),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Closed {
                source: Some(source),
            }
            | Self::Unopened { source } => Some(source.as_ref()),
            Self::Delayed { source } => Some(source.as_ref()),
            Self::Migration { source, .. } => Some(source.as_ref()),
            Self::Io { source, .. } => Some(source),
            #[cfg(feature = "sharing")]
            Self::NoOwner {
                source: Some(source),
                ..
            } => Some(source),
            Self::Transaction { primary, .. } => Some(primary.as_ref()),
            Self::Sqlite {
                source: Some(source),
                ..
            }
            | Self::Remote {
                source: Some(source),
                ..
            }
            | Self::Adapter { source, .. }
            | Self::Map { source, .. } => {
                let source: &(dyn error::Error + 'static) = source.as_ref();
                Some(source)
            }
            _ => None,
        }
    }
}
