//! Lowers namespaces: the folders below `queries/` as types and modules.

use sqlitenow_templates::ir;

use crate::check::{CheckedQuery, module_name, type_name};

use super::layout::{self, Output, Place};
use super::lint::method_allows;
use super::query::QueryLowering;

/// A folder with the statements in it.
#[derive(Debug, Default)]
pub struct Tree<'a> {
    /// The folder's name; empty for the root.
    folder: String,
    /// The folders from the root to this one.
    path: Vec<String>,
    /// The statements that lie right in it, with their numbers.
    pub queries: Vec<(usize, &'a CheckedQuery)>,
    children: Vec<Tree<'a>>,
}

/// Sorts `queries` into their folders.
pub fn build_tree(queries: &[CheckedQuery]) -> Tree<'_> {
    let mut root = Tree::default();
    for (number, query) in queries.iter().enumerate() {
        let mut node = &mut root;
        for folder in &query.namespace {
            let place = node
                .children
                .iter()
                .position(|child| child.folder == *folder);
            let place = place.unwrap_or_else(|| {
                let mut path = node.path.clone();
                path.push(folder.clone());
                node.children.push(Tree {
                    folder: folder.clone(),
                    path,
                    ..Tree::default()
                });
                node.children.len() - 1
            });
            node = &mut node.children[place];
        }
        node.queries.push((number, query));
    }
    root
}

impl Tree<'_> {
    fn shown(&self) -> String {
        format!("queries/{}/", self.path.join("/"))
    }

    // The names were made once while collisions were checked, so that they can be made again.
    fn module(&self) -> String {
        module_name(&self.folder).unwrap_or_default()
    }

    fn type_name(&self) -> String {
        type_name(&self.folder).unwrap_or_default()
    }
}

/// The accessors of a handle that reaches the runtime's `target` by `on`.
pub fn root_accessors(root: &Tree<'_>, target: &str, on: &str) -> Vec<ir::Accessor> {
    let accessors = root
        .children
        .iter()
        .map(|child| accessor(child, ["'_", target], on, 4));
    accessors.collect()
}

/// The method that gives out the namespace `child`; its signature stands `base` columns deep.
fn accessor(child: &Tree<'_>, target: [&str; 2], on: &str, base: usize) -> ir::Accessor {
    let module = child.module();
    let head = format!("pub fn {module}");
    let place = Place { base, indent: 0 };
    let output = Output {
        path: child.type_name(),
        arguments: target.map(str::to_owned).into(),
    };
    ir::Accessor {
        doc: vec![format!("The statements of `{}`.", child.shown())],
        allows: method_allows(&module),
        signature_layout: layout::signature(&head, &["&self".to_owned()], &output, place),
        body_layout: format!("{} {{ on: {on} }}", child.type_name()),
        track_caller: false,
    }
}

/// The last part of a path, which lies beside the file that is named as it.
fn last(folder: &str) -> &str {
    folder.rsplit('/').next().unwrap_or(folder)
}

/// Lowers the namespaces right below `tree`, whose modules stand `depth - 1` modules deep, and whose files, if they have
/// any, lie in `folder`.
pub fn lower_namespaces(
    tree: &Tree<'_>,
    lowering: &QueryLowering<'_>,
    depth: usize,
    folder: &str,
) -> Vec<ir::Namespace> {
    let depth = if lowering.is_split() { 0 } else { depth };
    let lower = |node: &Tree<'_>| {
        let module = node.module();
        let stem = module.trim_start_matches("r#");
        let inner = format!("{folder}/{stem}");
        // `app_database/mod.rs` would be the module `app_database` itself, as `app_database.rs` is.
        let file = if stem == "mod" { "mod_" } else { stem };
        let accessors = node
            .children
            .iter()
            .map(|child| accessor(child, ["'c", "C"], "self.on", 4 * depth + 4));
        ir::Namespace {
            folder: node.shown(),
            type_name: node.type_name(),
            queries: lowering.queries(&node.queries, depth),
            accessors: accessors.collect(),
            namespaces: lower_namespaces(node, lowering, depth + 1, &inner),
            file: lowering.is_split().then(|| ir::NamespaceFile {
                path: format!("{folder}/{file}.rs"),
                declared: format!("{}/{file}.rs", last(folder)),
                texts_layout: lowering.texts(&node.path),
            }),
            module,
        }
    };
    tree.children.iter().map(lower).collect()
}
