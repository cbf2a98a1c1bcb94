//! Queries around their SELECTs: WITH, compounds, VALUES, ORDER BY and LIMIT.
//!
//! `SELECT a FROM t UNION SELECT NULL` → one column with `a`'s type, nullable because an arm is. A recursive CTE starts
//! as its first arm says and is looked at again until nothing changes.

use std::rc::Rc;

use sqlparser::ast::{
    Cte as TableExpression, Expr, LimitClause, OrderBy, OrderByKind, Query, SetExpr, SetOperator,
    Value as Literal, Values, With,
};

use super::SqlType;
use super::infer::{Cte, Infer, MOST_STEPS, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::scope::Level;
use super::select::span_of;
use super::value::{OutColumn, Value};

/// What comes out of a query.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) columns: Vec<OutColumn>,
    /// Whether there is a row in any case.
    pub(super) has_row: bool,
}

impl Infer<'_> {
    /// The outcome of a query with its WITH, ORDER BY and LIMIT.
    pub(super) fn query(&mut self, query: &Query) -> Result<Outcome, Puzzled> {
        let outside = self.ctes.len();
        let outcome = self.query_inside(query);
        self.ctes.truncate(outside);
        outcome
    }

    fn query_inside(&mut self, query: &Query) -> Result<Outcome, Puzzled> {
        if let Some(with) = &query.with {
            self.enter_with(with)?;
        }
        let mut outcome = self.body(&query.body, query.order_by.as_ref())?;
        if let Some(limit) = &query.limit_clause {
            outcome.has_row &= leaves_one(limit) || !Rule::Limit.holds();
            self.limit(limit)?;
        }
        Ok(outcome)
    }

    /// Brings common table expressions into sight; each may select from any other, before or behind it.
    ///
    /// SQLite looks at none that nothing selects from, so what cannot be understood is no harm until then.
    pub(super) fn enter_with(&mut self, with: &With) -> Result<(), Puzzled> {
        let base = self.ctes.len();
        self.ctes.extend(with.cte_tables.iter().map(|cte| Cte {
            name: cte.alias.name.value.clone(),
            columns: None,
            used: false,
        }));
        let mut open: Vec<usize> = (0..with.cte_tables.len()).collect();
        while !open.is_empty() {
            let waiting = open.len();
            let mut failed = Vec::new();
            for at in open {
                let noted = self.uses.len();
                let columns = self.table_expression(&with.cte_tables[at]);
                if self.steps >= MOST_STEPS {
                    return Err(Puzzled);
                }
                if let Ok(columns) = columns {
                    self.ctes[base + at].columns = Some(columns);
                } else {
                    self.uses.truncate(noted);
                    failed.push(at);
                }
            }
            if failed.len() == waiting {
                break;
            }
            open = failed;
        }
        Ok(())
    }

    fn table_expression(&mut self, cte: &TableExpression) -> Result<Rc<[OutColumn]>, Puzzled> {
        let names: Vec<&str> = cte
            .alias
            .columns
            .iter()
            .map(|column| column.name.value.as_str())
            .collect();
        self.cte(&cte.alias.name.value, &names, &cte.query)
    }

    fn cte(
        &mut self,
        name: &str,
        names: &[&str],
        query: &Query,
    ) -> Result<Rc<[OutColumn]>, Puzzled> {
        // A CTE does not see the FROM clause of the query it belongs to, but what is around that.
        let SetExpr::SetOperation { left, .. } = &*query.body else {
            return Ok(rename(self.query(query)?.columns, names));
        };
        let outside = self.ctes.len();
        if let Some(with) = &query.with {
            self.enter_with(with)?;
        }
        let first = self.body(first_arm(left), None);
        self.ctes.truncate(outside);
        let mut columns = rename(first?.columns, names);
        // The lattice of types and NULL is four steps high.
        for _ in 0..6 {
            self.ctes.push(Cte {
                name: name.to_owned(),
                columns: Some(Rc::clone(&columns)),
                used: false,
            });
            let outcome = self.query(query);
            let recursive = self.ctes.pop().is_some_and(|cte| cte.used);
            let next = rename(outcome?.columns, names);
            let settled = same(&columns, &next) || !Rule::Recursion.holds();
            if Rule::Recursion.holds() {
                columns = next;
            }
            if settled || !recursive {
                return Ok(columns);
            }
        }
        Err(Puzzled)
    }

    fn limit(&mut self, limit: &LimitClause) -> Result<(), Puzzled> {
        let bounds = match limit {
            LimitClause::LimitOffset { limit, offset, .. } => {
                [limit.as_ref(), offset.as_ref().map(|offset| &offset.value)]
            }
            LimitClause::OffsetCommaLimit { offset, limit } => [Some(offset), Some(limit)],
        };
        for bound in bounds.into_iter().flatten() {
            let value = self.infer(bound)?;
            self.expect(&value, SqlType::Integer, Weight::Column);
        }
        Ok(())
    }

    fn body(&mut self, body: &SetExpr, order: Option<&OrderBy>) -> Result<Outcome, Puzzled> {
        match body {
            SetExpr::Select(select) => self.select(select, order),
            SetExpr::Query(query) => self.query(query),
            SetExpr::Values(values) => self.values(values),
            SetExpr::SetOperation { .. } => {
                let outcome = self.compound(body)?;
                self.order_compound(&outcome, order)?;
                Ok(outcome)
            }
            _ => Err(Puzzled),
        }
    }

    /// Compounds lean to the left, so the arms are walked without recursion.
    fn compound(&mut self, body: &SetExpr) -> Result<Outcome, Puzzled> {
        let mut arms = Vec::new();
        let mut first = body;
        while let SetExpr::SetOperation {
            left, op, right, ..
        } = first
        {
            arms.push((op, &**right));
            first = left;
        }
        let mut outcome = self.body(first, None)?;
        for (op, arm) in arms.into_iter().rev() {
            let right = self.body(arm, None)?;
            self.combine(&mut outcome, &right, *op)?;
        }
        Ok(outcome)
    }

    fn combine(
        &mut self,
        left: &mut Outcome,
        right: &Outcome,
        op: SetOperator,
    ) -> Result<(), Puzzled> {
        if left.columns.len() != right.columns.len() {
            return Err(Puzzled);
        }
        for (ours, theirs) in left.columns.iter_mut().zip(&right.columns) {
            self.relate(&ours.value, &theirs.value, Nullness::Silent);
            let value = std::mem::take(&mut ours.value);
            let nullable = value.nullable;
            ours.value = match op {
                // Only rows of the left side come out.
                SetOperator::Except | SetOperator::Minus => Value {
                    ty: value.ty.or(theirs.value.ty),
                    ..value
                },
                SetOperator::Intersect => {
                    let mut value = value.either(&theirs.value);
                    value.nullable = nullable && theirs.value.nullable;
                    value
                }
                SetOperator::Union if Rule::Arms.holds() => value.either(&theirs.value),
                SetOperator::Union => value,
            };
            ours.value.path = None;
        }
        left.has_row &= op == SetOperator::Union;
        Ok(())
    }

    /// ORDER BY behind a compound speaks of its result columns.
    fn order_compound(
        &mut self,
        outcome: &Outcome,
        order: Option<&OrderBy>,
    ) -> Result<(), Puzzled> {
        if order.is_none() {
            return Ok(());
        }
        let aliases = outcome
            .columns
            .iter()
            .map(|column| (column.name.clone(), column.value.clone()));
        self.levels.push(Level {
            aliases: aliases.collect(),
            ..Level::default()
        });
        let ordered = self.order(order);
        self.levels.pop();
        ordered
    }

    pub(super) fn order(&mut self, order: Option<&OrderBy>) -> Result<(), Puzzled> {
        if let Some(OrderByKind::Expressions(terms)) = order.map(|order| &order.kind) {
            for term in terms {
                self.infer(&term.expr)?;
            }
        }
        Ok(())
    }

    fn values(&mut self, values: &Values) -> Result<Outcome, Puzzled> {
        let mut outcome: Option<Outcome> = None;
        for row in &values.rows {
            let columns = row.content.iter().zip(1..).map(|(expr, number)| {
                Ok(OutColumn {
                    name: format!("column{number}"),
                    value: self.infer(expr)?,
                    span: span_of(expr),
                })
            });
            let row = Outcome {
                columns: columns.collect::<Result<_, _>>()?,
                has_row: true,
            };
            match &mut outcome {
                Some(outcome) => self.combine(outcome, &row, SetOperator::Union)?,
                None => outcome = Some(row),
            }
        }
        outcome.ok_or(Puzzled)
    }
}

/// Whether a LIMIT leaves a row where there is one.
fn leaves_one(limit: &LimitClause) -> bool {
    let LimitClause::LimitOffset {
        limit: Some(Expr::Value(limit)),
        offset: None,
        ..
    } = limit
    else {
        return false;
    };
    matches!(&limit.value, Literal::Number(text, _) if text.parse::<u32>().is_ok_and(|count| count > 0))
}

fn first_arm(body: &SetExpr) -> &SetExpr {
    let mut arm = body;
    while let SetExpr::SetOperation { left, .. } = arm {
        arm = left;
    }
    arm
}

fn rename(mut columns: Vec<OutColumn>, names: &[&str]) -> Rc<[OutColumn]> {
    for (column, name) in columns.iter_mut().zip(names) {
        (*name).clone_into(&mut column.name);
    }
    columns.into()
}

fn same(before: &[OutColumn], after: &[OutColumn]) -> bool {
    let shape = |column: &OutColumn| {
        (
            column.value.ty,
            column.value.nullable,
            column.value.may_be_nan,
            column.value.loose,
        )
    };
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| shape(a) == shape(b))
}
