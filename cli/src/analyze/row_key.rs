//! Finds the rows that a statement pins by their rowid: `SELECT * FROM person WHERE id = :id` looks at one row of `person`.
//!
//! A read pins a table when each place where the statement names it is pinned; a write when nothing but the statement's own
//! words writes the table and the key stays as it is. In doubt nothing is pinned: a watch that runs in vain costs a query,
//! one that sleeps through a change is wrong.

use std::collections::{BTreeMap, HashMap};

use sqlparser::ast::{
    Expr, FromTable, Insert, Query, Select, SetExpr, Statement as Tree, TableObject,
    TableWithJoins, Value as Literal,
};

use crate::catalog::{Access, Catalog, ForeignKeyAction, Relation, RelationKind};
use crate::source::SourceMap;
use crate::syntax::{Statement, Token};

use super::from::last_name;
use super::from_items::{FromItems, column_of, equations, names_row, pinnable, without_brackets};
use super::parse::Parsed;
use super::{RowKey, TableColumns, Write};

/// The statement in all the forms in which it is looked at.
pub(super) struct Pinning<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) sources: &'a SourceMap,
    pub(super) statement: &'a Statement,
    pub(super) parsed: &'a Parsed,
}

impl<'a> Pinning<'a> {
    /// What a query pins.
    pub(super) fn of_query(&self) -> Vec<RowKey> {
        let Tree::Query(query) = &self.parsed.tree else {
            return Vec::new();
        };
        let mut pins = BTreeMap::new();
        self.query(query, &mut pins);
        let mut keys = Vec::new();
        for (table, mut numbers) in pins {
            if self.mentions(&table) == numbers.len() && !self.reached_otherwise(&table) {
                numbers.sort_unstable();
                numbers.dedup();
                keys.extend(numbers.into_iter().map(|parameter| RowKey {
                    table: table.clone(),
                    parameter,
                }));
            }
        }
        keys
    }

    /// How often the statement says the name of a table, other than in front of a column.
    fn mentions(&self, table: &str) -> usize {
        let text = &self.sources.file(self.statement.file()).text;
        let tokens: Vec<&Token> = self.statement.significant().collect();
        let is_name = |at: &usize| {
            let name = tokens[*at].name(text);
            let qualifies = tokens.get(at + 1).is_some_and(|t| t.is_symbol(text, "."));
            !qualifies && name.is_some_and(|name| name.eq_ignore_ascii_case(table))
        };
        (0..tokens.len()).filter(is_name).count()
    }

    /// Whether the statement names something that shows rows of `table`: a view, a full-text index.
    fn reached_otherwise(&self, table: &str) -> bool {
        let text = &self.sources.file(self.statement.file()).text;
        let catalog = self.catalog;
        let shows = |name: &str| {
            let quoted = name.replace('"', "\"\"");
            let Ok(prepared) = catalog.prepare(&format!("SELECT * FROM \"{quoted}\"")) else {
                return true;
            };
            prepared.accesses.iter().any(|access| {
                matches!(access, Access::Read { table: read, .. } if read.eq_ignore_ascii_case(table))
            })
        };
        self.statement.significant().any(|token| {
            let Some(name) = token.name(text) else {
                return false;
            };
            match catalog.relation(&name).map(|relation| relation.kind) {
                Some(RelationKind::Table) => false,
                Some(RelationKind::View) => shows(&name),
                // What a virtual table reads of others shows only when it runs.
                Some(RelationKind::Virtual) => true,
                None => {
                    let sequence = catalog.sequence();
                    let counts = |found: &Relation| found.name.eq_ignore_ascii_case(&name);
                    catalog.shadowed(&name).is_some() || sequence.is_some_and(counts)
                }
            }
        })
    }

    fn query(&self, query: &Query, pins: &mut BTreeMap<String, Vec<usize>>) {
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            self.query(&cte.query, pins);
        }
        // Compounds lean to the left.
        let mut body = &*query.body;
        loop {
            match body {
                SetExpr::SetOperation { left, right, .. } => {
                    if let SetExpr::Select(select) = &**right {
                        self.select(select, pins);
                    }
                    body = left;
                }
                SetExpr::Select(select) => return self.select(select, pins),
                SetExpr::Query(inner) => return self.query(inner, pins),
                _ => return,
            }
        }
    }

    fn select(&self, select: &Select, pins: &mut BTreeMap<String, Vec<usize>>) {
        let mut from = FromItems::default();
        for tree in &select.from {
            from.add_tree(tree);
        }
        for inner in &from.subqueries {
            self.query(inner, pins);
        }
        let everywhere = select.selection.iter().map(|condition| (condition, None));
        let mut pinned: HashMap<usize, usize> = HashMap::new();
        let joined = from.joined.iter();
        let joined = joined.map(|&(condition, place)| (condition, Some(place)));
        for (condition, only) in everywhere.chain(joined) {
            for (place, number) in self.pins_in(condition, &from) {
                if only.is_none_or(|only| only == place) {
                    pinned.entry(place).or_insert(number);
                }
            }
        }
        for (place, number) in pinned {
            if let Some(relation) = from.relation(place, self.catalog) {
                pins.entry(relation.name.clone()).or_default().push(number);
            }
        }
    }

    /// The items of FROM that a condition holds to one row, and the parameters that say which.
    fn pins_in(&self, condition: &Expr, from: &FromItems<'_>) -> Vec<(usize, usize)> {
        let mut pins = Vec::new();
        for [column, value] in equations(condition) {
            let (Some((table, name)), Some(number)) = (column_of(column), self.number_of(value))
            else {
                continue;
            };
            pins.extend(
                from.place(table, name, self.catalog)
                    .map(|place| (place, number)),
            );
        }
        pins
    }

    /// The number of the parameter that `expr` is.
    fn number_of(&self, expr: &Expr) -> Option<usize> {
        let Expr::Value(literal) = without_brackets(expr) else {
            return None;
        };
        let Literal::Placeholder(_) = literal.value else {
            return None;
        };
        let start = usize::try_from(literal.span.start.column).ok()?;
        let mut parameters = self.statement.parameters.iter();
        let found = parameters.find(|parameter| parameter.span.start == start)?;
        Some(found.number)
    }

    /// What an INSERT, UPDATE or DELETE pins of the table that it names.
    pub(super) fn of_write(&self, accesses: &[Access], writes: &[Write]) -> Vec<RowKey> {
        let tree = match &self.parsed.tree {
            Tree::Query(query) => match &*query.body {
                SetExpr::Insert(tree) | SetExpr::Update(tree) | SetExpr::Delete(tree) => tree,
                _ => return Vec::new(),
            },
            tree => tree,
        };
        let found = match tree {
            Tree::Insert(insert) => self.inserted(insert),
            // With a FROM clause a bare name may be that of another table.
            Tree::Update(update) if update.from.is_none() => {
                self.held(&update.table, update.selection.as_ref())
            }
            Tree::Delete(delete) => {
                let (FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables)) =
                    &delete.from;
                let table = tables.first();
                table.and_then(|table| self.held(table, delete.selection.as_ref()))
            }
            _ => None,
        };
        let Some((relation, numbers)) = found else {
            return Vec::new();
        };
        if !is_alone(relation, accesses, writes, tree) {
            return Vec::new();
        }
        let key = |parameter| RowKey {
            table: relation.name.clone(),
            parameter,
        };
        numbers.into_iter().map(key).collect()
    }

    /// The table of an INSERT, and the parameters that are the rowids of its rows.
    fn inserted(&self, insert: &Insert) -> Option<(&'a Relation, Vec<usize>)> {
        let TableObject::TableName(name) = &insert.table else {
            return None;
        };
        let relation = pinnable(self.catalog, &last_name(name)?)?;
        // The row of an upsert is the one that is in the way, which another key may say.
        if !self.parsed.upserts.is_empty() && relation.indexes.iter().any(|index| index.unique) {
            return None;
        }
        let place = if insert.columns.is_empty() {
            let mut stored = relation.columns.iter().filter(|column| !column.generated);
            stored.position(|column| column.rowid)?
        } else {
            let mut columns = insert.columns.iter().filter_map(last_name);
            columns.position(|name| names_row(relation, &name))?
        };
        let source = insert.source.as_ref()?;
        let SetExpr::Values(values) = &*source.body else {
            return None;
        };
        let rows = values.rows.iter();
        let numbers = rows.map(|row| self.number_of(row.content.get(place)?));
        Some((relation, numbers.collect::<Option<_>>()?))
    }

    /// The table of an UPDATE or DELETE, and the parameter that is the rowid of the row.
    fn held(
        &self,
        table: &TableWithJoins,
        condition: Option<&Expr>,
    ) -> Option<(&'a Relation, Vec<usize>)> {
        let mut from = FromItems::default();
        from.add_tree(table);
        let relation = from.relation(0, self.catalog)?;
        let (_, number) = self.pins_in(condition?, &from).into_iter().next()?;
        Some((relation, vec![number]))
    }
}

/// Whether nothing but the statement itself writes `relation`, and the statement leaves the keys of rows as they are.
fn is_alone(relation: &Relation, accesses: &[Access], writes: &[Write], tree: &Tree) -> bool {
    let is_own = |table: &str| table.eq_ignore_ascii_case(&relation.name);
    let by_trigger = accesses.iter().any(|access| match access {
        Access::Read { .. } => false,
        Access::Insert { table, trigger }
        | Access::Update { table, trigger, .. }
        | Access::Delete { table, trigger } => trigger.is_some() && is_own(table),
    });
    let acts = |action: ForeignKeyAction| {
        !matches!(
            action,
            ForeignKeyAction::NoAction | ForeignKeyAction::Restrict
        )
    };
    let by_key = relation.foreign_keys.iter().any(|key| {
        let is_parent = |table: &String| table.eq_ignore_ascii_case(&key.table);
        writes.iter().any(|write| match write {
            Write::Insert(_) => false,
            Write::Update(update) => acts(key.on_update) && is_parent(&update.table),
            Write::Delete(table) => acts(key.on_delete) && is_parent(table),
        })
    });
    let as_meant = writes.iter().all(|write| match write {
        Write::Insert(table) => !is_own(table) || matches!(tree, Tree::Insert(_)),
        Write::Delete(table) => !is_own(table) || matches!(tree, Tree::Delete(_)),
        Write::Update(TableColumns { table, columns }) => {
            !is_own(table) || !columns.iter().any(|name| names_row(relation, name))
        }
    });
    !by_trigger && !by_key && as_meant
}
