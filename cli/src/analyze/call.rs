//! Function calls: built-in scalars by the table in `functions.rs`, those of the application by their declaration, the
//! rest – COALESCE, IIF, dates of now – here.
//!
//! `COALESCE(a, 0)` is NULL only if all arguments can be; `lower(a)` if `a` can be, unless the application declares a
//! `lower` of its own; a function that is not known gives Any. Aggregates and window functions go to `aggregate.rs`.

use sqlparser::ast::{
    Expr, Function as Call, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArguments, Value as Literal,
};

use crate::source::DeclaredFunction;

use super::SqlType;
use super::expression::as_number;
use super::from::last_name;
use super::functions::{self, Function, Gives, Nulls, Takes};
use super::infer::{Infer, Puzzled};
use super::parameter::{Nullness, Weight};
use super::types::declared_type;
use super::value::Value;

impl Infer<'_> {
    /// The value of a function call.
    pub(super) fn call(&mut self, call: &Call) -> Result<Value, Puzzled> {
        let name = last_name(&call.name).ok_or(Puzzled)?.to_ascii_lowercase();
        let before = std::mem::take(&mut self.met);
        let exprs = arguments(call)?;
        let mut args = Vec::with_capacity(exprs.len());
        for expr in &exprs {
            args.push(self.infer(expr)?);
        }
        let inside = self.met;
        self.met.add_all(before);
        self.clauses(call)?;
        if call.over.is_none()
            && let Some(declared) = self.catalog.function(&name, args.len())
        {
            return Ok(declared_value(declared));
        }
        if let Some(value) = self.aggregate(&name, call, &args, inside)? {
            return Ok(value);
        }
        Ok(match name.as_str() {
            "coalesce" | "ifnull" => self.coalesce(&args),
            "nullif" => self.null_if(args),
            "iif" | "if" => self.inline_if(args),
            _ => match functions::find(&name) {
                Some(function) => self.built_in(function, &exprs, &args),
                None => Value::unknown(),
            },
        })
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
            nullable: !sure && nullable,
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
            nullable: true,
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

    fn built_in(&mut self, function: &Function, exprs: &[&Expr], args: &[Value]) -> Value {
        for (at, arg) in args.iter().enumerate() {
            if let Some(Takes::Type(ty)) = takes(function, at) {
                self.expect(arg, ty, Weight::Expression);
            }
        }
        let first = args.first().cloned().unwrap_or_default();
        let mut value = match function.gives {
            Gives::Type(ty) => Value::of(ty, false),
            Gives::Number => {
                Value::of(first.ty.and_then(as_number).unwrap_or(SqlType::Real), false)
            }
            Gives::TextOrBlob => match first.ty {
                Some(SqlType::Blob) => Value::of(SqlType::Blob, false),
                Some(SqlType::Any) => Value::of(SqlType::Any, false),
                _ => Value::of(SqlType::Text, false),
            },
            Gives::First => first.computed(),
            Gives::AnyOf => self.one_of(args).computed(),
        };
        if function.name == "unixepoch"
            && exprs
                .iter()
                .any(|expr| is_text(expr, &["subsec", "subsecond"]))
        {
            value.ty = Some(SqlType::Real);
        }
        set_nulls(&mut value, function, exprs, args);
        value
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
            args.iter().any(|arg| arg.nullable),
            args.iter().any(|arg| arg.may_be_nan),
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
                .any(|(at, arg)| !fits(takes(function, at), arg.ty));
            (nullable || odd, nan)
        }
        Nulls::Maybe => (!is_always_a_date(function.name, exprs), false),
    };
    // NaN stays NaN only as long as the outcome is a Real.
    let real = value.ty == Some(SqlType::Real);
    value.nullable = nullable || (nan && !real);
    value.may_be_nan = nan && real;
}

fn takes(function: &Function, at: usize) -> Option<Takes> {
    function.takes.get(at).or(function.takes.last()).copied()
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

/// Modifiers that cannot fail.
const MODIFIERS: [&str; 7] = [
    "utc",
    "localtime",
    "subsec",
    "subsecond",
    "start of day",
    "start of month",
    "start of year",
];

/// Whether the call is `datetime()`, `date('now')` or `time('now', 'localtime')`: with other texts it depends on them.
fn is_always_a_date(name: &str, exprs: &[&Expr]) -> bool {
    if !matches!(
        name,
        "date" | "time" | "datetime" | "julianday" | "unixepoch"
    ) {
        return false;
    }
    match exprs {
        [] => true,
        [first, modifiers @ ..] => {
            is_text(first, &["now"]) && modifiers.iter().all(|expr| is_text(expr, &MODIFIERS))
        }
    }
}

fn is_text(expr: &Expr, texts: &[&str]) -> bool {
    matches!(expr, Expr::Value(literal)
        if matches!(&literal.value, Literal::SingleQuotedString(found) if texts.iter().any(|text| text.eq_ignore_ascii_case(found))))
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
