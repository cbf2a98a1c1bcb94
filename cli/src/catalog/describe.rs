//! Asks SQLite what the schema made: PRAGMAs in, [`Relation`]s out.
//!
//! `CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL)` → `id` is the rowid's alias and never NULL though no NOT
//! NULL is written; `INTEGER PRIMARY KEY DESC` is an ordinary key that may hold NULL (<https://sqlite.org/lang_createtable.html>).

use std::collections::HashMap;

use rusqlite::Connection;

use crate::annotation::StatementBlock;
use crate::source::SourceMap;
use crate::syntax::StatementKind;

use super::{
    Column, Command, ForeignKey, ForeignKeyAction, Header, Index, Relation, RelationKind,
    SchemaStatement, Trigger, backing, conflict, generated,
};

/// Describes every relation the user created, by name.
pub(super) fn relations(
    connection: &Connection,
    sources: &SourceMap,
    statements: &[SchemaStatement],
    headers: &[Option<Header>],
) -> rusqlite::Result<Vec<Relation>> {
    let makers: HashMap<String, usize> = headers
        .iter()
        .enumerate()
        .filter_map(|(index, header)| {
            let header = header.as_ref().filter(|header| header.table.is_none())?;
            Some((header.name.to_ascii_lowercase(), index))
        })
        // The first statement of a name made it; SQLite refused the others.
        .rev()
        .collect();
    let mut relations = relations_where(connection, OF_THE_USER)?;
    for relation in &mut relations {
        let maker = makers.get(&relation.name.to_ascii_lowercase()).copied();
        relation.statement = maker;
        relation.span = maker.map(|index| statements[index].statement.span);
        relation.module = maker.and_then(|index| headers[index].as_ref()?.module.clone());
        if relation.kind == RelationKind::Table {
            relation.indexes = indexes(connection, &relation.name)?;
            relation.foreign_keys = foreign_keys(connection, &relation.name)?;
        }
        relation.columns = columns(connection, relation)?;
        if let Some(schema) = maker.map(|index| &statements[index]) {
            annotate(relation, schema);
            let statement = &schema.statement;
            generated::fill_in(sources, statement, &mut relation.columns);
            relation.replacing_keys = conflict::replacing_keys(sources, statement);
            relation.autoincrement = conflict::is_autoincrement(sources, statement);
            let module = relation.module.as_deref();
            relation.backing = module.and_then(|module| backing::of(sources, statement, module));
        }
    }
    Ok(relations)
}

/// The triggers among `statements`.
pub(super) fn triggers(
    sources: &SourceMap,
    statements: &[SchemaStatement],
    headers: &[Option<Header>],
) -> Vec<Trigger> {
    let triggers = statements
        .iter()
        .zip(headers)
        .filter_map(|(schema, header)| {
            let statement = &schema.statement;
            let header = header
                .as_ref()
                .filter(|_| statement.kind == StatementKind::CreateTrigger)?;
            Some(Trigger {
                name: header.name.clone(),
                table: header.table.clone()?,
                commands: Command::of_trigger(sources, statement),
            })
        });
    triggers.collect()
}

/// Each shadow table with the virtual table that keeps its rows there.
pub(super) fn shadows(
    connection: &Connection,
    relations: &[Relation],
) -> rusqlite::Result<Vec<(String, usize)>> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_list WHERE type = 'shadow'")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut shadows = Vec::new();
    for name in names {
        let name = name?;
        let owns = |relation: &Relation| {
            let rest = name.get(..relation.name.len());
            relation.kind == RelationKind::Virtual
                && rest.is_some_and(|start| start.eq_ignore_ascii_case(&relation.name))
                && name[relation.name.len()..].starts_with('_')
        };
        let owners = relations.iter().enumerate().filter(|(_, one)| owns(one));
        let owner = owners.max_by_key(|(_, relation)| relation.name.len());
        shadows.extend(owner.map(|(index, _)| (name.clone(), index)));
    }
    Ok(shadows)
}

/// `sqlite_sequence`, where SQLite keeps the rowids of AUTOINCREMENT.
pub(super) fn sequence(connection: &Connection) -> rusqlite::Result<Option<Relation>> {
    let found = relations_where(connection, "name = 'sqlite_sequence'")?.pop();
    let Some(mut relation) = found else {
        return Ok(None);
    };
    relation.columns = columns(connection, &relation)?;
    Ok(Some(relation))
}

/// The application may have a LIKE of its own, so this does without any function.
const OF_THE_USER: &str = "NOT (name >= 'sqlite_' AND name < 'sqlite`')";

fn relations_where(connection: &Connection, condition: &str) -> rusqlite::Result<Vec<Relation>> {
    let mut statement = connection.prepare(&format!(
        "SELECT name, type, wr, strict FROM pragma_table_list
         WHERE type IN ('table', 'view', 'virtual') AND {condition} ORDER BY name",
    ))?;
    let rows = statement.query_map([], |row| {
        Ok(Relation {
            name: row.get(0)?,
            kind: match row.get::<_, String>(1)?.as_str() {
                "view" => RelationKind::View,
                "virtual" => RelationKind::Virtual,
                _ => RelationKind::Table,
            },
            without_rowid: row.get(2)?,
            strict: row.get(3)?,
            columns: Vec::new(),
            span: None,
            statement: None,
            module: None,
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            replacing_keys: Vec::new(),
            autoincrement: false,
            backing: None,
            annotation: StatementBlock::default(),
            dynamic_fields: Vec::new(),
        })
    })?;
    rows.collect()
}

fn columns(connection: &Connection, relation: &Relation) -> rusqlite::Result<Vec<Column>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, type, \"notnull\", pk, hidden, dflt_value IS NOT NULL FROM pragma_table_xinfo(?1) ORDER BY cid",
    )?;
    let rows = statement.query_map([&relation.name], |row| {
        let hidden: i64 = row.get(4)?;
        let not_null: bool = row.get(2)?;
        Ok(Column {
            name: row.get(0)?,
            declared: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
            not_null,
            never_null: not_null,
            rowid: false,
            key: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
            default: row.get(5)?,
            generated: hidden == 2 || hidden == 3,
            hidden: hidden == 1,
            computed_from: Vec::new(),
            annotation: None,
        })
    })?;
    let mut columns: Vec<Column> = rows.collect::<rusqlite::Result<_>>()?;
    mark_rowid(relation, &mut columns);
    Ok(columns)
}

/// A key is the rowid itself when it is one column of the very type INTEGER and SQLite keeps no index for it.
fn mark_rowid(relation: &Relation, columns: &mut [Column]) {
    if relation.kind != RelationKind::Table || relation.without_rowid {
        return;
    }
    let mut keys = columns.iter_mut().filter(|column| column.key > 0);
    if let (Some(column), None) = (keys.next(), keys.next()) {
        let indexed = relation.indexes.iter().any(|index| index.primary);
        if column.declared.eq_ignore_ascii_case("INTEGER") && !indexed {
            column.rowid = true;
            column.never_null = true;
        }
    }
}

fn indexes(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Index>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, \"unique\", partial, origin = 'pk' FROM pragma_index_list(?1) ORDER BY seq",
    )?;
    let rows = statement.query_map([table], |row| {
        Ok(Index {
            name: row.get(0)?,
            unique: row.get(1)?,
            partial: row.get(2)?,
            primary: row.get(3)?,
            columns: Vec::new(),
        })
    })?;
    let mut indexes: Vec<Index> = rows.collect::<rusqlite::Result<_>>()?;
    let mut statement =
        connection.prepare_cached("SELECT name FROM pragma_index_info(?1) ORDER BY seqno")?;
    for index in &mut indexes {
        let names = statement.query_map([&index.name], |row| row.get(0))?;
        index.columns = names.collect::<rusqlite::Result<_>>()?;
    }
    Ok(indexes)
}

fn foreign_keys(connection: &Connection, table: &str) -> rusqlite::Result<Vec<ForeignKey>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1) ORDER BY id, seq",
    )?;
    let mut rows = statement.query([table])?;
    let mut keys: Vec<(i64, ForeignKey)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let columns = (row.get(2)?, row.get(3)?);
        match keys.last_mut() {
            Some((last, key)) if *last == id => key.columns.push(columns),
            _ => keys.push((
                id,
                ForeignKey {
                    table: row.get(1)?,
                    columns: vec![columns],
                    on_update: action(&row.get::<_, String>(4)?),
                    on_delete: action(&row.get::<_, String>(5)?),
                },
            )),
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

fn action(text: &str) -> ForeignKeyAction {
    match text {
        "RESTRICT" => ForeignKeyAction::Restrict,
        "SET NULL" => ForeignKeyAction::SetNull,
        "SET DEFAULT" => ForeignKeyAction::SetDefault,
        "CASCADE" => ForeignKeyAction::Cascade,
        _ => ForeignKeyAction::NoAction,
    }
}

fn annotate(relation: &mut Relation, schema: &SchemaStatement) {
    let annotations = &schema.annotations;
    relation.annotation.clone_from(&annotations.statement);
    relation
        .dynamic_fields
        .clone_from(&annotations.dynamic_fields);
    for block in &annotations.fields {
        let name = &block.field.value;
        if let Some(column) = relation
            .columns
            .iter_mut()
            .find(|column| column.name.eq_ignore_ascii_case(name))
        {
            column.annotation = Some(block.clone());
        }
    }
}
