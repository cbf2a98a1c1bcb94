//! The JSON of `sqlitenow inspect`, version 1: fields may be added to it; one that is renamed or goes makes version 2.
//!
//! `docs/inspect.md` describes every field, and a test compares it with what comes out.

use serde::Serialize;

use crate::analyze::{TableColumns, Write};
use crate::catalog::{Column, ForeignKey, ForeignKeyAction, Index, Relation, RelationKind};
use crate::check::{CheckedField, CheckedQuery, QueryKind};
use crate::diagnostic::Location;
use crate::pipeline::CompiledModule;
use crate::source::{SourceMap, Span};

/// Everything.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    version: u32,
    databases: Vec<DatabaseEntry<'a>>,
}

impl<'a> Document<'a> {
    pub(super) fn new(databases: Vec<DatabaseEntry<'a>>) -> Self {
        Self {
            version: 1,
            databases,
        }
    }
}

/// A database.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DatabaseEntry<'a> {
    pub(super) name: &'a str,
    pub(super) input: &'a str,
    pub(super) schema_version: u32,
    pub(super) tables: Vec<TableEntry<'a>>,
    pub(super) queries: Vec<QueryEntry<'a>>,
}

/// A table or view.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TableEntry<'a> {
    pub(super) name: &'a str,
    pub(super) kind: &'static str,
    /// The module of a virtual table.
    pub(super) module: Option<&'a str>,
    pub(super) strict: bool,
    pub(super) without_rowid: bool,
    pub(super) place: Option<Place>,
    pub(super) columns: Vec<ColumnEntry<'a>>,
    /// Unique keys other than the primary one.
    pub(super) unique: Vec<Vec<&'a str>>,
    pub(super) foreign_keys: Vec<ForeignKeyEntry<'a>>,
}

/// A column of a table or view.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a field of the document"
)]
pub(super) struct ColumnEntry<'a> {
    pub(super) name: &'a str,
    pub(super) declared: &'a str,
    pub(super) not_null: bool,
    /// Its place in the primary key, from 1.
    pub(super) primary_key: Option<usize>,
    pub(super) rowid: bool,
    pub(super) default: bool,
    pub(super) generated: bool,
}

/// A foreign key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ForeignKeyEntry<'a> {
    pub(super) columns: Vec<&'a str>,
    pub(super) table: &'a str,
    /// Empty when it refers to the primary key.
    pub(super) parent_columns: Vec<&'a str>,
    pub(super) on_delete: &'static str,
    pub(super) on_update: &'static str,
}

/// A generated query.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct QueryEntry<'a> {
    /// Namespace and method, `tasks.by_id`.
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) place: Place,
    pub(super) params_type: Option<String>,
    pub(super) parameters: Vec<ParameterEntry<'a>>,
    pub(super) row_type: Option<&'a str>,
    pub(super) columns: Vec<FieldEntry<'a>>,
    pub(super) reads: Vec<ReadEntry<'a>>,
    pub(super) writes: Vec<WriteEntry<'a>>,
    /// The rows that it is confined to.
    pub(super) row_keys: Vec<RowKeyEntry<'a>>,
    pub(super) short: bool,
}

/// A parameter.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ParameterEntry<'a> {
    pub(super) number: usize,
    /// As it stands in the SQL.
    pub(super) sql: &'a str,
    #[serde(flatten)]
    pub(super) field: FieldEntry<'a>,
}

/// A Rust field.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FieldEntry<'a> {
    pub(super) name: &'a str,
    /// The Rust type without `Option`.
    #[serde(rename = "type")]
    pub(super) type_name: String,
    pub(super) nullable: bool,
    /// The label of a result column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<&'a str>,
}

/// A table that is read.
#[derive(Debug, Serialize)]
pub(super) struct ReadEntry<'a> {
    pub(super) table: &'a str,
    pub(super) columns: &'a [String],
}

/// A table that is written.
#[derive(Debug, Serialize)]
pub(super) struct WriteEntry<'a> {
    pub(super) table: &'a str,
    pub(super) insert: bool,
    pub(super) update: &'a [String],
    pub(super) delete: bool,
}

/// The parameter that names the row of a table.
#[derive(Debug, Serialize)]
pub(super) struct RowKeyEntry<'a> {
    pub(super) table: &'a str,
    pub(super) parameter: &'a str,
}

/// Where something stands.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
}

impl Place {
    fn of(span: Span, sources: &SourceMap) -> Self {
        let Location { path, line, .. } = Location::of(span, sources);
        Self { file: path, line }
    }
}

impl<'a> DatabaseEntry<'a> {
    pub(super) fn new(module: &'a CompiledModule, sources: &'a SourceMap) -> Self {
        let tables = module.relations.iter();
        let queries = module.database.queries.iter();
        Self {
            name: &module.database.name,
            input: &module.database.source,
            schema_version: module.database.version(),
            tables: tables
                .map(|table| TableEntry::new(table, sources))
                .collect(),
            queries: queries
                .map(|query| QueryEntry::new(query, sources))
                .collect(),
        }
    }

    /// Leaves out the queries whose name does not contain `part`, and the tables that none of the others touches.
    pub(super) fn keep_queries(&mut self, part: &str) {
        self.queries.retain(|query| query.name.contains(part));
        let queries = &self.queries;
        self.tables.retain(|table| {
            queries.iter().any(|query| {
                query.reads.iter().any(|read| read.table == table.name)
                    || query.writes.iter().any(|write| write.table == table.name)
            })
        });
    }
}

impl<'a> TableEntry<'a> {
    fn new(relation: &'a Relation, sources: &SourceMap) -> Self {
        let unique = relation.indexes.iter();
        let unique = unique.filter(|index| index.unique && !index.primary && !index.partial);
        Self {
            name: &relation.name,
            kind: match relation.kind {
                RelationKind::Table => "table",
                RelationKind::View => "view",
                RelationKind::Virtual => "virtual",
            },
            module: relation.module.as_deref(),
            strict: relation.strict,
            without_rowid: relation.without_rowid,
            place: relation.span.map(|span| Place::of(span, sources)),
            columns: relation
                .columns
                .iter()
                .filter(|column| !column.hidden)
                .map(ColumnEntry::new)
                .collect(),
            unique: unique.filter_map(key_columns).collect(),
            foreign_keys: relation
                .foreign_keys
                .iter()
                .map(ForeignKeyEntry::new)
                .collect(),
        }
    }
}

/// The columns of an index; none when an expression is among them.
fn key_columns(index: &Index) -> Option<Vec<&str>> {
    index.columns.iter().map(Option::as_deref).collect()
}

impl<'a> ColumnEntry<'a> {
    fn new(column: &'a Column) -> Self {
        Self {
            name: &column.name,
            declared: &column.declared,
            not_null: column.never_null,
            primary_key: (column.key > 0).then_some(column.key),
            rowid: column.rowid,
            default: column.default,
            generated: column.generated,
        }
    }
}

impl<'a> ForeignKeyEntry<'a> {
    fn new(key: &'a ForeignKey) -> Self {
        let parents = key.columns.iter();
        Self {
            columns: key.columns.iter().map(|(own, _)| own.as_str()).collect(),
            table: &key.table,
            parent_columns: parents
                .filter_map(|(_, parent)| parent.as_deref())
                .collect(),
            on_delete: action(key.on_delete),
            on_update: action(key.on_update),
        }
    }
}

fn action(action: ForeignKeyAction) -> &'static str {
    match action {
        ForeignKeyAction::NoAction => "NO ACTION",
        ForeignKeyAction::Restrict => "RESTRICT",
        ForeignKeyAction::SetNull => "SET NULL",
        ForeignKeyAction::SetDefault => "SET DEFAULT",
        ForeignKeyAction::Cascade => "CASCADE",
    }
}

impl<'a> QueryEntry<'a> {
    fn new(query: &'a CheckedQuery, sources: &SourceMap) -> Self {
        let parameters = query.parameters.iter();
        let columns = query.row.iter().flat_map(|row| &row.fields);
        let keys = query.keys.iter().filter_map(|key| {
            let mut parameters = query.parameters.iter();
            let parameter = parameters.find(|parameter| parameter.number == key.parameter)?;
            Some(RowKeyEntry {
                table: &key.table,
                parameter: &parameter.field.label,
            })
        });
        Self {
            name: query.path(),
            kind: match query.kind {
                QueryKind::Select => "select",
                QueryKind::Execute => "execute",
                QueryKind::Returning => "returning",
            },
            place: Place::of(query.span, sources),
            params_type: (query.parameters.len() > 1).then(|| query.params_type()),
            parameters: parameters
                .map(|parameter| ParameterEntry {
                    number: parameter.number,
                    sql: &parameter.field.label,
                    field: FieldEntry::new(&parameter.field, None),
                })
                .collect(),
            row_type: query.row.as_ref().map(|row| row.type_name.as_str()),
            columns: columns
                .map(|field| FieldEntry::new(field, Some(&field.label)))
                .collect(),
            reads: query.reads.iter().map(ReadEntry::new).collect(),
            writes: write_entries(&query.writes),
            row_keys: keys.collect(),
            short: query.short,
        }
    }
}

impl<'a> FieldEntry<'a> {
    fn new(field: &'a CheckedField, label: Option<&'a str>) -> Self {
        Self {
            name: &field.name,
            type_name: field
                .ty
                .ty
                .owned()
                .trim_start_matches("rt::v1::")
                .to_owned(),
            nullable: field.ty.optional,
            label,
        }
    }

    /// The Rust type, `Option<String>`.
    pub(super) fn rust_type(&self) -> String {
        if self.nullable {
            format!("Option<{}>", self.type_name)
        } else {
            self.type_name.clone()
        }
    }
}

impl<'a> ReadEntry<'a> {
    fn new(read: &'a TableColumns) -> Self {
        Self {
            table: &read.table,
            columns: &read.columns,
        }
    }
}

/// One entry for each table.
fn write_entries(writes: &[Write]) -> Vec<WriteEntry<'_>> {
    let mut entries: Vec<WriteEntry<'_>> = Vec::new();
    for write in writes {
        let (Write::Insert(table)
        | Write::Delete(table)
        | Write::Update(TableColumns { table, .. })) = write;
        if entries.last().is_none_or(|last| last.table != table) {
            entries.push(WriteEntry {
                table,
                insert: false,
                update: &[],
                delete: false,
            });
        }
        // The line above has made sure that there is one.
        if let Some(entry) = entries.last_mut() {
            match write {
                Write::Insert(_) => entry.insert = true,
                Write::Update(set) => entry.update = &set.columns,
                Write::Delete(_) => entry.delete = true,
            }
        }
    }
    entries
}
