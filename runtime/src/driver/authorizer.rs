//! What SQLite tells of a raw statement while it prepares it.
//!
//! In: the calls of SQLite's authorizer, <https://www.sqlite.org/c3ref/set_authorizer.html>. Out: the tables a raw
//! statement writes, whether it changes the schema, and why it may not run. Invariants: generated statements are never
//! looked at but to see whether any connection can run them; the authorizer is set once, since setting it makes every prepared statement expire; SQLite asks when a
//! statement is prepared and, after a change of the schema, when it runs – never on a cached one – so that what it
//! told is kept by the statement's text.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use super::Uses;
use super::settings::{SETTABLE, Settings};

/// So many texts are remembered beside those in the cache; programs that write values into their SQL make new ones all the
/// time.
const REMEMBERED: usize = 256;

/// Pragmas that ask or tidy, whatever their argument is; others may be read and not set.
const HARMLESS: &[&str] = &[
    "analysis_limit",
    "application_id",
    "cache_size",
    "cache_spill",
    "defer_foreign_keys",
    "foreign_key_check",
    "foreign_key_list",
    "incremental_vacuum",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "mmap_size",
    "optimize",
    "quick_check",
    "soft_heap_limit",
    "table_info",
    "table_list",
    "table_xinfo",
    "threads",
    "wal_checkpoint",
];

/// What a raw statement does to rows of one table, as far as SQLite tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Deed {
    pub(crate) inserts: bool,
    pub(crate) deletes: bool,
    /// The columns that it updates.
    pub(crate) columns: BTreeSet<String>,
}

/// Tables by their names.
pub(crate) type Touched = BTreeMap<String, Deed>;

/// What a raw statement does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Deeds {
    /// The tables whose rows it changes, also by triggers and foreign keys.
    pub(crate) tables: Touched,
    /// Whether it changes the schema.
    pub(crate) schema: bool,
    /// Whether it concerns what this connection has to itself: settings, counters, temporary and attached tables.
    pub(crate) private: bool,
}

impl Deeds {
    pub(super) fn add(&mut self, others: Self) {
        for (table, others) in others.tables {
            let deed = self.tables.entry(table).or_default();
            deed.inserts |= others.inserts;
            deed.deletes |= others.deletes;
            deed.columns.extend(others.columns);
        }
        self.schema |= others.schema;
        self.private |= others.private;
    }

    fn note(&mut self, context: &AuthContext<'_>) {
        self.private |= is_private(context);
        match &context.action {
            AuthAction::Insert { table_name } => {
                self.note_in(table_name, |deed| deed.inserts = true);
            }
            AuthAction::Delete { table_name } => {
                self.note_in(table_name, |deed| deed.deletes = true);
            }
            AuthAction::Update {
                table_name,
                column_name,
            } => self.note_in(table_name, |deed| {
                deed.columns.insert((*column_name).to_owned());
            }),
            AuthAction::AlterTable { .. } => self.schema = true,
            _ => {}
        }
    }

    fn note_in(&mut self, table: &str, note: impl FnOnce(&mut Deed)) {
        if table.starts_with("sqlite_") && table.ends_with("master") {
            self.schema = true;
        } else if let Some(deed) = self.tables.get_mut(table) {
            note(deed);
        } else {
            note(self.tables.entry(table.to_owned()).or_default());
        }
    }
}

#[derive(Default)]
struct Shared {
    listens: AtomicBool,
    notes: Mutex<Notes>,
}

#[derive(Default)]
struct Notes {
    deeds: Deeds,
    /// Whether statements that the runtime does not run are denied.
    strict: bool,
    /// Pragmas that may be set all the same.
    settable: &'static [&'static str],
    /// Whether one of them is.
    sets: bool,
    refusal: Option<Cow<'static, str>>,
}

impl Shared {
    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Listens to the authorizer of one connection.
#[derive(Default)]
pub(super) struct Listener {
    shared: Arc<Shared>,
    known: HashMap<String, Deeds>,
    /// So many statements are kept prepared.
    pub(super) cached: usize,
    /// Counts for all connections of the database.
    pub(super) uses: Arc<Uses>,
    /// What the settings were before each exclusive block that is open.
    pub(super) kept: Vec<Settings>,
}

impl Listener {
    /// What the connection has to be given as its authorizer.
    pub(super) fn hook(&self) -> impl FnMut(AuthContext<'_>) -> Authorization + Send + 'static {
        let shared = Arc::clone(&self.shared);
        move |context| {
            if !shared.listens.load(Ordering::Relaxed) {
                return Authorization::Allow;
            }
            let mut notes = shared.notes();
            if sets_one_of(&context.action, notes.settable) {
                notes.sets = true;
            } else if notes.strict
                && let Some(refusal) = refusal(&context.action)
            {
                notes.refusal.get_or_insert(refusal);
                return Authorization::Deny;
            }
            notes.deeds.note(&context);
            Authorization::Allow
        }
    }

    /// Listens from now on, until what is returned is dropped.
    pub(super) fn listen(&self, strict: bool) -> Listening {
        *self.shared.notes() = Notes {
            strict,
            ..Notes::default()
        };
        self.shared.listens.store(true, Ordering::Relaxed);
        Listening(Arc::clone(&self.shared))
    }

    /// What was told of this text before.
    pub(super) fn known(&self, sql: &str) -> Option<&Deeds> {
        self.known.get(sql)
    }

    /// Adds what was told of this text to what was known.
    pub(super) fn remember(&mut self, sql: &str, told: Deeds) -> &Deeds {
        if self.known.len() >= REMEMBERED + self.cached && !self.known.contains_key(sql) {
            self.known.clear();
        }
        let known = self.known.entry(sql.to_owned()).or_default();
        known.add(told);
        known
    }
}

/// Ends the listening when it is dropped.
pub(super) struct Listening(Arc<Shared>);

impl Listening {
    /// Lets everything pass from now on: VACUUM attaches databases of its own while it runs.
    pub(super) fn relax(&self) {
        self.0.notes().strict = false;
    }

    /// Hands over what was told so far.
    pub(super) fn take(&self) -> Deeds {
        std::mem::take(&mut self.0.notes().deeds)
    }

    /// Lets pass what sets one of these pragmas.
    pub(super) fn allow(&self, settable: &'static [&'static str]) {
        self.0.notes().settable = settable;
    }

    /// Whether the statement sets what may be set for now: it must not be remembered as harmless.
    pub(super) fn sets(&self) -> bool {
        self.0.notes().sets
    }

    /// Why the statement was denied.
    pub(super) fn refusal(&self) -> Option<Cow<'static, str>> {
        self.0.notes().refusal.take()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.listens.store(false, Ordering::Relaxed);
    }
}

/// Functions that tell what this connection has done.
const COUNTERS: &[&str] = &["changes", "last_insert_rowid", "total_changes"];

/// Whether another connection to the same file may answer this in another way.
fn is_private(context: &AuthContext<'_>) -> bool {
    match context.action {
        AuthAction::Transaction { .. }
        | AuthAction::Savepoint { .. }
        | AuthAction::Attach { .. }
        | AuthAction::Detach { .. }
        | AuthAction::Pragma { .. } => true,
        AuthAction::Function { function_name } => COUNTERS
            .iter()
            .any(|name| name.eq_ignore_ascii_case(function_name)),
        AuthAction::Read { table_name, .. } if table_name.starts_with("pragma_") => true,
        _ => context.database_name.is_some_and(|name| name != "main"),
    }
}

fn sets_one_of(action: &AuthAction<'_>, names: &[&str]) -> bool {
    match action {
        AuthAction::Pragma {
            pragma_name,
            pragma_value: Some(_),
        } => is_among(names, pragma_name),
        _ => false,
    }
}

fn is_among(names: &[&str], pragma: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(pragma))
}

/// Why a raw statement that does this is not run.
fn refusal(action: &AuthAction<'_>) -> Option<Cow<'static, str>> {
    match action {
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => Some(
            "a raw statement cannot begin or end a transaction: use `transaction`, which nests"
                .into(),
        ),
        AuthAction::Attach { .. } | AuthAction::Detach { .. } => Some(
            "a raw statement cannot attach or detach a database: do so in an `on_open` hook".into(),
        ),
        AuthAction::Pragma {
            pragma_name,
            pragma_value: Some(_),
        } if !is_among(HARMLESS, pragma_name) => {
            let name = pragma_name.to_ascii_lowercase();
            let instead = if is_among(&SETTABLE, &name) {
                "use `exclusive`, outside of transactions, the builder or an `on_open` hook"
            } else {
                "use the builder or an `on_open` hook"
            };
            let reason = format!("a raw statement cannot set `PRAGMA {name}` here: {instead}");
            Some(reason.into())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_beyond_the_bound_are_forgotten_and_those_known_stay_correct() {
        let mut listener = Listener::default();
        let deeds = |table: &str| Deeds {
            tables: [(table.to_owned(), Deed::default())].into(),
            ..Deeds::default()
        };
        for number in 0..REMEMBERED {
            listener.remember(&number.to_string(), deeds("a"));
        }
        let both = listener.remember("0", deeds("b"));
        assert_eq!(both.tables.len(), 2);
        listener.remember("one more", deeds("c"));
        assert_eq!(listener.known("0"), None);
        assert!(listener.known("one more").is_some());
        assert!(listener.known.len() <= REMEMBERED);
    }
}
