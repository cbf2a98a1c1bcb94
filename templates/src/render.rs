//! Prints an [`ir::Module`] through the templates.
//!
//! Templates print at indentation 0; whoever includes one indents it. That is sound because no template prints a string
//! of several lines inside of an indented part: the SQL texts stand at the end of the module.

use std::iter;

use askama::Template;

use crate::ir;

#[derive(Template)]
#[template(path = "module.rs.jinja")]
struct ModuleTemplate<'a> {
    module: &'a ir::Module,
    handles: Vec<HandleView<'a>>,
    items: ItemsTemplate<'a>,
    namespaces: Vec<NamespaceTemplate<'a>>,
}

/// A handle that has methods of its own.
struct HandleView<'a> {
    type_name: &'a str,
    methods: MethodsTemplate<'a>,
}

#[derive(Template)]
#[template(path = "namespace.rs.jinja")]
struct NamespaceTemplate<'a> {
    namespace: &'a ir::Namespace,
    methods: MethodsTemplate<'a>,
    items: ItemsTemplate<'a>,
    children: Vec<NamespaceTemplate<'a>>,
}

#[derive(Template)]
#[template(path = "items.rs.jinja")]
struct ItemsTemplate<'a> {
    queries: &'a [ir::Query],
}

#[derive(Template)]
#[template(path = "methods.rs.jinja")]
struct MethodsTemplate<'a> {
    methods: Vec<&'a ir::Accessor>,
}

impl<'a> HandleView<'a> {
    fn new(handle: &'a ir::Handle) -> Option<Self> {
        let methods: Vec<_> = handle.accessors.iter().chain(&handle.methods).collect();
        let type_name = &handle.type_name;
        (!methods.is_empty()).then_some(Self {
            type_name,
            methods: MethodsTemplate { methods },
        })
    }
}

impl<'a> NamespaceTemplate<'a> {
    fn new(namespace: &'a ir::Namespace) -> Self {
        let queries = &namespace.queries;
        let methods = queries
            .iter()
            .flat_map(|query| iter::once(&query.method).chain(&query.method_for_many));
        Self {
            namespace,
            methods: MethodsTemplate {
                methods: namespace.accessors.iter().chain(methods).collect(),
            },
            items: ItemsTemplate { queries },
            children: namespace.namespaces.iter().map(Self::new).collect(),
        }
    }
}

/// Prints `module` as the text of a Rust source file.
///
/// # Errors
///
/// The templates use nothing that can fail, so an error is a bug of this crate.
pub fn render_module(module: &ir::Module) -> Result<String, askama::Error> {
    let template = ModuleTemplate {
        module,
        handles: module.handles.iter().filter_map(HandleView::new).collect(),
        items: ItemsTemplate {
            queries: &module.queries,
        },
        namespaces: module
            .namespaces
            .iter()
            .map(NamespaceTemplate::new)
            .collect(),
    };
    template.render()
}
