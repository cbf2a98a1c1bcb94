//! Judges SQLite's plan: `SEARCH t USING INTEGER PRIMARY KEY (rowid=?)` is short, `SCAN t` is not.
//!
//! Short means: a bounded number of look-ups, whatever the tables hold. In doubt a statement is not short, since a long
//! statement that runs on the caller's thread hurts more than a short one that hops to another.

use crate::catalog::{Catalog, PlanStep};

/// Whether all steps are look-ups of single rows; with `bounded` one range of an index may be among them.
pub(super) fn is_short(catalog: &Catalog, steps: &[PlanStep], bounded: Option<Bound>) -> bool {
    let mut ranges = 0;
    for step in steps {
        match judge(catalog, &step.detail) {
            Step::Free => {}
            Step::Range { terms } => {
                ranges += 1;
                if bounded.is_none_or(|bound| bound.conditions != terms) {
                    return false;
                }
            }
            Step::Long => return false,
        }
    }
    ranges == 0 || (ranges == 1 && steps.len() == 1)
}

/// A simple query over one table with a small LIMIT.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    /// How many conditions its WHERE clause joins with AND: when the index serves them all, no row is read in vain.
    pub(super) conditions: usize,
}

enum Step {
    /// One row, or none at all.
    Free,
    /// Rows of an index range that serves so many conditions.
    Range { terms: usize },
    /// Anything else.
    Long,
}

fn judge(catalog: &Catalog, detail: &str) -> Step {
    if detail.contains("TEMP B-TREE") || detail.contains("AUTOMATIC") || detail.contains("BLOOM") {
        return Step::Long;
    }
    if detail.starts_with("SCAN") {
        return if detail.ends_with("CONSTANT ROW") || detail.ends_with("CONSTANT ROWS") {
            Step::Free
        } else {
            Step::Long
        };
    }
    let Some(search) = detail.strip_prefix("SEARCH ") else {
        // Headings such as "SCALAR SUBQUERY 1"; what is under them has lines of its own.
        let long = ["RECURSIVE", "SETUP", "MULTI-INDEX"]
            .iter()
            .any(|word| detail.starts_with(word));
        return if long { Step::Long } else { Step::Free };
    };
    let Some((how, terms)) = search
        .rsplit_once(" (")
        .map(|(how, terms)| (how, terms.trim_end_matches(')')))
    else {
        return Step::Long;
    };
    let count = terms.split(" AND ").count();
    let equal = terms.split(" AND ").all(|term| term.ends_with("=?"));
    if how.contains("VIRTUAL TABLE") {
        return Step::Long;
    }
    if how.contains("INTEGER PRIMARY KEY") || how.contains("PRIMARY KEY") {
        let table = how.split(' ').next().unwrap_or("");
        return if equal && key_width(catalog, table, how) == Some(count) {
            Step::Free
        } else {
            Step::Range { terms: count }
        };
    }
    let index = how.rsplit("INDEX ").next().unwrap_or("");
    if equal && unique_width(catalog, index) == Some(count) {
        Step::Free
    } else {
        Step::Range { terms: count }
    }
}

/// How many columns the primary key has; an alias in the plan hides the table, so then only a rowid is sure.
fn key_width(catalog: &Catalog, table: &str, how: &str) -> Option<usize> {
    if how.contains("INTEGER PRIMARY KEY") {
        return Some(1);
    }
    let relation = catalog
        .relation(table)
        .filter(|relation| relation.without_rowid)?;
    Some(
        relation
            .columns
            .iter()
            .filter(|column| column.key > 0)
            .count(),
    )
}

fn unique_width(catalog: &Catalog, index: &str) -> Option<usize> {
    catalog.unique_index(index).map(|index| index.columns.len())
}
