//! Warns of columns whose type names a text while their affinity is numeric.
//!
//! `born DATE` keeps '2024-05-01' as it is, and makes the INTEGER 7 of '007'
//! (<https://sqlite.org/datatype3.html#determination_of_column_affinity>). A column whose `propertyType` is written,
//! or whose type is by the configuration, is left alone: somebody thought about it.

use std::fmt::Write as _;

use crate::analyze::keeps_numbers;
use crate::catalog::{Catalog, Column, Relation, RelationKind, SchemaStatement};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span, declared_type};
use crate::syntax::Statement;

use super::TypesByColumn;

/// So many columns are pointed at and named; a schema may have hundreds.
const SHOWN: usize = 6;

/// A column with the place of its type.
struct Loose<'a> {
    table: &'a Relation,
    column: &'a Column,
    declared_at: Span,
}

/// Reports all such columns of `schema` at once: they are one habit, not many mistakes.
pub fn check_affinities(
    catalog: &Catalog,
    types: &TypesByColumn,
    schema: &[SchemaStatement],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut loose = Vec::new();
    for table in catalog.relations() {
        let statement = table.statement.and_then(|index| schema.get(index));
        if let (RelationKind::Table, Some(schema)) = (table.kind, statement) {
            let columns = table.columns.iter();
            loose.extend(
                columns
                    .filter(|column| is_loose(column, types))
                    .map(|column| Loose {
                        table,
                        column,
                        declared_at: declared_at(column, &schema.statement, sources),
                    }),
            );
        }
    }
    // Tables are known by name; people read files.
    loose.sort_by_key(|loose| loose.declared_at);
    diagnostics.extend(warn(&loose));
}

fn is_loose(column: &Column, types: &TypesByColumn) -> bool {
    let annotation = column.annotation.as_ref();
    keeps_numbers(&column.declared)
        && types.of(&column.declared).is_none()
        && annotation
            .is_none_or(|block| block.property_type.is_none() && block.sql_type_hint.is_none())
}

fn warn(loose: &[Loose<'_>]) -> Option<Diagnostic> {
    let (first, others) = loose.split_first()?;
    let names = loose.iter().take(SHOWN);
    let names = names.map(|loose| format!("`{}.{}`", loose.table.name, loose.column.name));
    let mut names = names.collect::<Vec<_>>().join(", ");
    if loose.len() > SHOWN {
        let _ = write!(names, " and {} more", loose.len() - SHOWN);
    }
    let message = match others {
        [] => format!("a column makes a number of text that looks like one: {names}"),
        _ => format!("columns make numbers of text that looks like one: {names}"),
    };
    let diagnostic = Diagnostic::warning(Code::NumericAffinity, message)
        .at(first.declared_at, "'007' is stored as 7 here");
    let shown = others.iter().take(SHOWN - 1);
    let diagnostic = shown.fold(diagnostic, |diagnostic, loose| {
        diagnostic.and_at(loose.declared_at, "and here")
    });
    let them = if others.is_empty() { "it" } else { "them" };
    let declared = declared_type(&first.column.declared);
    Some(diagnostic.help(format!("declare {them} `TEXT`")).help(format!(
        "or say that it is meant: `-- @@{{ field={}, propertyType=String }}`, or for all columns of a type in `types` of the \
         configuration: `\"{declared}\" = \"String\"`",
        first.column.name
    )))
}

/// Where the type of `column` is written; the statement's beginning when a name is too odd to be found.
fn declared_at(column: &Column, statement: &Statement, sources: &SourceMap) -> Span {
    let text = &sources.file(statement.file()).text;
    let tokens: Vec<_> = statement.significant().collect();
    let ty = tokens.windows(2).find_map(|pair| {
        let name = pair[0].name(text)?;
        let declared = pair[1].name(text)?;
        let is_it = name == column.name && column.declared.starts_with(&*declared);
        is_it.then(|| pair[1].range.clone())
    });
    let start = statement.span.start;
    Span::new(statement.file(), ty.unwrap_or(start..start))
}
