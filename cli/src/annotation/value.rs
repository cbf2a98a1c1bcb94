//! Values of entries as the model keeps them: each with its span, and only if the key takes it.
//!
//! What a key does not take was reported before; here it is left out.

use super::model::{AdapterChoice, CascadeNotify, MappingType, NameGenerator, Spanned};
use super::tree::{Entry, Value};

/// The kinds of change in `cascadeNotify`.
pub(super) const CHANGES: [&str; 3] = ["insert", "update", "delete"];

/// The text of a value that can be a name; numbers and keywords count as they are written.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) | Value::Null => Some(value.to_string()),
        Value::List(_) | Value::Object(_) => None,
    }
}

/// Whether `value` is a name or a list of names.
pub(super) fn is_names(value: &Value) -> bool {
    match value {
        Value::List(items) => !items.is_empty() && items.iter().all(|item| is_name(&item.value)),
        _ => is_name(value),
    }
}

/// Whether `value` is text that says something.
pub(super) fn is_name(value: &Value) -> bool {
    matches!(value, Value::Text(text) if !text.trim().is_empty())
}

pub(super) fn text(entry: &Entry) -> Option<Spanned<String>> {
    spanned(entry, text_of(&entry.value.value))
}

pub(super) fn boolean(entry: &Entry) -> Option<Spanned<bool>> {
    let Value::Bool(value) = entry.value.value else {
        return None;
    };
    spanned(entry, Some(value))
}

pub(super) fn names(entry: &Entry) -> Vec<Spanned<String>> {
    match &entry.value.value {
        Value::List(items) => {
            let name = |item: &Spanned<Value>| {
                let value = text_of(&item.value)?;
                Some(Spanned {
                    value,
                    span: item.span,
                })
            };
            items.iter().filter_map(name).collect()
        }
        _ => text(entry).into_iter().collect(),
    }
}

pub(super) fn adapter(entry: &Entry) -> Option<Spanned<AdapterChoice>> {
    let choice = match text_of(&entry.value.value)?.as_str() {
        "default" => AdapterChoice::Default,
        "custom" => AdapterChoice::Custom,
        _ => return None,
    };
    spanned(entry, Some(choice))
}

pub(super) fn generator(entry: &Entry) -> Option<Spanned<NameGenerator>> {
    let choice = match text_of(&entry.value.value)?.as_str() {
        "plain" => NameGenerator::Plain,
        "snakeCase" => NameGenerator::SnakeCase,
        "lowerCamelCase" => NameGenerator::LowerCamelCase,
        _ => return None,
    };
    spanned(entry, Some(choice))
}

pub(super) fn mapping(entry: &Entry) -> Option<Spanned<MappingType>> {
    let choice = match text_of(&entry.value.value)?.as_str() {
        "perRow" => MappingType::PerRow,
        "entity" => MappingType::Entity,
        "collection" => MappingType::Collection,
        _ => return None,
    };
    spanned(entry, Some(choice))
}

pub(super) fn cascade(entry: &Entry) -> CascadeNotify {
    let mut cascade = CascadeNotify::default();
    if let Value::Object(entries) = &entry.value.value {
        for entry in entries {
            match entry.key.value.as_str() {
                "insert" => cascade.insert = names(entry),
                "update" => cascade.update = names(entry),
                "delete" => cascade.delete = names(entry),
                _ => {}
            }
        }
    }
    cascade
}

fn spanned<T>(entry: &Entry, value: Option<T>) -> Option<Spanned<T>> {
    value.map(|value| Spanned {
        value,
        span: entry.value.span,
    })
}
