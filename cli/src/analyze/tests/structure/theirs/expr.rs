//! Expressions of the other parser's tree, printed like ours.

use sqlite3_parser::ast::{
    Expr, FunctionCallOrder, LikeOperator, Literal, Operator, UnaryOperator,
};

use super::Theirs;
use crate::syntax::unquote;

impl Theirs {
    pub(super) fn expr(&mut self, expr: &Expr<'_>) -> String {
        match expr {
            Expr::Between {
                lhs,
                not,
                start,
                end,
            } => {
                let parts = [self.expr(lhs), self.expr(start), self.expr(end)];
                format!("(between{} {})", negation(*not), parts.join(" "))
            }
            Expr::Binary(left, operator, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                format!("({} {left} {right})", symbol(*operator))
            }
            Expr::Case {
                base,
                when_then_pairs,
                else_expr,
            } => {
                let mut parts = Vec::new();
                parts.extend(base.map(|base| self.expr(base)));
                for (condition, result) in *when_then_pairs {
                    parts.push(format!("[{} {}]", self.expr(condition), self.expr(result)));
                }
                parts.extend(else_expr.map(|otherwise| self.expr(otherwise)));
                format!("(case {})", parts.join(" "))
            }
            Expr::Cast { expr, .. } => format!("(cast {})", self.expr(expr)),
            Expr::Collate(expr, name) => {
                self.note("collate", &unquote(name));
                self.expr(expr)
            }
            Expr::DoublyQualified(a, b, c) => {
                format!("{}.{}.{}", unquote(a.0), unquote(b.0), unquote(c.0))
            }
            Expr::Qualified(a, b) => format!("{}.{}", unquote(a.0), unquote(b.0)),
            Expr::Id(id) => unquote(id.0).into_owned(),
            Expr::Name(name) => unquote(name.0).into_owned(),
            Expr::Exists(select) => {
                self.query(select);
                "(exists)".to_owned()
            }
            Expr::Subquery(select) => {
                self.query(select);
                "(query)".to_owned()
            }
            Expr::FunctionCall { .. } | Expr::FunctionCallStar { .. } => self.call(expr),
            Expr::InList { lhs, not, rhs } => {
                let (left, list) = (self.expr(lhs), self.list(rhs.unwrap_or_default()));
                format!("(in{} {left} [{list}])", negation(*not))
            }
            Expr::InSelect { lhs, not, rhs } => {
                let left = self.expr(lhs);
                self.query(rhs);
                format!("(in{} {left} (query))", negation(*not))
            }
            Expr::InTable { lhs, not, rhs, .. } => {
                let left = self.expr(lhs);
                let table = unquote(rhs.name.0);
                format!("(in{} {left} {table})", negation(*not))
            }
            Expr::IsNull(inner) => format!("(is {} null)", self.expr(inner)),
            Expr::NotNull(inner) => format!("(isnot {} null)", self.expr(inner)),
            Expr::Like { .. } => self.like(expr),
            Expr::Literal(literal) => shown_literal(literal),
            Expr::Parenthesized(exprs) => match exprs.as_slice() {
                [only] => self.expr(only),
                several => format!("(row {})", self.list(several)),
            },
            Expr::Raise(..) => "(raise)".to_owned(),
            Expr::Unary(operator, inner) => {
                let sign = match operator {
                    UnaryOperator::BitwiseNot => "~",
                    UnaryOperator::Negative => "-",
                    UnaryOperator::Not => "not",
                    UnaryOperator::Positive => "+",
                };
                format!("({sign} {})", self.expr(inner))
            }
            // It leaves the question mark out.
            Expr::Variable(name) if name.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("?{name}")
            }
            Expr::Variable(name) => (*name).to_owned(),
        }
    }

    fn call(&mut self, expr: &Expr<'_>) -> String {
        match expr {
            Expr::FunctionCall {
                name,
                args,
                order_by,
                filter_over,
                ..
            } => {
                let args = self.list(args.unwrap_or_default());
                if let Some(FunctionCallOrder::SortList(terms)) = order_by {
                    self.order(terms);
                }
                self.tail(filter_over.as_ref());
                format!("(call {} {args})", unquote(name.0))
            }
            Expr::FunctionCallStar { name, filter_over } => {
                self.tail(filter_over.as_ref());
                format!("(call {} )", unquote(name.0))
            }
            other => self.expr(other),
        }
    }

    fn like(&mut self, expr: &Expr<'_>) -> String {
        let Expr::Like {
            lhs,
            not,
            op,
            rhs,
            escape,
        } = expr
        else {
            return self.expr(expr);
        };
        let mut parts = vec![self.expr(lhs), self.expr(rhs)];
        parts.extend(escape.map(|escape| self.expr(escape)));
        let parts = parts.join(" ");
        let name = match op {
            LikeOperator::Like => return format!("(like{} {parts})", negation(*not)),
            LikeOperator::Glob => "glob",
            LikeOperator::Match => "match",
            LikeOperator::Regexp => "regexp",
        };
        if *not {
            format!("(not ({name} {parts}))")
        } else {
            format!("({name} {parts})")
        }
    }
}

fn negation(not: bool) -> &'static str {
    if not { " not" } else { "" }
}

fn shown_literal(literal: &Literal<'_>) -> String {
    match literal {
        Literal::Numeric(text) | Literal::Keyword(text) => (*text).to_owned(),
        Literal::Blob(text) => {
            let digits = text.trim_start_matches(['x', 'X']).trim_matches('\'');
            format!("x'{digits}'")
        }
        Literal::String(text) => format!("'{}'", unquote(text)),
        Literal::Null => "null".to_owned(),
        Literal::CurrentDate => "current_date".to_owned(),
        Literal::CurrentTime => "current_time".to_owned(),
        Literal::CurrentTimestamp => "current_timestamp".to_owned(),
    }
}

fn symbol(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::And => "and",
        Operator::ArrowRight => "->",
        Operator::ArrowRightShift => "->>",
        Operator::BitwiseAnd => "&",
        Operator::BitwiseOr => "|",
        Operator::Concat => "||",
        Operator::Equals => "=",
        Operator::Divide => "/",
        Operator::Greater => ">",
        Operator::GreaterEquals => ">=",
        Operator::Is => "is",
        Operator::IsNot => "isnot",
        Operator::LeftShift => "<<",
        Operator::Less => "<",
        Operator::LessEquals => "<=",
        Operator::Modulus => "%",
        Operator::Multiply => "*",
        Operator::NotEquals => "<>",
        Operator::Or => "or",
        Operator::RightShift => ">>",
        Operator::Subtract => "-",
    }
}
