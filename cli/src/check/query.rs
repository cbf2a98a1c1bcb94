//! Decides the names and types of one statement.
//!
//! The annotation of the query beats the one of the table, and both beat inference.

use std::collections::BTreeMap;

use crate::analyze::{Analysis, Origin, ResultColumn, SqlType};
use crate::annotation::{Annotations, FieldBlock, Spanned};
use crate::catalog::{Catalog, Column};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, StatementKind};

use super::list::run_text;
use super::model::{CheckedField, CheckedParameter, CheckedQuery, CheckedRow, QueryKind};
use super::property_type::parse_property_type;
use super::{
    Reading, RustType, TypesByColumn, ValueType, hides_prelude, is_plain, snake_name, type_name,
};

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
        diagnostics,
    };
    let (stem, base) = resolver.stem(&query.stem)?;
    let parameters = resolver.parameters(&query.analysis);
    let row = resolver.row(&query.analysis, &base);
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
        reads: query.analysis.reads,
        writes: query.analysis.writes,
        keys: query.analysis.keys,
        short: query.analysis.short,
    })
}

struct Resolver<'a> {
    catalog: &'a Catalog,
    types: &'a TypesByColumn,
    sources: &'a SourceMap,
    statement: &'a Statement,
    annotations: &'a Annotations,
    diagnostics: &'a mut Diagnostics,
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

    fn parameters(&mut self, analysis: &Analysis) -> Vec<CheckedParameter> {
        let mut used: Vec<_> = analysis.parameters.iter().collect();
        used.sort_by_key(|parameter| parameter.span.start);
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let mut checked = Vec::new();
        for parameter in used {
            let label = self.sources.text(parameter.span).to_owned();
            let text = parameter
                .name
                .clone()
                .unwrap_or_else(|| format!("arg{}", parameter.number));
            let Some(name) = snake_name(&text) else {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidName,
                        format!("no Rust name can be made of `{label}`"),
                    )
                    .at(parameter.span, "")
                    .help("rename the parameter"),
                );
                continue;
            };
            if let Some(first) = places.insert(name.clone(), parameter.span) {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::DuplicateLabel,
                        format!("two parameters become the field `{name}`"),
                    )
                    .at(parameter.span, "this one")
                    .and_at(first, "and this one")
                    .help("spell one parameter the same way everywhere, or rename one of the two"),
                );
            }
            let block = self
                .annotations
                .params
                .iter()
                .find(|block| parameter.name.as_deref() == Some(&block.param.value));
            let origin = parameter.origin.as_ref();
            let column = self.column_annotation(origin);
            let spelled = block
                .and_then(|block| block.property_type.as_ref())
                .or(column.and_then(|column| column.property_type.as_ref()));
            let nullable = block
                .and_then(|block| block.not_null.as_ref())
                // Whether the column can be NULL says nothing about a list.
                .or(column
                    .filter(|_| !parameter.list)
                    .and_then(|column| column.not_null.as_ref()))
                .map_or(parameter.nullable, |not_null| !not_null.value);
            let mut ty = self.value_type(parameter.ty, nullable, spelled.cloned().as_ref(), origin);
            if parameter.list {
                ty = ValueType::list(ty.ty, nullable);
            }
            checked.push(CheckedParameter {
                number: parameter.number,
                field: CheckedField { name, label, ty },
            });
        }
        checked
    }

    fn row(&mut self, analysis: &Analysis, base: &str) -> Option<CheckedRow> {
        if analysis.columns.is_empty() {
            if let Some(result) = &self.annotations.statement.query_result {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::MisplacedKey,
                        "`queryResult` stands on a statement that gives no rows",
                    )
                    .at(result.span, "")
                    .help("add a RETURNING clause, or remove `queryResult`"),
                );
            }
            return None;
        }
        let mut places: BTreeMap<String, (Span, Option<&Origin>)> = BTreeMap::new();
        let mut fields = Vec::new();
        let mut readings = Vec::new();
        for column in &analysis.columns {
            let span = column.span.unwrap_or(self.statement.span);
            let Some(name) = self.field_name(column, span) else {
                continue;
            };
            let place = (span, column.origin.as_ref());
            if let Some(first) = places.insert(name.clone(), place) {
                self.diagnostics.push(duplicate_column(&name, first, place));
            }
            let block = self.field_annotation(&column.label);
            let origin = column.origin.as_ref();
            let table = self.column_annotation(origin);
            let spelled = pick(block, table, |block| block.property_type.as_ref()).cloned();
            let nullable = pick(block, table, |block| block.not_null.as_ref())
                .map_or(column.nullable, |not_null| !not_null.value);
            let ty = self.value_type(column.ty, nullable, spelled.as_ref(), origin);
            readings.push(Reading::of(column, &ty));
            fields.push(CheckedField {
                name,
                label: column.label.clone(),
                ty,
            });
        }
        Some(CheckedRow {
            type_name: self.row_name(base)?,
            fields,
            readings,
            defines: true,
        })
    }

    fn row_name(&mut self, base: &str) -> Option<String> {
        let Some(result) = &self.annotations.statement.query_result else {
            return Some(format!("{}Row", base.trim_end_matches('_')));
        };
        let name = &result.value;
        let message = if !is_plain(name) {
            format!("`{name}` is no name of a Rust type")
        } else if hides_prelude(name) {
            format!("a row type `{name}` would hide Rust's own")
        } else {
            return Some(name.clone());
        };
        self.diagnostics.push(
            Diagnostic::error(Code::InvalidName, message)
                .at(result.span, "")
                .help("write a name in UpperCamelCase, such as `queryResult=TaskRow`"),
        );
        None
    }

    fn field_name(&mut self, column: &ResultColumn, span: Span) -> Option<String> {
        let table = column
            .origin
            .as_ref()
            .filter(|origin| origin.column.eq_ignore_ascii_case(&column.label));
        let table = self.column_annotation(table);
        let block = self.field_annotation(&column.label);
        let named = pick(block, table, |block| block.property_name.as_ref());
        let (text, span) = named.map_or((column.label.as_str(), span), |name| {
            (name.value.as_str(), name.span)
        });
        let name = snake_name(text);
        if name.is_none() {
            let message = format!("no Rust name can be made of `{text}`");
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidName, message)
                    .at(span, "")
                    .help("give the column a label with AS, or a `propertyName`"),
            );
        }
        name
    }

    /// The type of a value that comes from or goes to `origin`: as spelled, else by the configuration, else as inferred.
    fn value_type(
        &mut self,
        inferred: SqlType,
        nullable: bool,
        spelled: Option<&Spanned<String>>,
        origin: Option<&Origin>,
    ) -> ValueType {
        let ty = if let Some(spelled) = spelled {
            parse_property_type(spelled, self.diagnostics)
        } else {
            let column = self.column(origin);
            column.and_then(|column| self.types.of(column)).cloned()
        };
        ValueType::new(ty.unwrap_or_else(|| RustType::of(inferred)), nullable)
    }

    fn field_annotation(&self, label: &str) -> Option<&FieldBlock> {
        let annotations = self.annotations;
        annotations
            .fields
            .iter()
            .find(|block| block.field.value.eq_ignore_ascii_case(label))
    }

    fn column_annotation(&self, origin: Option<&Origin>) -> Option<&FieldBlock> {
        self.column(origin)?.annotation.as_ref()
    }

    fn column(&self, origin: Option<&Origin>) -> Option<&Column> {
        let origin = origin?;
        let catalog = self.catalog;
        catalog.relation(&origin.table)?.column(&origin.column)
    }

    /// Reports `field=` and `param=` blocks that match nothing.
    fn check_names_used(&mut self, analysis: &Analysis) {
        let labels = || analysis.columns.iter().map(|column| column.label.as_str());
        for block in &self.annotations.fields {
            let wanted = &block.field;
            if !labels().any(|label| label.eq_ignore_ascii_case(&wanted.value)) {
                let diagnostic = unmatched(Code::UnknownField, "result column", wanted, labels());
                self.diagnostics.push(diagnostic);
            }
        }
        let names = || analysis.parameters.iter().filter_map(|p| p.name.as_deref());
        for block in &self.annotations.params {
            let wanted = &block.param;
            if !names().any(|name| name == wanted.value) {
                let diagnostic = unmatched(Code::UnknownParam, "parameter", wanted, names());
                self.diagnostics.push(diagnostic);
            }
        }
    }
}

/// The value of a key: the query's, else the table's.
fn pick<'a, T>(
    query: Option<&'a FieldBlock>,
    table: Option<&'a FieldBlock>,
    key: impl Fn(&'a FieldBlock) -> Option<&'a Spanned<T>>,
) -> Option<&'a Spanned<T>> {
    query.and_then(&key).or_else(|| table.and_then(&key))
}

/// Two columns of one name, each with its place and where it comes from.
fn duplicate_column(
    name: &str,
    first: (Span, Option<&Origin>),
    second: (Span, Option<&Origin>),
) -> Diagnostic {
    let message = format!("two columns become the field `{name}`");
    let diagnostic = Diagnostic::error(Code::DuplicateLabel, message);
    if first.0 != second.0 {
        return diagnostic
            .at(second.0, "this one")
            .and_at(first.0, "and this one")
            .help("give one of them another label with AS");
    }
    let shown = |origin: &Origin| format!("`{}.{}`", origin.table, origin.column);
    let both = first.1.map(shown).zip(second.1.map(shown));
    let label = both.map_or_else(
        || "gives both".to_owned(),
        |(one, other)| format!("gives {one} and {other}"),
    );
    diagnostic
        .at(second.0, label)
        .help("write the columns out, and give one of them another label with AS")
}

fn unmatched<'a>(
    code: Code,
    thing: &str,
    wanted: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        code,
        format!("this statement has no {thing} `{}`", wanted.value),
    )
    .at(wanted.span, "");
    if let Some(near) = suggest(&wanted.value, known.clone()) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    if known.is_empty() {
        diagnostic.help(format!("remove the block: the statement has no {thing}"))
    } else {
        diagnostic.help(format!("it has {}", known.join(", ")))
    }
}
