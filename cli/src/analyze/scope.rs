//! The names a piece of SQL can see: FROM items level by level, from the innermost query outwards.
//!
//! `SELECT a.x, (SELECT a.y + b.z FROM b) FROM a` → inside the subquery `b` is on the inner level and `a` on the outer.
//! A column is non-null only if it is so in its source and nothing on the way can leave its row out.

use std::ops::Range;
use std::rc::Rc;

use super::rule::Rule;
use super::value::{ColumnPlace, Step, Value};
use super::{Origin, SqlType};

/// A column of an [`Item`].
#[derive(Debug, Clone)]
pub(super) struct ItemColumn {
    pub(super) name: String,
    /// What it holds when the item has a row.
    pub(super) value: Value,
    /// Whether `*` leaves it out.
    pub(super) hidden: bool,
    /// Whether USING or NATURAL shows it as the column of an item further left.
    pub(super) merged: bool,
    /// Whether a condition makes sure that it is not NULL.
    pub(super) proven: bool,
}

impl ItemColumn {
    pub(super) fn new(name: &str, value: Value) -> Self {
        Self {
            name: name.to_owned(),
            value,
            hidden: false,
            merged: false,
            proven: false,
        }
    }
}

/// A table, view, subquery or CTE in FROM.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its alias, or its name.
    pub(super) alias: Rc<str>,
    pub(super) columns: Vec<ItemColumn>,
    /// Whether an outer join can leave all its columns NULL.
    pub(super) optional: bool,
    /// The table or view it is; none for a subquery, a CTE and what is not in the schema.
    pub(super) relation: Option<Rc<str>>,
    /// What `rowid` gives, where there is one.
    pub(super) rowid: Option<Value>,
}

/// A column that USING or NATURAL made of two, in a RIGHT or FULL JOIN: whichever side has a row.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    pub(super) name: String,
    pub(super) left: (usize, usize),
    pub(super) right: (usize, usize),
    /// Whether either side may be missing.
    pub(super) full: bool,
    /// Whether a side that is there has it non-null.
    pub(super) sure: bool,
    /// Whether a later join can leave out both sides.
    pub(super) optional: bool,
}

/// What one SELECT sees.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) items: Vec<Item>,
    pub(super) merged: Vec<Merged>,
    /// Aliases of joins in parentheses, and their items: `(a JOIN b) AS z` is `z` as well as `a` and `b`.
    pub(super) groups: Vec<(String, Range<usize>)>,
    /// Result columns by alias, for clauses behind the select list.
    pub(super) aliases: Vec<(String, Value)>,
    /// Whether a row may come out though no row went in: an aggregate without GROUP BY.
    pub(super) may_be_empty: bool,
    /// Whether an aggregate goes over the rows of this level; it may stand in a subquery.
    pub(super) aggregated: bool,
    /// Whether there is a GROUP BY, so that no group is empty.
    pub(super) grouped: bool,
    /// Named windows, and whether their frame always holds the current row.
    pub(super) windows: Vec<(String, bool)>,
}

impl Level {
    /// The value of one column as an expression sees it.
    pub(super) fn column(&self, level: usize, item: usize, column: usize) -> Value {
        let source = &self.items[item];
        let found = &source.columns[column];
        let mut value = found.value.clone();
        let missing = source.optional || (self.may_be_empty && Rule::BareColumn.holds());
        self.lead(source, &found.name, found.proven, &mut value);
        value.nullable = missing || (value.nullable && !found.proven);
        value.may_be_nan &= !found.proven;
        value.bare &= !missing;
        value.place = Some(ColumnPlace {
            level,
            item,
            column,
        });
        value
    }

    /// Notes that `value` comes through `item`, where it is `column`.
    fn lead(&self, item: &Item, column: &str, proven: bool, value: &mut Value) {
        let inner = value.path.take();
        // The row that an aggregate makes of no rows is nobody's.
        if self.may_be_empty {
            return;
        }
        if inner.is_none() {
            value.null_inside = value.nullable;
        }
        value.null_inside &= !proven;
        value.path = Some(Rc::new(Step {
            alias: Rc::clone(&item.alias),
            optional: item.optional,
            relation: item.relation.clone(),
            column: column.to_owned(),
            inner,
        }));
    }

    fn merged_value(&self, level: usize, merged: &Merged) -> Value {
        let left = self.column(level, merged.left.0, merged.left.1);
        let right = self.column(level, merged.right.0, merged.right.1);
        let mut value = left.either(&right).computed();
        // In a RIGHT JOIN the right side has a row unless a later join takes it away, in a FULL JOIN one of the two has.
        let nullable = if merged.full {
            !merged.sure || merged.optional || (self.may_be_empty && Rule::BareColumn.holds())
        } else {
            right.nullable
        };
        value.nullable = nullable && Rule::MergedColumn.holds();
        value
    }

    fn find(&self, level: usize, table: Option<&str>, name: &str) -> Option<Value> {
        let mut merged = self.merged.iter().rev().filter(|_| table.is_none());
        if let Some(merged) = merged.find(|merged| merged.name.eq_ignore_ascii_case(name)) {
            return Some(self.merged_value(level, merged));
        }
        for (at, item) in self.items_of(table) {
            let place = item.columns.iter().position(|column| {
                column.name.eq_ignore_ascii_case(name) && (table.is_some() || !column.merged)
            });
            if let Some(place) = place {
                return Some(self.column(level, at, place));
            }
        }
        None
    }

    /// The items which `table` names, or all.
    fn items_of(&self, table: Option<&str>) -> impl Iterator<Item = (usize, &Item)> {
        let named = move |at: usize, item: &Item| {
            table.is_none_or(|table| {
                let mut groups = self.groups.iter();
                item.alias.eq_ignore_ascii_case(table)
                    || groups.any(|(name, items)| {
                        items.contains(&at) && name.eq_ignore_ascii_case(table)
                    })
            })
        };
        let items = self.items.iter().enumerate();
        items.filter(move |(at, item)| named(*at, item))
    }

    fn find_rowid(&self, level: usize, table: Option<&str>, name: &str) -> Option<Value> {
        let mut items = self.items_of(table);
        let (at, item) = items.find(|(_, item)| item.rowid.is_some())?;
        if let Some(place) = item.columns.iter().position(|column| {
            let rowid = item.rowid.as_ref().and_then(|value| value.origin.as_ref());
            rowid.is_some() && column.value.origin.as_ref() == rowid
        }) {
            return Some(self.column(level, at, place));
        }
        let mut value = item.rowid.clone()?;
        self.lead(item, name, false, &mut value);
        value.nullable |= item.optional || self.may_be_empty;
        Some(value)
    }

    /// The columns which `*` or `alias.*` stands for.
    pub(super) fn expand(&self, level: usize, table: Option<&str>) -> Vec<(String, Value)> {
        let mut found = Vec::new();
        for (at, item) in self.items_of(table) {
            for (place, column) in item.columns.iter().enumerate() {
                if column.hidden || (column.merged && table.is_none()) {
                    continue;
                }
                let both = self
                    .merged
                    .iter()
                    .rev()
                    .find(|merged| table.is_none() && merged.left == (at, place));
                let value = both.map_or_else(
                    || self.column(level, at, place),
                    |merged| self.merged_value(level, merged),
                );
                found.push((column.name.clone(), value));
            }
        }
        found
    }
}

/// Finds the column `name`, or `table.name`, on the innermost of `levels` that has it; gives that level as well.
pub(super) fn find_column(
    levels: &[Level],
    table: Option<&str>,
    name: &str,
) -> Option<(usize, Value)> {
    let alias_of = |level: &Level| {
        let mut aliases = level.aliases.iter().filter(|_| table.is_none());
        let found = aliases.find(|(alias, _)| alias.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    levels.iter().enumerate().rev().find_map(|(depth, level)| {
        let rowid = || {
            level
                .find_rowid(depth, table, name)
                .filter(|_| is_rowid(name))
        };
        let found = level
            .find(depth, table, name)
            .or_else(rowid)
            .or_else(|| alias_of(level));
        found.map(|value| (depth, value))
    })
}

/// Whether `name` is one of the three names of the rowid.
pub(super) fn is_rowid(name: &str) -> bool {
    ["rowid", "_rowid_", "oid"]
        .iter()
        .any(|rowid| rowid.eq_ignore_ascii_case(name))
}

/// Whether some visible column has no known name, so that a name that is not found may still be one.
pub(super) fn has_nameless(levels: &[Level]) -> bool {
    let mut items = levels.iter().flat_map(|level| &level.items);
    items.any(|item| {
        item.columns.is_empty() || item.columns.iter().any(|column| column.name.is_empty())
    })
}

/// The rowid of a table without an alias for it.
pub(super) fn plain_rowid() -> Value {
    Value::of(SqlType::Integer, false)
}

/// Where a table column comes from.
pub(super) fn origin(table: &str, column: &str) -> Rc<Origin> {
    Rc::new(Origin {
        table: table.to_owned(),
        column: column.to_owned(),
    })
}
