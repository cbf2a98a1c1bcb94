//! Stands in for the functions and collations which the application or the runtime registers, so that SQLite accepts what
//! uses them.
//!
//! `slug = { arguments = 1 }` → a function `slug` of one argument that gives NULL; `collations = ["german"]` → a
//! collation that compares bytes. Invariant: a stand-in remembers that it was asked, since what SQLite did with its
//! answer proves nothing about the real one.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Null;
use rusqlite::{Connection, Result};

use crate::source::Declarations;

use super::math::MATH_FUNCTIONS;

/// Whether any of the stand-ins of a connection was asked for an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked(Arc<AtomicBool>);

impl Asked {
    /// Whether one was.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Registers a stand-in for all that is declared, and for the functions that the runtime brings along.
pub(super) fn register(connection: &Connection, declarations: &Declarations) -> Result<Asked> {
    let asked = Asked::default();
    // Only a deterministic function may stand in an index or a generated column; whether it may is for the application.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    if connection.prepare("SELECT sqrt(0)").is_err() {
        for (name, arguments) in MATH_FUNCTIONS {
            let called = asked.clone();
            connection.create_scalar_function(name, i32::from(arguments), flags, move |_| {
                called.set();
                Ok(Null)
            })?;
        }
    }
    for function in &declarations.functions {
        let arguments = function.arguments.map_or(-1, i32::from);
        let called = asked.clone();
        connection.create_scalar_function(function.name.as_str(), arguments, flags, move |_| {
            called.set();
            Ok(Null)
        })?;
    }
    for collation in &declarations.collations {
        let compared = asked.clone();
        connection.create_collation(collation.name.as_str(), move |left: &str, right: &str| {
            let order = left.cmp(right);
            // Every collation calls a text equal to itself.
            if order.is_ne() {
                compared.set();
            }
            order
        })?;
    }
    Ok(asked)
}
