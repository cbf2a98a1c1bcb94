//! Checks what annotations of the schema say, whether a query asks for it or not.
//!
//! `CREATE TABLE tasks (due TEXT) -- @@{ field=deu, propertyName=day }` is told that `tasks` has no column `deu`.

use crate::annotation::{FieldBlock, Spanned};
use crate::catalog::{Catalog, Relation, RelationKind, SchemaStatement};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::TypesByColumn;
use super::property_type::parse_property_type;
use super::sql_type::check_hint;
use super::storage::check_storage;
use super::unmatched::unmatched;

/// Reports blocks about columns that are not there, and values that mean nothing.
pub fn check_schema_annotations(
    catalog: &Catalog,
    types: &TypesByColumn,
    schema: &[SchemaStatement],
    diagnostics: &mut Diagnostics,
) {
    for relation in catalog.relations() {
        let statement = relation.statement.and_then(|index| schema.get(index));
        let blocks = statement.map_or(&[][..], |schema| &schema.annotations.fields);
        for block in blocks {
            check_field(relation, block, types, diagnostics);
        }
        let cascade = &relation.annotation.cascade_notify;
        for table in [&cascade.insert, &cascade.update, &cascade.delete]
            .into_iter()
            .flatten()
        {
            check_table(catalog, table, diagnostics);
        }
    }
}

fn check_field(
    relation: &Relation,
    block: &FieldBlock,
    types: &TypesByColumn,
    diagnostics: &mut Diagnostics,
) {
    let Some(column) = relation.column(&block.field.value) else {
        let owner = format!("`{}`", relation.name);
        let columns = relation.columns.iter().map(|column| column.name.as_str());
        diagnostics.push(unmatched(
            Code::UnknownField,
            (&owner, "column"),
            &block.field,
            columns,
        ));
        return;
    };
    if let Some(spelled) = &block.property_type {
        parse_property_type(spelled, diagnostics);
    }
    check_hint(block, types, diagnostics);
    check_storage(relation, column, block, diagnostics);
}

fn check_table(catalog: &Catalog, table: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let relations = catalog.relations().iter();
    let tables = relations.filter(|relation| relation.kind != RelationKind::View);
    match catalog.relation(&table.value) {
        None if catalog.is_failed(&table.value) => {}
        None => {
            let names = tables.map(|table| table.name.as_str());
            diagnostics.push(unmatched(
                Code::UnknownTable,
                ("this schema", "table"),
                table,
                names,
            ));
        }
        Some(relation) if relation.kind == RelationKind::View => diagnostics.push(
            Diagnostic::error(
                Code::UnknownTable,
                format!("`{}` is a view, which holds no rows", table.value),
            )
            .at(table.span, "")
            .help("name the tables that it reads"),
        ),
        Some(_) => {}
    }
}
