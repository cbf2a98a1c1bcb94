//! Row types that several statements and nested values share: the first defines one, the others must have its fields.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use super::{CheckedField, CheckedMember};

/// A row type and who was the first to have it.
pub(super) struct SharedRow {
    fields: Vec<Field>,
    span: Span,
}

/// What must be equal.
#[derive(PartialEq)]
struct Field {
    name: String,
    /// The type of what is not NULL.
    ty: String,
    /// That of the field.
    shown: String,
    /// The column's label; none for what is no column.
    label: Option<String>,
}

/// Takes the row types of one statement.
pub(super) struct Rows<'a> {
    /// The fields of its columns.
    pub(super) fields: &'a [CheckedField],
    /// The row types of its namespace.
    pub(super) scope: &'a mut BTreeMap<String, SharedRow>,
    /// The names of the types that it defines.
    pub(super) types: &'a mut Vec<String>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Rows<'_> {
    /// Whether this is the first row called `type_name`; reports one that differs from the first.
    pub(super) fn take(&mut self, type_name: &str, members: &[CheckedMember], span: Span) -> bool {
        let fields = self.describe(members);
        let Some(first) = self.scope.get(type_name) else {
            self.types.push(type_name.to_owned());
            let shared = SharedRow { fields, span };
            self.scope.insert(type_name.to_owned(), shared);
            return true;
        };
        let second = SharedRow { fields, span };
        if let Some(difference) = difference(type_name, first, &second) {
            self.diagnostics.push(difference);
        }
        false
    }

    /// Takes the rows of all values inside of a row.
    pub(super) fn take_nested(&mut self, members: &mut [CheckedMember]) {
        for member in members {
            if let CheckedMember::Nested(nested) = member {
                nested.defines = self.take(&nested.type_name, &nested.members, nested.span);
                self.take_nested(&mut nested.members);
            }
        }
    }

    fn describe(&self, members: &[CheckedMember]) -> Vec<Field> {
        let describe = |member: &CheckedMember| match member {
            CheckedMember::Column(index) => {
                let field = &self.fields[*index];
                Field {
                    name: field.name.clone(),
                    ty: field.ty.ty.owned().to_owned(),
                    shown: field.ty.owned(),
                    label: Some(field.label.clone()),
                }
            }
            CheckedMember::Nested(nested) => Field::whole(&nested.name, nested.owned()),
            CheckedMember::Constant(constant) => Field::whole(&constant.name, constant.ty.clone()),
        };
        members.iter().map(describe).collect()
    }
}

impl Field {
    fn whole(name: &str, ty: String) -> Self {
        Self {
            name: name.to_owned(),
            shown: ty.clone(),
            ty,
            label: None,
        }
    }
}

/// Rows that share a type must have the same fields.
fn difference(type_name: &str, first: &SharedRow, second: &SharedRow) -> Option<Diagnostic> {
    let describe = |row: &SharedRow| -> Vec<String> {
        let field = |field: &Field| format!("{}: {}", field.name, field.shown);
        row.fields.iter().map(field).collect()
    };
    let (ours, theirs) = (describe(second), describe(first));
    if ours == theirs {
        return None;
    }
    let help = advise_null(first, second)
        .unwrap_or_else(|| "make the columns equal, or give one of them another name".to_owned());
    let message = format!("two rows share the type `{type_name}` and differ in their columns");
    Some(
        Diagnostic::error(Code::DuplicateType, message)
            .at(second.span, format!("gives {}", ours.join(", ")))
            .and_at(first.span, format!("gives {}", theirs.join(", ")))
            .help(help),
    )
}

/// What to write when the columns of the rows differ in nothing but whether they may be NULL.
fn advise_null(first: &SharedRow, second: &SharedRow) -> Option<String> {
    if first.fields.len() != second.fields.len() {
        return None;
    }
    let (mut plain, mut optional) = (Vec::new(), Vec::new());
    for (one, other) in first.fields.iter().zip(&second.fields) {
        if (&one.name, &one.ty) != (&other.name, &other.ty) {
            return None;
        }
        if one.shown != other.shown {
            let is_plain = one.shown == one.ty;
            let (sure, unsure) = if is_plain { (one, other) } else { (other, one) };
            plain.push(format!(
                "@@{{ field={}, notNull=false }}",
                sure.label.as_ref()?
            ));
            optional.push(format!(
                "@@{{ field={}, notNull=true }}",
                unsure.label.as_ref()?
            ));
        }
    }
    Some(format!(
        "make them nullable in both with `-- {}`, or in neither with `-- {}`, or give one of them another name",
        plain.join(" "),
        optional.join(" ")
    ))
}
