//! The Rust types which the configuration gives to columns by their declared SQL type.
//!
//! In: the entries of `[databases.X.types]`. Out: [`TypesByColumn`], which is asked for every column; an entry that names
//! no Rust type, and one that no column is declared with, are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::annotation::Spanned;
use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{TypeChoice, declared_type};

use super::RustType;
use super::property_type::parse_property_type;

/// Rust types by declared SQL type.
#[derive(Debug, Default)]
pub struct TypesByColumn {
    types: BTreeMap<String, RustType>,
}

impl TypesByColumn {
    /// Reads `choices` for the schema in `catalog`; only of a whole one can be said what it lacks.
    pub fn new(
        choices: &[TypeChoice],
        catalog: &Catalog,
        is_whole: bool,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let relations = catalog.relations().iter();
        let declared: BTreeSet<_> = relations
            .flat_map(|relation| &relation.columns)
            .flat_map(|column| {
                let block = column.annotation.as_ref();
                let hint = block.and_then(|block| block.sql_type_hint.as_ref());
                iter::once(column.declared.as_str()).chain(hint.map(|hint| hint.value.as_str()))
            })
            .map(declared_type)
            .collect();
        let mut types = BTreeMap::new();
        for choice in choices {
            if is_whole && !declared.contains(&choice.declared) {
                diagnostics.push(unused(choice, &declared));
            }
            let spelled = Spanned {
                value: choice.spelled.clone(),
                span: choice.span,
            };
            if let Some(ty) = parse_property_type(&spelled, diagnostics) {
                types.insert(choice.declared.clone(), ty);
            }
        }
        Self { types }
    }

    /// The type that the configuration gives to columns which are declared `declared`.
    #[must_use]
    pub fn of(&self, declared: &str) -> Option<&RustType> {
        self.types.get(&declared_type(declared))
    }
}

fn unused(choice: &TypeChoice, declared: &BTreeSet<String>) -> Diagnostic {
    let declared = declared.iter().map(String::as_str);
    let message = format!("no column is declared `{}`", choice.declared);
    Diagnostic::warning(Code::UnusedType, message)
        .at(choice.key, "")
        .did_you_mean(suggest(&choice.declared, declared))
}
