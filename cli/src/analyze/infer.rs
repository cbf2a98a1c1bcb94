//! The state of one walk over a statement.
//!
//! A statement is walked twice when it has parameters: the first walk finds out what each parameter meets, the second
//! knows their types and whether they can be NULL, and so what the expressions around them give.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::catalog::Catalog;
use crate::source::SourceMap;

use super::SqlType;
use super::parameter::{Use, Verdict};
use super::scope::Level;
use super::value::{OutColumn, ParameterPlace, Value};

/// Deeper nesting is left alone: SQLite allows a thousand levels, which no stack of ours need carry.
pub(super) const DEEPEST: usize = 100;

/// Aggregates and recursive CTEs are walked more than once, which adds up when they are nested.
pub(super) const MOST_STEPS: usize = 500_000;

/// The statement has something in it that this room does not understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Puzzled;

/// What views give, once each was looked at; none for one that could not be taken apart.
pub(super) type ViewCache = RefCell<HashMap<String, Option<Rc<[OutColumn]>>>>;

/// A common table expression that is in sight.
#[derive(Debug)]
pub(super) struct Cte {
    pub(super) name: String,
    /// None as long as they are not known: one that stands further right may be needed first.
    pub(super) columns: Option<Rc<[OutColumn]>>,
    /// Whether something selected from it.
    pub(super) used: bool,
}

/// One walk.
pub(super) struct Infer<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) sources: &'a SourceMap,
    pub(super) views: &'a ViewCache,
    /// Numbers of parameters by the byte at which they stand.
    pub(super) places: &'a HashMap<usize, usize>,
    /// What the first walk found out, by number.
    pub(super) verdicts: Option<&'a HashMap<usize, Verdict>>,
    pub(super) levels: Vec<Level>,
    pub(super) ctes: Vec<Cte>,
    pub(super) uses: Vec<Use>,
    /// The bytes of parameters that are only asked whether they are NULL.
    pub(super) tested: HashSet<usize>,
    /// The levels of the columns that were met since this was last emptied.
    pub(super) met: LevelSet,
    /// How many conditions the walk is inside of whose proofs speak of one row alone.
    pub(super) narrowed: usize,
    /// Whether some window leaves out rows of its frame by EXCLUDE, of which the tree says nothing.
    pub(super) excludes: bool,
    /// How deep the walk is at present.
    pub(super) depth: usize,
    /// How many expressions it has seen.
    pub(super) steps: usize,
}

impl<'a> Infer<'a> {
    pub(super) fn new(
        catalog: &'a Catalog,
        sources: &'a SourceMap,
        views: &'a ViewCache,
        places: &'a HashMap<usize, usize>,
        verdicts: Option<&'a HashMap<usize, Verdict>>,
    ) -> Self {
        Self {
            catalog,
            sources,
            views,
            places,
            verdicts,
            levels: Vec::new(),
            ctes: Vec::new(),
            uses: Vec::new(),
            tested: HashSet::new(),
            met: LevelSet::default(),
            narrowed: 0,
            excludes: false,
            depth: 0,
            steps: 0,
        }
    }

    /// The value of the parameter at `byte`.
    pub(super) fn parameter(&self, byte: usize) -> Value {
        let Some(&number) = self.places.get(&byte) else {
            return Value::unknown();
        };
        let verdict = self.verdicts.and_then(|verdicts| verdicts.get(&number));
        let ty = verdict.and_then(|verdict| verdict.ty);
        Value {
            // What the first walk did not find out may be anything.
            ty: ty.or(self.verdicts.map(|_| SqlType::Any)),
            // One that nothing types is any value, NULL included.
            nullable: verdict.is_none_or(|verdict| {
                verdict.nullable || verdict.ty.is_none_or(|ty| ty == SqlType::Any)
            }),
            bare: true,
            parameters: vec![ParameterPlace { number, byte }],
            ..Value::default()
        }
    }
}

/// A set of levels.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LevelSet(u64);

impl LevelSet {
    /// Adds a level; those beyond the sixty-third count as one.
    pub(super) fn add(&mut self, level: usize) {
        self.0 |= 1 << level.min(63);
    }

    /// Adds all levels of another set.
    pub(super) fn add_all(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The innermost level that is not deeper than `limit`.
    pub(super) fn innermost(self, limit: usize) -> Option<usize> {
        (0..=limit.min(63))
            .rev()
            .find(|level| self.0 & (1 << level) != 0)
    }
}
