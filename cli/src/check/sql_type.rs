//! Checks what `sqlTypeHint` says: `INTEGER` and its kin mean a Rust type, and so does what the configuration lists.

use crate::analyze::{SqlType, declared_type};
use crate::annotation::FieldBlock;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};

use super::TypesByColumn;

/// Types that people mean when they misspell one.
const KNOWN: &[&str] = &[
    "INTEGER", "REAL", "NUMERIC", "DECIMAL", "DOUBLE", "FLOAT", "TEXT", "VARCHAR", "BLOB",
    "BOOLEAN", "DATE", "DATETIME", "JSON", "ANY",
];

/// Reports the hint of `block` when it says nothing of the type, and nothing else does.
pub(super) fn check_hint(block: &FieldBlock, types: &TypesByColumn, diagnostics: &mut Diagnostics) {
    let Some(hint) = block.sql_type_hint.as_ref() else {
        return;
    };
    let written = hint.value.as_str();
    let is_known = declared_type(written) != SqlType::Any || written.eq_ignore_ascii_case("ANY");
    if is_known || types.of(written).is_some() || block.property_type.is_some() {
        return;
    }
    diagnostics.push(
        Diagnostic::error(
            Code::AnnotationValue,
            format!("found `{written}` for `sqlTypeHint`, expected a type of SQL"),
        )
        .at(hint.span, "")
        .did_you_mean(suggest(&written.to_ascii_uppercase(), KNOWN.iter().copied()))
        .help("write `INTEGER`, `REAL`, `TEXT`, `BLOB`, `BOOLEAN` or `ANY`, or give its Rust type with `propertyType`"),
    );
}
