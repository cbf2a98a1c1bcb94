//! How the tests reach their databases: here, through an owner in this process, or through one in another.
//!
//! In: a builder as an application would fill it, and a word in the environment. Out: the open database. Invariant: a test
//! that opens by this builder knows nothing of the way, and is run in all three without a change.
//!
//! Another process knows nothing of functions that live in a test. A database with a hook of the test's own is served by a
//! thread instead, also where the way is another process. One on a driver of the test's own is open in the test itself: an
//! owner serves what SQLite's authorizer has looked at, and a foreign driver has none.

mod again;
mod builder;
mod child;
mod setting;
mod thread;

use std::env;

pub use again::{Skipped, run_again};
pub use builder::{Builder, Opening};
pub use child::{Kind, serve};

/// The word in the environment.
const VARIABLE: &str = "SQLITENOW_TESTS_WAY";

/// A way from a test to its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The file is open in the test.
    Here,
    /// A thread of this process owns the database; the test is its client.
    Thread,
    /// Another process owns it.
    Process,
    /// This is the other process.
    Owner,
}

impl Way {
    const ALL: [Self; 4] = [Self::Here, Self::Thread, Self::Process, Self::Owner];

    fn word(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Thread => "thread",
            Self::Process => "process",
            Self::Owner => "owner",
        }
    }

    /// The way that was chosen for this run.
    ///
    /// # Panics
    ///
    /// On a word that is none of a way.
    #[must_use]
    pub fn chosen() -> Self {
        let Ok(word) = env::var(VARIABLE) else {
            return Self::Here;
        };
        let found = Self::ALL.into_iter().find(|way| way.word() == word);
        found.expect("the word of a way")
    }
}
