//! Adds what a checked block says to the [`Annotations`] of its statement; of two that say the same key the later wins.

use crate::source::Span;

use super::model::{Annotations, DynamicBlock, FieldBlock, ParamBlock, Spanned};
use super::tree::Entry;
use super::value::{adapter, boolean, cascade, generator, mapping, names, text};

/// Adds a block about the statement.
pub(super) fn merge_statement(annotations: &mut Annotations, entries: &[&Entry]) {
    let block = &mut annotations.statement;
    for entry in entries {
        match entry.key.value.as_str() {
            "name" => block.name = text(entry),
            "queryResult" => block.query_result = text(entry),
            "propertyNameGenerator" => block.property_name_generator = generator(entry),
            "collectionKey" => block.collection_key = names(entry),
            "mapTo" => block.map_to = text(entry),
            "cascadeNotify" => block.cascade_notify = cascade(entry),
            "enableSync" => block.enable_sync = boolean(entry),
            "syncKeyColumnName" => block.sync_key_column_name = text(entry),
            _ => {}
        }
    }
}

/// Adds a block about the column that `target` names.
pub(super) fn merge_field(annotations: &mut Annotations, target: &Entry, entries: &[&Entry]) {
    let Some(field) = accepted_name(target, entries) else {
        return;
    };
    let fields = &mut annotations.fields;
    // SQLite compares names without regard to the case of ASCII letters.
    let known = fields
        .iter()
        .position(|block| block.field.value.eq_ignore_ascii_case(&field.value));
    let index = known.unwrap_or_else(|| {
        fields.push(FieldBlock::about(field));
        fields.len() - 1
    });
    let block = &mut fields[index];
    for entry in entries {
        match entry.key.value.as_str() {
            "propertyName" => block.property_name = text(entry),
            "propertyType" => block.property_type = text(entry),
            "notNull" => block.not_null = boolean(entry),
            "adapter" => block.adapter = adapter(entry),
            "sqlTypeHint" => block.sql_type_hint = text(entry),
            "defaultValue" => block.default_value = text(entry),
            _ => {}
        }
    }
}

/// Adds a block about the nested value that `target` names.
pub(super) fn merge_dynamic(annotations: &mut Annotations, target: &Entry, entries: &[&Entry]) {
    let Some(name) = accepted_name(target, entries) else {
        return;
    };
    let blocks = &mut annotations.dynamic_fields;
    let known = blocks
        .iter()
        .position(|block| is_same(block, &name.value) && taken_twice(block, entries).is_none());
    let index = known.unwrap_or_else(|| {
        blocks.push(DynamicBlock::about(name));
        blocks.len() - 1
    });
    let block = &mut blocks[index];
    for entry in entries {
        match entry.key.value.as_str() {
            "propertyName" => block.property_name = text(entry),
            "propertyType" => block.property_type = text(entry),
            "notNull" => block.not_null = boolean(entry),
            "defaultValue" => block.default_value = text(entry),
            "mappingType" => block.mapping_type = mapping(entry),
            "sourceTable" => block.source_table = text(entry),
            "aliasPrefix" => block.alias_prefix = text(entry),
            "collectionKey" => block.collection_key = names(entry),
            _ => {}
        }
    }
}

/// Whether `block` is about the nested value `name`.
pub(super) fn is_same(block: &DynamicBlock, name: &str) -> bool {
    block.name.value.eq_ignore_ascii_case(name)
}

/// The entry that takes other columns than `block` does, which one nested value cannot, and where `block` takes its own.
pub(super) fn taken_twice<'e>(
    block: &DynamicBlock,
    entries: &[&'e Entry],
) -> Option<(&'e Entry, Span)> {
    entries.iter().find_map(|entry| {
        let first = match entry.key.value.as_str() {
            "sourceTable" => block.source_table.as_ref(),
            "aliasPrefix" => block.alias_prefix.as_ref(),
            _ => None,
        }?;
        let second = text(entry)?;
        let differs = !first.value.eq_ignore_ascii_case(&second.value);
        differs.then_some((*entry, first.span))
    })
}

/// Adds a block about the parameter that `target` names.
pub(super) fn merge_param(annotations: &mut Annotations, target: &Entry, entries: &[&Entry]) {
    let Some(param) = accepted_name(target, entries) else {
        return;
    };
    let params = &mut annotations.params;
    // To SQLite `:id` and `:ID` are two parameters.
    let known = params
        .iter()
        .position(|block| block.param.value == param.value);
    let index = known.unwrap_or_else(|| {
        params.push(ParamBlock::about(param));
        params.len() - 1
    });
    let block = &mut params[index];
    for entry in entries {
        match entry.key.value.as_str() {
            "propertyType" => block.property_type = text(entry),
            "notNull" => block.not_null = boolean(entry),
            "adapter" => block.adapter = adapter(entry),
            _ => {}
        }
    }
}

/// What a block is about, if the entry that says so passed its own checks.
fn accepted_name(target: &Entry, entries: &[&Entry]) -> Option<Spanned<String>> {
    let is_accepted = entries
        .iter()
        .any(|entry| entry.key.span == target.key.span);
    text(target).filter(|_| is_accepted)
}
