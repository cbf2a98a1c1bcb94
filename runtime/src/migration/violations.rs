//! Broken foreign keys before and after a migration.
//!
//! In: `PRAGMA foreign_key_check`. Out: a violation that was not there before, if there is one.

use std::collections::HashMap;

use crate::driver::Engine;
use crate::error::Result;
use crate::value::Value;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Violation {
    pub(super) table: String,
    /// Missing in tables WITHOUT ROWID, where only the number of violations tells.
    rowid: Option<i64>,
    pub(super) parent: String,
}

pub(super) struct Violations(HashMap<Violation, usize>);

impl Violations {
    pub(super) fn none() -> Self {
        Self(HashMap::new())
    }

    pub(super) fn find(engine: &mut Engine) -> Result<Self> {
        let mut counts = HashMap::new();
        for row in engine.query("PRAGMA foreign_key_check")? {
            if let [Value::Text(table), rowid, Value::Text(parent), ..] = row.as_slice() {
                let rowid = match rowid {
                    Value::Integer(rowid) => Some(*rowid),
                    _ => None,
                };
                let violation = Violation {
                    table: table.clone(),
                    rowid,
                    parent: parent.clone(),
                };
                *counts.entry(violation).or_insert(0) += 1;
            }
        }
        Ok(Self(counts))
    }

    /// One that occurs more often than before.
    pub(super) fn beyond(&self, before: &Self) -> Option<&Violation> {
        let more = self
            .0
            .iter()
            .find(|(violation, count)| **count > before.0.get(*violation).copied().unwrap_or(0));
        more.map(|(violation, _)| violation)
    }
}
