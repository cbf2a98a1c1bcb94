//! Finds columns that a condition proves to be non-null: `WHERE a.x = :p AND b.y IS NOT NULL` proves both.
//!
//! Only conditions that must all hold count, so nothing under OR or CASE. A proof about one column of a row is a proof
//! that the row is there: it also ends what an outer join has left open for that item.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value as Literal};

use super::infer::Infer;
use super::scope::find_column;
use super::value::ColumnPlace;

impl Infer<'_> {
    /// The columns of the innermost level which `condition` proves to be non-null wherever it holds.
    pub(super) fn proven_by(&self, condition: &Expr) -> Vec<ColumnPlace> {
        let mut proven = Vec::new();
        let mut conditions = vec![condition];
        while let Some(condition) = conditions.pop() {
            match condition {
                Expr::Nested(inner) => conditions.push(inner),
                Expr::BinaryOp {
                    left,
                    op: BinaryOperator::And,
                    right,
                } => conditions.extend([&**left, &**right]),
                other => self.prove(other, &mut proven),
            }
        }
        let level = self.levels.len().saturating_sub(1);
        proven.retain(|place| place.level == level);
        proven
    }

    fn prove(&self, condition: &Expr, proven: &mut Vec<ColumnPlace>) {
        match condition {
            Expr::IsNotNull(inner) => self.strict(inner, proven),
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => match &**expr {
                Expr::IsNull(inner) => self.strict(inner, proven),
                inner @ (Expr::Identifier(_) | Expr::CompoundIdentifier(_)) => {
                    self.strict(inner, proven);
                }
                _ => {}
            },
            // What the application makes of NULL in a LIKE or GLOB of its own is its own affair.
            Expr::BinaryOp {
                op: BinaryOperator::Glob,
                ..
            } if self.catalog.function("glob", 2).is_some() => {}
            Expr::Like { escape_char, .. }
                if self
                    .catalog
                    .function("like", 2 + usize::from(escape_char.is_some()))
                    .is_some() => {}
            Expr::BinaryOp { left, op, right } if is_comparison(op) => {
                self.strict(left, proven);
                self.strict(right, proven);
            }
            Expr::Like { expr, pattern, .. } => {
                self.strict(expr, proven);
                self.strict(pattern, proven);
            }
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                self.strict(expr, proven);
                if !negated {
                    self.strict(low, proven);
                    self.strict(high, proven);
                }
            }
            // `NULL NOT IN ()` holds, so only IN proves anything.
            Expr::InList {
                expr,
                negated: false,
                ..
            }
            | Expr::InSubquery {
                expr,
                negated: false,
                ..
            } => self.strict(expr, proven),
            Expr::IsNotDistinctFrom(left, right) if is_literal(right) => self.strict(left, proven),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.strict(condition, proven),
            _ => {}
        }
    }

    /// Collects the columns which, were one of them NULL, would make `expr` NULL.
    fn strict(&self, expr: &Expr, proven: &mut Vec<ColumnPlace>) {
        let mut exprs = vec![expr];
        while let Some(expr) = exprs.pop() {
            match expr {
                Expr::Identifier(name) => {
                    let value = find_column(&self.levels, None, &name.value);
                    proven.extend(value.and_then(|(_, value)| value.place));
                }
                Expr::CompoundIdentifier(parts) => {
                    if let [.., table, name] = parts.as_slice() {
                        let value = find_column(&self.levels, Some(&table.value), &name.value);
                        proven.extend(value.and_then(|(_, value)| value.place));
                    }
                }
                Expr::Nested(inner)
                | Expr::Collate { expr: inner, .. }
                | Expr::Cast { expr: inner, .. } => {
                    exprs.push(inner);
                }
                Expr::UnaryOp {
                    op: UnaryOperator::Plus | UnaryOperator::Minus,
                    expr: inner,
                } => exprs.push(inner),
                Expr::BinaryOp { left, op, right } if is_arithmetic(op) => {
                    exprs.extend([&**left, &**right]);
                }
                _ => {}
            }
        }
    }

    /// Marks `places` as proven on the innermost level, if `counts` says so for their item.
    pub(super) fn apply_proofs(&mut self, places: &[ColumnPlace], counts: impl Fn(usize) -> bool) {
        let Some(level) = self.levels.last_mut() else {
            return;
        };
        for place in places.iter().filter(|place| counts(place.item)) {
            let Some(item) = level.items.get_mut(place.item) else {
                continue;
            };
            item.optional = false;
            if let Some(column) = item.columns.get_mut(place.column) {
                column.proven = true;
            }
        }
    }
}

fn is_comparison(op: &BinaryOperator) -> bool {
    use BinaryOperator::{Eq, Glob, Gt, GtEq, Lt, LtEq, NotEq};
    matches!(op, Eq | NotEq | Lt | LtEq | Gt | GtEq | Glob)
}

fn is_arithmetic(op: &BinaryOperator) -> bool {
    use BinaryOperator::{Divide, Minus, Modulo, Multiply, Plus, StringConcat};
    matches!(op, Plus | Minus | Multiply | Divide | Modulo | StringConcat)
}

fn is_literal(expr: &Expr) -> bool {
    matches!(expr, Expr::Value(value)
        if matches!(value.value, Literal::Number(..) | Literal::SingleQuotedString(_) | Literal::HexStringLiteral(_)))
}
