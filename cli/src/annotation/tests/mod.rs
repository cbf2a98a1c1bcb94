//! Tables and properties for this room, and the examples of `GRAMMAR.md`.

use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use crate::syntax::split;

use super::{Annotations, Place, Spanned, StatementBlock, resolve_statement};

mod form;
mod fuzz;
mod grammar;
mod meaning;
mod properties;

/// What the comments of the statements in `text` say, and the diagnostics as `SN0203 [word] message`.
fn resolve(text: &str) -> (Vec<Annotations>, Vec<String>) {
    let (annotations, sources, diagnostics) = resolved(text);
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

/// Whether anything in `text` keeps it from being generated.
fn has_errors(text: &str) -> bool {
    resolved(text).2.has_errors()
}

fn resolved(text: &str) -> (Vec<Annotations>, SourceMap, Diagnostics) {
    let mut sources = SourceMap::default();
    let file = sources.add("test.sql", text);
    let mut diagnostics = Diagnostics::default();
    let annotations = split(file, text)
        .iter()
        .map(|statement| {
            let place = Place::of(statement, &sources);
            resolve_statement(statement, &sources, place, &mut diagnostics)
        })
        .collect();
    (annotations, sources, diagnostics)
}

/// What the comments of the only statement in `text` say; nothing may be wrong with them.
#[track_caller]
fn fine(text: &str) -> Annotations {
    let (mut annotations, diagnostics) = resolve(text);
    assert!(diagnostics.is_empty(), "{text}\n{diagnostics:#?}");
    assert_eq!(annotations.len(), 1, "{text}");
    annotations.remove(0)
}

/// `field=id propertyName=a notNull=true` for every block, in the order of the model; spans left out.
fn said(annotations: &Annotations) -> Vec<String> {
    let mut said = statement_said(&annotations.statement);
    for block in &annotations.fields {
        let mut line = Line::about("field", &block.field);
        line.text("propertyName", block.property_name.as_ref());
        line.text("propertyType", block.property_type.as_ref());
        line.word("notNull", block.not_null.as_ref());
        line.word("adapter", block.adapter.as_ref());
        line.text("sqlTypeHint", block.sql_type_hint.as_ref());
        line.text("defaultValue", block.default_value.as_ref());
        said.push(line.0);
    }
    for block in &annotations.dynamic_fields {
        let mut line = Line::about("dynamicField", &block.name);
        line.text("propertyName", block.property_name.as_ref());
        line.text("propertyType", block.property_type.as_ref());
        line.word("notNull", block.not_null.as_ref());
        line.text("defaultValue", block.default_value.as_ref());
        line.word("mappingType", block.mapping_type.as_ref());
        line.text("sourceTable", block.source_table.as_ref());
        line.text("aliasPrefix", block.alias_prefix.as_ref());
        line.names("collectionKey", &block.collection_key);
        said.push(line.0);
    }
    for block in &annotations.params {
        let mut line = Line::about("param", &block.param);
        line.text("propertyType", block.property_type.as_ref());
        line.word("notNull", block.not_null.as_ref());
        line.word("adapter", block.adapter.as_ref());
        said.push(line.0);
    }
    said
}

fn statement_said(block: &StatementBlock) -> Vec<String> {
    let mut line = Line(String::new());
    line.text("name", block.name.as_ref());
    line.text("queryResult", block.query_result.as_ref());
    line.word(
        "propertyNameGenerator",
        block.property_name_generator.as_ref(),
    );
    line.names("collectionKey", &block.collection_key);
    line.text("mapTo", block.map_to.as_ref());
    line.names("insert", &block.cascade_notify.insert);
    line.names("update", &block.cascade_notify.update);
    line.names("delete", &block.cascade_notify.delete);
    line.word("enableSync", block.enable_sync.as_ref());
    line.text("syncKeyColumnName", block.sync_key_column_name.as_ref());
    let line = line.0.trim_start();
    if line.is_empty() {
        return Vec::new();
    }
    vec![line.to_owned()]
}

/// What one block says.
struct Line(String);

impl Line {
    fn about(key: &str, target: &Spanned<String>) -> Self {
        Self(format!("{key}={}", target.value))
    }

    fn push(&mut self, key: &str, value: &str) {
        self.0.extend([" ", key, "=", value]);
    }

    fn text(&mut self, key: &str, value: Option<&Spanned<String>>) {
        if let Some(value) = value {
            self.push(key, &value.value);
        }
    }

    fn word<T: std::fmt::Debug>(&mut self, key: &str, value: Option<&Spanned<T>>) {
        if let Some(value) = value {
            self.push(key, &format!("{:?}", value.value));
        }
    }

    fn names(&mut self, key: &str, names: &[Spanned<String>]) {
        if !names.is_empty() {
            let names: Vec<_> = names.iter().map(|name| name.value.as_str()).collect();
            self.push(key, &names.join("+"));
        }
    }
}
