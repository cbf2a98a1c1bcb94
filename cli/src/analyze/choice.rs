//! CASE, IIF and what else chooses one of several values: its arms know what the conditions before them say.
//!
//! `CASE WHEN x IS NULL THEN 0 ELSE x END` → never NULL, since the last arm comes only where `x` is there.

use sqlparser::ast::{CaseWhen, Expr};

use super::SqlType;
use super::infer::{Infer, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::value::{ColumnPlace, Value};

impl Infer<'_> {
    /// The value of a CASE.
    pub(super) fn case(
        &mut self,
        operand: Option<&Expr>,
        conditions: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Result<Value, Puzzled> {
        let compared = operand.map(|operand| self.infer(operand)).transpose()?;
        let mut arms = Vec::new();
        let mut known = Vec::new();
        for CaseWhen { condition, result } in conditions {
            let value = self.knowing(&known, |infer| infer.infer(condition))?;
            let proven = match operand {
                Some(operand) => self.proven_by_equality(operand, condition),
                None => self.proven_by(condition),
            };
            match &compared {
                Some(compared) => self.relate(compared, &value, Nullness::Silent),
                None => self.expect(&value, SqlType::Boolean, Weight::Hint),
            }
            arms.push(self.arm(result, &known, &proven)?);
            if operand.is_none() {
                known.extend(self.proven_without(condition));
            }
        }
        arms.push(match otherwise {
            Some(otherwise) => self.knowing(&known, |infer| infer.infer(otherwise))?,
            None => Value {
                nullable: Rule::NoElse.holds(),
                ..Value::null()
            },
        });
        Ok(self.one_of(&arms))
    }

    /// An arm where `proven` is known besides what earlier conditions have left.
    fn arm(
        &mut self,
        result: &Expr,
        known: &[ColumnPlace],
        proven: &[ColumnPlace],
    ) -> Result<Value, Puzzled> {
        self.knowing(known, |infer| {
            infer.knowing(proven, |infer| infer.infer(result))
        })
    }

    /// The arguments of `iif(c1, a, c2, b, …, otherwise)`, each knowing what the conditions before it say.
    pub(super) fn inferred_arms(&mut self, exprs: &[&Expr]) -> Result<Vec<Value>, Puzzled> {
        let mut values = Vec::with_capacity(exprs.len());
        let mut known = Vec::new();
        for pair in exprs.chunks(2) {
            values.push(self.knowing(&known, |infer| infer.infer(pair[0]))?);
            if let [condition, result] = pair {
                let proven = self.proven_by(condition);
                values.push(self.arm(result, &known, &proven)?);
                known.extend(self.proven_without(condition));
            }
        }
        Ok(values)
    }

    /// Whichever of `arms` comes; parameters among them take the type of the others.
    pub(super) fn one_of(&mut self, arms: &[Value]) -> Value {
        let merged = arms.iter().skip(1).fold(
            arms.first().cloned().unwrap_or_else(Value::null),
            Value::either,
        );
        for arm in arms.iter().filter(|arm| arm.ty.is_none()) {
            self.meet(arm, &merged, Nullness::Silent);
        }
        merged
    }
}
