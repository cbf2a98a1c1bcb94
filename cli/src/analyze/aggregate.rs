//! Aggregates and window functions, whose NULLs come from sets that are empty.
//!
//! `SUM(x)` over no rows is NULL, so without GROUP BY it always can be; with GROUP BY no group is empty and it is NULL
//! only if `x` can be. FILTER can empty any group, and a window frame that is written may leave out its own row.

use sqlparser::ast::{Function as Call, WindowFrameBound, WindowSpec, WindowType};

use super::SqlType;
use super::expression::as_number;
use super::infer::{Infer, LevelSet, Puzzled};
use super::parameter::Weight;
use super::value::Value;

impl Infer<'_> {
    /// The value of an aggregate or window function; none when `name` is neither.
    ///
    /// `inside` are the levels of the columns among the arguments.
    pub(super) fn aggregate(
        &mut self,
        name: &str,
        call: &Call,
        args: &[Value],
        inside: LevelSet,
    ) -> Result<Option<Value>, Puzzled> {
        let windowed = match &call.over {
            Some(WindowType::WindowSpec(spec)) => {
                self.window(spec)?;
                Some(self.is_plain(spec))
            }
            Some(WindowType::NamedWindow(name)) => Some(self.is_plain_window(&name.value)),
            None => None,
        };
        if let Some(value) = self.window_function(name, args, windowed == Some(true)) {
            return Ok(Some(value));
        }
        let scalar = matches!(name, "min" | "max") && args.len() != 1;
        if scalar || !is_aggregate(name) {
            // An aggregate that the application brings along gives Any, like every function it brings.
            return Ok(windowed.map(|_| Value::unknown()));
        }
        let empty = match windowed {
            Some(plain) => !plain,
            None => !self.mark_aggregated(inside),
        };
        let first = args.first().cloned().unwrap_or_default();
        Ok(Some(aggregate_value(
            name,
            &first,
            empty || call.filter.is_some(),
        )))
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

    fn is_plain(&self, spec: &WindowSpec) -> bool {
        let base = spec.window_name.as_ref();
        spec.window_frame.is_none() && base.is_none_or(|base| self.is_plain_window(&base.value))
    }

    fn is_plain_window(&self, name: &str) -> bool {
        let windows = self.levels.last().map_or(&[][..], |level| &level.windows);
        windows
            .iter()
            .any(|(window, plain)| *plain && window.eq_ignore_ascii_case(name))
    }

    fn window_function(&mut self, name: &str, args: &[Value], plain: bool) -> Option<Value> {
        let first = || args.first().cloned().unwrap_or_default().computed();
        Some(match name {
            "row_number" | "rank" | "dense_rank" | "ntile" => {
                for arg in args {
                    self.expect(arg, SqlType::Integer, Weight::Expression);
                }
                Value::of(SqlType::Integer, false)
            }
            "percent_rank" | "cume_dist" => Value::of(SqlType::Real, false),
            "first_value" | "last_value" => first().or_null(!plain),
            "nth_value" => {
                if let Some(arg) = args.get(1) {
                    self.expect(arg, SqlType::Integer, Weight::Expression);
                }
                first().or_null(true)
            }
            "lag" | "lead" => {
                if let Some(arg) = args.get(1) {
                    self.expect(arg, SqlType::Integer, Weight::Expression);
                }
                match args {
                    [value, offset, otherwise] => {
                        let either = self.one_of(&[value.clone(), otherwise.clone()]);
                        either
                            .computed()
                            .or_null(!offset.literal || offset.nullable)
                    }
                    _ => first().or_null(true),
                }
            }
            _ => return None,
        })
    }
}

fn is_aggregate(name: &str) -> bool {
    matches!(
        name,
        "count"
            | "sum"
            | "total"
            | "avg"
            | "min"
            | "max"
            | "group_concat"
            | "string_agg"
            | "json_group_array"
            | "json_group_object"
            | "jsonb_group_array"
            | "jsonb_group_object"
            | "median"
            | "percentile"
            | "percentile_cont"
            | "percentile_disc"
    )
}

/// What an aggregate gives; `empty` when it may go over no rows.
fn aggregate_value(name: &str, arg: &Value, empty: bool) -> Value {
    let nullable = empty || arg.nullable;
    let number = arg.ty.and_then(as_number);
    let real = |nullable: bool| Value {
        may_be_nan: true,
        ..Value::of(SqlType::Real, nullable)
    };
    match name {
        "count" => Value::of(SqlType::Integer, false),
        "total" => real(false),
        "avg" => real(nullable || number.is_none()),
        "sum" => match number {
            Some(SqlType::Real) => real(nullable),
            Some(ty) => Value::of(ty, nullable),
            None => Value::of(SqlType::Any, true),
        },
        "min" | "max" => Value {
            // `MIN(:p)` says nothing about NULL being passed.
            nullable,
            ..arg.clone().computed()
        },
        "group_concat" | "string_agg" => Value::of(SqlType::Text, nullable || arg.may_be_nan),
        "json_group_array" | "json_group_object" => Value::of(SqlType::Text, false),
        "jsonb_group_array" | "jsonb_group_object" => Value::of(SqlType::Blob, false),
        _ => Value::of(SqlType::Real, true),
    }
}
