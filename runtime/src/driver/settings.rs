//! Settings of a connection that may be changed for a while.
//!
//! In: the start of an exclusive block. Out: at its end every setting is what it was before, however the block went.
//! Invariant: nobody else uses the connection meanwhile.

use crate::error::{Error, Result};
use crate::value::Value;

use super::Embedded;

/// Pragmas that change what statements may do and nothing that the runtime relies upon. Not `recursive_triggers`: with
/// it REPLACE would write what no write set tells of.
pub(super) const SETTABLE: [&str; 4] = [
    "foreign_keys",
    "ignore_check_constraints",
    "legacy_alter_table",
    "synchronous",
];

pub(super) type Settings = [i64; SETTABLE.len()];

impl Embedded {
    fn settings(&self) -> Result<Settings> {
        let mut settings = Settings::default();
        for (setting, name) in settings.iter_mut().zip(SETTABLE) {
            *setting = match self.pragma(name)? {
                Value::Integer(value) => value,
                _ => return Err(Error::sqlite(1, format!("`PRAGMA {name}` gave no number"))),
            };
        }
        Ok(settings)
    }

    /// From now on they may be changed, until they are restored.
    pub(super) fn keep_settings(&mut self) -> Result<()> {
        self.listener.kept.push(self.settings()?);
        Ok(())
    }

    pub(super) fn restore_settings(&mut self) -> Result<()> {
        let Some(before) = self.listener.kept.last().copied() else {
            return Ok(());
        };
        let now = self.settings()?;
        for ((name, now), before) in SETTABLE.iter().zip(now).zip(before) {
            if now != before {
                self.query(&format!("PRAGMA {name} = {before}"), &[])?;
            }
        }
        self.listener.kept.pop();
        Ok(())
    }

    /// What a raw statement may set now. SQLite ignores most of it within a transaction, without a word.
    pub(super) fn settable(&self) -> &'static [&'static str] {
        if self.listener.kept.is_empty() || self.in_transaction() {
            &[]
        } else {
            &SETTABLE
        }
    }
}
