//! A list of faults becomes an error.

use std::sync::Arc;
use std::vec;

use crate::error::{ConstraintKind, Error, Party};

use super::{Fault, Faults, WireConstraint};

impl Faults {
    /// The error, as the receiver shows it. It names no statement; [`element`](Self::element) says which of many it was.
    pub(crate) fn received(self, sender: Party, own: Option<Party>) -> Error {
        let mut arrival = Arrival {
            rest: self.list.into_iter(),
            sender,
            own,
        };
        arrival.next()
    }
}

struct Arrival {
    rest: vec::IntoIter<Fault>,
    sender: Party,
    own: Option<Party>,
}

impl Arrival {
    /// The next error with those in it.
    fn next(&mut self) -> Error {
        let Some(fault) = self.rest.next() else {
            // Never so: lists that are not whole are refused when they come.
            return Error::Closed { source: None };
        };
        match fault {
            Fault::Closed { source } => Error::Closed {
                source: source.then(|| Arc::new(self.next())),
            },
            Fault::Unopened => Error::Unopened {
                source: Arc::new(self.next()),
            },
            Fault::Migration {
                version,
                file,
                statement,
            } => Error::Migration {
                version,
                file,
                statement,
                source: Box::new(self.next()),
            },
            Fault::Transaction => Error::Transaction {
                primary: Box::new(self.next()),
                cleanup: Arc::new(self.next()),
            },
            fault => self.placed(fault),
        }
    }

    /// Those that name places.
    fn placed(&self, fault: Fault) -> Error {
        let site = |site: super::WireSite| site.received(self.sender, self.own);
        match fault {
            Fault::Deadlock { waiting, holding } => Error::Deadlock {
                waiting: site(waiting),
                holding: site(holding),
            },
            Fault::Deadline {
                after,
                waiting,
                holding,
            } => Error::Deadline {
                after,
                waiting: site(waiting),
                holding: holding.map(site),
            },
            Fault::TransactionEnded { block } => Error::TransactionEnded { block: site(block) },
            Fault::BlockingInAsync { door, caller } => Error::BlockingInAsync {
                door: door.into(),
                caller: site(caller),
            },
            fault => of_database(fault),
        }
    }
}

/// Those of opening and of the connection to an owner.
fn of_database(fault: Fault) -> Error {
    match fault {
        Fault::Delayed { source } => Error::Delayed {
            source: source.into(),
        },
        Fault::NewerDatabase { found, known } => Error::NewerDatabase { found, known },
        Fault::OlderDatabase { found, known } => Error::OlderDatabase { found, known },
        Fault::Unversioned { table } => Error::Unversioned { table },
        Fault::SchemaMismatch { ours, theirs } => Error::SchemaMismatch { ours, theirs },
        Fault::Io { path, source } => Error::Io {
            path: path.into(),
            source: source.into(),
        },
        Fault::Unsupported { capability } => Error::Unsupported {
            capability: capability.into(),
        },
        Fault::Remote {
            reason,
            may_have_run,
            source,
        } => Error::Remote {
            reason: reason.into(),
            may_have_run,
            source: source.map(Into::into),
            origin: None,
        },
        Fault::NoOwner { place, source } => Error::NoOwner {
            place,
            source: source.map(Into::into),
        },
        Fault::Owned { place } => Error::Owned { place },
        Fault::Unanswered { place, after } => Error::Unanswered { place, after },
        Fault::Untrusted { path, reason } => Error::Untrusted {
            path: path.into(),
            reason: reason.into(),
        },
        Fault::Port { reason } => Error::Port {
            reason: reason.into(),
        },
        fault => of_statement(fault),
    }
}

fn of_statement(fault: Fault) -> Error {
    let origin = None;
    match fault {
        Fault::Busy { waited } => Error::Busy { waited, origin },
        Fault::Constraint {
            kind,
            table,
            columns,
            message,
        } => Error::Constraint {
            kind: kind.into(),
            table,
            columns,
            message,
            origin,
        },
        Fault::RowCount { expected, found } => Error::RowCount {
            expected: expected.into(),
            found: usize::try_from(found).unwrap_or(usize::MAX),
            origin,
        },
        Fault::Convert {
            column,
            expected,
            found,
        } => Error::Convert {
            column,
            expected: expected.into(),
            found,
            origin,
        },
        Fault::Adapter {
            column,
            class,
            source,
        } => Error::Adapter {
            column,
            class: class.into(),
            source: source.into(),
            origin,
        },
        Fault::Map { target, source } => Error::Map {
            target: target.into(),
            source: source.into(),
            origin,
        },
        Fault::Refused { reason } => Error::Refused {
            reason: reason.into(),
            origin,
        },
        Fault::Sqlite {
            code,
            extended,
            message,
            source,
        } => Error::Sqlite {
            code,
            extended,
            message,
            origin,
            source: source.map(Into::into),
        },
        // `ReadOnly` is what is left.
        _ => Error::ReadOnly { origin },
    }
}

impl From<WireConstraint> for ConstraintKind {
    fn from(kind: WireConstraint) -> Self {
        match kind {
            WireConstraint::Unique => Self::Unique,
            WireConstraint::PrimaryKey => Self::PrimaryKey,
            WireConstraint::NotNull => Self::NotNull,
            WireConstraint::Check => Self::Check,
            WireConstraint::ForeignKey => Self::ForeignKey,
            WireConstraint::Trigger => Self::Trigger,
            WireConstraint::DataType => Self::DataType,
            WireConstraint::Other => Self::Other,
        }
    }
}
