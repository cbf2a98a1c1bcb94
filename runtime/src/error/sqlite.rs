//! SQLite's result codes and messages, sorted into the variants of [`Error`].
//!
//! In: `UNIQUE constraint failed: card.title` with code 2067. Out:
//! `Constraint { kind: Unique, table: card, columns: [title] }`.

use std::time::Duration;

use super::{ConstraintKind, Error};

const BUSY: i32 = 5;
const READONLY: i32 = 8;
const CONSTRAINT: i32 = 19;

impl Error {
    /// Makes an error from an extended result code and SQLite's message, for drivers.
    ///
    /// Locks and broken constraints become their own variants.
    #[must_use]
    pub fn sqlite(extended: i32, message: impl Into<String>) -> Self {
        let message = message.into();
        match extended & 0xff {
            // Extended codes tell of other things: a file that was moved, a journal that is to be rolled back.
            READONLY if extended == READONLY => Self::ReadOnly { origin: None },
            BUSY => Self::Busy {
                waited: Duration::ZERO,
                origin: None,
            },
            CONSTRAINT => {
                let (table, columns) = names(&message);
                Self::Constraint {
                    kind: kind(extended),
                    table,
                    columns,
                    message,
                    origin: None,
                }
            }
            code => Self::Sqlite {
                code,
                extended,
                message,
                origin: None,
                source: None,
            },
        }
    }

    /// Notes how long SQLite waited for the lock.
    pub(crate) fn after(mut self, patience: Duration) -> Self {
        if let Self::Busy { waited, .. } = &mut self {
            *waited = patience;
        }
        self
    }
}

/// Sorts an error of rusqlite's; not a `From`, which would make its types part of the public API.
#[cold]
pub(crate) fn from_rusqlite(error: rusqlite::Error) -> Error {
    if let rusqlite::Error::SqliteFailure(failure, message) = error {
        let message = message.unwrap_or_else(|| failure.to_string());
        return Error::sqlite(failure.extended_code, message);
    }
    let extended = extended_code(&error);
    Error::Sqlite {
        code: extended & 0xff,
        extended,
        message: error.to_string(),
        origin: None,
        source: None,
    }
}

/// What SQLite could not read.
pub(crate) struct Misread<'t> {
    pub(crate) message: &'t str,
    /// Where the trouble is, counted from the start of the failing statement.
    pub(crate) offset: usize,
}

/// Takes `no such table: b in SELECT * FROM b at offset 14` apart.
///
/// rusqlite has a variant with these fields, but at 0.39 only with a feature, so it cannot be named here.
pub(crate) fn misread<'t>(text: &'t str, sql: &str) -> Option<Misread<'t>> {
    let (head, offset) = text.rsplit_once(" at offset ")?;
    let offset = offset.parse().ok()?;
    sql.char_indices().find_map(|(at, _)| {
        let rest = &sql[at..];
        let ours = head
            .strip_suffix(rest)
            .or_else(|| head.strip_suffix(rest.trim_end()));
        let message = ours?.strip_suffix(" in ")?;
        Some(Misread { message, offset })
    })
}

/// SQLite's code, wherever rusqlite keeps it; the plain `SQLITE_ERROR` if it has none.
pub(crate) fn extended_code(error: &rusqlite::Error) -> i32 {
    let source = std::error::Error::source(error);
    let code = source.and_then(|source| source.downcast_ref::<rusqlite::ffi::Error>());
    code.map_or(1, |code| code.extended_code)
}

fn kind(extended: i32) -> ConstraintKind {
    match extended >> 8 {
        1 => ConstraintKind::Check,
        3 => ConstraintKind::ForeignKey,
        5 => ConstraintKind::NotNull,
        6 | 10 => ConstraintKind::PrimaryKey,
        7 => ConstraintKind::Trigger,
        8 => ConstraintKind::Unique,
        12 => ConstraintKind::DataType,
        _ => ConstraintKind::Other,
    }
}

/// Reads `… constraint failed: t.a, t.b`; other messages name no table.
fn names(message: &str) -> (Option<String>, Vec<String>) {
    let Some((rule, list)) = message.split_once(" constraint failed: ") else {
        return (None, Vec::new());
    };
    if !matches!(rule, "UNIQUE" | "NOT NULL" | "PRIMARY KEY") {
        return (None, Vec::new());
    }
    let mut table = None;
    let mut columns = Vec::new();
    for name in list.split(", ") {
        if let Some((of, column)) = name.split_once('.') {
            table.get_or_insert_with(|| of.to_owned());
            columns.push(column.to_owned());
        }
    }
    (table, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_keys_name_table_and_columns() {
        let error = Error::sqlite(2067, "UNIQUE constraint failed: seat.row, seat.number");
        let Error::Constraint {
            kind,
            table,
            columns,
            ..
        } = error
        else {
            panic!("{error:?}")
        };
        assert_eq!(kind, ConstraintKind::Unique);
        assert_eq!(table.as_deref(), Some("seat"));
        assert_eq!(columns, ["row", "number"]);
    }

    #[test]
    fn expression_indexes_and_checks_name_no_column() {
        for (code, message) in [
            (2067, "UNIQUE constraint failed: index 'by_lower'"),
            (275, "CHECK constraint failed: a.b"),
            (787, "FOREIGN KEY constraint failed"),
        ] {
            let Error::Constraint { table, columns, .. } = Error::sqlite(code, message) else {
                panic!("{message}")
            };
            assert_eq!((table, columns), (None, Vec::new()));
        }
    }

    #[test]
    fn a_stale_snapshot_is_a_lock_too_since_beginning_anew_helps() {
        assert!(Error::sqlite(5, "locked").is_busy());
        assert!(Error::sqlite(517, "locked").is_busy());
        assert!(!Error::sqlite(6, "shared cache").is_busy());
    }
}
