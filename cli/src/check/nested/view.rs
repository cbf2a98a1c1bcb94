//! Reports what is wrong with the nested values that views and tables declare, once and where they declare it.

use crate::analyze::ResultColumn;
use crate::catalog::{Catalog, Relation};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};

use super::plan::Plan;
use super::spelling::spelling;
use super::unmatched;

/// Checks the blocks of every view and table; `columns_of` gives the columns of one as `SELECT *` has them.
pub fn check_views(
    catalog: &Catalog,
    columns_of: impl Fn(&Relation) -> Vec<ResultColumn>,
    diagnostics: &mut Diagnostics,
) {
    for relation in catalog.relations() {
        let key = &relation.annotation.collection_key;
        if relation.dynamic_fields.is_empty() && key.is_empty() {
            continue;
        }
        let columns = columns_of(relation);
        let plan = Plan {
            columns: &columns,
            catalog,
        };
        let all: Vec<usize> = (0..columns.len()).collect();
        let mut keys = vec![key];
        for block in &relation.dynamic_fields {
            spelling(block, diagnostics);
            if !all.iter().any(|index| plan.maps(block, 1, *index)) {
                diagnostics.push(unmatched::explain(&plan, block, 1));
            }
            keys.push(&block.collection_key);
        }
        for name in keys.into_iter().flatten() {
            if plan.find(&name.value, 1, &all).is_some() {
                continue;
            }
            let known = plan.names(1);
            let message = format!("`{}` has no column `{}`", relation.name, name.value);
            diagnostics.push(
                Diagnostic::error(Code::CollectionKey, message)
                    .at(name.span, "")
                    .did_you_mean(suggest(&name.value, known.iter().map(String::as_str))),
            );
        }
    }
}
