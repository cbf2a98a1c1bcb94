//! Finds objects that two statements of the schema create.
//!
//! `CREATE TABLE t (a)` in one file and `CREATE TABLE IF NOT EXISTS t (b)` in another → the second one would be ignored in
//! silence, so it is reported with both places. Tables, views and indexes share one set of names, triggers have their own;
//! letter case makes no other name.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::syntax::StatementKind;

use super::schema::fold;
use super::{Header, SchemaStatement};

/// Reports every statement that creates what another one in front of it creates; gives their indices.
pub(super) fn refuse(
    statements: &[SchemaStatement],
    headers: &[Option<Header>],
    diagnostics: &mut Diagnostics,
) -> HashSet<usize> {
    let mut first: HashMap<(bool, String), usize> = HashMap::new();
    let mut second = HashSet::new();
    for (index, header) in headers.iter().enumerate() {
        let Some(header) = header else { continue };
        let kind = statements[index].statement.kind;
        let key = (kind == StatementKind::CreateTrigger, fold(&header.name));
        let maker = *first.entry(key).or_insert(index);
        if maker != index
            && let Some(made) = &headers[maker]
        {
            let earlier = noun(statements[maker].statement.kind);
            diagnostics.push(explain(header, noun(kind), made, earlier));
            second.insert(index);
        }
    }
    second
}

fn explain(header: &Header, noun: &str, made: &Header, earlier: &str) -> Diagnostic {
    let name = &header.name;
    let message = if noun == earlier {
        format!("{noun} `{name}` is created twice")
    } else {
        format!(
            "found {noun} `{name}` beside {earlier} `{}`, expected another name",
            made.name
        )
    };
    let diagnostic = Diagnostic::error(Code::DuplicateObject, message)
        .at(header.span, "the second one")
        .and_at(made.span, "the first one");
    let diagnostic = if header.if_not_exists {
        diagnostic.help("with `IF NOT EXISTS` this one would be ignored in silence")
    } else {
        diagnostic
    };
    diagnostic.help("remove one of them, or give it another name")
}

fn noun(kind: StatementKind) -> &'static str {
    match kind {
        StatementKind::CreateView => "view",
        StatementKind::CreateIndex => "index",
        StatementKind::CreateTrigger => "trigger",
        _ => "table",
    }
}
