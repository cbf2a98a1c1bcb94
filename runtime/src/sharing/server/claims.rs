//! A statement that a client has defined, and what it claims to write.
//!
//! In: a definition, and the tables that SQLite has named while it prepared the text. Out: what is told of a run. Invariant: a
//! claim is believed only where it covers everything that SQLite has named; then it may tell finer, of columns and of single
//! rows, and also of what SQLite does not say, such as rows that REPLACE pushes out.

use std::sync::{Arc, Mutex, OnceLock};

use crate::call::rowid_in;
use crate::database::{Core, Pace, pins};
use crate::driver::Touched;
use crate::invalidation::{Change, ChangeOrigin, Table, WriteSet};
use crate::sharing::wire::Define;
use crate::sync::lock;
use crate::value::Value;

pub(super) struct Defined {
    pub(super) sql: Arc<str>,
    pub(super) parameters: usize,
    pub(super) pace: Pace,
    /// Whether it reads what the file holds and nothing else, once a reader has asked SQLite.
    pub(super) alone: OnceLock<bool>,
    define: Define,
    numbered: OnceLock<Numbered>,
    /// What SQLite named when the claim was last believed.
    believed: Mutex<Option<Touched>>,
}

/// The claim in the numbers of the owner's database.
struct Numbered {
    writes: WriteSet,
    keys: Vec<(Table, usize)>,
}

impl Defined {
    pub(super) fn new(define: Define) -> Self {
        Self {
            sql: define.sql.as_str().into(),
            parameters: usize::try_from(define.parameters).unwrap_or(usize::MAX),
            pace: Pace::new(define.short),
            alone: OnceLock::new(),
            define,
            numbered: OnceLock::new(),
            believed: Mutex::default(),
        }
    }

    /// How much memory it takes, about.
    pub(super) fn size(&self) -> usize {
        self.sql.len() + self.define.size()
    }

    /// Whether it says that it only reads.
    pub(super) fn reads(&self) -> bool {
        self.define.tables().next().is_none()
    }

    /// What a run has written, in which SQLite has named these tables.
    pub(super) fn written(&self, core: &Core, touched: &Touched, values: &[Value]) -> WriteSet {
        if core.distrusts_sets() {
            return WriteSet::everything(ChangeOrigin::Raw);
        }
        let Some(claim) = self.claim(core, touched) else {
            let tables = touched.keys().map(String::as_str);
            return core.tables.changed(tables, ChangeOrigin::Raw);
        };
        if claim.keys.is_empty() || !core.hub.tells_rows_apart() {
            return claim.writes.clone();
        }
        let rows = pins(&claim.keys, |number| rowid_in(values, number));
        claim.writes.confined(&rows)
    }

    /// The claim, if it covers these tables.
    fn claim(&self, core: &Core, touched: &Touched) -> Option<&Numbered> {
        let mut believed = lock(&self.believed);
        if believed.as_ref() == Some(touched) {
            return self.numbered.get();
        }
        let named = |table: &str| {
            let mut claimed = self.define.tables();
            claimed.any(|claimed| claimed.trim().eq_ignore_ascii_case(table))
        };
        // Only then its names get numbers, which they keep for good.
        if !touched.keys().all(|table| named(table)) {
            return None;
        }
        let claim = self.numbered.get_or_init(|| Numbered {
            writes: self.define.write_set(&core.tables),
            keys: self.define.keys(&core.tables),
        });
        let covered = touched.iter().all(|(table, deed)| {
            let columns: Vec<String> = deed.columns.iter().cloned().collect();
            let numbered = core.tables.named(table, Some(&columns));
            numbered.is_some_and(|(table, columns)| {
                let change = Change {
                    inserted: deed.inserts,
                    deleted: deed.deletes,
                    columns,
                };
                claim.writes.covers(table, change)
            })
        });
        if !covered {
            return None;
        }
        *believed = Some(touched.clone());
        Some(claim)
    }
}
