//! Tables and properties for this room, and the examples of `GRAMMAR.md`.

use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use crate::syntax::split;

use super::{Annotations, Place, resolve_statement};

mod form;
mod grammar;
mod meaning;
mod properties;

/// What the comments of the statements in `text` say, and the diagnostics as `SN0203 [word] message`.
fn resolve(text: &str) -> (Vec<Annotations>, Vec<String>) {
    let mut sources = SourceMap::default();
    let file = sources.add("test.sql", text);
    let mut diagnostics = Diagnostics::default();
    let annotations = split(file, text)
        .iter()
        .map(|statement| {
            resolve_statement(
                statement,
                &sources,
                Place::of(statement, &sources),
                &mut diagnostics,
            )
        })
        .collect();
    let shown = diagnostics.sorted(&sources).into_iter().map(|d| {
        let word = d
            .primary
            .as_ref()
            .map_or("", |label| sources.text(label.span));
        let help = d
            .help
            .iter()
            .fold(String::new(), |all, help| all + " | " + help);
        format!("{} [{word}] {}{help}", d.code, d.message)
    });
    (annotations, shown.collect())
}

/// What the comments of the only statement in `text` say; nothing may be wrong with them.
#[track_caller]
fn fine(text: &str) -> Annotations {
    let (mut annotations, diagnostics) = resolve(text);
    assert!(diagnostics.is_empty(), "{text}\n{diagnostics:#?}");
    assert_eq!(annotations.len(), 1, "{text}");
    annotations.remove(0)
}

/// `field=id propertyName=a notNull=true` for every field and parameter, spans left out.
fn said(annotations: &Annotations) -> Vec<String> {
    let mut said = Vec::new();
    let value = |name: &str, value: Option<&str>| {
        value.map_or(String::new(), |value| format!(" {name}={value}"))
    };
    for (key, word) in [
        ("name", &annotations.name),
        ("queryResult", &annotations.query_result),
    ] {
        said.extend(word.iter().map(|word| format!("{key}={}", word.value)));
    }
    for block in &annotations.fields {
        said.push(format!(
            "field={}{}{}{}",
            block.field.value,
            value(
                "propertyName",
                block.property_name.as_ref().map(|s| s.value.as_str())
            ),
            value(
                "propertyType",
                block.property_type.as_ref().map(|s| s.value.as_str())
            ),
            value(
                "notNull",
                block
                    .not_null
                    .as_ref()
                    .map(|s| if s.value { "true" } else { "false" })
            ),
        ));
    }
    for block in &annotations.params {
        said.push(format!(
            "param={}{}{}",
            block.param.value,
            value(
                "propertyType",
                block.property_type.as_ref().map(|s| s.value.as_str())
            ),
            value(
                "notNull",
                block
                    .not_null
                    .as_ref()
                    .map(|s| if s.value { "true" } else { "false" })
            ),
        ));
    }
    said
}
