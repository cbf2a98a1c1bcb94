//! The state of one walk over a statement.
//!
//! A statement is walked twice when it has parameters: the first walk finds out what each parameter meets, the second
//! knows their types and whether they can be NULL, and so what the expressions around them give.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::catalog::Catalog;
use crate::source::SourceMap;

use super::parameter::{Use, Verdict};
use super::scope::Level;
use super::value::{OutColumn, ParameterPlace, Value};

/// The statement has something in it that this room does not understand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Puzzled;

/// What views give, once each was looked at; none for one that could not be taken apart.
pub(super) type ViewCache = RefCell<HashMap<String, Option<Rc<[OutColumn]>>>>;

/// A common table expression that is in sight.
#[derive(Debug)]
pub(super) struct Cte {
    pub(super) name: String,
    pub(super) columns: Rc<[OutColumn]>,
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
    /// The innermost level of a column since this was last emptied.
    pub(super) deepest: Option<usize>,
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
            deepest: None,
        }
    }

    /// The value of the parameter at `byte`.
    pub(super) fn parameter(&self, byte: usize) -> Value {
        let Some(&number) = self.places.get(&byte) else {
            return Value::unknown();
        };
        let verdict = self.verdicts.and_then(|verdicts| verdicts.get(&number));
        Value {
            ty: verdict.and_then(|verdict| verdict.ty),
            nullable: verdict.is_none_or(|verdict| verdict.nullable),
            bare: true,
            parameters: vec![ParameterPlace { number, byte }],
            ..Value::default()
        }
    }
}
