//! Places in the source of other processes.
//!
//! In: a caller's place, with its file, its line and its column. Out: a place that says in which process it is.

use serde::{Deserialize, Serialize};

use crate::error::{CallSite, Elsewhere, Party};

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WireSite {
    file: String,
    line: u32,
    column: u32,
    /// Nobody: it is the sender's own.
    party: Option<Party>,
}

impl From<&CallSite> for WireSite {
    fn from(site: &CallSite) -> Self {
        Self {
            file: site.file().to_owned(),
            line: site.line(),
            column: site.column(),
            party: site.party(),
        }
    }
}

impl WireSite {
    /// The place, as the receiver shows it: what is nobody's is the sender's, and what is `own` needs no name.
    pub(crate) fn received(self, sender: Party, own: Option<Party>) -> CallSite {
        let party = self.party.unwrap_or(sender);
        CallSite::from(Elsewhere {
            file: self.file,
            line: self.line,
            column: self.column,
            party: (Some(party) != own).then_some(party),
        })
    }
}
