//! Types an expression: `price * 2 > :limit` → Boolean, NULL when `price` or `:limit` can be, `:limit` typed by `price`.
//!
//! Each function here gives what SQLite's operator gives (<https://sqlite.org/lang_expr.html>); on the way parameters
//! are told what they meet. In doubt a value is nullable and its type is Any.

use sqlparser::ast::{
    BinaryOperator, Expr, Ident, Query, UnaryOperator, Value as Literal, ValueWithSpan,
};

use super::SqlType;
use super::infer::{DEEPEST, Infer, MOST_STEPS, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::scope::{find_column, has_nameless};
use super::types::{declared_type, keeps_numbers};
use super::value::Value;

/// In longer chains of AND and OR the left side says nothing about the right one.
const MOST_PROOFS: usize = 16;

impl Infer<'_> {
    /// What is known of the value of `expr`.
    pub(super) fn infer(&mut self, expr: &Expr) -> Result<Value, Puzzled> {
        self.steps += 1;
        if self.depth >= DEEPEST || self.steps >= MOST_STEPS {
            return Err(Puzzled);
        }
        self.depth += 1;
        let value = self.infer_inside(expr);
        self.depth -= 1;
        value
    }

    fn infer_inside(&mut self, expr: &Expr) -> Result<Value, Puzzled> {
        match expr {
            Expr::Identifier(name) => Ok(self.name(None, name)),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., table, name] => Ok(self.name(Some(table), name)),
                _ => Err(Puzzled),
            },
            Expr::Value(literal) => Ok(self.literal(literal)),
            Expr::Nested(inner) => self.infer(inner),
            Expr::Collate { expr, .. } => self.infer(expr),
            Expr::UnaryOp { op, expr } => self.unary(*op, expr),
            Expr::BinaryOp { left, op, right } => self.binary(expr, left, op, right),
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => self.null_test(inner),
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                self.compare_rows(left, right, Nullness::Welcome)?;
                Ok(Value::of(SqlType::Boolean, false))
            }
            Expr::Between {
                expr, low, high, ..
            } => {
                let low = self.compare_rows(expr, low, Nullness::Silent)?;
                let high = self.compare_rows(expr, high, Nullness::Silent)?;
                Ok(Value::of(SqlType::Boolean, low || high))
            }
            Expr::InList { expr, list, .. } => self.in_list(expr, list),
            Expr::InSubquery { expr, subquery, .. } => self.in_subquery(expr, subquery),
            Expr::InUnnest {
                expr, array_expr, ..
            } => self.in_table(expr, array_expr),
            Expr::Like {
                negated,
                expr,
                pattern,
                escape_char,
                ..
            } => {
                let value = self.like(&[Some(expr), Some(pattern), escape_char.as_deref()])?;
                let negation = Value::of(SqlType::Boolean, value.nullable);
                Ok(if *negated { negation } else { value })
            }
            Expr::Cast {
                expr, data_type, ..
            } => self.cast(expr, &data_type.to_string()),
            Expr::Case {
                operand,
                conditions,
                else_result,
                ..
            } => self.case(operand.as_deref(), conditions, else_result.as_deref()),
            Expr::Exists { subquery, .. } => {
                self.query(subquery)?;
                Ok(Value::of(SqlType::Boolean, false))
            }
            Expr::Subquery(query) => self.scalar(query),
            Expr::Function(call) => self.call(call),
            Expr::Tuple(parts) => {
                for part in parts {
                    self.infer(part)?;
                }
                Ok(Value::unknown())
            }
            _ => Err(Puzzled),
        }
    }

    fn name(&mut self, table: Option<&Ident>, name: &Ident) -> Value {
        let qualifier = table.map(|table| table.value.as_str());
        if let Some((level, value)) = find_column(&self.levels, qualifier, &name.value) {
            self.met.add(level);
            return value;
        }
        if table.is_some() || has_nameless(&self.levels) {
            return Value::unknown();
        }
        let constant = |ty: SqlType| Value {
            literal: true,
            ..Value::of(ty, false)
        };
        match name.value.to_ascii_lowercase().as_str() {
            // SQLite takes "x" for a string when there is no such column.
            _ if name.quote_style == Some('"') => constant(SqlType::Text),
            "true" | "false" => constant(SqlType::Boolean),
            "current_timestamp" | "current_date" | "current_time" => constant(SqlType::Text),
            _ => Value::unknown(),
        }
    }

    pub(super) fn literal(&self, literal: &ValueWithSpan) -> Value {
        let ty = match &literal.value {
            Literal::Placeholder(_) => {
                return self
                    .parameter(usize::try_from(literal.span.start.column).unwrap_or(usize::MAX));
            }
            Literal::Null => return Value::null(),
            Literal::Number(text, _) => number_type(text),
            Literal::HexStringLiteral(_) => SqlType::Blob,
            _ => SqlType::Text,
        };
        let bit = matches!(&literal.value, Literal::Number(text, _) if text == "0" || text == "1");
        Value {
            literal: true,
            bit,
            ..Value::of(ty, false)
        }
    }

    fn unary(&mut self, op: UnaryOperator, expr: &Expr) -> Result<Value, Puzzled> {
        let value = self.infer(expr)?;
        let gives_null = value.gives_null();
        Ok(match op {
            UnaryOperator::Not => {
                self.expect(&value, SqlType::Boolean, Weight::Hint);
                Value::of(SqlType::Boolean, gives_null)
            }
            UnaryOperator::BitwiseNot => {
                self.expect(&value, SqlType::Integer, Weight::Expression);
                Value::of(SqlType::Integer, gives_null)
            }
            UnaryOperator::Plus => value.computed(),
            UnaryOperator::Minus => {
                let literal = value.literal;
                let ty = if is_beyond_highest(expr) {
                    Some(SqlType::Integer)
                } else {
                    value.ty.map(|ty| as_number(ty).unwrap_or(SqlType::Any))
                };
                Value {
                    ty,
                    literal,
                    loose: false,
                    ..value.computed()
                }
            }
            _ => return Err(Puzzled),
        })
    }

    /// Chains such as `a AND b AND c` lean to the left, so they are walked without recursion.
    fn binary(
        &mut self,
        whole: &Expr,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
    ) -> Result<Value, Puzzled> {
        if is_row(left) || is_row(right) {
            if !is_comparison(op) {
                return Err(Puzzled);
            }
            let nullable = self.compare_rows(left, right, Nullness::Silent)?;
            return Ok(Value::of(SqlType::Boolean, nullable));
        }
        let mut steps = Vec::new();
        let mut first = whole;
        while let Expr::BinaryOp { left, op, right } = first {
            if is_row(left) || is_row(right) {
                break;
            }
            steps.push((&**left, op, &**right));
            first = left;
        }
        let mut value = self.infer(first)?;
        for (at, (left, op, right)) in steps.into_iter().rev().enumerate() {
            // In `x IS NULL OR x > 3` the right side counts only where the left one does not hold.
            let known = match op {
                BinaryOperator::And if at < MOST_PROOFS => self.proven_by(left),
                BinaryOperator::Or if at < MOST_PROOFS => self.proven_without(left),
                _ => Vec::new(),
            };
            let right = self.knowing(&known, |infer| infer.infer(right))?;
            value = self.operate(&value, op, &right)?;
        }
        Ok(value)
    }

    /// Compares two values or rows; tells whether the outcome can be NULL.
    fn compare_rows(
        &mut self,
        left: &Expr,
        right: &Expr,
        nullness: Nullness,
    ) -> Result<bool, Puzzled> {
        let left = self.row(left)?;
        let right = self.row(right)?;
        let mut nullable = left.len() != right.len();
        for (left, right) in left.iter().zip(&right) {
            let says = |value: &Value| {
                if value.bare {
                    nullness
                } else {
                    Nullness::Silent
                }
            };
            self.meet(left, right, says(left));
            self.meet(right, left, says(right));
            nullable |= left.gives_null() || right.gives_null();
        }
        Ok(nullable)
    }

    /// The values of a row: `(a, b)`, a subquery, or one value.
    pub(super) fn row(&mut self, expr: &Expr) -> Result<Vec<Value>, Puzzled> {
        match expr {
            Expr::Nested(inner) => self.row(inner),
            Expr::Tuple(parts) => parts.iter().map(|part| self.infer(part)).collect(),
            Expr::Subquery(query) => {
                let outcome = self.query(query)?;
                let has_row = outcome.has_row;
                Ok(outcome
                    .columns
                    .into_iter()
                    .map(|column| column.value.of_subquery(!has_row && Rule::NoRow.holds()))
                    .collect())
            }
            _ => Ok(vec![self.infer(expr)?]),
        }
    }

    /// `:p IS NULL` says that the statement has a meaning for it, also behind a CAST.
    fn null_test(&mut self, inner: &Expr) -> Result<Value, Puzzled> {
        self.infer(inner)?;
        let mut tested = inner;
        while let Expr::Nested(inner) | Expr::Cast { expr: inner, .. } = tested {
            tested = inner;
        }
        if let Expr::Value(literal) = tested {
            let value = self.literal(literal);
            self.welcome_null(&value);
            self.tested
                .extend(value.parameters.iter().map(|place| place.byte));
        }
        Ok(Value::of(SqlType::Boolean, false))
    }

    fn like(&mut self, operands: &[Option<&Expr>]) -> Result<Value, Puzzled> {
        let mut nullable = false;
        let mut count = 0;
        for operand in operands.iter().flatten() {
            let value = self.infer(operand)?;
            self.expect(&value, SqlType::Text, Weight::Expression);
            nullable |= value.gives_null();
            count += 1;
        }
        Ok(self.called_as("like", count, Value::of(SqlType::Boolean, nullable)))
    }

    fn cast(&mut self, expr: &Expr, declared: &str) -> Result<Value, Puzzled> {
        let value = self.infer(expr)?;
        let mut ty = declared_type(declared);
        self.expect(&value, ty, Weight::Expression);
        // A cast to BOOLEAN gives whatever number there is: its affinity is numeric, and 2 stays 2.
        if ty == SqlType::Boolean
            && let Some(from) = value.ty.filter(|from| *from != SqlType::Boolean)
        {
            ty = as_number(from).unwrap_or(SqlType::Any);
        }
        Ok(Value {
            loose: keeps_numbers(declared) && Rule::Affinity.holds(),
            ..Value::of(ty, value.gives_null())
        })
    }

    fn scalar(&mut self, query: &Query) -> Result<Value, Puzzled> {
        let outcome = self.query(query)?;
        let has_row = outcome.has_row;
        let mut value = outcome.columns.into_iter().next().ok_or(Puzzled)?.value;
        value.place = None;
        value.bare &= has_row;
        Ok(value.of_subquery(!has_row && Rule::NoRow.holds()))
    }
}

/// Integer for what SQLite stores as such, else Real.
fn number_type(text: &str) -> SqlType {
    let digits = text.replace('_', "");
    let is_hex = digits.starts_with("0x") || digits.starts_with("0X");
    if is_hex || digits.parse::<i64>().is_ok() {
        SqlType::Integer
    } else {
        SqlType::Real
    }
}

/// Whether `expr` is the one number that is an INTEGER only behind a minus sign.
fn is_beyond_highest(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_beyond_highest(inner),
        Expr::Value(literal) => {
            matches!(&literal.value, Literal::Number(text, _) if text.replace('_', "") == "9223372036854775808")
        }
        _ => false,
    }
}

/// The type of a value of type `ty` in arithmetic, where that is certain.
pub(super) fn as_number(ty: SqlType) -> Option<SqlType> {
    match ty {
        SqlType::Boolean | SqlType::Integer => Some(SqlType::Integer),
        SqlType::Real => Some(SqlType::Real),
        SqlType::Text | SqlType::Blob | SqlType::Any => None,
    }
}

fn is_row(expr: &Expr) -> bool {
    match expr {
        Expr::Tuple(_) => true,
        Expr::Nested(inner) => is_row(inner),
        _ => false,
    }
}

/// Whether `op` compares.
pub(super) fn is_comparison(op: &BinaryOperator) -> bool {
    use BinaryOperator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    matches!(op, Eq | NotEq | Lt | LtEq | Gt | GtEq)
}
