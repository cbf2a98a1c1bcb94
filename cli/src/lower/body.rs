//! Lowers what stands inside of `bind` and `read`: which value goes to which parameter, and which cell to which field.
//!
//! `title = :title` → `to.bind(1, &self.0.title)?;`, and where an adapter stands in between
//! `to.bind_by(1, &self.0.due, &adapters.tasks_due)?;`.

use std::iter;

use crate::check::{CheckedField, CheckedParameter, CheckedQuery, CheckedRow, Reading};

use super::layout::structs::Field;
use super::layout::{self, Place};

/// The expression of an entry of the adapters, which stand in a variable of that name.
fn entry(field: &CheckedField) -> Option<String> {
    let adapter = field.adapter.as_ref()?;
    Some(format!("&adapters.{}", adapter.name))
}

/// The statements that bind what `query` needs, by SQLite's numbers; they end in `?;`.
///
/// `adapters` is the path of the type of the database's adapters.
pub fn binds(query: &CheckedQuery, adapters: &str, place: Place) -> Vec<String> {
    let mut parameters: Vec<_> = query.parameters.iter().collect();
    parameters.sort_by_key(|parameter| parameter.number);
    let bind = |parameter: &CheckedParameter| {
        let field = &parameter.field;
        let value = if parameters.len() == 1 {
            "&self.0".to_owned()
        } else {
            format!("&self.0.{}", field.name)
        };
        let list = if field.ty.list { "_list" } else { "" };
        let entry = entry(field);
        let how = match &entry {
            Some(_) => "_by",
            None if parameter.as_bytes => "_bytes",
            None => "",
        };
        let arguments = [Some(parameter.number.to_string()), Some(value), entry];
        let arguments: Vec<_> = arguments.into_iter().flatten().collect();
        layout::tried_call("to", &format!("bind{list}{how}"), &arguments, place)
    };
    let adapted = parameters.iter().any(|p| p.field.adapter.is_some());
    let got = adapted.then(|| layout::adapters("to", adapters, place));
    let bound = parameters.iter().map(|parameter| bind(parameter));
    got.into_iter().chain(bound).collect()
}

/// `due: row.get(3)?`, the field of the column with this index.
pub fn read_field(row: &CheckedRow, index: usize) -> Field {
    let (field, reading) = (&row.fields[index], row.readings[index]);
    let getter = match reading {
        Reading::Strict => "get",
        Reading::Text => "get_text",
        Reading::Real => "get_real",
    };
    let entry = entry(field);
    let by = if entry.is_some() { "_by" } else { "" };
    Field::Got {
        name: field.name.clone(),
        method: format!("{getter}{by}"),
        arguments: iter::once(index.to_string()).chain(entry).collect(),
    }
}
