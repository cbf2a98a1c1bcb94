//! Says what is wrong with the value of a key: nothing, or a diagnostic at the very word with what is accepted instead.

use crate::diagnostic::{Code, Diagnostic, suggest};

use super::keys::{Key, Takes};
use super::model::Spanned;
use super::rust::is_expression;
use super::tree::{Entry, Value};
use super::value::{CHANGES, is_name, is_names, text_of};

/// What is wrong with the value that `entry` gives to `key`.
pub(super) fn judge(entry: &Entry, key: &Key) -> Vec<Diagnostic> {
    if let (Takes::NamesByChange, Value::Object(changes)) = (key.takes, &entry.value.value) {
        return judge_changes(changes, key.name);
    }
    let value = &entry.value.value;
    let is_fine = match key.takes {
        Takes::Text => is_name(value),
        Takes::Name => text_of(value).is_some_and(|text| !text.is_empty()),
        Takes::Expression => text_of(value).is_some_and(|text| is_expression(&text)),
        Takes::Bool => matches!(value, Value::Bool(_)),
        Takes::OneOf(words) => {
            matches!(value, Value::Text(text) if words.contains(&text.as_str()))
        }
        Takes::NamesByChange => false,
        Takes::Names => is_names(value),
    };
    if is_fine {
        return Vec::new();
    }
    let mut near = None;
    if let (Takes::OneOf(words), Value::Text(text)) = (key.takes, value) {
        near = suggest(text, words.iter().copied());
    }
    vec![unsuitable(&entry.value, key.name, &expectation(key.takes)).did_you_mean(near)]
}

/// `{ delete = [a, b] }`: known changes, each once, each with names.
fn judge_changes(changes: &[Entry], key: &str) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (index, entry) in changes.iter().enumerate() {
        let change = entry.key.value.as_str();
        let first = changes[..index].iter().find(|e| e.key.value == change);
        if !CHANGES.contains(&change) {
            let message = format!(
                "found `{change}` for `{key}`, expected {}",
                one_of(&CHANGES)
            );
            problems.push(
                Diagnostic::error(Code::AnnotationValue, message)
                    .at(entry.key.span, "")
                    .did_you_mean(suggest(change, CHANGES)),
            );
        } else if let Some(first) = first {
            let message = format!("key `{change}` is given twice");
            problems.push(
                Diagnostic::error(Code::RepeatedKey, message)
                    .at(entry.key.span, "")
                    .and_at(first.key.span, "first given here"),
            );
        } else if !is_names(&entry.value.value) {
            problems.push(unsuitable(
                &entry.value,
                change,
                "a table or a list of tables",
            ));
        }
    }
    problems
}

fn unsuitable(value: &Spanned<Value>, key: &str, expected: &str) -> Diagnostic {
    let message = format!("found `{}` for `{key}`, expected {expected}", value.value);
    Diagnostic::error(Code::AnnotationValue, message).at(value.span, "")
}

fn expectation(takes: Takes) -> String {
    match takes {
        Takes::Text | Takes::Name => "a word or a quoted string".to_owned(),
        Takes::Expression => "an expression of Rust".to_owned(),
        Takes::Bool => "`true` or `false`".to_owned(),
        Takes::Names => "a name or a list of names".to_owned(),
        Takes::NamesByChange => {
            "lists of tables by change, such as `{ delete = [notes] }`".to_owned()
        }
        Takes::OneOf(words) => one_of(words),
    }
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}
