//! Function calls: built-in ones by the tables in `functions/`, those of the application by their declaration.
//!
//! `COALESCE(a, 0)` is NULL only if all arguments can be; `lower(a)` if `a` can be, unless the application declares a
//! `lower` of its own; a function that is not known gives Any. Aggregates and window functions go to `aggregate.rs`.

use sqlparser::ast::{
    Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments,
};

use crate::source::DeclaredFunction;

use super::SqlType;
use super::date::{is_always_a_date, may_ask_for_subseconds};
use super::expression::as_number;
use super::from::last_name;
use super::functions::{self, Function, Gives, Kind, Nulls, Takes};
use super::infer::{Infer, Puzzled};
use super::parameter::{Nullness, Weight};
use super::rule::Rule;
use super::types::declared_type;
use super::value::Value;

impl Infer<'_> {
    /// The value of a function call.
    pub(super) fn call(&mut self, call: &Call) -> Result<Value, Puzzled> {
        let name = last_name(&call.name).ok_or(Puzzled)?.to_ascii_lowercase();
        let before = std::mem::take(&mut self.met);
        let exprs = arguments(call)?;
        let replaced = self.catalog.function(&name, exprs.len()).is_some();
        let args = if matches!(name.as_str(), "iif" | "if") && !replaced {
            self.inferred_arms(&exprs)?
        } else {
            let args = exprs.iter().map(|expr| self.infer(expr));
            args.collect::<Result<Vec<_>, _>>()?
        };
        self.clauses(call)?;
        let inside = self.met;
        self.met.add_all(before);
        if call.over.is_none()
            && let Some(declared) = self.catalog.function(&name, args.len())
        {
            return Ok(declared_value(declared));
        }
        match functions::find(&name, args.len()) {
            Some((Kind::Scalar, function)) if call.over.is_none() => {
                Ok(self.built_in(function, &exprs, args))
            }
            Some((kind @ (Kind::Aggregate | Kind::Window), function)) => {
                self.aggregate((kind, function), call, args, inside)
            }
            _ => self.foreign_call(call),
        }
    }

    /// A function that nobody declared: it may be one of a loaded extension.
    fn foreign_call(&mut self, call: &Call) -> Result<Value, Puzzled> {
        self.over(call)?;
        Ok(Value::unknown())
    }

    fn clauses(&mut self, call: &Call) -> Result<(), Puzzled> {
        if let FunctionArguments::List(list) = &call.args {
            for clause in &list.clauses {
                let FunctionArgumentClause::OrderBy(terms) = clause else {
                    return Err(Puzzled);
                };
                for term in terms {
                    self.infer(&term.expr)?;
                }
            }
        }
        if let Some(filter) = &call.filter {
            self.infer(filter)?;
        }
        Ok(())
    }

    fn coalesce(&mut self, args: &[Value]) -> Value {
        if let Some((_, others)) = args.split_last() {
            // Were they never NULL, there would be no need for it.
            for other in others {
                self.welcome_null(other);
            }
        }
        let sure = args.iter().any(|arg| !arg.gives_null());
        let nullable = args.iter().any(|arg| arg.nullable);
        let value = self.one_of(args);
        Value {
            nullable: !sure && nullable && Rule::Coalesce.holds(),
            may_be_nan: !sure && value.may_be_nan,
            bare: false,
            ..value
        }
    }

    fn null_if(&mut self, args: Vec<Value>) -> Value {
        if let [left, right] = args.as_slice() {
            self.relate(left, right, Nullness::Silent);
        }
        let first = args.into_iter().next().unwrap_or_else(Value::null);
        Value {
            nullable: first.nullable || Rule::NullIf.holds(),
            ..first.computed()
        }
    }

    /// `iif(c1, a, c2, b, …, otherwise)`.
    fn inline_if(&mut self, args: Vec<Value>) -> Value {
        let count = args.len();
        let mut arms = Vec::new();
        for (at, arg) in args.into_iter().enumerate() {
            let is_condition = at % 2 == 0 && at + 1 < count;
            if is_condition {
                self.expect(&arg, SqlType::Boolean, Weight::Hint);
            } else {
                arms.push(arg);
            }
        }
        if count.is_multiple_of(2) {
            arms.push(Value::null());
        }
        self.one_of(&arms)
    }

    fn built_in(&mut self, function: &Function, exprs: &[&Expr], args: Vec<Value>) -> Value {
        match function.nulls {
            Nulls::OfAll => return self.coalesce(&args),
            Nulls::OfEqual => return self.null_if(args),
            Nulls::OfChosen => return self.inline_if(args),
            _ => {}
        }
        self.expect_arguments(function, &args);
        let mut value = self.given(function.gives, &args);
        if function.name == "unixepoch" && may_ask_for_subseconds(exprs) {
            value.ty = Some(SqlType::Real);
        }
        set_nulls(&mut value, function, exprs, &args);
        value
    }

    /// Tells the parameters among `args` what `function` wants.
    pub(super) fn expect_arguments(&mut self, function: &Function, args: &[Value]) {
        for (at, arg) in args.iter().enumerate() {
            if let Some(Takes::Type(ty)) = function.takes(at) {
                self.expect(arg, ty, Weight::Expression);
            }
        }
    }

    /// What comes out when it is not NULL.
    pub(super) fn given(&mut self, gives: Gives, args: &[Value]) -> Value {
        let first = || args.first().cloned().unwrap_or_default();
        let number = || first().ty.and_then(as_number);
        match gives {
            Gives::Type(ty) => Value::of(ty, false),
            Gives::Number => Value::of(number().unwrap_or(SqlType::Real), false),
            Gives::TextOrBlob => match first().ty {
                Some(ty @ (SqlType::Blob | SqlType::Any)) => Value::of(ty, false),
                _ => Value::of(SqlType::Text, false),
            },
            Gives::First | Gives::FirstOrThird if args.len() < 3 => first().computed(),
            Gives::First => first().computed(),
            Gives::FirstOrThird => self.one_of(&[first(), args[2].clone()]).computed(),
            Gives::AnyOf | Gives::Arms => self.one_of(args).computed(),
            Gives::Sum => Value::of(number().unwrap_or(SqlType::Any), false),
        }
    }
}

/// The value of a function of the application.
pub(super) fn declared_value(function: &DeclaredFunction) -> Value {
    let ty = function
        .returns
        .as_deref()
        .map_or(SqlType::Any, declared_type);
    Value::of(ty, function.nullable)
}

fn set_nulls(value: &mut Value, function: &Function, exprs: &[&Expr], args: &[Value]) {
    let told = |args: &[Value]| {
        (
            args.iter().any(|arg| arg.nullable) && Rule::Argument.holds(),
            args.iter().any(|arg| arg.may_be_nan) && Rule::NotANumber.holds(),
        )
    };
    let (nullable, nan) = match function.nulls {
        Nulls::Never => (false, false),
        Nulls::OfArguments => told(args),
        Nulls::OfFirst => told(args.get(..1).unwrap_or_default()),
        Nulls::OfTyped => {
            let (nullable, nan) = told(args);
            let odd = args
                .iter()
                .enumerate()
                .any(|(at, arg)| !fits(function.takes(at), arg.ty));
            (nullable || odd, nan)
        }
        Nulls::OfDates => (
            !is_always_a_date(function.name, exprs) && Rule::Date.holds(),
            false,
        ),
        _ => (Rule::SomeValues.holds(), false),
    };
    // NaN stays NaN only as long as the outcome is a Real.
    let real = value.ty == Some(SqlType::Real);
    value.nullable = nullable || (nan && !real);
    value.may_be_nan = nan && real;
}

/// Whether an argument is of a kind for which a function never gives up.
fn fits(takes: Option<Takes>, ty: Option<SqlType>) -> bool {
    match (takes, ty) {
        (Some(Takes::Type(SqlType::Real)), Some(ty)) => as_number(ty).is_some(),
        (Some(Takes::Type(SqlType::Text)), Some(ty)) => !matches!(ty, SqlType::Blob | SqlType::Any),
        (_, Some(_)) => true,
        (_, None) => false,
    }
}

/// The arguments of a call; none for `f(*)`.
fn arguments(call: &Call) -> Result<Vec<&Expr>, Puzzled> {
    let list = match &call.args {
        FunctionArguments::None => return Ok(Vec::new()),
        FunctionArguments::List(list) => list,
        FunctionArguments::Subquery(_) => return Err(Puzzled),
    };
    let mut exprs = Vec::new();
    for arg in &list.args {
        match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => exprs.push(expr),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => {}
            _ => return Err(Puzzled),
        }
    }
    Ok(exprs)
}
