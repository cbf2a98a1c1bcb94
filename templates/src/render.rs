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
    body: BodyTemplate<'a>,
}

/// What stands in the module of a namespace.
#[derive(Template)]
#[template(path = "body.rs.jinja")]
struct BodyTemplate<'a> {
    namespace: &'a ir::Namespace,
    methods: MethodsTemplate<'a>,
    items: ItemsTemplate<'a>,
    children: Vec<NamespaceTemplate<'a>>,
}

/// The same as a file of its own.
#[derive(Template)]
#[template(path = "file.rs.jinja")]
struct FileTemplate<'a> {
    source: &'a str,
    body: BodyTemplate<'a>,
    texts: &'a [String],
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
        let body = BodyTemplate::new(namespace);
        Self { namespace, body }
    }
}

impl<'a> BodyTemplate<'a> {
    fn new(namespace: &'a ir::Namespace) -> Self {
        let queries = &namespace.queries;
        let methods = queries
            .iter()
            .flat_map(|query| iter::once(&query.method).chain(&query.method_for_many));
        let children = namespace.namespaces.iter();
        Self {
            namespace,
            methods: MethodsTemplate {
                methods: namespace.accessors.iter().chain(methods).collect(),
            },
            items: ItemsTemplate { queries },
            children: children.map(NamespaceTemplate::new).collect(),
        }
    }
}

/// A file and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedFile {
    /// Its path beside the module's file.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Prints `module` as Rust source files: its own, then those of the namespaces that have one.
///
/// # Errors
///
/// The templates use nothing that can fail, so an error is a bug of this crate.
pub fn render_module(module: &ir::Module) -> Result<Vec<RenderedFile>, askama::Error> {
    let namespaces = module.namespaces.iter();
    let template = ModuleTemplate {
        module,
        handles: module.handles.iter().filter_map(HandleView::new).collect(),
        items: ItemsTemplate {
            queries: &module.queries,
        },
        namespaces: namespaces.map(NamespaceTemplate::new).collect(),
    };
    let mut files = vec![RenderedFile {
        path: module.file.clone(),
        text: template.render()?,
    }];
    render_namespaces(&module.source, &module.namespaces, &mut files)?;
    Ok(files)
}

fn render_namespaces(
    source: &str,
    namespaces: &[ir::Namespace],
    files: &mut Vec<RenderedFile>,
) -> Result<(), askama::Error> {
    for namespace in namespaces {
        if let Some(file) = &namespace.file {
            let template = FileTemplate {
                source,
                body: BodyTemplate::new(namespace),
                texts: &file.texts_layout,
            };
            files.push(RenderedFile {
                path: file.path.clone(),
                text: template.render()?,
            });
        }
        render_namespaces(source, &namespace.namespaces, files)?;
    }
    Ok(())
}
