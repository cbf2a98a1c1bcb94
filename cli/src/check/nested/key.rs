//! What tells the rows of a level apart: the columns that `collectionKey` names, else the primary keys that are selected.

use crate::annotation::{MappingType, Spanned};
use crate::catalog::{Relation, RelationKind};

use super::plan::{Member, Plan};

/// The columns that are in the row itself, or in a value that is made of the row itself.
pub(super) fn own_columns(members: &[Member<'_>]) -> Vec<usize> {
    let mut own = Vec::new();
    for member in members {
        match member {
            Member::Column(index) => own.push(*index),
            Member::Nested(nested) if nested.mapping() == MappingType::Entity => {
                own.extend(own_columns(&nested.members));
            }
            Member::Nested(_) => {}
        }
    }
    own
}

impl Plan<'_> {
    /// The column of `columns` that `name` is, read at `depth`: a label, or `alias.column`.
    pub(super) fn find(&self, name: &str, depth: usize, columns: &[usize]) -> Option<usize> {
        let is_label = |index: &usize| self.label(*index, depth).eq_ignore_ascii_case(name);
        let is_column = |index: &usize| {
            let (alias, column) = name.split_once('.')?;
            let step = self.step(*index, depth)?;
            let label = self.label(*index, depth);
            let named = [&*step.column, label]
                .iter()
                .any(|n| n.eq_ignore_ascii_case(column));
            Some(named && step.alias.eq_ignore_ascii_case(alias))
        };
        let is_column = |index: &usize| is_column(index).unwrap_or(false);
        let mut all = columns.iter().copied();
        all.clone().find(is_label).or_else(|| all.find(is_column))
    }

    /// All names that [`find`](Self::find) knows at `depth`.
    pub(super) fn names(&self, depth: usize) -> Vec<String> {
        let all = 0..self.columns.len();
        let labels = all.clone().map(|index| self.label(index, depth).to_owned());
        let columns = all.filter_map(|index| {
            let step = self.step(index, depth)?;
            Some(format!("{}.{}", step.alias, step.column))
        });
        labels
            .chain(columns)
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// The key that is written where names are read at `depth`; none when a part of it is not among `columns`.
    pub(super) fn written_key(
        &self,
        key: &[Spanned<String>],
        depth: usize,
        columns: &[usize],
    ) -> Option<Vec<usize>> {
        let columns = key
            .iter()
            .map(|name| self.find(&name.value, depth, columns));
        let columns: Option<Vec<usize>> = columns.collect();
        columns.filter(|columns| !columns.is_empty())
    }

    /// The keys of everything that `columns` come from at `depth`, as far as they are among them.
    ///
    /// A row that shows columns of two tables is told apart by the keys of both, so that none of its values is lost.
    pub(super) fn selected_keys(&self, columns: &[usize], depth: usize) -> Vec<usize> {
        let mut keys = Vec::new();
        for item in self.items(columns, depth) {
            let relation = item.relation.and_then(|name| self.catalog.relation(name));
            let written = relation.map(|relation| &relation.annotation.collection_key[..]);
            let own = match (relation, written) {
                (_, Some(key)) if !key.is_empty() => {
                    self.written_key(key, depth + 1, &item.columns)
                }
                (Some(relation), _) if relation.kind != RelationKind::View => {
                    self.primary_key(relation, &item.columns, depth)
                }
                _ => None,
            };
            keys.extend(own.unwrap_or_else(|| self.selected_keys(&item.columns, depth + 1)));
        }
        keys
    }

    /// The columns that are the primary key of `relation`, if all of it is among `columns`.
    fn primary_key(
        &self,
        relation: &Relation,
        columns: &[usize],
        depth: usize,
    ) -> Option<Vec<usize>> {
        let mut key: Vec<_> = relation.columns.iter().filter(|c| c.key > 0).collect();
        key.sort_by_key(|column| column.key);
        let is_called = |index: &usize, name: &str| {
            let step = self.step(*index, depth);
            step.is_some_and(|step| step.column.eq_ignore_ascii_case(name))
        };
        let find = |name: &str| columns.iter().copied().find(|index| is_called(index, name));
        let rowid = || ["rowid", "_rowid_", "oid"].into_iter().find_map(find);
        let parts = key.iter().map(|column| {
            let is_rowid = column.rowid;
            find(&column.name).or_else(|| rowid().filter(|_| is_rowid))
        });
        if key.is_empty() {
            return rowid().map(|rowid| vec![rowid]);
        }
        parts.collect()
    }
}
