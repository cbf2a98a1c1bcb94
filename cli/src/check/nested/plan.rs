//! Sorts columns into rows: the result's own, and those of nested values, as deep as views nest them.
//!
//! The names of a block are read where it stands: those of a query are aliases and labels of the query, those of a view
//! are aliases inside of the view and its columns. How deep that is, is counted in steps of the columns' paths.

use crate::analyze::{ResultColumn, Step};
use crate::annotation::{DynamicBlock, MappingType};
use crate::catalog::Catalog;

/// A part of a row.
#[derive(Debug)]
pub enum Member<'a> {
    /// The column with this index.
    Column(usize),
    /// A value that is made of columns.
    Nested(Nested<'a>),
}

/// A value that is made of columns.
#[derive(Debug)]
pub struct Nested<'a> {
    /// What declares it.
    pub block: &'a DynamicBlock,
    /// The step of the columns' paths at which its names are read: 0 for a block of the statement itself.
    pub depth: usize,
    /// All columns that it is made of, those of values inside of it included.
    pub columns: Vec<usize>,
    /// Its parts, by their first columns.
    pub members: Vec<Member<'a>>,
}

/// The columns of a statement, and what may be declared about them.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The columns.
    pub columns: &'a [ResultColumn],
    /// The views and tables whose declarations hold.
    pub catalog: &'a Catalog,
}

impl Member<'_> {
    fn first(&self) -> usize {
        match self {
            Self::Column(index) => *index,
            Self::Nested(nested) => nested.columns.first().copied().unwrap_or(usize::MAX),
        }
    }
}

impl Nested<'_> {
    /// What it is made by: what is written, else what its type looks like.
    pub fn mapping(&self) -> MappingType {
        mapping(self.block)
    }
}

/// How `block` maps: what is written, else what its type looks like.
pub(super) fn mapping(block: &DynamicBlock) -> MappingType {
    let written = block.mapping_type.as_ref().map(|mapping| mapping.value);
    let spelled = block.property_type.as_ref();
    let is_list = spelled.is_some_and(|spelled| element(&spelled.value).is_some());
    written.unwrap_or(if is_list {
        MappingType::Collection
    } else {
        MappingType::PerRow
    })
}

/// What is between the brackets of `List<…>` or `Vec<…>`.
pub(super) fn element(spelled: &str) -> Option<&str> {
    let (outer, inner) = spelled.trim().split_once('<')?;
    let is_list = matches!(outer.trim(), "List" | "Vec");
    let inner = inner.trim_end().strip_suffix('>')?;
    is_list.then(|| inner.trim())
}

/// Which declarations of views say nothing, because one further out has their name.
#[derive(Debug, Clone, Copy, Default)]
struct Replaced<'n> {
    /// The names that are declared for the same row.
    names: &'n [&'n str],
    /// The name of the value that the columns are in: what would take all of them again is what it replaces.
    by: Option<&'n str>,
}

/// The columns that come through one item of FROM.
pub(super) struct Item<'a> {
    pub(super) alias: &'a str,
    pub(super) relation: Option<&'a str>,
    pub(super) columns: Vec<usize>,
}

impl<'a> Plan<'a> {
    /// The parts of the statement's rows.
    pub fn members(&self, blocks: &'a [DynamicBlock]) -> Vec<Member<'a>> {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        self.level(&all, 0, blocks, Replaced::default())
    }

    /// The parts of a row with these columns, about which `blocks` say something at `depth`, unless they are replaced.
    fn level(
        &self,
        columns: &[usize],
        depth: usize,
        blocks: &'a [DynamicBlock],
        replaced: Replaced<'_>,
    ) -> Vec<Member<'a>> {
        let mut rest = columns.to_vec();
        let mut members = Vec::new();
        for block in blocks {
            let name = block.name.value.as_str();
            let (mine, others): (Vec<_>, Vec<_>) = rest
                .iter()
                .partition(|index| self.maps(block, depth, **index));
            let is_whole = replaced.by == Some(name) && mine.len() == columns.len();
            if mine.is_empty() || is_whole || replaced.names.contains(&name) {
                continue;
            }
            rest = others;
            members.push(Member::Nested(Nested {
                block,
                depth,
                members: self.inherited(
                    &mine,
                    depth,
                    Replaced {
                        names: &[],
                        by: Some(name),
                    },
                ),
                columns: mine,
            }));
        }
        let names = blocks.iter().map(|block| &*block.name.value);
        let names: Vec<&str> = replaced.names.iter().copied().chain(names).collect();
        let replaced = Replaced {
            names: &names,
            ..replaced
        };
        members.extend(self.inherited(&rest, depth, replaced));
        members.sort_by_key(Member::first);
        members
    }

    /// The parts of a row with these columns about which nothing is said at `depth`, but perhaps by what they come from.
    fn inherited(
        &self,
        columns: &[usize],
        depth: usize,
        replaced: Replaced<'_>,
    ) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        let own = columns
            .iter()
            .filter(|index| self.step(**index, depth).is_none());
        members.extend(own.map(|index| Member::Column(*index)));
        for item in self.items(columns, depth) {
            let relation = item.relation.and_then(|name| self.catalog.relation(name));
            let blocks = relation.map_or(&[][..], |relation| &relation.dynamic_fields);
            members.extend(self.level(&item.columns, depth + 1, blocks, replaced));
        }
        members.sort_by_key(Member::first);
        members
    }

    /// Whether the column is one of those that `block` means.
    pub(super) fn maps(&self, block: &DynamicBlock, depth: usize, index: usize) -> bool {
        let prefix = prefix(block);
        let source = block.source_table.as_ref().map(|source| &*source.value);
        let is_labelled = prefix.is_none_or(|prefix| starts_with(self.label(index, depth), prefix));
        let step = self.step(index, depth);
        let comes_from = |source: &str| step.map(|step| step.alias.eq_ignore_ascii_case(source));
        match source {
            // The label of an expression says enough.
            Some(source) => is_labelled && comes_from(source).unwrap_or(prefix.is_some()),
            None => is_labelled && prefix.is_some(),
        }
    }

    /// What the column is called where names are read at `depth`.
    pub(super) fn label(&self, index: usize, depth: usize) -> &'a str {
        match depth.checked_sub(1) {
            None => &self.columns[index].label,
            Some(outer) => self.step(index, outer).map_or("", |step| &step.column),
        }
    }

    pub(super) fn step(&self, index: usize, depth: usize) -> Option<&'a Step> {
        self.columns[index].path.get(depth)
    }

    /// The items through which these columns come at `depth`, in the order of the columns.
    pub(super) fn items(&self, columns: &[usize], depth: usize) -> Vec<Item<'a>> {
        let mut items: Vec<Item<'a>> = Vec::new();
        for &index in columns {
            let Some(step) = self.step(index, depth) else {
                continue;
            };
            if let Some(item) = items.iter_mut().find(|item| item.alias == step.alias) {
                item.columns.push(index);
            } else {
                items.push(Item {
                    alias: &step.alias,
                    relation: step.relation.as_deref(),
                    columns: vec![index],
                });
            }
        }
        items
    }
}

/// The start of the labels that `block` means.
pub(super) fn prefix(block: &DynamicBlock) -> Option<&str> {
    let prefix = block.alias_prefix.as_ref()?;
    (!prefix.value.is_empty()).then_some(&*prefix.value)
}

/// Whether `label` starts with `prefix`, letter case not counted.
fn starts_with(label: &str, prefix: &str) -> bool {
    let start = label.get(..prefix.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// `label` without `prefix`, unless nothing would be left.
pub(super) fn strip<'l>(label: &'l str, prefix: Option<&str>) -> &'l str {
    match prefix {
        Some(prefix) if starts_with(label, prefix) && label.len() > prefix.len() => {
            &label[prefix.len()..]
        }
        _ => label,
    }
}
