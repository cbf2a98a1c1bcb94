//! Finds columns that a condition proves to be non-null: `WHERE a.x = :p AND NOT b.y IS NULL` proves both.
//!
//! What holds in both arms of an OR counts as well, so `x = 1 OR x = 2` proves `x`. A proof about one column of a row is
//! a proof that the row is there: it also ends what an outer join has left open for that item.

use sqlparser::ast::{
    BinaryOperator, Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArguments,
    UnaryOperator, Value as Literal, ValueWithSpan,
};

use super::expression::is_comparison;
use super::from::last_name;
use super::functions::{self, Kind, Nulls};
use super::infer::{DEEPEST, Infer};
use super::rule::Rule;
use super::scope::find_column;
use super::value::{ColumnPlace, Value};

/// What is known of the truth of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Truth {
    /// It holds.
    True,
    /// It is false, and not NULL.
    False,
    /// It is false or NULL.
    NotTrue,
}

impl Infer<'_> {
    /// The columns which are non-null wherever `condition` holds.
    pub(super) fn proven_by(&self, condition: &Expr) -> Vec<ColumnPlace> {
        self.facts(condition, Truth::True, 0)
    }

    /// The columns which are non-null wherever `condition` does not hold.
    pub(super) fn proven_without(&self, condition: &Expr) -> Vec<ColumnPlace> {
        self.facts(condition, Truth::NotTrue, 0)
    }

    /// The columns which are non-null wherever `left = right` holds.
    pub(super) fn proven_by_equality(&self, left: &Expr, right: &Expr) -> Vec<ColumnPlace> {
        let mut proven = Vec::new();
        self.strict_rows(left, true, &mut proven);
        self.strict_rows(right, true, &mut proven);
        proven
    }

    fn facts(&self, condition: &Expr, truth: Truth, depth: usize) -> Vec<ColumnPlace> {
        let mut proven = Vec::new();
        if depth >= DEEPEST {
            return proven;
        }
        let mut conditions = vec![(condition, truth)];
        while let Some((condition, truth)) = conditions.pop() {
            match (condition, truth) {
                (Expr::Nested(inner), _) => conditions.push((inner, truth)),
                (
                    Expr::UnaryOp {
                        op: UnaryOperator::Not,
                        expr,
                    },
                    _,
                ) => conditions.extend(negated(expr, truth)),
                (Expr::BinaryOp { left, op, right }, _) if is_logic(op) => {
                    let both = (*op == BinaryOperator::And) == (truth == Truth::True);
                    if both || !Rule::EitherArm.holds() {
                        conditions.extend([(&**left, truth), (&**right, truth)]);
                    } else {
                        let facts = |arm: &&Expr| self.facts(arm, truth, depth + 1);
                        let shared =
                            arms(condition, op)
                                .iter()
                                .map(facts)
                                .reduce(|mut all, arm| {
                                    all.retain(|place| arm.contains(place));
                                    all
                                });
                        proven.extend(shared.unwrap_or_default());
                    }
                }
                (Expr::IsNotDistinctFrom(left, right), _) => {
                    conditions.extend(self.same(left, right, truth, &mut proven));
                }
                (Expr::IsDistinctFrom(left, right), _) => {
                    let opposite = match truth {
                        Truth::True => Truth::False,
                        Truth::False | Truth::NotTrue => Truth::True,
                    };
                    conditions.extend(self.same(left, right, opposite, &mut proven));
                }
                _ => self.prove(condition, truth, &mut proven),
            }
        }
        proven
    }

    /// What `left IS right` proves; `x IS TRUE` says of `x` what `x` by itself would say.
    fn same<'e>(
        &self,
        left: &'e Expr,
        right: &'e Expr,
        truth: Truth,
        proven: &mut Vec<ColumnPlace>,
    ) -> Option<(&'e Expr, Truth)> {
        if let Some(wanted) = self.truth_word(right) {
            return match (wanted, truth) {
                (true, Truth::True) => Some((left, Truth::True)),
                (true, _) => Some((left, Truth::NotTrue)),
                (false, Truth::True) => Some((left, Truth::False)),
                (false, _) => None,
            };
        }
        if truth == Truth::True {
            if self.is_never_null(right) {
                self.strict(left, proven);
            }
            if self.is_never_null(left) {
                self.strict(right, proven);
            }
        }
        None
    }

    /// `TRUE` and `FALSE`, unless a column has that name.
    fn truth_word(&self, expr: &Expr) -> Option<bool> {
        let Expr::Identifier(name) = expr else {
            return None;
        };
        let wanted = ["false", "true"]
            .iter()
            .position(|word| name.value.eq_ignore_ascii_case(word))?;
        (name.quote_style.is_none() && self.column_of(expr).is_none()).then_some(wanted == 1)
    }

    fn prove(&self, condition: &Expr, truth: Truth, proven: &mut Vec<ColumnPlace>) {
        let holds = truth == Truth::True;
        match condition {
            Expr::IsNotNull(inner) if holds => self.strict(inner, proven),
            Expr::IsNull(inner) if !holds => self.strict(inner, proven),
            Expr::IsNotNull(_) | Expr::IsNull(_) => {}
            // Of what may be NULL nothing is known.
            _ if truth == Truth::NotTrue => {}
            Expr::BinaryOp { left, op, right } if is_comparison(op) => {
                let equal = matches!(
                    (op, holds),
                    (BinaryOperator::Eq, true) | (BinaryOperator::NotEq, false)
                );
                self.strict_rows(left, equal, proven);
                self.strict_rows(right, equal, proven);
            }
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                self.strict(expr, proven);
                if holds != *negated {
                    self.strict(low, proven);
                    self.strict(high, proven);
                }
            }
            Expr::InList {
                expr,
                negated,
                list,
            } => {
                let found = holds != *negated;
                // `NULL NOT IN ()` holds, and a list that is a parameter may be empty.
                let may_be_empty = matches!(
                    list.as_slice(),
                    [] | [Expr::Value(ValueWithSpan {
                        value: Literal::Placeholder(_),
                        ..
                    })]
                );
                if found || !may_be_empty {
                    self.strict_rows(expr, found, proven);
                }
            }
            Expr::InSubquery { expr, negated, .. } | Expr::InUnnest { expr, negated, .. }
                if holds != *negated || !Rule::EmptyIn.holds() =>
            {
                self.strict_rows(expr, true, proven);
            }
            _ => self.strict(condition, proven),
        }
    }

    /// A row that equals another one has no NULL; one that differs may have some.
    fn strict_rows(&self, expr: &Expr, equal: bool, proven: &mut Vec<ColumnPlace>) {
        match expr {
            Expr::Nested(inner) => self.strict_rows(inner, equal, proven),
            Expr::Tuple(parts) if equal => {
                for part in parts {
                    self.strict(part, proven);
                }
            }
            _ => self.strict(expr, proven),
        }
    }

    /// Collects the columns which, were one of them NULL, would make `expr` NULL.
    fn strict(&self, expr: &Expr, proven: &mut Vec<ColumnPlace>) {
        let mut exprs = vec![expr];
        while let Some(expr) = exprs.pop() {
            match expr {
                Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                    proven.extend(self.column_of(expr).and_then(|value| value.place));
                }
                Expr::Nested(inner)
                | Expr::Collate { expr: inner, .. }
                | Expr::Cast { expr: inner, .. }
                | Expr::UnaryOp { expr: inner, .. } => exprs.push(inner),
                Expr::BinaryOp { left, op, right } if self.is_strict(op) => {
                    exprs.extend([&**left, &**right]);
                }
                Expr::Like {
                    expr,
                    pattern,
                    escape_char,
                    ..
                } if !self.is_replaced("like", 2 + usize::from(escape_char.is_some())) => {
                    exprs.extend([&**expr, &**pattern]);
                }
                Expr::Function(call) => exprs.extend(self.strict_arguments(call)),
                _ => {}
            }
        }
    }

    fn is_strict(&self, op: &BinaryOperator) -> bool {
        use BinaryOperator::{
            Arrow, BitwiseAnd, BitwiseOr, Divide, Glob, LongArrow, Minus, Modulo, Multiply,
            PGBitwiseShiftLeft, PGBitwiseShiftRight, Plus, StringConcat,
        };
        match op {
            Plus | Minus | Multiply | Divide | Modulo | StringConcat | BitwiseAnd | BitwiseOr
            | PGBitwiseShiftLeft | PGBitwiseShiftRight | Arrow | LongArrow => true,
            Glob => !self.is_replaced("glob", 2),
            _ => is_comparison(op),
        }
    }

    /// What the application makes of NULL in a function of its own is its own affair.
    fn is_replaced(&self, name: &str, arguments: usize) -> bool {
        self.catalog.function(name, arguments).is_some()
    }

    /// The arguments that make a built-in function NULL when they are.
    fn strict_arguments<'e>(&self, call: &'e Call) -> Vec<&'e Expr> {
        let FunctionArguments::List(list) = &call.args else {
            return Vec::new();
        };
        let exprs = list.args.iter().filter_map(|arg| match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
            _ => None,
        });
        let exprs: Vec<_> = exprs.collect();
        let name = last_name(&call.name)
            .unwrap_or_default()
            .to_ascii_lowercase();
        if call.over.is_some() || self.is_replaced(&name, exprs.len()) {
            return Vec::new();
        }
        match functions::find(&name, exprs.len()) {
            Some((Kind::Scalar, function)) => match function.nulls {
                Nulls::OfArguments | Nulls::OfTyped | Nulls::OfDates => exprs,
                Nulls::OfFirst => exprs.into_iter().take(1).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn column_of(&self, expr: &Expr) -> Option<Value> {
        let (table, name) = match expr {
            Expr::Identifier(name) => (None, name),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., table, name] => (Some(table.value.as_str()), name),
                _ => return None,
            },
            _ => return None,
        };
        find_column(&self.levels, table, &name.value).map(|(_, value)| value)
    }

    fn is_never_null(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Value(value) => matches!(
                value.value,
                Literal::Number(..) | Literal::SingleQuotedString(_) | Literal::HexStringLiteral(_)
            ),
            _ => self
                .column_of(expr)
                .is_some_and(|value| !value.gives_null()),
        }
    }

    /// Marks `places` as proven on the innermost level, if `counts` says so for their item.
    pub(super) fn apply_proofs(&mut self, places: &[ColumnPlace], counts: impl Fn(usize) -> bool) {
        let innermost = self.levels.len().saturating_sub(1);
        for place in places {
            if place.level == innermost && counts(place.item) {
                self.mark(*place, true, false);
            }
        }
    }

    /// Does `walk` while `places` are known to be non-null.
    pub(super) fn knowing<T>(
        &mut self,
        places: &[ColumnPlace],
        walk: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.narrowed += 1;
        let marks: Vec<_> = places
            .iter()
            .map(|place| (*place, self.mark(*place, true, false)))
            .collect();
        let outcome = walk(self);
        for (place, before) in marks.into_iter().rev() {
            if let (Some((proven, optional)), true) = (before, Rule::ProofInArm.holds()) {
                self.mark(place, proven, optional);
            }
        }
        self.narrowed -= 1;
        outcome
    }

    /// Sets what is known of a column and its item; gives what was known before.
    fn mark(&mut self, place: ColumnPlace, proven: bool, optional: bool) -> Option<(bool, bool)> {
        let item = self
            .levels
            .get_mut(place.level)?
            .items
            .get_mut(place.item)?;
        let column = item.columns.get_mut(place.column)?;
        let was_proven = std::mem::replace(&mut column.proven, proven);
        let was_optional = std::mem::replace(&mut item.optional, optional);
        Some((was_proven, was_optional))
    }
}

fn is_logic(op: &BinaryOperator) -> bool {
    matches!(op, BinaryOperator::And | BinaryOperator::Or)
}

/// The operands of a chain of one operator, which leans to the left.
fn arms<'e>(chain: &'e Expr, operator: &BinaryOperator) -> Vec<&'e Expr> {
    let mut arms = Vec::new();
    let mut first = chain;
    while let Expr::BinaryOp { left, op, right } = first
        && op == operator
    {
        arms.push(&**right);
        first = left;
    }
    arms.push(first);
    arms
}

/// What `NOT inner` says about `inner`; behind a NOT that does not hold only tests for NULL say anything.
fn negated(inner: &Expr, truth: Truth) -> Option<(&Expr, Truth)> {
    let mut bare = inner;
    while let Expr::Nested(inside) = bare {
        bare = inside;
    }
    match truth {
        Truth::True => Some((bare, Truth::False)),
        Truth::False => Some((bare, Truth::True)),
        Truth::NotTrue => {
            matches!(bare, Expr::IsNull(_) | Expr::IsNotNull(_)).then_some((bare, Truth::True))
        }
    }
}
