//! Warns of columns whose type names a text while their affinity is numeric.
//!
//! `born DATE` keeps '2024-05-01' as it is, and makes the INTEGER 7 of '007'
//! (<https://sqlite.org/datatype3.html#determination_of_column_affinity>). A column whose `propertyType` is written,
//! or whose type is by the configuration, is left alone: somebody thought about it.

use crate::analyze::keeps_numbers;
use crate::catalog::{Catalog, Column, Relation, RelationKind, SchemaStatement};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};
use crate::syntax::Statement;

use super::TypesByColumn;

/// Reports each table of `schema` that has such columns, once.
pub fn check_affinities(
    catalog: &Catalog,
    types: &TypesByColumn,
    schema: &[SchemaStatement],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    for relation in catalog.relations() {
        let statement = relation.statement.and_then(|index| schema.get(index));
        if let (RelationKind::Table, Some(schema)) = (relation.kind, statement)
            && let Some(warning) = judge(relation, types, &schema.statement, sources)
        {
            diagnostics.push(warning);
        }
    }
}

fn judge(
    table: &Relation,
    types: &TypesByColumn,
    statement: &Statement,
    sources: &SourceMap,
) -> Option<Diagnostic> {
    let loose: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| keeps_numbers(&column.declared) && types.of(&column.declared).is_none())
        .filter(|column| {
            let annotation = column.annotation.as_ref();
            annotation
                .is_none_or(|block| block.property_type.is_none() && block.sql_type_hint.is_none())
        })
        .collect();
    let (first, others) = loose.split_first()?;
    let names: Vec<_> = loose
        .iter()
        .map(|column| format!("`{}`", column.name))
        .collect();
    let (one, them) = match others {
        [] => ("a number from text", "it"),
        _ => ("numbers from text", "them"),
    };
    let diagnostic = Diagnostic::warning(
        Code::NumericAffinity,
        format!(
            "`{}` makes {one} that looks like one: {}",
            table.name,
            names.join(", ")
        ),
    )
    .at(
        declared_at(first, statement, sources),
        "'007' is stored as 7 here",
    );
    let marked = others.iter().fold(diagnostic, |diagnostic, column| {
        diagnostic.and_at(declared_at(column, statement, sources), "and here")
    });
    Some(marked.help(format!("declare {them} `TEXT`")).help(format!(
        "or say that it is meant: `-- @@{{ field={}, propertyType=String }}`",
        first.name
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
