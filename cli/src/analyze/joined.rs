//! The columns that USING and NATURAL compare, of which SQLite's authorizer says nothing.
//!
//! `SELECT a.n FROM a JOIN b USING (x)` → `a(x)` and `b(x)`; without this `b` would not even be in the read set. A table
//! counts as joined when its name stands in the statement, or in a view of it, which may be too many but never too few.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Relation, RelationKind};
use crate::source::SourceMap;
use crate::syntax::{Statement, Token};

/// Calls `found` for each table and column that a join in `statement`, or in a view it names, may compare.
pub(super) fn for_each<'a>(
    catalog: &'a Catalog,
    sources: &SourceMap,
    statement: &Statement,
    mut found: impl FnMut(&'a Relation, &'a str),
) {
    let mut seen = BTreeSet::new();
    let mut texts = vec![Text::read(catalog, sources, statement)];
    while let Some(text) = texts.pop() {
        for (name, relation) in &text.relations {
            if relation.kind == RelationKind::View {
                if seen.insert(name.clone()) {
                    let view = catalog.view(name).map(|(statement, _)| statement);
                    texts.extend(view.map(|view| Text::read(catalog, sources, view)));
                }
                continue;
            }
            for column in &relation.columns {
                if text.compares(name, &column.name) {
                    found(relation, &column.name);
                }
            }
        }
    }
}

/// The names in one statement, in lower case.
struct Text<'a> {
    using: BTreeSet<String>,
    natural: bool,
    names: BTreeSet<String>,
    relations: BTreeMap<String, &'a Relation>,
    /// The tables which are named more than once, so that they may be joined with themselves.
    repeated: BTreeSet<String>,
    /// Whether something stands in FROM whose columns no text names.
    nameless: bool,
}

/// Sources of rows whose columns have names of SQLite's own making: `column1` of VALUES, `key` of `json_each`.
const NAMELESS: [&str; 5] = [
    "values",
    "json_each",
    "json_tree",
    "jsonb_each",
    "jsonb_tree",
];

impl<'a> Text<'a> {
    fn read(catalog: &'a Catalog, sources: &SourceMap, statement: &Statement) -> Self {
        let text = &sources.file(statement.file()).text;
        let tokens: Vec<&Token> = statement.significant().collect();
        let lower = |token: &&Token| Some(token.name(text)?.to_ascii_lowercase());
        let names: BTreeSet<String> = tokens.iter().filter_map(lower).collect();
        let relations = names
            .iter()
            .filter_map(|name| Some((name.clone(), catalog.relation(name)?)));
        let mut using = BTreeSet::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.is_word(text, "USING") {
                let listed = tokens[at..].iter().take_while(|t| !t.is_symbol(text, ")"));
                using.extend(listed.filter_map(lower));
            }
        }
        let mut once = BTreeSet::new();
        let mut repeated = BTreeSet::new();
        for (at, token) in tokens.iter().enumerate() {
            // `a.x` names a column.
            let names_table = tokens.get(at + 1).is_none_or(|t| !t.is_symbol(text, "."));
            if let Some(name) = lower(token).filter(|_| names_table)
                && !once.insert(name.clone())
            {
                repeated.insert(name);
            }
        }
        let mut words = tokens.iter().map(|token| &text[token.range.clone()]);
        let nameless = words.any(|word| {
            let is = |name: &&str| word.eq_ignore_ascii_case(name);
            NAMELESS.iter().any(is) || word.to_ascii_lowercase().starts_with("pragma_")
        });
        Self {
            natural: tokens.iter().any(|token| token.is_word(text, "NATURAL")),
            relations: relations.collect(),
            using,
            names,
            repeated,
            nameless,
        }
    }

    fn compares(&self, table: &str, column: &str) -> bool {
        let column = column.to_ascii_lowercase();
        let elsewhere = || {
            let mut others = self.relations.iter().filter(|(name, _)| *name != table);
            others.any(|(_, relation)| relation.column(&column).is_some())
        };
        self.using.contains(&column)
            || (self.natural
                && (self.names.contains(&column)
                    || self.nameless
                    || self.repeated.contains(table)
                    || elsewhere()))
    }
}
