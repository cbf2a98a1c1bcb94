//! Adds what a checked block says to the [`Annotations`] of its statement; of two that say the same key the later wins.

use super::model::{Annotations, FieldBlock, ParamBlock, Spanned};
use super::tree::{Entry, Value};

/// Adds a block about the statement.
pub(super) fn merge_statement(annotations: &mut Annotations, entries: &[&Entry]) {
    for entry in entries {
        match entry.key.value.as_str() {
            "name" => annotations.name = text(entry),
            "queryResult" => annotations.query_result = text(entry),
            _ => {}
        }
    }
}

/// Adds a block about the column that `target` names.
pub(super) fn merge_field(annotations: &mut Annotations, target: &Entry, entries: &[&Entry]) {
    let (Some(field), true) = (text(target), is_accepted(target, entries)) else {
        return;
    };
    let fields = &mut annotations.fields;
    // SQLite compares names without regard to the case of ASCII letters.
    let known = fields
        .iter()
        .position(|block| block.field.value.eq_ignore_ascii_case(&field.value));
    let index = known.unwrap_or_else(|| {
        fields.push(FieldBlock {
            field,
            property_name: None,
            property_type: None,
            not_null: None,
        });
        fields.len() - 1
    });
    let block = &mut fields[index];
    for entry in entries {
        match entry.key.value.as_str() {
            "propertyName" => block.property_name = text(entry),
            "propertyType" => block.property_type = text(entry),
            "notNull" => block.not_null = boolean(entry),
            _ => {}
        }
    }
}

/// Adds a block about the parameter that `target` names.
pub(super) fn merge_param(annotations: &mut Annotations, target: &Entry, entries: &[&Entry]) {
    let (Some(param), true) = (text(target), is_accepted(target, entries)) else {
        return;
    };
    let params = &mut annotations.params;
    // To SQLite `:id` and `:ID` are two parameters.
    let known = params
        .iter()
        .position(|block| block.param.value == param.value);
    let index = known.unwrap_or_else(|| {
        params.push(ParamBlock {
            param,
            property_type: None,
            not_null: None,
        });
        params.len() - 1
    });
    let block = &mut params[index];
    for entry in entries {
        match entry.key.value.as_str() {
            "propertyType" => block.property_type = text(entry),
            "notNull" => block.not_null = boolean(entry),
            _ => {}
        }
    }
}

/// Whether the entry that says what a block is about passed its own checks.
fn is_accepted(target: &Entry, entries: &[&Entry]) -> bool {
    entries
        .iter()
        .any(|entry| entry.key.span == target.key.span)
}

/// The text of a value that can be a name; numbers and keywords count as they are written.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) | Value::Null => Some(value.to_string()),
        Value::List(_) | Value::Object(_) => None,
    }
}

fn text(entry: &Entry) -> Option<Spanned<String>> {
    text_of(&entry.value.value).map(|value| Spanned {
        value,
        span: entry.value.span,
    })
}

fn boolean(entry: &Entry) -> Option<Spanned<bool>> {
    match entry.value.value {
        Value::Bool(value) => Some(Spanned {
            value,
            span: entry.value.span,
        }),
        _ => None,
    }
}
