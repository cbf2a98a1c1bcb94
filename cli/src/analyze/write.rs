//! INSERT, UPDATE and DELETE: parameters are typed by the columns they are stored into, RETURNING gives result columns.
//!
//! `INSERT INTO t (a) VALUES (:a) RETURNING id` → `:a` has the type of `a` and may be NULL if `a` may; `id` is non-null.
//! What RETURNING gives for a view is whatever its INSTEAD OF trigger was handed, so all of it can be NULL.

use sqlparser::ast::{
    Assignment, AssignmentTarget, Delete, Expr, FromTable, Insert, ObjectName, OrderByExpr, Query,
    SelectItem, SetExpr, Statement as Tree, TableFactor, TableObject, TableWithJoins, Update,
    UpdateTableFromKind,
};

use crate::catalog::{Relation, RelationKind};

use super::SqlType;
use super::from::last_name;
use super::infer::{Infer, Puzzled};
use super::parameter::Weight;
use super::parse::Parsed;
use super::query::Outcome;
use super::relation::annotated;
use super::rule::Rule;
use super::scope::{Item, ItemColumn, Level, is_rowid};
use super::value::{OutColumn, Value};

/// A column that is written: what it holds, and whether it refuses NULL.
struct Target {
    value: Value,
    refuses: bool,
}

impl<'a> Infer<'a> {
    /// The result columns of a statement.
    pub(super) fn statement(&mut self, parsed: &Parsed) -> Result<Vec<OutColumn>, Puzzled> {
        match &parsed.tree {
            Tree::Query(query) => self.top_query(query, parsed),
            tree => self.write(tree, parsed),
        }
    }

    /// A query, or a write behind WITH.
    fn top_query(&mut self, query: &Query, parsed: &Parsed) -> Result<Vec<OutColumn>, Puzzled> {
        let (SetExpr::Insert(tree) | SetExpr::Update(tree) | SetExpr::Delete(tree)) = &*query.body
        else {
            let Outcome { columns, .. } = self.query(query)?;
            return Ok(columns);
        };
        if let Some(with) = &query.with {
            self.enter_with(with)?;
        }
        self.write(tree, parsed)
    }

    fn write(&mut self, tree: &Tree, parsed: &Parsed) -> Result<Vec<OutColumn>, Puzzled> {
        match tree {
            Tree::Insert(insert) => self.insert(insert, parsed),
            Tree::Update(update) => self.update(update),
            Tree::Delete(delete) => self.delete(delete),
            _ => Err(Puzzled),
        }
    }

    fn insert(&mut self, insert: &Insert, parsed: &Parsed) -> Result<Vec<OutColumn>, Puzzled> {
        let TableObject::TableName(name) = &insert.table else {
            return Err(Puzzled);
        };
        let relation = self.relation_named(name)?;
        let alias = parsed
            .alias
            .as_ref()
            .map_or(relation.name.as_str(), |alias| alias.value.as_str());
        let item = self.relation_item(relation, alias);
        let targets = if insert.columns.is_empty() {
            let stored = relation.columns.iter().zip(&item.columns);
            let stored = stored.filter(|(column, _)| !column.generated && !column.hidden);
            stored
                .map(|(_, column)| target(relation, column, true))
                .collect()
        } else {
            let names: Vec<String> = insert.columns.iter().filter_map(last_name).collect();
            names
                .iter()
                .map(|name| find_target(relation, &item, name, true))
                .collect::<Result<Vec<_>, _>>()?
        };
        if let Some(source) = &insert.source {
            self.insert_source(source, &targets)?;
        }
        for upsert in &parsed.upserts {
            self.upsert(upsert, relation, &item)?;
        }
        self.returning(insert.returning.as_deref(), relation, item)
    }

    fn relation_named(&self, name: &ObjectName) -> Result<&'a Relation, Puzzled> {
        let table = last_name(name).ok_or(Puzzled)?;
        self.catalog.relation(&table).ok_or(Puzzled)
    }

    fn insert_source(&mut self, source: &Query, targets: &[Target]) -> Result<(), Puzzled> {
        if let (SetExpr::Values(values), None) = (&*source.body, &source.with) {
            for row in &values.rows {
                for (expr, target) in row.content.iter().zip(targets) {
                    let value = self.infer(expr)?;
                    self.store(&value, &target.value, target.refuses);
                }
            }
            return Ok(());
        }
        let outcome = self.query(source)?;
        for (column, target) in outcome.columns.iter().zip(targets) {
            self.store(&column.value, &target.value, target.refuses);
        }
        Ok(())
    }

    /// `DO UPDATE SET`, which sees the row that is there and, as `excluded`, the one that is not let in.
    fn upsert(&mut self, tree: &Tree, relation: &Relation, item: &Item) -> Result<(), Puzzled> {
        let Tree::Update(update) = tree else {
            return Err(Puzzled);
        };
        let excluded = Item {
            alias: "excluded".into(),
            ..item.clone()
        };
        self.levels.push(Level {
            items: vec![item.clone(), excluded],
            ..Level::default()
        });
        let done = self.assign(
            &update.assignments,
            relation,
            item,
            update.selection.as_ref(),
        );
        self.levels.pop();
        done
    }

    fn update(&mut self, update: &Update) -> Result<Vec<OutColumn>, Puzzled> {
        let (relation, item) = self.written_table(&update.table)?;
        let from = match &update.from {
            Some(UpdateTableFromKind::AfterSet(from) | UpdateTableFromKind::BeforeSet(from)) => {
                from.as_slice()
            }
            None => &[],
        };
        self.levels.push(Level {
            items: vec![item.clone()],
            ..Level::default()
        });
        let done = self
            .enter_from(from)
            .and_then(|()| {
                self.assign(
                    &update.assignments,
                    relation,
                    &item,
                    update.selection.as_ref(),
                )
            })
            .and_then(|()| self.bounds(&update.order_by, update.limit.as_ref()));
        self.levels.pop();
        done?;
        self.returning(update.returning.as_deref(), relation, item)
    }

    fn delete(&mut self, delete: &Delete) -> Result<Vec<OutColumn>, Puzzled> {
        let (FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables)) = &delete.from;
        let (relation, item) = self.written_table(tables.first().ok_or(Puzzled)?)?;
        self.levels.push(Level {
            items: vec![item.clone()],
            ..Level::default()
        });
        let done = delete
            .selection
            .as_ref()
            .map_or(Ok(()), |condition| self.infer(condition).map(drop))
            .and_then(|()| self.bounds(&delete.order_by, delete.limit.as_ref()));
        self.levels.pop();
        done?;
        self.returning(delete.returning.as_deref(), relation, item)
    }

    fn bounds(&mut self, order: &[OrderByExpr], limit: Option<&Expr>) -> Result<(), Puzzled> {
        for term in order {
            self.infer(&term.expr)?;
        }
        if let Some(limit) = limit {
            let value = self.infer(limit)?;
            self.expect(&value, SqlType::Integer, Weight::Column);
        }
        Ok(())
    }

    fn written_table(&mut self, table: &TableWithJoins) -> Result<(&'a Relation, Item), Puzzled> {
        let TableFactor::Table { name, alias, .. } = &table.relation else {
            return Err(Puzzled);
        };
        let relation = self.relation_named(name)?;
        let alias = alias
            .as_ref()
            .map_or(relation.name.as_str(), |alias| alias.name.value.as_str());
        Ok((relation, self.relation_item(relation, alias)))
    }

    fn assign(
        &mut self,
        assignments: &[Assignment],
        relation: &Relation,
        item: &Item,
        condition: Option<&Expr>,
    ) -> Result<(), Puzzled> {
        for assignment in assignments {
            let names: Vec<String> = match &assignment.target {
                AssignmentTarget::ColumnName(name) => last_name(name).into_iter().collect(),
                AssignmentTarget::Tuple(names) => names.iter().filter_map(last_name).collect(),
            };
            let values = match names.as_slice() {
                [_] => vec![self.infer(&assignment.value)?],
                _ => self.row(&assignment.value)?,
            };
            for (name, value) in names.iter().zip(&values) {
                let target = find_target(relation, item, name, false)?;
                self.store(value, &target.value, target.refuses);
            }
        }
        condition.map_or(Ok(()), |condition| self.infer(condition).map(drop))
    }

    fn returning(
        &mut self,
        items: Option<&[SelectItem]>,
        relation: &Relation,
        mut item: Item,
    ) -> Result<Vec<OutColumn>, Puzzled> {
        let Some(items) = items else {
            return Ok(Vec::new());
        };
        item.optional = relation.kind == RelationKind::View && Rule::InsteadOf.holds();
        self.levels.push(Level {
            items: vec![item],
            ..Level::default()
        });
        let columns = self.projection(items);
        self.levels.pop();
        columns
    }
}

/// A column as the target of a write; `inserts` when SQLite chooses a rowid that is NULL.
fn target(relation: &Relation, column: &ItemColumn, inserts: bool) -> Target {
    let refuses = match relation
        .column(&column.name)
        .filter(|_| relation.kind != RelationKind::View)
    {
        Some(declared) if inserts => declared.not_null,
        Some(declared) => declared.never_null,
        // What a view takes is up to its trigger; what it never shows as NULL is hardly meant to be.
        None => !column.value.nullable,
    };
    let declared = relation.column(&column.name);
    // `notNull=false` cannot make a column take what it refuses.
    let refuses = refuses || declared.and_then(annotated) == Some(true);
    Target {
        value: column.value.clone(),
        refuses,
    }
}

fn find_target(
    relation: &Relation,
    item: &Item,
    name: &str,
    inserts: bool,
) -> Result<Target, Puzzled> {
    let found = item
        .columns
        .iter()
        .find(|column| column.name.eq_ignore_ascii_case(name));
    if let Some(column) = found {
        return Ok(target(relation, column, inserts));
    }
    let rowid = item.rowid.clone().filter(|_| is_rowid(name));
    Ok(Target {
        value: rowid.ok_or(Puzzled)?,
        refuses: !inserts,
    })
}
