//! Reports names that meet: two methods, two types, or a name that the generated handles use themselves.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use super::shared_row::{Rows, SharedRow};
use super::{CheckedQuery, module_name, type_name};

/// Methods of the generated database, transaction and connection, now and in later versions.
const DOORS: &[&str] = &[
    "adopt_existing",
    "backup_to",
    "batch",
    "blocking_read",
    "blocking_write",
    "builder",
    "clone",
    "close",
    "compute",
    "delayed",
    "exclusive",
    "execute_raw",
    "is_open",
    "open",
    "open_blocking",
    "open_in_memory",
    "open_lazy",
    "open_shared",
    "query_raw",
    "read",
    "report_external_changes",
    "savepoint",
    "serializable_connection",
    "serve",
    "status",
    "table_changes",
    "transaction",
    "transaction_with",
    "watch_external_changes",
    "watch_group",
    "write",
];

/// A name that is taken, and by what.
struct Taken {
    by: String,
    span: Option<Span>,
}

#[derive(Default)]
struct Scope {
    methods: BTreeMap<String, Taken>,
    types: BTreeMap<String, Taken>,
    rows: BTreeMap<String, SharedRow>,
}

/// Reports every collision, and settles which statement defines a shared row type.
pub fn check_collisions(
    database: &str,
    queries: &mut [CheckedQuery],
    diagnostics: &mut Diagnostics,
) {
    let mut scopes: BTreeMap<Vec<String>, Scope> = BTreeMap::new();
    let root = scopes.entry(Vec::new()).or_default();
    for door in DOORS {
        let by = format!("the method `{door}` that every database has");
        root.methods
            .insert((*door).to_owned(), Taken { by, span: None });
    }
    let uses_adapters = queries.iter().any(CheckedQuery::uses_adapters);
    let adapters = uses_adapters.then(|| adapters_name(database));
    for handle in handle_names(database).into_iter().chain(adapters) {
        let by = format!("the generated type `{handle}`");
        root.types.insert(handle, Taken { by, span: None });
    }
    for query in &*queries {
        for depth in 0..query.namespace.len() {
            take_namespace(
                &mut scopes,
                &query.namespace[..=depth],
                query.span,
                diagnostics,
            );
        }
    }
    for query in queries {
        let scope = scopes.entry(query.namespace.clone()).or_default();
        take_query(scope, query, diagnostics);
    }
}

/// The names of the database, transaction and connection types of `database`.
#[must_use]
pub(crate) fn handle_names(database: &str) -> [String; 3] {
    let stem = stem_of(database);
    [
        database.to_owned(),
        format!("{stem}Transaction"),
        format!("{stem}Connection"),
    ]
}

/// The name of the type of `database`'s adapters.
#[must_use]
pub(crate) fn adapters_name(database: &str) -> String {
    format!("{}Adapters", stem_of(database))
}

fn stem_of(database: &str) -> &str {
    let stem = database.strip_suffix("Database").unwrap_or(database);
    if stem.is_empty() { database } else { stem }
}

fn take_namespace(
    scopes: &mut BTreeMap<Vec<String>, Scope>,
    path: &[String],
    span: Span,
    diagnostics: &mut Diagnostics,
) {
    if scopes.contains_key(path) {
        return;
    }
    scopes.insert(path.to_vec(), Scope::default());
    let Some((folder, parent)) = path.split_last() else {
        return;
    };
    let by = format!("the folder `queries/{}/`", path.join("/"));
    let (Some(method), Some(ty)) = (module_name(folder), type_name(folder)) else {
        diagnostics.push(
            Diagnostic::error(
                Code::InvalidName,
                format!("no Rust name can be made of the folder `{folder}`"),
            )
            .at(span, "this statement lies in it")
            .help("rename the folder"),
        );
        return;
    };
    let scope = scopes.entry(parent.to_vec()).or_default();
    let taken = || Taken {
        by: by.clone(),
        span: Some(span),
    };
    take(
        &mut scope.methods,
        method,
        taken(),
        Code::DuplicateMethod,
        diagnostics,
    );
    take(
        &mut scope.types,
        ty,
        taken(),
        Code::DuplicateType,
        diagnostics,
    );
}

fn take_query(scope: &mut Scope, query: &mut CheckedQuery, diagnostics: &mut Diagnostics) {
    let taken = || Taken {
        by: format!("the statement of `{}`", query.file),
        span: Some(query.span),
    };
    let methods = &mut scope.methods;
    if !take(
        methods,
        query.method.clone(),
        taken(),
        Code::DuplicateMethod,
        diagnostics,
    ) {
        return;
    }
    if let Some(many) = query.method_for_many() {
        take(methods, many, taken(), Code::DuplicateMethod, diagnostics);
    }
    let mut types = vec![query.type_name.clone()];
    if query.parameters.len() > 1 {
        types.push(query.params_type());
    }
    if let Some(row) = &mut query.row {
        let fields = std::mem::take(&mut row.fields);
        let mut rows = Rows {
            fields: &fields,
            scope: &mut scope.rows,
            types: &mut types,
            diagnostics,
        };
        row.defines = rows.take(&row.type_name, &row.members, query.span);
        rows.take_nested(&mut row.members);
        row.fields = fields;
    }
    for name in types {
        take(
            &mut scope.types,
            name,
            taken(),
            Code::DuplicateType,
            diagnostics,
        );
    }
}

/// Puts `name` on the list; reports who has it already.
fn take(
    names: &mut BTreeMap<String, Taken>,
    name: String,
    taken: Taken,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(first) = names.get(&name) else {
        names.insert(name, taken);
        return true;
    };
    let what = if code == Code::DuplicateMethod {
        "method"
    } else {
        "type"
    };
    let message = format!(
        "the {what} `{name}` of {} is taken by {}",
        taken.by, first.by
    );
    let mut diagnostic = Diagnostic::error(code, message)
        .help("rename the file or folder, or add `@@{ name=otherName }` above the statement");
    if let Some(span) = taken.span {
        diagnostic = diagnostic.at(span, "this one");
    }
    if let Some(span) = first.span {
        diagnostic = diagnostic.and_at(span, "is taken by this one");
    }
    diagnostics.push(diagnostic);
    false
}
