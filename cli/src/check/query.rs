//! Decides the names and types of one statement.
//!
//! In: a statement with its annotations and what analysis found out. Out: a [`CheckedQuery`]. What is written in the query
//! beats what its views and tables say, and all of them beat inference; see [`Said`].

use crate::analyze::{Analysis, SqlType};
use crate::annotation::Annotations;
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceMap;
use crate::syntax::{Statement, StatementKind};

use super::adapter::{Step, resolve_adapter};
use super::list::run_text;
use super::model::{CheckedQuery, QueryKind, statement_path};
use super::precedence::Said;
use super::property_type::parse_property_type;
use super::sql_type::check_hint;
use super::unmatched::unmatched;
use super::{CheckedAdapter, RustType, TypesByColumn, ValueType, snake_name, type_name};

/// A statement with what the passes before found out about it.
#[derive(Debug)]
pub struct AnalyzedQuery {
    /// The folders below `queries/` that it lies in.
    pub namespace: Vec<String>,
    /// The name of its file without the ending.
    pub stem: String,
    /// Its file below the database's folder.
    pub file: String,
    /// The statement.
    pub statement: Statement,
    /// What its comments say.
    pub annotations: Annotations,
    /// What SQLite says.
    pub analysis: Analysis,
}

/// Decides the names and types of `query`; none when a name cannot be made.
pub fn resolve_query(
    query: AnalyzedQuery,
    catalog: &Catalog,
    types: &TypesByColumn,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Option<CheckedQuery> {
    let mut resolver = Resolver {
        catalog,
        types,
        sources,
        statement: &query.statement,
        annotations: &query.annotations,
        path: String::new(),
        diagnostics,
    };
    let (stem, base) = resolver.stem(&query.stem)?;
    resolver.path = statement_path(&query.namespace, &stem);
    let parameters = resolver.parameters(&query.analysis);
    let row = resolver.row(&query.analysis, &base);
    let map_to = resolver.map_to(row.as_ref());
    resolver.check_names_used(&query.analysis);
    let kind = match (query.statement.kind, &row) {
        (StatementKind::Select, _) => QueryKind::Select,
        (_, Some(_)) => QueryKind::Returning,
        (_, None) => QueryKind::Execute,
    };
    let sql = run_text(&query, &parameters, sources);
    Some(CheckedQuery {
        namespace: query.namespace,
        file: query.file,
        span: query.statement.span,
        method: snake_name(&stem)?,
        stem: stem.trim_start_matches("r#").to_owned(),
        type_name: base,
        sql,
        doc: query.annotations.doc,
        kind,
        parameters,
        row,
        map_to,
        reads: query.analysis.reads,
        writes: query.analysis.writes,
        keys: query.analysis.keys,
        short: query.analysis.short,
    })
}

/// Decides piece by piece; the pieces are in the files of parameters and rows.
pub(super) struct Resolver<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) types: &'a TypesByColumn,
    pub(super) sources: &'a SourceMap,
    pub(super) statement: &'a Statement,
    pub(super) annotations: &'a Annotations,
    /// The statement's name with its namespace, `tasks.by_id`.
    pub(super) path: String,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    /// The statement's name in `snake_case` and as a type, from `name=` or the file.
    fn stem(&mut self, file_stem: &str) -> Option<(String, String)> {
        let (text, span) = match &self.annotations.statement.name {
            Some(name) => (name.value.as_str(), name.span),
            None => (file_stem, self.statement.span),
        };
        let names = snake_name(text).zip(type_name(text));
        if names.is_none() {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::InvalidName,
                    format!("no Rust name can be made of `{text}`"),
                )
                .at(span, "this statement needs a name")
                .help("add `@@{ name=someName }` in a comment above the statement"),
            );
        }
        names
    }

    /// The type of a value of which annotations say `said`: as spelled, else by the configuration, else as inferred.
    pub(super) fn value_type(
        &mut self,
        inferred: SqlType,
        nullable: bool,
        said: &Said<'_>,
    ) -> ValueType {
        let spelled = said
            .property_type
            .and_then(|spelled| parse_property_type(spelled, self.diagnostics));
        let ty = spelled
            .or_else(|| self.types.of(said.declared()?).cloned())
            .unwrap_or_else(|| RustType::of(said.hinted().unwrap_or(inferred)));
        ValueType::new(ty, nullable)
    }

    /// The type of a value that `steps` speak of, and the adapter that converts it, if one does.
    ///
    /// What an adapter converts is handed over as it is: its function wants the very type.
    pub(super) fn adapted(
        &mut self,
        steps: &[Step<'_>],
        ty: ValueType,
        inferred: SqlType,
    ) -> (ValueType, Option<CheckedAdapter>) {
        let adapter = resolve_adapter(steps, &ty.ty, inferred, self.types, self.diagnostics);
        if adapter.is_none() {
            return (ty, None);
        }
        let own = RustType::User(ty.ty.owned().to_owned());
        (ValueType { ty: own, ..ty }, adapter)
    }

    /// Reports `field=` and `param=` blocks that match nothing.
    fn check_names_used(&mut self, analysis: &Analysis) {
        let labels = || analysis.columns.iter().map(|column| column.label.as_str());
        for block in &self.annotations.fields {
            check_hint(block, self.types, self.diagnostics);
            let wanted = &block.field;
            if !labels().any(|label| label.eq_ignore_ascii_case(&wanted.value)) {
                let diagnostic = unmatched(
                    Code::UnknownField,
                    ("this statement", "result column"),
                    wanted,
                    labels(),
                );
                self.diagnostics.push(diagnostic);
            }
        }
        let names = || analysis.parameters.iter().filter_map(|p| p.name.as_deref());
        for block in &self.annotations.params {
            let wanted = &block.param;
            if !names().any(|name| name == wanted.value) {
                let diagnostic = unmatched(
                    Code::UnknownParam,
                    ("this statement", "parameter"),
                    wanted,
                    names(),
                );
                self.diagnostics.push(diagnostic);
            }
        }
    }
}
