//! Aggregates and window functions, whose NULLs come from sets that are empty.
//!
//! `SUM(x)` over no rows is NULL, so without GROUP BY it always can be; with GROUP BY no group is empty and it is NULL
//! only if `x` can be. FILTER can empty any group, and a window frame that is written may leave out its own row.

use sqlparser::ast::{Function as Call, WindowFrameBound, WindowSpec, WindowType};

use super::SqlType;
use super::functions::{Function, Kind, Nulls};
use super::infer::{Infer, LevelSet, Puzzled};
use super::parameter::Weight;
use super::rule::Rule;
use super::value::Value;

impl Infer<'_> {
    /// The value of an aggregate or window function.
    ///
    /// `inside` are the levels of the columns among the arguments, in FILTER and in ORDER BY.
    pub(super) fn aggregate(
        &mut self,
        (kind, function): (Kind, &Function),
        call: &Call,
        mut args: Vec<Value>,
        inside: LevelSet,
    ) -> Result<Value, Puzzled> {
        let windowed = self.over(call)?;
        self.expect_arguments(function, &args);
        let empty = match windowed {
            Some(plain) => !plain && Rule::Frame.holds(),
            None => !self.mark_aggregated(inside) && Rule::EmptySet.holds(),
        };
        // A condition speaks of the row it is asked for, and such a function gives a value of another one.
        if self.narrowed > 0 && kind == Kind::Window && Rule::OtherRows.holds() {
            for arg in &mut args {
                arg.nullable = true;
            }
        }
        let given = self.given(function.gives, &args);
        let filtered = call.filter.is_some() && Rule::Filter.holds();
        Ok(over_set(function, given, &args, empty || filtered))
    }

    /// Walks the window of a call; tells whether its frame always holds the current row.
    pub(super) fn over(&mut self, call: &Call) -> Result<Option<bool>, Puzzled> {
        Ok(match &call.over {
            Some(WindowType::WindowSpec(spec)) => {
                self.window(spec)?;
                Some(self.is_plain(spec))
            }
            Some(WindowType::NamedWindow(name)) => Some(self.is_plain_window(&name.value)),
            None => None,
        })
    }

    /// Notes that an aggregate goes over a level; tells whether that level has groups.
    fn mark_aggregated(&mut self, inside: LevelSet) -> bool {
        let innermost = self.levels.len().saturating_sub(1);
        // An aggregate over nothing but outer columns belongs to the outer query.
        let level = inside.innermost(innermost).unwrap_or(innermost);
        self.levels.get_mut(level).is_some_and(|level| {
            level.aggregated = true;
            level.grouped
        })
    }

    /// Walks the expressions of a window.
    pub(super) fn window(&mut self, spec: &WindowSpec) -> Result<(), Puzzled> {
        for expr in &spec.partition_by {
            self.infer(expr)?;
        }
        for term in &spec.order_by {
            self.infer(&term.expr)?;
        }
        if let Some(frame) = &spec.window_frame {
            for bound in [Some(&frame.start_bound), frame.end_bound.as_ref()]
                .into_iter()
                .flatten()
            {
                if let WindowFrameBound::Preceding(Some(expr))
                | WindowFrameBound::Following(Some(expr)) = bound
                {
                    let value = self.infer(expr)?;
                    self.expect(&value, SqlType::Integer, Weight::Expression);
                }
            }
        }
        Ok(())
    }

    /// Whether the frame of a window always holds the current row.
    pub(super) fn is_plain(&self, spec: &WindowSpec) -> bool {
        let base = spec.window_name.as_ref();
        self.holds_own_row(spec) && base.is_none_or(|base| self.is_plain_window(&base.value))
    }

    pub(super) fn holds_own_row(&self, spec: &WindowSpec) -> bool {
        let Some(frame) = &spec.window_frame else {
            return true;
        };
        let before = matches!(
            frame.start_bound,
            WindowFrameBound::Preceding(_) | WindowFrameBound::CurrentRow
        );
        let behind = matches!(
            frame.end_bound,
            None | Some(WindowFrameBound::Following(_) | WindowFrameBound::CurrentRow)
        );
        before && behind && !self.excludes
    }

    fn is_plain_window(&self, name: &str) -> bool {
        let windows = self.levels.last().map_or(&[][..], |level| &level.windows);
        windows
            .iter()
            .any(|(window, plain)| *plain && window.eq_ignore_ascii_case(name))
    }
}

/// What `function` gives over a set of rows; `empty` when there may be none.
fn over_set(function: &Function, given: Value, args: &[Value], empty: bool) -> Value {
    let of_first = args.first().is_some_and(|arg| arg.nullable) && Rule::NullableSet.holds();
    let nan = args.first().is_some_and(|arg| arg.may_be_nan);
    let nullable = match function.nulls {
        Nulls::Never => false,
        Nulls::OfSet | Nulls::OfFrame => empty || of_first,
        // `lag(x, 1, y)` is `y` where there is no such row, unless the offset itself is odd.
        Nulls::OfRow => match args {
            [first, offset, otherwise] => {
                first.nullable || otherwise.nullable || !offset.literal || offset.nullable
            }
            _ => Rule::MissingRow.holds(),
        },
        _ => true,
    };
    // NaN stays NaN only as long as the outcome is a Real.
    let real = given.ty == Some(SqlType::Real);
    let computes = matches!(function.name, "sum" | "avg" | "total");
    let lost = nan && !real && function.nulls != Nulls::Never;
    Value {
        nullable: nullable || lost,
        may_be_nan: real && (computes || given.may_be_nan),
        ..given
    }
}
