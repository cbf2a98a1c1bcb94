//! Expressions of our tree, printed with all their parentheses.

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArguments, UnaryOperator, Value, WindowType,
};

use super::{Ours, last};

impl Ours {
    fn pair(&mut self, symbol: &str, left: &Expr, right: &Expr) -> String {
        format!("({symbol} {} {})", self.expr(left), self.expr(right))
    }

    pub(super) fn expr(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::Identifier(name) => name.value.clone(),
            Expr::CompoundIdentifier(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| part.value.clone()).collect();
                parts.join(".")
            }
            Expr::Value(value) => shown_value(&value.value),
            Expr::Nested(inner) => self.expr(inner),
            Expr::Tuple(parts) => format!("(row {})", self.list(parts)),
            // It binds more tightly than a sign here, and less tightly there; types know no difference.
            Expr::Collate { expr, collation } => {
                self.note("collate", &last(collation));
                self.expr(expr)
            }
            Expr::UnaryOp { op, expr } => {
                let sign = match op {
                    UnaryOperator::Not => "not".to_owned(),
                    other => other.to_string(),
                };
                format!("({sign} {})", self.expr(expr))
            }
            Expr::BinaryOp { left, op, right } => self.pair(&symbol(op), left, right),
            Expr::IsNull(inner) => format!("(is {} null)", self.expr(inner)),
            Expr::IsNotNull(inner) => format!("(isnot {} null)", self.expr(inner)),
            Expr::IsDistinctFrom(left, right) => self.pair("isnot", left, right),
            Expr::IsNotDistinctFrom(left, right) => self.pair("is", left, right),
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => {
                let parts = [self.expr(expr), self.expr(low), self.expr(high)];
                format!("(between{} {})", negation(*negated), parts.join(" "))
            }
            Expr::Like {
                negated,
                expr,
                pattern,
                escape_char,
                ..
            } => {
                let mut parts = vec![self.expr(expr), self.expr(pattern)];
                parts.extend(escape_char.iter().map(|escape| self.expr(escape)));
                format!("(like{} {})", negation(*negated), parts.join(" "))
            }
            Expr::InList { .. } | Expr::InSubquery { .. } | Expr::InUnnest { .. } => {
                self.inside(expr)
            }
            Expr::Cast { expr, .. } => format!("(cast {})", self.expr(expr)),
            Expr::Case { .. } => self.case(expr),
            Expr::Exists { subquery, negated } => {
                self.query(subquery);
                let exists = "(exists)".to_owned();
                if *negated {
                    format!("(not {exists})")
                } else {
                    exists
                }
            }
            Expr::Subquery(query) => {
                self.query(query);
                "(query)".to_owned()
            }
            Expr::Function(call) => self.call(call),
            other => format!("(unexpected {other})"),
        }
    }

    fn inside(&mut self, expr: &Expr) -> String {
        match expr {
            Expr::InList {
                expr,
                list,
                negated,
            } => {
                let (left, list) = (self.expr(expr), self.list(list));
                format!("(in{} {left} [{list}])", negation(*negated))
            }
            Expr::InSubquery {
                expr,
                subquery,
                negated,
            } => {
                let left = self.expr(expr);
                self.query(subquery);
                format!("(in{} {left} (query))", negation(*negated))
            }
            Expr::InUnnest {
                expr,
                array_expr,
                negated,
            } => {
                let left = self.expr(expr);
                let table = match &**array_expr {
                    Expr::Identifier(name) => name.value.clone(),
                    Expr::CompoundIdentifier(parts) => parts
                        .last()
                        .map(|part| part.value.clone())
                        .unwrap_or_default(),
                    Expr::Function(call) => last(&call.name),
                    other => other.to_string(),
                };
                format!("(in{} {left} {table})", negation(*negated))
            }
            other => self.expr(other),
        }
    }

    fn case(&mut self, expr: &Expr) -> String {
        let Expr::Case {
            operand,
            conditions,
            else_result,
            ..
        } = expr
        else {
            return self.expr(expr);
        };
        let mut parts = Vec::new();
        parts.extend(operand.iter().map(|operand| self.expr(operand)));
        for arm in conditions {
            parts.push(format!(
                "[{} {}]",
                self.expr(&arm.condition),
                self.expr(&arm.result)
            ));
        }
        parts.extend(else_result.iter().map(|otherwise| self.expr(otherwise)));
        format!("(case {})", parts.join(" "))
    }

    fn call(&mut self, call: &Function) -> String {
        let mut args = Vec::new();
        if let FunctionArguments::List(list) = &call.args {
            args.extend(list.args.iter().map(|arg| self.argument(arg)));
            for clause in &list.clauses {
                if let FunctionArgumentClause::OrderBy(terms) = clause {
                    self.terms(terms);
                }
            }
        }
        args.retain(|arg| arg != "*");
        self.clause("filter", call.filter.as_deref());
        match &call.over {
            Some(WindowType::WindowSpec(spec)) => self.window(spec),
            Some(WindowType::NamedWindow(name)) => self.note("over", &name.value),
            None => {}
        }
        format!("(call {} {})", last(&call.name), args.join(" "))
    }

    pub(super) fn argument(&mut self, arg: &FunctionArg) -> String {
        match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => self.expr(expr),
            FunctionArg::Unnamed(FunctionArgExpr::Wildcard) => "*".to_owned(),
            other => other.to_string(),
        }
    }
}

fn negation(not: bool) -> &'static str {
    if not { " not" } else { "" }
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::Number(text, _) | Value::Placeholder(text) | Value::HexStringLiteral(text) => {
            text.clone()
        }
        Value::SingleQuotedString(text) => format!("'{text}'"),
        other => other.to_string(),
    }
}

fn symbol(operator: &BinaryOperator) -> String {
    match operator {
        BinaryOperator::Glob => "glob".to_owned(),
        BinaryOperator::Match => "match".to_owned(),
        BinaryOperator::Regexp => "regexp".to_owned(),
        other => other.to_string(),
    }
}
