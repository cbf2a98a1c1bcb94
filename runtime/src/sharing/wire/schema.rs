//! What a program was generated for: an owner serves those clients that were generated for the same.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::migration::Migrations;

/// What a program was generated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schema {
    /// The newest version.
    pub(crate) version: u32,
    /// A digest of what makes it.
    pub(crate) hash: u64,
}

impl From<&Migrations> for Schema {
    fn from(plan: &Migrations) -> Self {
        Self {
            version: plan.version,
            hash: plan.digest(),
        }
    }
}

impl Schema {
    /// Of a client that runs no statement: no program has this version.
    pub(crate) const NONE: Self = Self {
        version: 0,
        hash: 0,
    };

    /// Refuses another one; `self` is ours.
    pub(crate) fn meet(self, theirs: Self) -> Result<()> {
        if self == theirs {
            return Ok(());
        }
        Err(Error::SchemaMismatch {
            ours: self.to_string(),
            theirs: theirs.to_string(),
        })
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "version {} with the digest {:016x}",
            self.version, self.hash
        )
    }
}
