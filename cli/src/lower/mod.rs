//! Turns a checked database into the IR: every line break, literal and lint attribute is decided here.
//!
//! In: a [`CheckedDatabase`]. Out: an [`ir::Module`]. Nothing can fail here any more.

mod body;
mod doc;
mod layout;
mod lint;
mod literal;
mod migrations;
mod namespace;
mod nested;
mod query;
mod structs;

use sqlitenow_templates::ir;

use crate::check::{CheckedDatabase, handle_names};

use self::query::QueryLowering;

/// Lowers `database`.
#[must_use]
pub fn lower_database(database: &CheckedDatabase) -> ir::Module {
    let [name, transaction, connection] = handle_names(&database.name);
    let lowering = QueryLowering::new(database);
    let tree = namespace::build_tree(&database.queries);
    let folder = database.module.trim_start_matches("r#");
    let handles = [
        (name.clone(), "rt::v1::Database", "&self.0"),
        (transaction.clone(), "rt::v1::Transaction", "&self.0"),
        (format!("{connection}<'_>"), "rt::v1::Connection", "self.0"),
    ];
    let handles = handles.map(|(type_name, target, on)| ir::Handle {
        accessors: namespace::root_accessors(&tree, target, on),
        methods: query::root_methods(&tree.queries, target, on),
        type_name,
    });
    ir::Module {
        file: format!("{folder}.rs"),
        source: database.source.clone(),
        runtime_path: database.runtime_path.clone(),
        database: name,
        transaction,
        connection,
        statements: database.queries.len(),
        adapters: structs::adapters(database),
        migrations: migrations::lower_migrations(database),
        handles: handles.into(),
        queries: lowering.queries(&tree.queries, 0),
        namespaces: namespace::lower_namespaces(&tree, &lowering, 1, folder),
        texts_layout: lowering.texts(&[]),
    }
}
