//! Whom a write concerns, by the sets alone.

use sqlitenow_runtime::v1::{Statement, Writes};

/// What one statement writes that another reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meeting {
    Nothing,
    /// The same table, but other columns of it.
    Table,
    /// The same columns, or rows as a whole.
    Columns,
}

pub fn meeting(write: &Statement, query: &Statement) -> Meeting {
    let meets = |written: &Writes| {
        let (table, columns) = match written {
            Writes::Insert(table) | Writes::Delete(table) => (table, None),
            Writes::Update(table, columns) => (table, Some(columns)),
            other => panic!("what is {other:?}?"),
        };
        let read = query.reads.iter().find(|read| read.0 == *table);
        match (read, columns) {
            (None, _) => Meeting::Nothing,
            (Some(_), None) => Meeting::Columns,
            (Some(read), Some(columns)) if read.1.iter().any(|one| columns.contains(one)) => {
                Meeting::Columns
            }
            (Some(_), Some(_)) => Meeting::Table,
        }
    };
    let meetings = write.writes.iter().map(meets);
    meetings.max().unwrap_or(Meeting::Nothing)
}
