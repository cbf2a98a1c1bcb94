//! Prints an [`ir::Module`] through the templates.
//!
//! Templates print at indentation 0; whoever includes one indents it. That is sound because no template prints a string
//! of several lines inside of an indented part: the SQL texts stand at the end of the module.

use askama::Template;

use crate::ir;

#[derive(Template)]
#[template(path = "module.rs.jinja")]
struct ModuleTemplate<'a> {
    module: &'a ir::Module,
}

impl ModuleTemplate<'_> {
    fn methods<'a>(&self, handle: &'a ir::Handle) -> MethodsTemplate<'a> {
        MethodsTemplate {
            methods: handle.accessors.iter().chain(&handle.methods).collect(),
        }
    }

    fn items(&self) -> ItemsTemplate<'_> {
        ItemsTemplate {
            queries: &self.module.queries,
        }
    }

    fn namespace<'a>(&self, namespace: &'a ir::Namespace) -> NamespaceTemplate<'a> {
        NamespaceTemplate { namespace }
    }
}

#[derive(Template)]
#[template(path = "namespace.rs.jinja")]
struct NamespaceTemplate<'a> {
    namespace: &'a ir::Namespace,
}

impl NamespaceTemplate<'_> {
    fn methods(&self) -> MethodsTemplate<'_> {
        let queries = self.namespace.queries.iter().map(|query| &query.method);
        MethodsTemplate {
            methods: self.namespace.accessors.iter().chain(queries).collect(),
        }
    }

    fn items(&self) -> ItemsTemplate<'_> {
        ItemsTemplate {
            queries: &self.namespace.queries,
        }
    }

    fn child<'a>(&self, namespace: &'a ir::Namespace) -> NamespaceTemplate<'a> {
        NamespaceTemplate { namespace }
    }
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

/// Prints `module` as the text of a Rust source file.
///
/// # Errors
///
/// The templates use nothing that can fail, so an error is a bug of this crate.
pub fn render_module(module: &ir::Module) -> Result<String, askama::Error> {
    ModuleTemplate { module }.render()
}
