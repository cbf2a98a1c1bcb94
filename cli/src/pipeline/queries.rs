//! From query files to statements with everything decided.

use crate::analyze::Analyzer;
use crate::annotation::{Place, resolve_statement};
use crate::catalog::{Catalog, advise_lookalike};
use crate::check::{AnalyzedQuery, CheckedQuery, TypesByColumn, check_views, resolve_query};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{Folder, QueryFile, SourceMap, Span};
use crate::syntax::Statement;

use super::below;
use super::schema::parse_file;

/// What queries begin with.
const VERBS: &[&str] = &[
    "SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH",
];

const ACCEPTED: &str = "write one SELECT, VALUES, INSERT, REPLACE, UPDATE or DELETE statement";

/// Analyses every statement of `queries/`.
pub fn analyze_queries(
    folder: &Folder,
    shown: &str,
    catalog: &Catalog,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<AnalyzedQuery> {
    let analyzer = Analyzer::new(catalog, sources);
    check_views(
        catalog,
        |relation| analyzer.relation_columns(relation),
        diagnostics,
    );
    let mut queries = Vec::new();
    for file in &folder.queries {
        let statements = parse_file(file.file, sources, diagnostics);
        check_statements(file, &statements, sources, diagnostics);
        let several = statements.len() > 1;
        for (number, statement) in (1..).zip(statements) {
            if !statement.kind.is_about_rows() {
                continue;
            }
            let place = Place::of(&statement, sources);
            let annotations = resolve_statement(&statement, sources, place, diagnostics);
            let mut stem = file.stem.clone();
            if several && annotations.statement.name.is_none() {
                diagnostics.push(unnamed(&statement));
                // The name of its file would collide with that of the others.
                stem = format!("{stem}_statement_{number}");
            }
            let analysis = analyzer.analyze(&statement, &annotations, diagnostics);
            let Some(analysis) = analysis else {
                continue;
            };
            queries.push(AnalyzedQuery {
                namespace: file.namespace.clone(),
                stem,
                file: below(&sources.file(file.file).path, shown),
                statement,
                annotations,
                analysis,
            });
        }
    }
    queries
}

/// Decides the names and types of every statement.
pub fn resolve_queries(
    analyzed: Vec<AnalyzedQuery>,
    catalog: &Catalog,
    types: &TypesByColumn,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<CheckedQuery> {
    analyzed
        .into_iter()
        .filter_map(|query| resolve_query(query, catalog, types, sources, diagnostics))
        .collect()
}

/// Reports what a query file must not hold.
fn check_statements(
    file: &QueryFile,
    statements: &[Statement],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    if statements.is_empty() {
        let end = sources.file(file.file).text.len();
        diagnostics.push(
            Diagnostic::error(Code::QueryWithoutStatement, "this file holds no statement")
                .at(Span::new(file.file, end..end), "")
                .help(ACCEPTED),
        );
    }
    for statement in statements {
        if statement.kind.is_about_rows() {
            continue;
        }
        let word = first_word(statement);
        let found = sources.text(word);
        let message = format!("a query file holds {}", found.to_uppercase());
        let diagnostic =
            Diagnostic::error(Code::QueryStatementKind, message).at(word, "is no query");
        let meant = suggest(found, VERBS.iter().copied());
        let advice = advise_lookalike(statement, sources)
            .or_else(|| meant.map(|meant| format!("did you mean `{meant}`?")));
        diagnostics.push(if let Some(advice) = advice {
            diagnostic.help(advice)
        } else {
            diagnostic
                .help(ACCEPTED)
                .help("statements that create things belong into `schema/`")
        });
    }
}

fn unnamed(statement: &Statement) -> Diagnostic {
    Diagnostic::error(
        Code::UnnamedStatement,
        "this statement has no name, and its file holds several",
    )
    .at(first_word(statement), "")
    .help("add `-- @@{ name=someName }` above it, or give it a file of its own")
}

fn first_word(statement: &Statement) -> Span {
    let first = statement.significant().next();
    first.map_or(statement.span, |token| statement.span_of(token))
}
