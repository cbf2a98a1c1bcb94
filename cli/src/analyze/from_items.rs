//! What a FROM clause holds, by name: which item `p.id` is a column of, and which of them a join's condition speaks of.
//!
//! `person AS p LEFT JOIN note ON note.id = :n` → items `p` and `note`; `note.id = :n` acts on the rows of `note`.

use sqlparser::ast::{
    BinaryOperator, Expr, JoinConstraint, JoinOperator, Query, TableFactor, TableWithJoins,
};

use crate::catalog::{Catalog, Relation, RelationKind};

use super::from::last_name;
use super::scope::is_rowid;

/// Whether `name` is the rowid of the table, by its alias or by one of its own names.
pub(super) fn names_row(relation: &Relation, name: &str) -> bool {
    let column = relation.column(name);
    column.map_or_else(|| is_rowid(name), |column| column.rowid)
}

/// The table `name`, if its rows have rowids.
pub(super) fn pinnable<'a>(catalog: &'a Catalog, name: &str) -> Option<&'a Relation> {
    let relation = catalog.relation(name)?;
    (relation.kind == RelationKind::Table && !relation.without_rowid).then_some(relation)
}

/// What stands in a FROM clause.
#[derive(Default)]
pub(super) struct FromItems<'t> {
    items: Vec<Item<'t>>,
    pub(super) subqueries: Vec<&'t Query>,
    /// Conditions of joins, with the item on whose rows they act.
    pub(super) joined: Vec<(&'t Expr, usize)>,
    /// Whether USING or NATURAL makes one column of two.
    merges: bool,
}

struct Item<'t> {
    /// The table's name; none for a subquery.
    table: Option<String>,
    /// The name under which its columns are known.
    alias: Option<&'t str>,
}

impl Item<'_> {
    fn relation<'a>(&self, catalog: &'a Catalog) -> Option<&'a Relation> {
        pinnable(catalog, self.table.as_ref()?)
    }

    fn is_called(&self, name: &str) -> bool {
        let own = self.alias.or(self.table.as_deref());
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

impl<'t> FromItems<'t> {
    pub(super) fn add_tree(&mut self, tree: &'t TableWithJoins) {
        self.add_factor(&tree.relation);
        for join in &tree.joins {
            let place = self.items.len();
            self.add_factor(&join.relation);
            let (constraint, acts) = match &join.join_operator {
                JoinOperator::Join(on)
                | JoinOperator::Inner(on)
                | JoinOperator::Left(on)
                | JoinOperator::LeftOuter(on) => (on, true),
                JoinOperator::CrossJoin(on)
                | JoinOperator::Right(on)
                | JoinOperator::RightOuter(on)
                | JoinOperator::FullOuter(on) => (on, false),
                _ => {
                    self.merges = true;
                    continue;
                }
            };
            match constraint {
                JoinConstraint::On(condition) if acts && self.items.len() == place + 1 => {
                    self.joined.push((condition, place));
                }
                JoinConstraint::Using(_) | JoinConstraint::Natural => self.merges = true,
                JoinConstraint::On(_) | JoinConstraint::None => {}
            }
        }
    }

    fn add_factor(&mut self, factor: &'t TableFactor) {
        match factor {
            TableFactor::Table {
                name, alias, args, ..
            } => self.items.push(Item {
                table: last_name(name).filter(|_| args.is_none()),
                alias: alias.as_ref().map(|alias| alias.name.value.as_str()),
            }),
            TableFactor::Derived {
                subquery, alias, ..
            } => {
                self.subqueries.push(subquery);
                let alias = alias.as_ref().map(|alias| alias.name.value.as_str());
                self.items.push(Item { table: None, alias });
            }
            TableFactor::NestedJoin {
                table_with_joins, ..
            } => self.add_tree(table_with_joins),
            _ => self.items.push(Item {
                table: None,
                alias: None,
            }),
        }
    }

    /// The table that an item is, if its rows have rowids.
    pub(super) fn relation<'a>(&self, place: usize, catalog: &'a Catalog) -> Option<&'a Relation> {
        self.items.get(place)?.relation(catalog)
    }

    /// The item whose rowid `table.name` is; SQLite has made sure that a bare name means one column.
    pub(super) fn place(
        &self,
        table: Option<&str>,
        name: &str,
        catalog: &Catalog,
    ) -> Option<usize> {
        if table.is_none() && self.merges {
            return None;
        }
        let is_meant = |item: &Item<'_>| {
            let has_column = || {
                let relation = item.relation(catalog);
                relation.is_some_and(|relation| relation.column(name).is_some())
            };
            match table {
                Some(table) => item.is_called(table),
                None => self.items.len() == 1 || has_column(),
            }
        };
        let mut meant = (0..self.items.len()).filter(|&at| is_meant(&self.items[at]));
        let (place, None) = (meant.next()?, meant.next()) else {
            return None;
        };
        let relation = self.items[place].relation(catalog)?;
        names_row(relation, name).then_some(place)
    }
}

pub(super) fn without_brackets(mut expr: &Expr) -> &Expr {
    while let Expr::Nested(inner) = expr {
        expr = inner;
    }
    expr
}

/// The column that `expr` is, with the table in front of it.
pub(super) fn column_of(expr: &Expr) -> Option<(Option<&str>, &str)> {
    match without_brackets(expr) {
        Expr::Identifier(name) => Some((None, &name.value)),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [.., table, name] => Some((Some(&table.value), &name.value)),
            _ => None,
        },
        _ => None,
    }
}

/// The equations that `condition` joins with AND, each both ways round.
pub(super) fn equations(condition: &Expr) -> Vec<[&Expr; 2]> {
    let mut conditions = vec![condition];
    let mut found = Vec::new();
    while let Some(condition) = conditions.pop() {
        match condition {
            Expr::Nested(inner) => conditions.push(inner),
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::And => conditions.extend([&**left, &**right]),
                BinaryOperator::Eq => found.extend([[&**left, &**right], [&**right, &**left]]),
                _ => {}
            },
            _ => {}
        }
    }
    found
}
