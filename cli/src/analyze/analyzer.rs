//! Puts the parts together: a statement in, its [`Analysis`] out, or SQLite's rejection as a diagnostic.
//!
//! `SELECT name FROM person WHERE id = :id` → SQLite prepares it and names columns and accesses; the walk over its
//! structure adds that `name` may be NULL and `:id` is an Integer; the plan says that it is short. Invariant: what SQLite
//! accepts is never refused here; what cannot be taken apart keeps what SQLite told.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::annotation::Annotations;
use crate::catalog::{Catalog, Command, MetaColumn, Prepared, Rejection, Relation};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};
use crate::syntax::{ListForm, Parameter, Statement};

use super::bound::bound_of;
use super::cascade::add_cascades;
use super::infer::{Infer, ViewCache};
use super::parameter::{self, Verdict};
use super::parse::{Parsed, excludes_rows, parse_statement};
use super::passed::passed_columns;
use super::plan::{self, Bound};
use super::row_key::Pinning;
use super::types::{declared_type, keeps_numbers};
use super::value::{self, OutColumn, Value};
use super::{
    Analysis, Origin, ResultColumn, SqlType, Step, TableColumns, Write, authorize, effect,
};

/// Analyses statements against one schema, and remembers what it found out about views.
#[derive(Debug)]
pub struct Analyzer<'a> {
    catalog: &'a Catalog,
    sources: &'a SourceMap,
    views: ViewCache,
}

/// What the walk over the structure found out.
struct Structure {
    columns: Vec<OutColumn>,
    verdicts: HashMap<usize, Verdict>,
    tested: HashSet<usize>,
    bound: Option<Bound>,
    parsed: Parsed,
}

impl<'a> Analyzer<'a> {
    /// An analyzer for the schema in `catalog`; `sources` holds its text and that of the queries.
    #[must_use]
    pub fn new(catalog: &'a Catalog, sources: &'a SourceMap) -> Self {
        Self {
            catalog,
            sources,
            views: RefCell::default(),
        }
    }

    /// Analyses a SELECT, INSERT, UPDATE or DELETE; none when SQLite rejects it.
    pub fn analyze(
        &self,
        statement: &Statement,
        annotations: &Annotations,
        diagnostics: &mut Diagnostics,
    ) -> Option<Analysis> {
        // The forms of a list differ in one expression without a name, so that what SQLite says of one holds for all.
        let text = statement.run_text(self.sources, |_| ListForm::Mixed);
        let prepared = match self.catalog.prepare(&text) {
            Ok(prepared) => prepared,
            Err(error) => {
                // SQLite would speak of a sub-select that nobody wrote.
                let rows = statement.list_of_rows(self.sources);
                if let Some(list) =
                    rows.filter(|_| error.to_string().starts_with("sub-select returns 1 col"))
                {
                    diagnostics.push(list_of_rows(list));
                } else if let Some(rejection) =
                    self.catalog.explain(&error, self.sources, statement)
                {
                    diagnostics.push(rejection.into_diagnostic(Code::QueryRejected));
                }
                return None;
            }
        };
        let quoted = self.catalog.quoted_texts(self.sources, statement);
        diagnostics.extend(quoted.into_iter().filter_map(Rejection::into_warning));
        let structure = self.structure(statement, prepared.columns.len());
        if structure.is_none() {
            diagnostics.push(not_taken_apart(statement));
        }
        if let Some(structure) = &structure {
            parameter::check_lists(statement, &structure.tested, diagnostics);
        } else {
            parameter::check_lists(statement, &HashSet::new(), diagnostics);
        }
        let verdicts = structure.as_ref().map(|structure| &structure.verdicts);
        let parameters = parameter::describe(statement, verdicts, annotations, diagnostics);
        let bound = structure.as_ref().and_then(|structure| structure.bound);
        let described = || {
            let columns = prepared.columns.iter();
            columns.map(|meta| self.described(meta)).collect()
        };
        let (columns, parsed) = match structure {
            Some(Structure {
                columns, parsed, ..
            }) => (
                self.columns(statement, &prepared, columns, annotations, diagnostics),
                Some(parsed),
            ),
            None => (described(), None),
        };
        let (reads, mut writes) = self.accesses(statement, &prepared);
        let cascades = add_cascades(self.catalog, &mut writes);
        let steps = self.catalog.plan(&text).ok();
        let mut keys = parsed.map_or_else(Vec::new, |parsed| {
            let pinning = Pinning {
                catalog: self.catalog,
                sources: self.sources,
                statement,
                parsed: &parsed,
            };
            if prepared.readonly {
                pinning.of_query()
            } else {
                pinning.of_write(&prepared.accesses, &writes)
            }
        });
        // Which rows of such a table change is not said.
        keys.retain(|key| !cascades.contains(&key.table));
        Some(Analysis {
            parameters,
            columns,
            reads,
            writes,
            keys,
            short: steps.is_some_and(|steps| plan::is_short(self.catalog, &steps, bound)),
        })
    }

    /// The columns of a table or view, as `SELECT *` from it gives them.
    #[must_use]
    pub fn relation_columns(&self, relation: &Relation) -> Vec<ResultColumn> {
        let places = HashMap::new();
        let mut walk = Infer::new(self.catalog, self.sources, &self.views, &places, None);
        let columns = walk.relation_columns(relation).into_iter();
        columns
            .map(|(label, value)| result_column(label, None, &value))
            .collect()
    }

    /// Walks over the statement: once for the parameters, once more knowing them.
    fn structure(&self, statement: &Statement, columns: usize) -> Option<Structure> {
        let parsed = parse_statement(self.sources, statement)?;
        let places: HashMap<usize, usize> = statement
            .parameters
            .iter()
            .map(|parameter| (parameter.span.start, parameter.number))
            .collect();
        let excludes = excludes_rows(self.sources, statement);
        let walk = |verdicts| Infer {
            excludes,
            ..Infer::new(self.catalog, self.sources, &self.views, &places, verdicts)
        };
        let mut first = walk(None);
        let found = first.statement(&parsed).ok()?;
        let verdicts = parameter::judge(&first.uses);
        let tested = std::mem::take(&mut first.tested);
        let found = if places.is_empty() || found.is_empty() {
            found
        } else {
            walk(Some(&verdicts)).statement(&parsed).ok()?
        };
        (found.len() == columns).then(|| Structure {
            columns: found,
            verdicts,
            tested,
            bound: bound_of(&parsed),
            parsed,
        })
    }

    fn columns(
        &self,
        statement: &Statement,
        prepared: &Prepared,
        found: Vec<OutColumn>,
        annotations: &Annotations,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ResultColumn> {
        let told = prepared.columns.iter().zip(found);
        told.map(|(meta, column)| {
            let span = column.span.map(|bytes| self.whole_span(statement, bytes));
            let result = result_column(self.label(meta, span), span, &column.value);
            if self.is_untyped(&result, &column, annotations) {
                diagnostics.push(untyped(&result, statement));
            }
            result
        })
        .collect()
    }

    /// The label of a column; one that is made of an expression with a list in it, of the text that the user wrote.
    fn label(&self, meta: &MetaColumn, span: Option<Span>) -> String {
        let written = span.map(|span| self.sources.text(span));
        // The text that SQLite saw reads the list with `json_each`, in a form that may not be the final one.
        match written {
            Some(written)
                if meta.label.contains("json_each(") && !written.contains(&meta.label) =>
            {
                written.to_owned()
            }
            _ => meta.label.clone(),
        }
    }

    /// Makes a span of leaves a span of the whole expression: to the bracket that closes what it opens.
    fn whole_span(&self, statement: &Statement, (start, end): (usize, usize)) -> Span {
        let text = &self.sources.file(statement.file()).text;
        let mut depth = 0_i32;
        let mut last = end;
        for token in statement
            .significant()
            .filter(|token| token.range.start >= start)
        {
            if token.range.start >= end && depth <= 0 {
                break;
            }
            depth += i32::from(token.is_symbol(text, "(")) - i32::from(token.is_symbol(text, ")"));
            last = token.range.end;
        }
        let within = statement.span.range();
        Span::new(
            statement.file(),
            start.clamp(within.start, within.end)..last.clamp(start, within.end),
        )
    }

    /// A result column of which only SQLite's description is known.
    fn described(&self, meta: &MetaColumn) -> ResultColumn {
        let origin = meta.origin.as_ref().and_then(|(table, column)| {
            let relation = self.catalog.relation(table)?;
            let column = relation.column(column)?;
            Some(Origin {
                table: relation.name.clone(),
                column: column.name.clone(),
            })
        });
        let declared = meta.declared.as_deref().unwrap_or("");
        ResultColumn {
            label: meta.label.clone(),
            span: None,
            ty: declared_type(declared),
            nullable: true,
            origin,
            through: Vec::new(),
            path: Vec::new(),
            null_inside: true,
            keeps_numbers: keeps_numbers(declared),
            may_be_nan: false,
        }
    }

    fn is_untyped(
        &self,
        column: &ResultColumn,
        found: &OutColumn,
        annotations: &Annotations,
    ) -> bool {
        // A column declared without a type, or as ANY, is meant to hold anything, and an untyped parameter is told as such.
        if column.ty != SqlType::Any
            || column.origin.is_some()
            || !found.value.parameters.is_empty()
        {
            return false;
        }
        let own = annotations.fields.iter();
        let own = own.filter(|block| block.field.value.eq_ignore_ascii_case(&column.label));
        let passed = passed_columns(self.catalog, &column.through, None);
        let inherited = passed.filter_map(|(_, column)| column.annotation.as_ref());
        !own.chain(inherited)
            .any(|block| block.property_type.is_some() || block.sql_type_hint.is_some())
    }

    fn accesses(
        &self,
        statement: &Statement,
        prepared: &Prepared,
    ) -> (Vec<TableColumns>, Vec<Write>) {
        if prepared.readonly {
            let reads = authorize::reads(self.catalog, &prepared.accesses, self.sources, statement);
            return (reads, Vec::new());
        }
        let command = Command::read(self.sources, statement);
        let writes = effect::writes(self.catalog, &prepared.accesses, command.as_ref());
        (Vec::new(), writes)
    }
}

fn result_column(label: String, span: Option<Span>, value: &Value) -> ResultColumn {
    ResultColumn {
        label,
        span,
        ty: value.known_type(),
        // A NULL literal, or a parameter of which nothing is known.
        nullable: value.nullable || value.ty.is_none(),
        origin: value.origin.as_deref().cloned(),
        through: value.through.to_vec(),
        path: steps(value.path.as_deref()),
        null_inside: value.null_inside,
        keeps_numbers: value.loose,
        may_be_nan: value.may_be_nan,
    }
}

/// The items of a path, from this statement's inwards.
fn steps(path: Option<&value::Step>) -> Vec<Step> {
    let steps = std::iter::successors(path, |step| step.inner.as_deref());
    let told = steps.map(|step| Step {
        alias: step.alias.to_string(),
        optional: step.optional,
        relation: step.relation.as_deref().map(str::to_owned),
        column: step.column.clone(),
    });
    told.collect()
}

fn untyped(column: &ResultColumn, statement: &Statement) -> Diagnostic {
    let label = &column.label;
    Diagnostic::warning(
        Code::UntypedColumn,
        format!("the type of `{label}` is not known before the query runs"),
    )
    .at(column.span.unwrap_or(statement.span), "read as any value")
    .help("cast it: `CAST(… AS INTEGER)`")
    .help(format!(
        "or say its type: `-- @@{{ field={label}, propertyType=i64 }}`"
    ))
}

fn list_of_rows(list: &Parameter) -> Diagnostic {
    Diagnostic::error(
        Code::QueryRejected,
        "a row is compared with a list, which holds single values",
    )
    .at(list.span, "")
    .help("compare one column with a list, or pass JSON and read it with `json_each` yourself")
}

fn not_taken_apart(statement: &Statement) -> Diagnostic {
    Diagnostic::note(
        Code::NotTakenApart,
        "this statement is known by SQLite's description only",
    )
    .at(statement.span, "")
    .help("say the types of its columns and parameters with `field=` and `param=` blocks")
}
