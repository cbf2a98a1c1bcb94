//! Lowers row and params types: their fields, and what they derive.

use sqlitenow_templates::ir;

use crate::check::{
    AdapterPurpose, CheckedDatabase, CheckedField, CheckedQuery, RustType, adapters_name,
};

use super::doc::quotable;
use super::layout::{self, Place};
use super::lint::{field_names_allows, struct_allows};

/// The row type, when `query` is the statement that defines it; it stands `base` columns deep.
pub fn row_type(query: &CheckedQuery, derives: &[String], base: usize) -> Option<ir::Row> {
    let row = query.row.as_ref().filter(|row| row.defines)?;
    let fields = row.fields.iter();
    Some(ir::Row {
        type_name: row.type_name.clone(),
        file: quotable(&query.file),
        allows: struct_allows(&row.type_name, &row.fields),
        derive_layout: derive(derives, &row.fields, base),
        fields: fields
            .map(|field| lower_field("Column", field, base))
            .collect(),
    })
}

/// The params type, when `query` has one.
pub fn params(query: &CheckedQuery, derives: &[String], base: usize) -> Option<ir::Params> {
    if query.parameters.len() < 2 {
        return None;
    }
    let type_name = query.params_type();
    let fields: Vec<_> = query.parameters.iter().map(|p| p.field.clone()).collect();
    Some(ir::Params {
        allows: struct_allows(&type_name, &fields),
        derive_layout: derive(derives, &fields, base),
        fields: fields
            .iter()
            .map(|field| lower_field("Parameter", field, base))
            .collect(),
        type_name,
    })
}

/// The type of the application's functions that convert values, if there are any.
pub fn adapters(database: &CheckedDatabase) -> Option<ir::Adapters> {
    let adapters = &database.adapters;
    if adapters.is_empty() {
        return None;
    }
    let type_name = adapters_name(&database.name);
    let fields = adapters.iter().map(|adapter| {
        let ty = format!(
            "rt::v1::Adapter<{}, {}>",
            adapter.ty.owned(),
            adapter.stored.owned()
        );
        let place = Place { base: 0, indent: 4 };
        ir::Field {
            layout: layout::field(&adapter.name, &ty, place),
            doc: purpose(&adapter.purpose),
        }
    });
    Some(ir::Adapters {
        allows: field_names_allows(&type_name, adapters.iter().map(|adapter| &*adapter.name)),
        fields: fields.collect(),
        type_name,
    })
}

/// What an adapter is for, as documentation.
fn purpose(purpose: &AdapterPurpose) -> String {
    match purpose {
        AdapterPurpose::Column(relation, column) => {
            format!("Column `{}` of `{}`.", quotable(column), quotable(relation))
        }
        AdapterPurpose::Result(statement, label) => {
            format!(
                "Column `{}` of the statement `{}`.",
                quotable(label),
                quotable(statement)
            )
        }
        AdapterPurpose::Parameter(statement, name) => {
            format!(
                "Parameter `{}` of the statement `{}`.",
                quotable(name),
                quotable(statement)
            )
        }
    }
}

/// What a type with `fields` derives.
fn derive(derives: &[String], fields: &[CheckedField], base: usize) -> String {
    let chosen = derives.iter().map(String::as_str);
    let mut traits = vec!["Debug", "Clone", "PartialEq"];
    traits.extend(chosen.filter(|name| can_derive(name, fields)));
    layout::derive(&traits, Place { base, indent: 0 })
}

/// Whether each of `fields` can have the trait, as far as that is known: no real number has an order or a hash.
fn can_derive(name: &str, fields: &[CheckedField]) -> bool {
    let has_real = |field: &CheckedField| match &field.ty.ty {
        RustType::Scalar(name) => matches!(*name, "f32" | "f64"),
        ty => *ty == RustType::Value,
    };
    let copies = |field: &CheckedField| {
        !field.ty.list && matches!(field.ty.ty, RustType::Scalar(_) | RustType::User(_))
    };
    match name {
        "Eq" | "Hash" | "Ord" => !fields.iter().any(has_real),
        "PartialOrd" => !fields.iter().any(|field| field.ty.ty == RustType::Value),
        "Copy" => fields.iter().all(copies),
        _ => true,
    }
}

/// A field of a type that stands `base` columns deep.
fn lower_field(thing: &str, field: &CheckedField, base: usize) -> ir::Field {
    let place = Place { base, indent: 4 };
    ir::Field {
        layout: layout::field(&field.name, &field.ty.owned(), place),
        doc: format!("{thing} `{}`.", quotable(&field.label)),
    }
}
