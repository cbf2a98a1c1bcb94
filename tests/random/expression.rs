//! Expressions of every kind, over the columns in sight.

use super::patterns::{aggregates, operators};
use super::schema::value;
use super::{Class, Column, Database, Dice, Relation};

/// An item of FROM.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its alias; empty for a column that is named without one.
    pub(super) alias: String,
    pub(super) columns: Vec<Column>,
}

impl Source {
    pub(super) fn name_of(&self, column: &Column) -> String {
        match self.alias.as_str() {
            "" => column.name.clone(),
            alias => format!("{alias}.{}", column.name),
        }
    }
}

/// Makes one statement.
pub(super) struct Maker<'d> {
    pub(super) database: &'d Database,
    pub(super) dice: &'d mut Dice,
    /// What each level of the statement selects from, the innermost last.
    pub(super) scopes: Vec<Vec<Source>>,
    pub(super) ctes: Vec<Relation>,
    pub(super) aliases: usize,
    pub(super) parameters: bool,
}

const SCALAR: [Class; 6] = [
    Class::Integer,
    Class::Text,
    Class::Real,
    Class::Boolean,
    Class::Blob,
    Class::Any,
];

impl<'d> Maker<'d> {
    pub(super) fn new(database: &'d Database, dice: &'d mut Dice) -> Self {
        Self {
            database,
            dice,
            scopes: Vec::new(),
            ctes: Vec::new(),
            aliases: 0,
            parameters: false,
        }
    }

    pub(super) fn class(&mut self) -> Class {
        self.dice.pick(&SCALAR)
    }

    /// An expression of a class.
    pub(super) fn expression(&mut self, class: Class, depth: usize) -> String {
        if depth == 0 || self.dice.chance(25) {
            return self.leaf(class);
        }
        match self.dice.below(5) {
            0 => self.choice(class, depth - 1),
            1 if depth > 1 => self.scalar(class),
            _ => {
                let pattern = self.dice.pick(operators(class));
                self.fill(pattern, depth - 1)
            }
        }
    }

    /// A column, a literal, or now and then a parameter.
    fn leaf(&mut self, class: Class) -> String {
        if self.parameters && self.dice.chance(4) {
            return format!(":p{}", self.dice.below(3));
        }
        // Most of the time a column of the innermost query, sometimes one of an outer query.
        let outer = self.scopes.len() > 1 && self.dice.chance(20);
        let level = self.scopes.len().saturating_sub(1 + usize::from(outer));
        let scope = self.scopes.get(level).map_or(&[][..], Vec::as_slice);
        // A column without a table is one that USING made of two; it is worth more than one try.
        let merged = scope.iter().filter(|source| source.alias.is_empty());
        let merged = merged.flat_map(|source| &source.columns);
        let merged: Vec<_> = merged.filter(|column| column.class == class).collect();
        if let [.., column] = merged[..]
            && self.dice.chance(40)
        {
            return column.name.clone();
        }
        let fitting: Vec<String> = scope
            .iter()
            .flat_map(|source| source.columns.iter().map(move |column| (source, column)))
            .filter(|(_, column)| column.class == class || class == Class::Any)
            .map(|(source, column)| source.name_of(column))
            .collect();
        if fitting.is_empty() || self.dice.chance(12) {
            return match self.dice.below(8) {
                0 => "NULL".to_owned(),
                _ => value(self.dice, class),
            };
        }
        self.dice.pick(&fitting)
    }

    /// Fills the holes of a pattern: `#i` with an Integer, `#r` Real, `#t` Text, `#b` Boolean, `#x` Blob, `#a` anything.
    pub(super) fn fill(&mut self, pattern: &str, depth: usize) -> String {
        let mut filled = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('#') {
            filled += before;
            let class = match after.as_bytes().first() {
                Some(b'i') => Class::Integer,
                Some(b'r') => Class::Real,
                Some(b't') => Class::Text,
                Some(b'b') => Class::Boolean,
                Some(b'x') => Class::Blob,
                _ => self.class(),
            };
            filled += &format!("({})", self.expression(class, depth));
            rest = &after[1..];
        }
        filled + rest
    }

    /// CASE and its kin: one of several values of a class.
    fn choice(&mut self, class: Class, depth: usize) -> String {
        let mut value = || self.expression(class, depth);
        let (first, second, third) = (value(), value(), value());
        let condition = self.expression(Class::Boolean, depth);
        let any = self.class();
        match self.dice.below(9) {
            0 => format!("CASE WHEN {condition} THEN {first} ELSE {second} END"),
            1 => format!("CASE WHEN {condition} THEN {first} END"),
            2 => format!("CASE WHEN ({first}) IS NULL THEN {second} ELSE {first} END"),
            3 => {
                let (operand, compared) =
                    (self.expression(any, depth), self.expression(any, depth));
                format!("CASE {operand} WHEN {compared} THEN {first} ELSE {second} END")
            }
            4 => format!("COALESCE({first}, {second}, {third})"),
            5 => format!("IFNULL({first}, {second})"),
            6 => format!("NULLIF({first}, {second})"),
            7 => format!("IIF({condition}, {first}, {second})"),
            _ => format!("IIF(({first}) IS NOT NULL, {first}, {second})"),
        }
    }

    /// A scalar subquery.
    fn scalar(&mut self, class: Class) -> String {
        self.scopes.push(Vec::new());
        let text = match self.dice.below(6) {
            0 => format!("(SELECT {})", self.expression(class, 1)),
            1 => {
                let (from, value) = (self.from(), value(self.dice, class));
                format!("(SELECT IIF(count(*) = 0, {value}, {value}) {from} HAVING count(*) > 3)")
            }
            2 => {
                let from = self.from();
                let pattern = self.dice.pick(aggregates(class));
                let limit = self
                    .dice
                    .pick(&["", " LIMIT 1", " LIMIT 0", " LIMIT 1 OFFSET 1"]);
                let having = if self.dice.chance(15) {
                    " HAVING count(*) > 1"
                } else {
                    ""
                };
                format!("(SELECT {} {from}{having}{limit})", self.fill(pattern, 1))
            }
            _ => {
                let from = self.from();
                let (value, condition) = (self.expression(class, 1), self.condition(1));
                format!("(SELECT {value} {from} WHERE {condition} LIMIT 1)")
            }
        };
        self.scopes.pop();
        text
    }

    /// A condition such as people write: often one that says something about NULL.
    pub(super) fn condition(&mut self, depth: usize) -> String {
        let class = self.class();
        let column = self.leaf(class);
        let other = self.expression(class, 0);
        match self.dice.below(16) {
            0 | 1 => format!("{column} IS NOT NULL"),
            2 => format!("{column} = {other}"),
            3 => format!("NOT ({column} IS NULL)"),
            4 => format!("{column} < {other} OR {column} > {other}"),
            5 => format!("{column} IS NOT NULL OR {}", self.condition(0)),
            6 => format!("{} AND {}", self.condition(0), self.condition(0)),
            7 => format!("NOT ({column} = {other})"),
            8 => format!("{column} IN ({other}, {other})"),
            9 => format!("{column} IS {other}"),
            10 => format!("length({column}) >= 0"),
            11 => "1".to_owned(),
            12 => format!(
                "{column} NOT IN (SELECT {other} WHERE {} = 1)",
                self.dice.below(2)
            ),
            _ => self.expression(Class::Boolean, depth),
        }
    }
}
