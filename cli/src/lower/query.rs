//! Lowers statements: their types, methods, sets and SQL constants.

use std::collections::BTreeSet;
use std::iter;

use sqlitenow_templates::ir;

use crate::analyze::{RowKey, TableColumns, Write};
use crate::check::{
    CheckedDatabase, CheckedQuery, CheckedRow, QueryKind, adapters_name, constant_name,
    holds_collection,
};

use super::body;
use super::doc::{doc_allows, doc_lines, quotable};
use super::layout::{self, Expr, Output, Place};
use super::lint::{method_allows, statement_allows};
use super::literal::{short_string, verbatim_string};
use super::nested::reading;
use super::structs;

/// Statements with their numbers.
pub type Numbered<'a> = [(usize, &'a CheckedQuery)];

/// Lowers the statements of one database.
#[derive(Debug)]
pub struct QueryLowering<'a> {
    queries: &'a [CheckedQuery],
    /// The traits that rows and params derive beside the usual ones.
    derives: &'a [String],
    /// Whether each namespace has a file of its own.
    split: bool,
    /// The type of the database's adapters, should it have any.
    adapters: String,
    /// The name of each statement's SQL constant.
    constants: Vec<String>,
}

impl<'a> QueryLowering<'a> {
    /// Names the SQL constants of `database`.
    pub fn new(database: &'a CheckedDatabase) -> Self {
        let queries = &database.queries;
        let mut taken = BTreeSet::new();
        let mut constants = Vec::new();
        for query in queries {
            // In a file of its own a namespace's constants are among themselves.
            let (file, path) = if database.split {
                (&query.namespace[..], query.stem.clone())
            } else {
                (
                    &[][..],
                    format!("{}_{}", query.namespace.join("_"), query.stem),
                )
            };
            // The method has a name, which is part of the path.
            let name = constant_name(&path).unwrap_or_default();
            // Two paths can meet in one constant (`a/b_c`, `a_b/c`); nobody names these but the module itself.
            let mut constant = format!("{name}_SQL");
            let mut count = 1;
            while !taken.insert((file, constant.clone())) {
                count += 1;
                constant = format!("{name}_{count}_SQL");
            }
            constants.push(constant);
        }
        Self {
            queries,
            derives: &database.derives,
            split: database.split,
            adapters: adapters_name(&database.name),
            constants,
        }
    }

    /// The SQL constants of the file in which the statements of `namespace` stand, in source order.
    pub fn texts(&self, namespace: &[String]) -> Vec<String> {
        let texts = self.queries.iter().zip(&self.constants);
        let texts = texts.filter(|(query, _)| !self.split || query.namespace == namespace);
        let texts =
            texts.map(|(query, name)| layout::text_constant(name, &verbatim_string(&query.sql)));
        texts.collect()
    }

    /// Whether each namespace has a file of its own.
    pub fn is_split(&self) -> bool {
        self.split
    }

    /// The statements, whose items stand `depth` modules deep.
    pub fn queries(&self, queries: &Numbered<'_>, depth: usize) -> Vec<ir::Query> {
        let lower = |(number, query): &(usize, &CheckedQuery)| self.query(*number, query, depth);
        queries.iter().map(lower).collect()
    }

    fn query(&self, number: usize, query: &CheckedQuery, depth: usize) -> ir::Query {
        let base = 4 * depth;
        let inner = Place { base, indent: 8 };
        let set = |field: &str, items: Vec<Expr>| {
            if items.is_empty() {
                return String::new();
            }
            let used = inner.base + inner.indent + field.len() + 2;
            layout::expression(&Expr::Array(items), inner, used, 1)
        };
        let adapters = format!(
            "{}{}",
            "super::".repeat(query.namespace.len()),
            self.adapters
        );
        let columns = query.row.iter().flat_map(|row| &row.fields);
        let reading = reading(query, &adapters, base);
        ir::Query {
            number,
            name: statement_name(query),
            file: quotable(&query.file),
            method: method(query, ("'c", "C"), "self.on", base + 4),
            method_for_many: method_for_many(query, ("'c", "C"), "self.on", base + 4),
            type_layout: type_layout(query, base),
            impl_type: with_lifetime(query, "'_"),
            sql: format!("{}{}", "super::".repeat(depth), self.constants[number]),
            params: structs::params(query, self.derives, base),
            binds_layout: body::binds(query, &adapters, inner),
            parameters_layout: set("parameters", parameter_names(query)),
            columns_layout: set("columns", columns.map(|field| text(&field.label)).collect()),
            reads_layout: set("reads", query.reads.iter().map(read_item).collect()),
            writes_layout: set("writes", query.writes.iter().map(write_item).collect()),
            keys_layout: set("keys", query.keys.iter().map(key_item).collect()),
            short: query.short,
            row: query.row.as_ref().map(|row| {
                let mapped = query.map_to.as_ref();
                mapped.unwrap_or(&row.type_name).clone()
            }),
            row_types: structs::row_types(query, self.derives, base),
            readers: reading.readers,
            read_layout: reading.read_layout,
            nested: reading.nested,
        }
    }
}

/// The methods of a handle that reaches the runtime's `target` by `on`.
pub fn root_methods(queries: &Numbered<'_>, target: &str, on: &str) -> Vec<ir::Accessor> {
    let target = ("'_", target);
    let lower = |(_, query): &(usize, &CheckedQuery)| {
        iter::once(method(query, target, on, 4)).chain(method_for_many(query, target, on, 4))
    };
    queries.iter().flat_map(lower).collect()
}

/// The name of `query` in errors and traces.
fn statement_name(query: &CheckedQuery) -> String {
    query.path().replace(['"', '\\'], "_")
}

/// Whether the type that stands for `query` borrows its parameters.
fn borrows(query: &CheckedQuery) -> bool {
    match &query.parameters[..] {
        [] => false,
        [lone] => lone.field.ty.borrows(),
        _ => true,
    }
}

fn with_lifetime(query: &CheckedQuery, lifetime: &str) -> String {
    if borrows(query) {
        format!("{}<{lifetime}>", query.type_name)
    } else {
        query.type_name.clone()
    }
}

/// What the type that stands for `query` holds.
fn type_layout(query: &CheckedQuery, base: usize) -> String {
    let held = match &query.parameters[..] {
        [] => None,
        [lone] => Some(lone.field.ty.held()),
        _ => Some(format!("&'p {}", query.params_type())),
    };
    let place = Place { base, indent: 0 };
    layout::tuple_struct(&with_lifetime(query, "'p"), held.as_deref(), place)
}

/// The parameters' names by SQLite's number; a number that nothing uses has an empty one.
fn parameter_names(query: &CheckedQuery) -> Vec<Expr> {
    let highest = query.parameters.iter().map(|p| p.number).max();
    let name = |number| {
        let used = query.parameters.iter().find(|p| p.number == number);
        text(used.map_or("", |p| &p.field.label))
    };
    (1..=highest.unwrap_or(0)).map(name).collect()
}

fn text(text: &str) -> Expr {
    Expr::Atom(short_string(text))
}

fn columns(of: &TableColumns) -> Vec<Expr> {
    let columns = of.columns.iter().map(|column| text(column)).collect();
    vec![text(&of.table), Expr::Array(columns)]
}

fn read_item(read: &TableColumns) -> Expr {
    Expr::Call("rt::v1::Reads".to_owned(), columns(read))
}

fn key_item(key: &RowKey) -> Expr {
    let parameter = Expr::Atom(key.parameter.to_string());
    Expr::Call("rt::v1::Key".to_owned(), vec![text(&key.table), parameter])
}

fn write_item(write: &Write) -> Expr {
    let (kind, arguments) = match write {
        Write::Insert(table) => ("Insert", vec![text(table)]),
        Write::Update(set) => ("Update", columns(set)),
        Write::Delete(table) => ("Delete", vec![text(table)]),
    };
    Expr::Call(format!("rt::v1::Writes::{kind}"), arguments)
}

/// What is kept of the argument `name`.
fn held(query: &CheckedQuery, name: String) -> Expr {
    match &query.parameters[..] {
        [lone] if lone.field.ty.viewed().is_some() => {
            Expr::Call("rt::v1::borrow_all".to_owned(), vec![Expr::Atom(name)])
        }
        _ => Expr::Atom(name),
    }
}

/// The method of `query` on something that is `target` and reached by `on`; it stands `base` columns deep.
fn method(query: &CheckedQuery, target: (&str, &str), on: &str, base: usize) -> ir::Accessor {
    let lifetime = if borrows(query) { "<'p>" } else { "" };
    let argument = match &query.parameters[..] {
        [] => None,
        [lone] => Some((lone.field.name.clone(), lone.field.ty.argument())),
        _ => Some(("params".to_owned(), format!("&'p {}", query.params_type()))),
    };
    let mut parameters = vec!["&self".to_owned()];
    let mut value = Expr::Atom(query.type_name.clone());
    if let Some((name, ty)) = &argument {
        parameters.push(format!("{name}: {ty}"));
        value = Expr::Call(query.type_name.clone(), vec![held(query, name.clone())]);
    }
    let holds = |row: &CheckedRow| holds_collection(&row.members);
    let kind = match query.kind {
        QueryKind::Select if query.row.as_ref().is_some_and(holds) => "rt::v1::SelectNested",
        QueryKind::Select => "rt::v1::Select",
        QueryKind::Execute => "rt::v1::Execute",
        QueryKind::Returning => "rt::v1::Returning",
    };
    let output = Output {
        path: kind.to_owned(),
        arguments: vec![
            target.0.to_owned(),
            target.1.to_owned(),
            with_lifetime(query, "'p"),
        ],
    };
    let head = format!("pub fn {}{lifetime}", query.method);
    let call = Expr::Call(
        format!("{kind}::new"),
        vec![Expr::Atom(on.to_owned()), value],
    );
    let mut doc = doc_lines(&query.doc);
    if !doc.is_empty() {
        doc.push(String::new());
    }
    doc.push(format!("From `{}`.", quotable(&query.file)));
    let mut allows = doc_allows(&query.doc);
    let argument = argument.as_ref().map(|(name, _)| name.as_str());
    allows.extend(statement_allows(&query.method, argument));
    let body = Place { base, indent: 4 };
    ir::Accessor {
        doc,
        allows,
        signature_layout: layout::signature(&head, &parameters, &output, Place { base, indent: 0 }),
        body_layout: layout::expression(&call, body, body.base + body.indent, 0),
        track_caller: true,
    }
}

/// The method that runs `query` for many sets of parameters; otherwise like [`method`].
fn method_for_many(
    query: &CheckedQuery,
    target: (&str, &str),
    on: &str,
    base: usize,
) -> Option<ir::Accessor> {
    let name = query.method_for_many()?;
    let (lent, inner, value) = match &query.parameters[..] {
        [lone] => lone.field.ty.lent(),
        _ => (
            "rt::v1::Borrow",
            query.params_type(),
            "rt::v1::Borrow::borrow(&each)".to_owned(),
        ),
    };
    let bound = format!("Item: {lent}");
    let deeper = Place { base, indent: 4 };
    let parameters = [
        "&self".to_owned(),
        layout::bounded("params: impl IntoIterator", &bound, &inner, deeper),
    ];
    let output = Output {
        path: "rt::v1::ExecuteMany".to_owned(),
        arguments: vec![target.0.to_owned(), target.1.to_owned()],
    };
    let place = Place { base, indent: 8 };
    let inner = format!("&{}", query.type_name);
    let head = format!("pub fn {name}");
    let adapted = query.parameters.iter().any(|p| p.field.adapter.is_some());
    let add = if adapted {
        "many.add_adapted"
    } else {
        "many.add"
    };
    let add = layout::nested_call(add, &inner, "each", place);
    let mut signature = layout::signature(&head, &parameters, &output, Place { base, indent: 0 });
    if adapted && target.1 == "C" {
        signature = layout::bounded_signature(&signature, "C: rt::v1::AnyHandle");
    }
    Some(ir::Accessor {
        doc: vec![
            format!("Runs `{}` once for each of `params`, as one.", query.method),
            String::new(),
            format!("From `{}`.", query.file),
        ],
        allows: method_allows(&name),
        signature_layout: signature,
        body_layout: format!(
            "let mut many = rt::v1::ExecuteMany::new({on});\n    for each in params {{\n        let each = {value};\n        {add}\n    }}\n    many"
        ),
        track_caller: true,
    })
}
