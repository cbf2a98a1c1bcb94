//! Binary operators: what they give for two values of which something is known.
//!
//! `a + b` → Integer for two Integers, Real as soon as one is Real; `a / b` can be NULL for any operands; `inf - inf` is a
//! NULL that reads as NaN; `a || b` is Text.

use sqlparser::ast::BinaryOperator;

use super::SqlType;
use super::call::declared_value;
use super::expression::{as_number, is_comparison};
use super::infer::{Infer, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::value::Value;

impl Infer<'_> {
    /// The value of `left op right`.
    pub(super) fn operate(
        &mut self,
        left: &Value,
        op: &BinaryOperator,
        right: &Value,
    ) -> Result<Value, Puzzled> {
        let nullable = (left.gives_null() || right.gives_null()) && Rule::Operand.holds();
        let both = |this: &mut Self, ty: SqlType, weight: Weight| {
            this.expect(left, ty, weight);
            this.expect(right, ty, weight);
        };
        Ok(match op {
            _ if is_comparison(op) => {
                self.relate(left, right, Nullness::Silent);
                Value::of(SqlType::Boolean, nullable)
            }
            BinaryOperator::And | BinaryOperator::Or => {
                both(self, SqlType::Boolean, Weight::Hint);
                Value::of(SqlType::Boolean, nullable)
            }
            BinaryOperator::Glob => {
                both(self, SqlType::Text, Weight::Expression);
                self.called_as("glob", 2, Value::of(SqlType::Boolean, nullable))
            }
            // Both are functions that the application or a virtual table brings along.
            BinaryOperator::Match | BinaryOperator::Regexp => {
                both(self, SqlType::Text, Weight::Expression);
                let is_match = *op == BinaryOperator::Match;
                let name = if is_match { "match" } else { "regexp" };
                self.called_as(name, 2, Value::of(SqlType::Boolean, true))
            }
            BinaryOperator::StringConcat => {
                both(self, SqlType::Text, Weight::Expression);
                Value::of(SqlType::Text, nullable)
            }
            BinaryOperator::Arrow => {
                both(self, SqlType::Text, Weight::Expression);
                Value::of(SqlType::Text, nullable || Rule::Path.holds())
            }
            BinaryOperator::LongArrow => {
                both(self, SqlType::Text, Weight::Expression);
                Value::unknown()
            }
            BinaryOperator::BitwiseAnd
            | BinaryOperator::BitwiseOr
            | BinaryOperator::PGBitwiseShiftLeft
            | BinaryOperator::PGBitwiseShiftRight => {
                both(self, SqlType::Integer, Weight::Expression);
                Value::of(SqlType::Integer, nullable)
            }
            BinaryOperator::Plus | BinaryOperator::Minus | BinaryOperator::Multiply => {
                self.calculate(left, right, false)
            }
            BinaryOperator::Divide | BinaryOperator::Modulo => self.calculate(left, right, true),
            _ => return Err(Puzzled),
        })
    }

    /// The value of an operator that calls a function: `a LIKE b` is `like(b, a)`, which the application may replace.
    pub(super) fn called_as(&self, name: &str, arguments: usize, usual: Value) -> Value {
        match self.catalog.function(name, arguments) {
            Some(function) if function.returns.is_some() => declared_value(function),
            Some(function) => Value::of(usual.known_type(), function.nullable),
            None => usual,
        }
    }

    fn calculate(&mut self, left: &Value, right: &Value, divides: bool) -> Value {
        self.meet_number(left, right);
        self.meet_number(right, left);
        let number = |value: &Value| value.ty.map(as_number);
        let ty = match (number(left), number(right)) {
            (None, None) => None,
            (Some(Some(ty)), None) | (None, Some(Some(ty))) => Some(ty),
            // A real number makes everything beside it real.
            (Some(Some(SqlType::Real)), _) | (_, Some(Some(SqlType::Real))) => Some(SqlType::Real),
            (Some(Some(_)), Some(Some(_))) => Some(SqlType::Integer),
            _ => Some(SqlType::Any),
        };
        // `:p + 1` is as good a place to learn the type of `:p` as `:p` itself.
        let open = |value: &Value, other: &Value| {
            value.ty.is_none() && (other.literal || other.ty.is_none())
        };
        let mut parameters = Vec::new();
        if open(left, right) {
            parameters.extend_from_slice(&left.parameters);
        }
        if open(right, left) {
            parameters.extend_from_slice(&right.parameters);
        }
        let nan = left.may_be_nan || right.may_be_nan;
        // Text and any value may be infinite as well, and Inf - Inf is NULL.
        let unsure = ty == Some(SqlType::Any) || (nan && ty == Some(SqlType::Integer));
        Value {
            ty,
            nullable: (divides && Rule::Division.holds())
                || left.nullable
                || right.nullable
                || (unsure && Rule::NotANumber.holds()),
            may_be_nan: ty == Some(SqlType::Real) || (ty.is_none() && nan),
            parameters,
            literal: left.literal && right.literal,
            ..Value::default()
        }
    }

    /// Arithmetic tells the kind of number, but a column's own Rust type is no business of an offset.
    fn meet_number(&mut self, value: &Value, other: &Value) {
        if let Some(ty) = other.ty.and_then(as_number) {
            let weight = if other.literal {
                Weight::Hint
            } else {
                Weight::Expression
            };
            self.expect(value, ty, weight);
        }
    }
}
