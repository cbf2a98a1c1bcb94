//! Finds what the schema says and no PRAGMA tells: what generated columns are computed from.
//!
//! `total AS (price * amount)` → `total` is computed from `price` and `amount`. A column counts as soon as its name
//! stands in the definition, which may be too many but never too few.

use crate::source::SourceMap;
use crate::syntax::Statement;

use super::Column;
use super::conflict::definitions;

/// Fills in [`Column::computed_from`].
pub(super) fn fill_in(sources: &SourceMap, statement: &Statement, columns: &mut [Column]) {
    if !columns.iter().any(|column| column.generated) {
        return;
    }
    let text = &sources.file(statement.file()).text;
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    for definition in definitions(text, statement) {
        let Some(name) = definition.first().and_then(|token| token.name(text)) else {
            continue;
        };
        let Some(column) = columns
            .iter_mut()
            .find(|column| column.name.eq_ignore_ascii_case(&name))
        else {
            continue;
        };
        if column.generated && column.computed_from.is_empty() {
            let used = |candidate: &&String| {
                definition[1..].iter().any(|token| {
                    let name = token.name(text);
                    name.is_some_and(|name| name.eq_ignore_ascii_case(candidate))
                })
            };
            column.computed_from = names.iter().filter(used).cloned().collect();
        }
    }
}
