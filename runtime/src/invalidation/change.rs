//! What is told of a commit to whoever wants to know all of it.
//!
//! In: a write set. Out: one [`TableChange`] for each table and kind of change. Invariant: nothing that was written is left
//! out; where it is not known what happened, that is said.

use std::collections::BTreeSet;

use super::origin::ChangeOrigin;
use super::set::{Change, Columns, Rows, Table, WriteSet, Written};
use super::tables::Tables;

/// What has happened to rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// Rows were inserted.
    Insert,
    /// Columns of rows were updated.
    Update,
    /// Rows were deleted.
    Delete,
    /// Any of them, it is not known which.
    Any,
}

/// A change of one table in one commit.
///
/// It says what may have changed: a statement that writes a column tells of it whatever the value was before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableChange {
    /// The number of the commit, as [`Status::commits`](crate::Status::commits) counts them.
    pub commit: u64,
    /// Who has changed it.
    pub origin: ChangeOrigin,
    /// The table; without a name it is not known which, and the schema may have changed too.
    pub table: Option<String>,
    /// What has happened.
    pub kind: ChangeKind,
    /// The columns of an update; none means any of them.
    pub columns: Vec<String>,
    /// The rowids of the rows, where the statements name them: the only rows of the table that were changed.
    pub rows: Option<Vec<i64>>,
}

/// Which changes are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeFilter {
    tables: Option<BTreeSet<String>>,
    kinds: Option<BTreeSet<ChangeKind>>,
}

impl ChangeFilter {
    /// All changes.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Changes of these tables; names are trimmed and compared without case.
    #[must_use]
    pub fn tables<I: IntoIterator<Item: Into<String>>>(names: I) -> Self {
        Self {
            tables: Some(names.into_iter().map(Into::into).collect()),
            kinds: None,
        }
    }

    /// Changes of this kind, or of any other that is asked for. [`ChangeKind::Any`] always comes.
    #[must_use]
    pub fn kind(mut self, kind: ChangeKind) -> Self {
        self.kinds.get_or_insert_default().insert(kind);
        self
    }

    /// The tables in the numbers of a database.
    pub(crate) fn numbers(&self, tables: &Tables) -> Option<BTreeSet<Table>> {
        let names = self.tables.as_ref()?;
        Some(names.iter().filter_map(|name| tables.find(name)).collect())
    }

    /// All that a commit has changed, one by one, of the kinds that are wanted.
    pub(crate) fn changes(&self, commit: u64, set: &WriteSet, tables: &Tables) -> Vec<TableChange> {
        let everything = set.changed_everything().map(|origin| TableChange {
            commit,
            origin,
            table: None,
            kind: ChangeKind::Any,
            columns: Vec::new(),
            rows: None,
        });
        let each = set.iter().flat_map(|written| {
            let kinds = kinds(written.change);
            kinds.map(move |kind| of_table(commit, written, kind, tables))
        });
        let wanted = |change: &TableChange| {
            let kinds = self.kinds.as_ref();
            change.kind == ChangeKind::Any || kinds.is_none_or(|kinds| kinds.contains(&change.kind))
        };
        everything.into_iter().chain(each).filter(wanted).collect()
    }
}

fn kinds(change: Change) -> impl Iterator<Item = ChangeKind> {
    let any = change == Change::EVERYTHING;
    let kinds = [
        (any, ChangeKind::Any),
        (!any && change.inserted, ChangeKind::Insert),
        (!any && change.columns != Columns::NONE, ChangeKind::Update),
        (!any && change.deleted, ChangeKind::Delete),
    ];
    kinds
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, kind)| kind)
}

fn of_table(commit: u64, written: &Written, kind: ChangeKind, tables: &Tables) -> TableChange {
    let columns = match kind {
        ChangeKind::Update => tables.column_names(written.table, written.change.columns),
        _ => Vec::new(),
    };
    TableChange {
        commit,
        origin: written.origin,
        table: Some(tables.name(written.table)),
        kind,
        columns,
        rows: match &written.rows {
            Rows::All => None,
            Rows::These(rows) => Some(rows.clone()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Writes;

    #[test]
    fn r90_a_commit_is_told_by_table_and_kind() {
        let tables = Tables::default();
        let set = tables.write_set(&[
            Writes::Update("Card", &["title", "Note"]),
            Writes::Insert("Card"),
            Writes::Delete("list"),
        ]);
        let told = ChangeFilter::all().changes(7, &set, &tables);
        let told: Vec<_> = told
            .iter()
            .map(|change| (change.table.as_deref(), change.kind, change.columns.len()))
            .collect();
        let card = Some("Card");
        assert_eq!(
            told,
            [
                (card, ChangeKind::Insert, 0),
                (card, ChangeKind::Update, 2),
                (Some("list"), ChangeKind::Delete, 0)
            ]
        );
        let updates = ChangeFilter::all().kind(ChangeKind::Update);
        let told = updates.changes(7, &set, &tables);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].columns, ["title", "Note"]);
    }

    #[test]
    fn r90_what_is_not_known_is_told_whatever_the_filter_says() {
        let tables = Tables::default();
        let set = WriteSet::everything(ChangeOrigin::External);
        let inserts = ChangeFilter::all().kind(ChangeKind::Insert);
        let told = inserts.changes(1, &set, &tables);
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].table.as_deref(), told[0].kind),
            (None, ChangeKind::Any)
        );
    }
}
