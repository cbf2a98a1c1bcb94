//! Warns of columns whose declared type does not store what their Rust type is written as.
//!
//! `due INTEGER` with `propertyType=chrono::NaiveDate`: dates are TEXT, which an INTEGER column keeps, but sorts behind all
//! numbers, and which a STRICT table refuses. Only types are judged that the runtime converts by itself.

use crate::analyze::{SqlType, declared_type};
use crate::annotation::{AdapterChoice, FieldBlock};
use crate::catalog::{Column, Relation, RelationKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::RustType;
use super::property_type::read_property_type;

/// How the types begin that are written as TEXT.
const OF_TEXT: &[&str] = &[
    "chrono::",
    "time::",
    "jiff::",
    "serde_json::",
    "rt::v1::Json<",
    "Vec<",
];

/// Whether values of type `ty` that go to a column of type `column` are written as bytes: identifiers in BLOB columns.
pub(super) fn is_written_as_bytes(ty: &RustType, column: SqlType) -> bool {
    column == SqlType::Blob && is_uuid(ty)
}

fn is_uuid(ty: &RustType) -> bool {
    matches!(ty, RustType::User(path) if path.trim_start_matches("::") == "uuid::Uuid")
}

fn is_text(ty: &RustType) -> bool {
    let path = ty.owned().trim_start_matches("::");
    let is_written = OF_TEXT.iter().any(|start| path.starts_with(start)) || is_uuid(ty);
    is_written && *ty != RustType::Bytes
}

/// Reports the type that `block` gives to `column` of `relation` when the column is declared for other values.
pub(super) fn check_storage(
    relation: &Relation,
    column: &Column,
    block: &FieldBlock,
    diagnostics: &mut Diagnostics,
) {
    let adapter = block.adapter.as_ref().map(|adapter| adapter.value);
    let Some(spelled) = &block.property_type else {
        return;
    };
    let declared = declared_type(&column.declared);
    let judged = relation.kind == RelationKind::Table
        && adapter != Some(AdapterChoice::Custom)
        && !matches!(declared, SqlType::Text | SqlType::Any);
    let Some(ty) = read_property_type(&spelled.value).filter(|_| judged) else {
        return;
    };
    if !is_text(&ty) || is_written_as_bytes(&ty, declared) {
        return;
    }
    let message = format!(
        "`{}` is written as TEXT, and `{}` is declared `{}`",
        spelled.value, column.name, column.declared
    );
    let diagnostic = if relation.strict {
        Diagnostic::error(Code::TextStorage, message)
            .at(spelled.span, "a STRICT table refuses that")
    } else {
        Diagnostic::warning(Code::TextStorage, message).at(spelled.span, "")
    };
    diagnostics.push(
        diagnostic
            .help("declare the column `TEXT`")
            .help("or write it as you like with functions of your own: add `adapter=custom`"),
    );
}
