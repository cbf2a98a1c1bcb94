//! What the tables and views of the schema look like from inside a query.
//!
//! A view is looked at once: its query is taken apart like any other, so that its columns keep their origin, and a LEFT
//! JOIN inside it makes them nullable. One that is too odd gives SQLite's declared types, nullable.

use std::rc::Rc;

use crate::catalog::{Column, Relation, RelationKind};

use super::infer::Infer;
use super::parse::{excludes_rows, parse_view};
use super::rule::Rule;
use super::scope::{Item, ItemColumn, Level, origin, plain_rowid};
use super::types::{declared_type, keeps_numbers};
use super::value::{OutColumn, Value};
use super::{Origin, SqlType};

impl Infer<'_> {
    /// A table or view under the alias `alias`.
    pub(super) fn relation_item(&mut self, relation: &Relation, alias: &str) -> Item {
        let inside = match relation.kind {
            RelationKind::View => Some(self.view_columns(relation)),
            _ => None,
        };
        let columns = relation.columns.iter().enumerate().map(|(at, column)| {
            let value = match &inside {
                Some(columns) => view_value(
                    relation,
                    column,
                    columns.as_deref().and_then(|columns| columns.get(at)),
                ),
                None => column_value(relation, column),
            };
            ItemColumn {
                hidden: column.hidden,
                ..ItemColumn::new(&column.name, value)
            }
        });
        Item {
            alias: Rc::from(alias),
            columns: columns.collect(),
            optional: false,
            relation: Some(Rc::from(relation.name.as_str())),
            rowid: rowid_value(relation),
        }
    }

    /// The columns of a table or view by their names, as a query sees them that selects from nothing else.
    pub(super) fn relation_columns(&mut self, relation: &Relation) -> Vec<(String, Value)> {
        let item = self.relation_item(relation, &relation.name);
        let level = Level {
            items: vec![item],
            ..Level::default()
        };
        level.expand(0, None)
    }

    /// What the query of a view gives; none when it cannot be taken apart.
    fn view_columns(&mut self, relation: &Relation) -> Option<Rc<[OutColumn]>> {
        let key = relation.name.to_ascii_lowercase();
        if let Some(known) = self.views.borrow().get(&key) {
            return known.clone();
        }
        let columns = self
            .look_inside(relation)
            .filter(|columns| columns.len() == relation.columns.len());
        self.views.borrow_mut().insert(key, columns.clone());
        columns
    }

    fn look_inside(&self, relation: &Relation) -> Option<Rc<[OutColumn]>> {
        let (statement, header) = self.catalog.view(&relation.name)?;
        let query = parse_view(self.sources, statement, header.body?)?;
        // A view sees nothing of the statement that uses it, and has no parameters.
        let nothing = std::collections::HashMap::new();
        let mut inside = Infer::new(self.catalog, self.sources, self.views, &nothing, None);
        inside.excludes = excludes_rows(self.sources, statement);
        Some(inside.query(&query).ok()?.columns.into())
    }
}

fn view_value(view: &Relation, column: &Column, inside: Option<&OutColumn>) -> Value {
    let mut value = inside.map_or_else(
        || Value {
            loose: keeps_numbers(&column.declared),
            ..Value::of(declared_type(&column.declared), true)
        },
        |column| column.value.clone(),
    );
    let here = Origin {
        table: view.name.clone(),
        column: column.name.clone(),
    };
    value.through = std::iter::once(here)
        .chain(value.through.iter().cloned())
        .collect();
    value.ty = value.ty.or(Some(SqlType::Any));
    if let Some(not_null) = annotated(column) {
        // The NULL of what may be NULL by itself is no NaN, whatever is said of it.
        value.may_be_nan &= !value.nullable;
        value.nullable = !not_null;
    }
    value.literal = false;
    value.place = None;
    value
}

/// A column of a table.
pub(super) fn column_value(relation: &Relation, column: &Column) -> Value {
    let ty = match &relation.module {
        Some(module) if column.declared.is_empty() => module_type(module, column),
        _ => declared_type(&column.declared),
    };
    let inferred = !column.never_null && !is_coordinate(relation, column);
    let nullable = annotated(column).map_or(inferred, |not_null| !not_null);
    Value {
        loose: keeps_numbers(&column.declared) && Rule::Affinity.holds(),
        origin: Some(origin(&relation.name, &column.name)),
        ..Value::of(ty, nullable && Rule::NullableColumn.holds())
    }
}

/// What `notNull` says of the column where it is declared; joins and aggregates around it may still make it NULL.
pub(super) fn annotated(column: &Column) -> Option<bool> {
    let not_null = column.annotation.as_ref()?.not_null.as_ref()?;
    Some(not_null.value)
}

/// Whether a column is the key or a coordinate of an R-Tree, which makes numbers of NULL; further columns have no type.
fn is_coordinate(relation: &Relation, column: &Column) -> bool {
    let module = relation.module.as_deref();
    matches!(module, Some("rtree" | "rtree_i32")) && !column.declared.is_empty()
}

/// The type of a column for which a virtual table declares none.
fn module_type(module: &str, column: &Column) -> SqlType {
    let is = |name: &str| column.name.eq_ignore_ascii_case(name);
    match module {
        "fts5" if column.hidden && is("rank") => SqlType::Real,
        "fts5vocab" if is("doc") || is("cnt") || is("offset") => SqlType::Integer,
        // What a full-text table holds is text.
        "fts3" | "fts4" | "fts5" | "fts5vocab" => SqlType::Text,
        _ => SqlType::Any,
    }
}

fn rowid_value(relation: &Relation) -> Option<Value> {
    match relation.kind {
        RelationKind::View => None,
        _ if relation.without_rowid => None,
        _ => Some(
            relation
                .rowid_alias()
                .map_or_else(plain_rowid, |alias| column_value(relation, alias)),
        ),
    }
}

/// The columns of `json_each` and `json_tree` (<https://sqlite.org/json1.html#jeach>).
pub(super) fn json_item(alias: &str) -> Item {
    let columns = [
        ("key", SqlType::Any, true),
        ("value", SqlType::Any, true),
        ("type", SqlType::Text, false),
        ("atom", SqlType::Any, true),
        ("id", SqlType::Integer, false),
        ("parent", SqlType::Integer, true),
        ("fullkey", SqlType::Text, false),
        ("path", SqlType::Text, false),
        ("json", SqlType::Any, true),
        ("root", SqlType::Text, true),
    ];
    Item {
        alias: Rc::from(alias),
        columns: columns
            .into_iter()
            .map(|(name, ty, nullable)| ItemColumn {
                hidden: matches!(name, "json" | "root"),
                ..ItemColumn::new(name, Value::of(ty, nullable))
            })
            .collect(),
        optional: false,
        relation: None,
        rowid: Some(plain_rowid()),
    }
}
