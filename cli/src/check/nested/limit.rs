//! Warns of LIMIT and OFFSET beside a collection: they count the rows of the join, so that the last parent may come out
//! with some of its elements only.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceMap, Span};
use crate::syntax::Statement;

use super::plan::Plan;

/// The warning about the LIMIT of `statement`, if it has one; `key` tells its rows apart.
pub(in crate::check) fn check_limit(
    statement: &Statement,
    sources: &SourceMap,
    plan: &Plan<'_>,
    key: &[usize],
) -> Option<Diagnostic> {
    let limit = limit_of(statement, sources)?;
    let clause = sources.text(limit.span);
    let order = if limit.is_ordered {
        "ORDER BY … "
    } else {
        ""
    };
    let warning = Diagnostic::warning(
        Code::LimitedCollection,
        "LIMIT counts the rows of the join, not the rows that hold collections",
    )
    .at(limit.span, "may cut off a part of the last collection");
    Some(warning.help(rewrite(plan, key, &format!("{order}{clause}"))))
}

/// How to limit parents, by the key of the one table that they come from.
fn rewrite(plan: &Plan<'_>, key: &[usize], clause: &str) -> String {
    let parent = match key {
        [index] => plan.step(*index, 0).zip(plan.columns[*index].path.last()),
        _ => None,
    };
    let Some((step, last)) = parent else {
        return format!("limit the parents in a subquery: `FROM (SELECT … {clause}) AS …`");
    };
    match (&step.relation, &last.relation) {
        (Some(table), Some(last)) if table == last => format!(
            "limit the parents in a subquery: `FROM (SELECT * FROM {table} {clause}) AS {}`",
            step.alias
        ),
        (_, Some(table)) => format!(
            "limit the parents: `WHERE {}.{} IN (SELECT {} FROM {table} {clause})`",
            step.alias, step.column, last.column
        ),
        _ => format!("limit the parents in a subquery: `FROM (SELECT … {clause}) AS …`"),
    }
}

/// The LIMIT clause of the statement itself.
struct Limit {
    /// From its word to the end of the statement.
    span: Span,
    /// Whether an ORDER BY stands before it.
    is_ordered: bool,
}

fn limit_of(statement: &Statement, sources: &SourceMap) -> Option<Limit> {
    let text = &sources.file(statement.file()).text;
    let mut depth = 0_i32;
    let mut start = None;
    let mut end = None;
    let mut is_ordered = false;
    for token in statement.significant() {
        depth += i32::from(token.is_symbol(text, "(")) - i32::from(token.is_symbol(text, ")"));
        if depth == 0 && token.is_word(text, "LIMIT") {
            start = Some(token.range.start);
        }
        is_ordered |= depth == 0 && token.is_word(text, "ORDER");
        if !token.is_symbol(text, ";") {
            end = Some(token.range.end);
        }
    }
    Some(Limit {
        span: Span::new(statement.file(), start?..end?),
        is_ordered,
    })
}
