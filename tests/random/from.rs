//! FROM clauses: tables, views, subqueries and common table expressions, joined in every way.

use super::expression::{Maker, Source};
use super::{Class, Column, Relation};

impl Maker<'_> {
    /// A FROM clause of up to three sources, which come into sight.
    pub(super) fn from(&mut self) -> String {
        let mut text = self.source();
        for _ in 0..self.dice.below(3) {
            text = self.join(&text);
        }
        format!("FROM {text}")
    }

    fn join(&mut self, left: &str) -> String {
        let before = self.visible_columns();
        let right = self.source();
        let side = self
            .dice
            .pick(&["", "LEFT ", "LEFT ", "RIGHT ", "FULL ", "INNER "]);
        match self.dice.below(10) {
            0 => format!("{left}, {right}"),
            1 => format!("{left} CROSS JOIN {right}"),
            2 => {
                // Which columns are shared is for SQLite to find out; they are named with their tables only.
                format!("{left} NATURAL {side}JOIN {right}")
            }
            3 => self.using(left, &right, side, &before),
            _ => {
                let condition = self.join_condition(&before);
                format!("{left} {side}JOIN {right} ON {condition}")
            }
        }
    }

    fn using(
        &mut self,
        left: &str,
        right: &str,
        side: &str,
        before: &[(String, Column)],
    ) -> String {
        let Some(source) = self.scopes.last().and_then(|scope| scope.last()).cloned() else {
            return format!("{left} {side}JOIN {right}");
        };
        let shared = source.columns.iter().find(|column| {
            before
                .iter()
                .filter(|(_, other)| other.name == column.name)
                .count()
                == 1
        });
        let Some(column) = shared.cloned() else {
            return format!("{left} {side}JOIN {right}");
        };
        let text = format!("{left} {side}JOIN {right} USING ({})", column.name);
        if let Some(scope) = self.scopes.last_mut() {
            // Without its table it is the column of the side that is there.
            let class = before
                .iter()
                .find(|(_, other)| other.name == column.name)
                .map_or(Class::Any, |(_, other)| {
                    if other.class == column.class {
                        other.class
                    } else {
                        Class::Any
                    }
                });
            scope.push(Source {
                alias: String::new(),
                columns: vec![Column { class, ..column }],
            });
        }
        text
    }

    fn join_condition(&mut self, before: &[(String, Column)]) -> String {
        let after: Vec<_> = self.visible_columns().split_off(before.len());
        let left = self.dice.pick(before);
        let equal = after
            .iter()
            .find(|(_, column)| column.class == left.1.class)
            .cloned();
        match equal {
            Some(right) if self.dice.chance(60) => format!("{} = {}", left.0, right.0),
            _ => self.expression(Class::Boolean, 1),
        }
    }

    /// Every column in sight of the innermost query, with its table.
    pub(super) fn visible_columns(&self) -> Vec<(String, Column)> {
        let scope = self.scopes.last().map_or(&[][..], Vec::as_slice);
        let columns = scope.iter().flat_map(|source| {
            source
                .columns
                .iter()
                .map(|column| (source.name_of(column), column.clone()))
        });
        columns.collect()
    }

    /// A table, view, table expression or subquery with an alias.
    fn source(&mut self) -> String {
        self.aliases += 1;
        let alias = format!("s{}", self.aliases);
        let deep = self.scopes.len() > 2;
        let (text, columns) = if !deep && self.dice.chance(20) {
            let (query, relation) = self.subquery(&alias);
            (format!("({query})"), relation.columns)
        } else {
            let known: Vec<Relation> = self
                .ctes
                .iter()
                .chain(&self.database.relations)
                .cloned()
                .collect();
            let relation = if self.dice.chance(30) {
                known[0].clone()
            } else {
                self.dice.pick(&known)
            };
            (relation.name, relation.columns)
        };
        if let Some(scope) = self.scopes.last_mut() {
            scope.push(Source {
                alias: alias.clone(),
                columns,
            });
        }
        format!("{text} AS {alias}")
    }

    /// A query that sees nothing of what is around it, as a relation.
    pub(super) fn subquery(&mut self, name: &str) -> (String, Relation) {
        let scopes = std::mem::take(&mut self.scopes);
        let (query, classes) = self.plain_query(1);
        self.scopes = scopes;
        let columns = classes.into_iter().enumerate().map(|(at, class)| Column {
            name: format!("x{at}"),
            class,
        });
        let relation = Relation {
            name: name.to_owned(),
            columns: columns.collect(),
        };
        (query, relation)
    }
}
