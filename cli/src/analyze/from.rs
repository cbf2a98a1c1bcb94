//! Fills a level with what stands in FROM: tables, views, CTEs, subqueries, table-valued functions and their joins.
//!
//! `a LEFT JOIN b ON a.x = b.x` → items `a` and `b`, `b` optional, `b.x` non-null wherever `b` has a row. SQLite joins
//! strictly from left to right, commas included, so a RIGHT JOIN makes all that stands before it optional.

use std::rc::Rc;

use sqlparser::ast::{
    FunctionArg, FunctionArgExpr, JoinConstraint, JoinOperator, ObjectName, TableFactor,
    TableWithJoins,
};

use super::infer::{Infer, Puzzled};
use super::parameter::Weight;
use super::rule::Rule;
use super::scope::{Item, ItemColumn, Merged};
use super::value::{ColumnPlace, OutColumn, Value};
use super::{SqlType, relation};

/// Which sides of a join may have no row.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Neither,
    Right,
    Left,
    Both,
}

impl Infer<'_> {
    /// Adds everything in a FROM clause to the innermost level.
    pub(super) fn enter_from(&mut self, from: &[TableWithJoins]) -> Result<(), Puzzled> {
        from.iter().try_for_each(|tree| self.join_tree(tree, 0))
    }

    /// Adds one tree of joins, whose left side starts at item `base`.
    fn join_tree(&mut self, tree: &TableWithJoins, base: usize) -> Result<(), Puzzled> {
        self.enter_factor(&tree.relation)?;
        for join in &tree.joins {
            let middle = self.item_count();
            self.enter_factor(&join.relation)?;
            let (side, constraint) = match &join.join_operator {
                JoinOperator::Join(on) | JoinOperator::Inner(on) | JoinOperator::CrossJoin(on) => {
                    (Side::Neither, on)
                }
                JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => (Side::Right, on),
                JoinOperator::Right(on) | JoinOperator::RightOuter(on) => (Side::Left, on),
                JoinOperator::FullOuter(on) => (Side::Both, on),
                _ => return Err(Puzzled),
            };
            let proven = match constraint {
                JoinConstraint::On(condition) => {
                    self.infer(condition)?;
                    self.proven_by(condition)
                }
                JoinConstraint::Using(names) => {
                    let names: Vec<String> = names.iter().filter_map(last_name).collect();
                    self.merge(&names, base, middle, side)
                }
                JoinConstraint::Natural => {
                    let names = self.shared_names(base, middle);
                    self.merge(&names, base, middle, side)
                }
                JoinConstraint::None => Vec::new(),
            };
            match side {
                Side::Neither => self.apply_proofs(&proven, |item| item >= base),
                Side::Right => self.apply_proofs(&proven, |item| {
                    item >= middle || !Rule::OuterCondition.holds()
                }),
                Side::Left => self.apply_proofs(&proven, |item| (base..middle).contains(&item)),
                Side::Both => {}
            }
            self.open_sides(side, base, middle);
        }
        Ok(())
    }

    fn open_sides(&mut self, side: Side, base: usize, middle: usize) {
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        let inside = |at: usize| match side {
            Side::Neither => false,
            Side::Right => at >= middle,
            Side::Left => (base..middle).contains(&at),
            Side::Both => true,
        };
        for merged in &mut level.merged {
            // What this join itself has merged has one part on either side.
            let (left, right) = (merged.left.0, merged.right.0);
            let parted = left < middle && right >= middle;
            merged.optional |= !parted && left >= base && inside(left) && inside(right);
        }
        for (at, item) in level.items.iter_mut().enumerate().skip(base) {
            item.optional |= match side {
                Side::Neither => false,
                Side::Right => at >= middle && Rule::LeftJoin.holds(),
                Side::Left => at < middle && Rule::RightJoin.holds(),
                Side::Both => Rule::FullJoin.holds(),
            };
        }
    }

    fn item_count(&self) -> usize {
        self.levels.last().map_or(0, |level| level.items.len())
    }

    fn shared_names(&self, base: usize, middle: usize) -> Vec<String> {
        let Some(level) = self.levels.last() else {
            return Vec::new();
        };
        let left = level.items[base..middle]
            .iter()
            .flat_map(|item| &item.columns);
        let mut names: Vec<String> = Vec::new();
        for column in left.filter(|column| !column.merged && !column.hidden) {
            let on_right = level.items[middle..]
                .iter()
                .flat_map(|item| &item.columns)
                .any(|other| !other.hidden && other.name.eq_ignore_ascii_case(&column.name));
            if on_right
                && !names
                    .iter()
                    .any(|name| name.eq_ignore_ascii_case(&column.name))
            {
                names.push(column.name.clone());
            }
        }
        names
    }

    /// Makes one column of two for each of `names`; both sides are proven where both have a row.
    fn merge(
        &mut self,
        names: &[String],
        base: usize,
        middle: usize,
        side: Side,
    ) -> Vec<ColumnPlace> {
        let depth = self.levels.len().saturating_sub(1);
        let Some(level) = self.levels.last_mut() else {
            return Vec::new();
        };
        let mut proven = Vec::new();
        for name in names {
            let find = |items: &[Item], first: usize| {
                items.iter().enumerate().find_map(|(at, item)| {
                    let place = item.columns.iter().position(|column| {
                        !column.merged && column.name.eq_ignore_ascii_case(name)
                    })?;
                    Some((first + at, place))
                })
            };
            let (Some(left), Some(right)) = (
                find(&level.items[base..middle], base),
                find(&level.items[middle..], middle),
            ) else {
                continue;
            };
            let surely =
                |(item, column): (usize, usize)| !level.column(depth, item, column).nullable;
            let sure = surely(left) && surely(right);
            level.items[right.0].columns[right.1].merged = true;
            if matches!(side, Side::Left | Side::Both) {
                level.merged.push(Merged {
                    name: name.clone(),
                    left,
                    right,
                    full: side == Side::Both,
                    sure,
                    optional: false,
                });
            }
            for (item, column) in [left, right] {
                proven.push(ColumnPlace {
                    level: depth,
                    item,
                    column,
                });
            }
        }
        proven
    }

    fn enter_factor(&mut self, factor: &TableFactor) -> Result<(), Puzzled> {
        match factor {
            TableFactor::Table {
                name, alias, args, ..
            } => {
                let alias = alias.as_ref().map(|alias| alias.name.value.as_str());
                let item = match args {
                    Some(args) => self.function_item(name, alias, &args.args)?,
                    None => self.table_item(name, alias)?,
                };
                self.push_item(item);
                Ok(())
            }
            TableFactor::Derived {
                subquery, alias, ..
            } => {
                // A subquery in FROM does not see its neighbours.
                let level = self.levels.pop();
                let outcome = self.query(subquery);
                self.levels.extend(level);
                let columns = outcome?.columns;
                let alias = alias.as_ref().map_or("", |alias| alias.name.value.as_str());
                self.push_item(item_of(alias, &columns));
                Ok(())
            }
            TableFactor::NestedJoin {
                table_with_joins,
                alias,
            } => {
                let base = self.item_count();
                self.join_tree(table_with_joins, base)?;
                if let (Some(alias), Some(level)) = (alias, self.levels.last_mut()) {
                    let items = base..level.items.len();
                    level.groups.push((alias.name.value.clone(), items));
                }
                Ok(())
            }
            _ => Err(Puzzled),
        }
    }

    fn push_item(&mut self, item: Item) {
        if let Some(level) = self.levels.last_mut() {
            level.items.push(item);
        }
    }

    /// The item which a table name stands for.
    pub(super) fn table_item(
        &mut self,
        name: &ObjectName,
        alias: Option<&str>,
    ) -> Result<Item, Puzzled> {
        let table = last_name(name).ok_or(Puzzled)?;
        let shown = alias.unwrap_or(&table);
        if name.0.len() == 1 {
            let cte = self
                .ctes
                .iter_mut()
                .rev()
                .find(|cte| cte.name.eq_ignore_ascii_case(&table));
            if let Some(cte) = cte {
                cte.used = true;
                return Ok(item_of(shown, cte.columns.as_deref().ok_or(Puzzled)?));
            }
        }
        let catalog = self.catalog;
        match catalog.relation(&table) {
            Some(relation) => Ok(self.relation_item(relation, shown)),
            None => self.foreign_item(&table, shown),
        }
    }

    /// A table that is not in the schema: `sqlite_schema`, `json_each` or a PRAGMA function without arguments.
    fn foreign_item(&self, table: &str, shown: &str) -> Result<Item, Puzzled> {
        let quoted = table.replace('"', "\"\"");
        let prepared = self
            .catalog
            .prepare(&format!("SELECT * FROM \"{quoted}\""))
            .map_err(|_| Puzzled)?;
        let columns = prepared.columns.iter().map(|column| {
            let ty = column
                .declared
                .as_deref()
                .map_or(SqlType::Any, super::types::declared_type);
            ItemColumn::new(&column.label, Value::of(ty, true))
        });
        Ok(Item {
            alias: Rc::from(shown),
            columns: columns.collect(),
            optional: false,
            relation: None,
            rowid: None,
        })
    }

    fn function_item(
        &mut self,
        name: &ObjectName,
        alias: Option<&str>,
        args: &[FunctionArg],
    ) -> Result<Item, Puzzled> {
        let table = last_name(name).ok_or(Puzzled)?;
        for arg in args {
            let FunctionArg::Unnamed(FunctionArgExpr::Expr(arg)) = arg else {
                return Err(Puzzled);
            };
            let value = self.infer(arg)?;
            self.expect(&value, SqlType::Text, Weight::Expression);
        }
        let shown = alias.unwrap_or(&table);
        let lower = table.to_ascii_lowercase();
        if matches!(
            lower.as_str(),
            "json_each" | "json_tree" | "jsonb_each" | "jsonb_tree"
        ) {
            return Ok(relation::json_item(shown));
        }
        if let Some(relation) = self.catalog.relation(&table) {
            return Ok(self.relation_item(relation, shown));
        }
        self.foreign_item(&table, shown)
    }
}

/// The columns of a query as an item of FROM.
pub(super) fn item_of(alias: &str, columns: &[OutColumn]) -> Item {
    Item {
        alias: Rc::from(alias),
        columns: columns
            .iter()
            .map(|column| {
                let mut value = column.value.clone();
                value.place = None;
                ItemColumn::new(&column.name, value)
            })
            .collect(),
        optional: false,
        relation: None,
        rowid: None,
    }
}

/// The last part of a name.
pub(super) fn last_name(name: &ObjectName) -> Option<String> {
    Some(name.0.last()?.as_ident()?.value.clone())
}
