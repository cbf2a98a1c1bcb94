//! Finds statements that say themselves how few rows they read: `SELECT id FROM task WHERE done LIMIT 10`.

use sqlparser::ast::{
    Expr, GroupByExpr, LimitClause, Query, SetExpr, Statement as Tree, TableFactor,
};

use super::parse::Parsed;
use super::plan::Bound;

/// A plain query over one table with a small LIMIT, and how many conditions it has.
pub(super) fn bound_of(parsed: &Parsed) -> Option<Bound> {
    let Tree::Query(query) = &parsed.tree else {
        return None;
    };
    let Query {
        with: None,
        body,
        limit_clause:
            Some(LimitClause::LimitOffset {
                limit: Some(limit),
                offset: None,
                ..
            }),
        ..
    } = &**query
    else {
        return None;
    };
    let SetExpr::Select(select) = &**body else {
        return None;
    };
    let single = select.from.len() == 1
        && select.from[0].joins.is_empty()
        && matches!(select.from[0].relation, TableFactor::Table { .. })
        && select.distinct.is_none()
        && select.having.is_none()
        && matches!(&select.group_by, GroupByExpr::Expressions(groups, _) if groups.is_empty())
        && select.projection.iter().all(is_plain_item);
    let small = matches!(limit, Expr::Value(value)
        if matches!(&value.value, sqlparser::ast::Value::Number(text, _) if text.parse::<u32>().is_ok_and(|n| n <= 1000)));
    (single && small).then(|| Bound {
        conditions: select.selection.as_ref().map_or(0, count_conditions),
    })
}

fn is_plain_item(item: &sqlparser::ast::SelectItem) -> bool {
    use sqlparser::ast::SelectItem::{
        ExprWithAlias, ExprWithAliases, QualifiedWildcard, UnnamedExpr, Wildcard,
    };
    match item {
        UnnamedExpr(expr) | ExprWithAlias { expr, .. } => {
            matches!(
                expr,
                Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_)
            )
        }
        Wildcard(_) | QualifiedWildcard(..) => true,
        ExprWithAliases { .. } => false,
    }
}

fn count_conditions(condition: &Expr) -> usize {
    let mut conditions = vec![condition];
    let mut count = 0;
    while let Some(condition) = conditions.pop() {
        match condition {
            Expr::Nested(inner) => conditions.push(inner),
            Expr::BinaryOp {
                left,
                op: sqlparser::ast::BinaryOperator::And,
                right,
            } => conditions.extend([&**left, &**right]),
            _ => count += 1,
        }
    }
    count
}
