//! Lowers row and params types: their fields, and what they derive.

use sqlitenow_templates::ir;

use crate::check::{
    AdapterPurpose, CheckedDatabase, CheckedField, CheckedMember, CheckedQuery, CheckedRow,
    RustType, adapters_name,
};

use super::doc::quotable;
use super::layout::{self, Place};
use super::lint::{field_names_allows, struct_allows};

/// The row types that `query` is the first to have, its own first; they stand `base` columns deep.
pub fn row_types(query: &CheckedQuery, derives: &[String], base: usize) -> Vec<ir::Row> {
    let Some(row) = &query.row else {
        return Vec::new();
    };
    let mut types = Types {
        row,
        file: quotable(&query.file),
        derives,
        base,
        found: Vec::new(),
    };
    if row.defines {
        types.add("A row", &row.type_name, &row.members);
    }
    types.add_nested(&row.members);
    types.found
}

struct Types<'a> {
    row: &'a CheckedRow,
    file: String,
    derives: &'a [String],
    base: usize,
    found: Vec<ir::Row>,
}

impl Types<'_> {
    fn add(&mut self, what: &str, type_name: &str, members: &[CheckedMember]) {
        let parts: Vec<Part> = members.iter().map(|member| self.part(member)).collect();
        self.found.push(ir::Row {
            type_name: type_name.to_owned(),
            doc: format!("{what} of `{}`.", self.file),
            allows: struct_allows(type_name, &names_and_types(&parts)),
            derive_layout: derive(self.derives, &parts, self.base),
            fields: parts.iter().map(|part| part.lower(self.base)).collect(),
        });
    }

    fn add_nested(&mut self, members: &[CheckedMember]) {
        for member in members {
            if let CheckedMember::Nested(nested) = member {
                if nested.defines {
                    self.add("A nested row", &nested.type_name, &nested.members);
                }
                self.add_nested(&nested.members);
            }
        }
    }

    fn part(&self, member: &CheckedMember) -> Part {
        match member {
            CheckedMember::Column(index) => Part::of("Column", &self.row.fields[*index]),
            CheckedMember::Nested(nested) => {
                let inner = nested.members.iter().map(|member| self.part(member));
                let mut denied: Vec<_> = inner.flat_map(|part| part.denied).collect();
                if nested.is_collection() {
                    denied.push("Copy");
                }
                Part {
                    name: nested.name.clone(),
                    ty: nested.owned(),
                    doc: if nested.is_collection() {
                        format!("Collection `{}`.", quotable(&nested.label))
                    } else {
                        format!("Nested value `{}`.", quotable(&nested.label))
                    },
                    // A type of the application has what the application gives it.
                    denied: if nested.own.is_some() && !nested.is_collection() {
                        Vec::new()
                    } else {
                        denied
                    },
                }
            }
            CheckedMember::Constant(constant) => Part {
                name: constant.name.clone(),
                ty: constant.ty.clone(),
                doc: format!("`{}`, which no column fills.", quotable(&constant.label)),
                denied: Vec::new(),
            },
        }
    }
}

/// A field of a type.
struct Part {
    name: String,
    ty: String,
    doc: String,
    /// The traits that it cannot have, as far as that is known.
    denied: Vec<&'static str>,
}

impl Part {
    fn of(thing: &str, field: &CheckedField) -> Self {
        Self {
            name: field.name.clone(),
            ty: field.ty.owned(),
            doc: format!("{thing} `{}`.", quotable(&field.label)),
            denied: denied(field),
        }
    }

    /// The field of a type that stands `base` columns deep.
    fn lower(&self, base: usize) -> ir::Field {
        ir::Field {
            layout: layout::field(&self.name, &self.ty, Place { base, indent: 4 }),
            doc: self.doc.clone(),
        }
    }
}

fn names_and_types(parts: &[Part]) -> Vec<(&str, &str)> {
    parts.iter().map(|part| (&*part.name, &*part.ty)).collect()
}

/// The params type, when `query` has one.
pub fn params(query: &CheckedQuery, derives: &[String], base: usize) -> Option<ir::Params> {
    if query.parameters.len() < 2 {
        return None;
    }
    let type_name = query.params_type();
    let parameters = query.parameters.iter();
    let parts: Vec<_> = parameters
        .map(|p| Part::of("Parameter", &p.field))
        .collect();
    Some(ir::Params {
        allows: struct_allows(&type_name, &names_and_types(&parts)),
        derive_layout: derive(derives, &parts, base),
        fields: parts.iter().map(|part| part.lower(base)).collect(),
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

/// What a type with these fields derives.
fn derive(derives: &[String], parts: &[Part], base: usize) -> String {
    let is_denied = |name: &&str| parts.iter().any(|part| part.denied.contains(name));
    let chosen = derives
        .iter()
        .map(String::as_str)
        .filter(|name| !is_denied(name));
    let traits: Vec<_> = ["Debug", "Clone", "PartialEq"]
        .into_iter()
        .chain(chosen)
        .collect();
    layout::derive(&traits, Place { base, indent: 0 })
}

/// The traits that a field cannot have, as far as that is known: no real number has an order or a hash.
fn denied(field: &CheckedField) -> Vec<&'static str> {
    let mut denied = Vec::new();
    let is_value = field.ty.ty == RustType::Value;
    let is_real = match field.ty.ty {
        RustType::Scalar(name) => matches!(name, "f32" | "f64"),
        RustType::Array { slice, .. } => matches!(slice, "[f32]" | "[f64]"),
        _ => false,
    };
    if is_value || is_real {
        denied.extend(["Eq", "Hash", "Ord"]);
    }
    if is_value {
        denied.push("PartialOrd");
    }
    if field.ty.list || !matches!(field.ty.ty, RustType::Scalar(_) | RustType::User(_)) {
        denied.push("Copy");
    }
    denied
}
