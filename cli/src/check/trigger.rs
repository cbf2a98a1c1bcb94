//! Warns of triggers that wait for the change of a column which is not there.
//!
//! `AFTER UPDATE OF titel ON task` → a warning at `titel`. SQLite takes any name.

use crate::catalog::{Catalog, Relation, RelationKind, SchemaStatement, read_header};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::SourceMap;
use crate::syntax::StatementKind;

/// The names that the rowid of a table has beside its column's.
const ROWID: [&str; 3] = ["rowid", "oid", "_rowid_"];

/// Warns of each name behind `UPDATE OF` that is no column.
pub fn check_triggers(
    catalog: &Catalog,
    schema: &[SchemaStatement],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let triggers = schema.iter().map(|schema| &schema.statement);
    let triggers = triggers.filter(|statement| statement.kind == StatementKind::CreateTrigger);
    for header in triggers.filter_map(|trigger| read_header(sources, trigger)) {
        let table = header.table.and_then(|table| catalog.relation(&table));
        let Some(table) = table else { continue };
        for (name, span) in header.watched {
            if is_column(table, &name) {
                continue;
            }
            let columns = table.columns.iter().map(|column| column.name.as_str());
            let message = format!("`{}` has no column `{name}`", table.name);
            diagnostics.push(
                Diagnostic::warning(Code::TriggerColumn, message)
                    .at(span, "no change of it runs the trigger")
                    .did_you_mean(suggest(&name, columns)),
            );
        }
    }
}

fn is_column(table: &Relation, name: &str) -> bool {
    let is_rowid = ROWID.iter().any(|rowid| rowid.eq_ignore_ascii_case(name));
    table.column(name).is_some() || is_rowid && table.kind == RelationKind::Table
}
