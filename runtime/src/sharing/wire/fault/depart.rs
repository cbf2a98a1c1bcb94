//! An error becomes a list of faults.

use crate::error::{ConstraintKind, Error, Origin};

use super::cause::WireCause;
use super::{Fault, Faults, WireConstraint};

/// Errors that lie deeper are told by their text; with two in one at most, [`MOST`](super::MOST) are never exceeded.
const DEEPEST: usize = 3;

impl From<&Error> for Faults {
    fn from(error: &Error) -> Self {
        let mut list = Vec::new();
        add(error, 0, &mut list);
        let element = error.origin().and_then(Origin::element);
        Self {
            list,
            element: element.and_then(|element| u64::try_from(element).ok()),
        }
    }
}

/// Adds an error and those in it.
fn add(error: &Error, depth: usize, list: &mut Vec<Fault>) {
    let inner: [Option<&Error>; 2] = match error {
        Error::Closed { source } => [source.as_deref(), None],
        Error::Unopened { source } => [Some(source), None],
        Error::Migration { source, .. } => [Some(source), None],
        Error::Transaction { primary, cleanup } => [Some(primary), Some(cleanup)],
        _ => [None, None],
    };
    if depth == DEEPEST && inner[0].is_some() {
        list.push(Fault::Sqlite {
            code: 1,
            extended: 1,
            message: error.to_string(),
            source: std::error::Error::source(error).map(WireCause::of),
        });
        return;
    }
    list.push(of_queue(error));
    for error in inner.into_iter().flatten() {
        add(error, depth + 1, list);
    }
}

/// Those of the queue, of blocks and of handles.
fn of_queue(error: &Error) -> Fault {
    match error {
        Error::Closed { source } => Fault::Closed {
            source: source.is_some(),
        },
        Error::Busy { waited, .. } => Fault::Busy { waited: *waited },
        Error::Deadlock { waiting, holding } => Fault::Deadlock {
            waiting: waiting.into(),
            holding: holding.into(),
        },
        Error::Deadline {
            after,
            waiting,
            holding,
        } => Fault::Deadline {
            after: *after,
            waiting: waiting.into(),
            holding: holding.as_ref().map(Into::into),
        },
        Error::TransactionEnded { block } => Fault::TransactionEnded {
            block: block.into(),
        },
        Error::Transaction { .. } => Fault::Transaction,
        Error::Unsupported { capability } => Fault::Unsupported {
            capability: capability.to_string(),
        },
        Error::BlockingInAsync { door, caller } => Fault::BlockingInAsync {
            door: door.to_string(),
            caller: caller.into(),
        },
        Error::Remote {
            reason,
            may_have_run,
            source,
            ..
        } => Fault::Remote {
            reason: reason.to_string(),
            may_have_run: *may_have_run,
            source: source.as_ref().map(Into::into),
        },
        _ => of_opening(error),
    }
}

/// Those of opening.
fn of_opening(error: &Error) -> Fault {
    match error {
        Error::Unopened { .. } => Fault::Unopened,
        Error::Delayed { source } => Fault::Delayed {
            source: source.into(),
        },
        Error::Migration {
            version,
            file,
            statement,
            ..
        } => Fault::Migration {
            version: *version,
            file: file.clone(),
            statement: statement.clone(),
        },
        Error::NewerDatabase { found, known } => Fault::NewerDatabase {
            found: *found,
            known: *known,
        },
        Error::OlderDatabase { found, known } => Fault::OlderDatabase {
            found: *found,
            known: *known,
        },
        Error::Unversioned { table } => Fault::Unversioned {
            table: table.clone(),
        },
        Error::SchemaMismatch { ours, theirs } => Fault::SchemaMismatch {
            ours: ours.clone(),
            theirs: theirs.clone(),
        },
        Error::Io { path, source } => Fault::Io {
            path: path.to_string_lossy().into_owned(),
            source: source.into(),
        },
        _ => of_owner(error),
    }
}

/// Those of whoever looks for an owner, which an owner may be itself.
fn of_owner(error: &Error) -> Fault {
    match error {
        Error::NoOwner { place, source } => Fault::NoOwner {
            place: place.clone(),
            source: source.as_ref().map(Into::into),
        },
        Error::Owned { place } => Fault::Owned {
            place: place.clone(),
        },
        Error::Unanswered { place, after } => Fault::Unanswered {
            place: place.clone(),
            after: *after,
        },
        Error::Untrusted { path, reason } => Fault::Untrusted {
            path: path.to_string_lossy().into_owned(),
            reason: reason.to_string(),
        },
        Error::Port { reason } => Fault::Port {
            reason: reason.to_string(),
        },
        _ => of_statement(error),
    }
}

/// Those of statements, and whatever else there may be one day.
fn of_statement(error: &Error) -> Fault {
    match error {
        Error::Constraint {
            kind,
            table,
            columns,
            message,
            ..
        } => Fault::Constraint {
            kind: (*kind).into(),
            table: table.clone(),
            columns: columns.clone(),
            message: message.clone(),
        },
        Error::RowCount {
            expected, found, ..
        } => Fault::RowCount {
            expected: expected.to_string(),
            found: u64::try_from(*found).unwrap_or(u64::MAX),
        },
        Error::Convert {
            column,
            expected,
            found,
            ..
        } => Fault::Convert {
            column: column.clone(),
            expected: expected.to_string(),
            found: found.clone(),
        },
        Error::Adapter {
            column,
            class,
            source,
            ..
        } => Fault::Adapter {
            column: column.clone(),
            class: class.to_string(),
            source: source.into(),
        },
        Error::Map { target, source, .. } => Fault::Map {
            target: target.to_string(),
            source: source.into(),
        },
        Error::ReadOnly { .. } => Fault::ReadOnly,
        Error::Refused { reason, .. } => Fault::Refused {
            reason: reason.to_string(),
        },
        Error::Sqlite {
            code,
            extended,
            message,
            source,
            ..
        } => Fault::Sqlite {
            code: *code,
            extended: *extended,
            message: message.clone(),
            source: source.as_ref().map(Into::into),
        },
        other => Fault::Sqlite {
            code: 1,
            extended: 1,
            message: other.to_string(),
            source: std::error::Error::source(other).map(WireCause::of),
        },
    }
}

impl From<ConstraintKind> for WireConstraint {
    fn from(kind: ConstraintKind) -> Self {
        match kind {
            ConstraintKind::Unique => Self::Unique,
            ConstraintKind::PrimaryKey => Self::PrimaryKey,
            ConstraintKind::NotNull => Self::NotNull,
            ConstraintKind::Check => Self::Check,
            ConstraintKind::ForeignKey => Self::ForeignKey,
            ConstraintKind::Trigger => Self::Trigger,
            ConstraintKind::DataType => Self::DataType,
            ConstraintKind::Other => Self::Other,
        }
    }
}
