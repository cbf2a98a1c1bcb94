//! `IN`: against values, a list, a subquery or a table.
//!
//! `a IN (:x, 1)` relates `a` with each of the values, `a IN :list` with the elements of one parameter, which `tokens` has
//! put into parentheses. What comes out is a Boolean that is NULL when something in it is.

use sqlparser::ast::{Expr, Query, Value as Literal};

use super::SqlType;
use super::from::last_name;
use super::infer::{Infer, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::value::Value;

impl Infer<'_> {
    pub(super) fn in_list(&mut self, expr: &Expr, list: &[Expr]) -> Result<Value, Puzzled> {
        let left = self.row(expr)?;
        let counts = Rule::NullInList.holds();
        let mut nullable = counts && left.iter().any(Value::gives_null) && !list.is_empty();
        if let [Expr::Value(item)] = list
            && matches!(item.value, Literal::Placeholder(_))
        {
            // The parameter is a list, which holds no NULL, and is empty when it is NULL itself.
            let elements = self.literal(item);
            for left in &left {
                self.relate(left, &elements, Nullness::Silent);
            }
            return Ok(Value::of(SqlType::Boolean, nullable));
        }
        for item in list {
            let row = self.row(item)?;
            for (left, right) in left.iter().zip(&row) {
                self.relate(left, right, Nullness::Silent);
                nullable |= counts && right.gives_null();
            }
        }
        Ok(Value::of(SqlType::Boolean, nullable))
    }

    pub(super) fn in_subquery(&mut self, expr: &Expr, subquery: &Query) -> Result<Value, Puzzled> {
        let left = self.row(expr)?;
        let right = self.query(subquery)?.columns;
        let mut nullable = false;
        for (left, right) in left.iter().zip(&right) {
            self.relate(left, &right.value, Nullness::Silent);
            nullable |= (left.gives_null() || right.value.gives_null()) && Rule::NullInList.holds();
        }
        Ok(Value::of(SqlType::Boolean, nullable))
    }

    /// `x IN t` and `x IN json_each(:list)`.
    pub(super) fn in_table(&mut self, expr: &Expr, table: &Expr) -> Result<Value, Puzzled> {
        let left = self.row(expr)?;
        let name = match table {
            Expr::Identifier(name) => vec![name.clone()],
            Expr::CompoundIdentifier(parts) => parts.clone(),
            Expr::Function(call) => {
                let lower = last_name(&call.name).unwrap_or_default();
                let value = self.call(call)?;
                let text = lower.to_ascii_lowercase().starts_with("json");
                if text {
                    self.expect(&value, SqlType::Text, Weight::Expression);
                }
                return Ok(Value::of(SqlType::Boolean, true));
            }
            _ => return Err(Puzzled),
        };
        let item = self.table_item(&name.into(), None)?;
        for (left, right) in left.iter().zip(&item.columns) {
            self.relate(left, &right.value, Nullness::Silent);
        }
        Ok(Value::of(SqlType::Boolean, true))
    }
}
