//! Decides which values pass a pair of functions of the application, `adapter=custom`, and which pair it is.
//!
//! A column of a table has one entry in the type of the database's adapters, `tasks_due`, wherever its values come out
//! and go in: through views, renamed, as a parameter. A view or a query that asks for an adapter which no column behind it
//! has gets an entry of its own. Invariant: an entry converts one type; where a nearer `propertyType` names another one
//! without asking for an adapter, that type converts itself.

use std::collections::BTreeMap;
use std::fmt;

use crate::analyze::{SqlType, declared_type};
use crate::annotation::{AdapterChoice, FieldBlock, ParamBlock, Spanned};
use crate::catalog::{Column, Relation, RelationKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

use super::property_type::read_property_type;
use super::{CheckedQuery, RustType, TypesByColumn, snake_name};

/// An entry of the type of the database's adapters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedAdapter {
    /// Its field, `tasks_due`.
    pub name: String,
    /// What it is for.
    pub purpose: AdapterPurpose,
    /// The application's type.
    pub ty: RustType,
    /// The type that the column has by itself.
    pub stored: RustType,
    /// Where it was asked for.
    pub span: Span,
}

/// What an adapter is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdapterPurpose {
    /// A column of a table or a view: its names.
    Column(String, String),
    /// A column of a result: the statement's name and the label.
    Result(String, String),
    /// A parameter: the statement's name and its own.
    Parameter(String, String),
}

impl AdapterPurpose {
    /// The words of the entry's name.
    fn words(&self) -> String {
        match self {
            Self::Column(of, name) | Self::Result(of, name) | Self::Parameter(of, name) => {
                format!("{of}_{name}")
            }
        }
    }
}

impl fmt::Display for AdapterPurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Column(relation, name) => write!(f, "column `{name}` of `{relation}`"),
            Self::Result(statement, label) => {
                write!(f, "column `{label}` of the statement `{statement}`")
            }
            Self::Parameter(statement, name) => {
                write!(f, "parameter `{name}` of the statement `{statement}`")
            }
        }
    }
}

/// What one block says of how a value is converted: the query's, then those of views, then the table's.
pub(super) struct Step<'a> {
    /// What an entry would be for, should the block ask for one.
    purpose: AdapterPurpose,
    property_type: Option<&'a Spanned<String>>,
    adapter: Option<&'a Spanned<AdapterChoice>>,
    sql_type_hint: Option<&'a Spanned<String>>,
    /// How the column of the table is declared.
    declared: Option<&'a str>,
}

impl<'a> Step<'a> {
    /// What the query called `path`, `tasks.by_id`, says of its result column `label`.
    pub(super) fn of_result(path: &str, label: &str, block: &'a FieldBlock) -> Self {
        Self {
            purpose: AdapterPurpose::Result(path.to_owned(), label.to_owned()),
            property_type: block.property_type.as_ref(),
            adapter: block.adapter.as_ref(),
            sql_type_hint: block.sql_type_hint.as_ref(),
            declared: None,
        }
    }

    /// What the query called `path` says of its parameter.
    pub(super) fn of_parameter(path: &str, block: &'a ParamBlock) -> Self {
        Self {
            purpose: AdapterPurpose::Parameter(path.to_owned(), block.param.value.clone()),
            property_type: block.property_type.as_ref(),
            adapter: block.adapter.as_ref(),
            sql_type_hint: None,
            declared: None,
        }
    }

    /// What is said where `column` of a view or a table is made.
    pub(super) fn of_column(relation: &'a Relation, column: &'a Column) -> Self {
        let block = column.annotation.as_ref();
        let declares = relation.kind != RelationKind::View;
        Self {
            purpose: AdapterPurpose::Column(relation.name.clone(), column.name.clone()),
            property_type: block.and_then(|block| block.property_type.as_ref()),
            adapter: block.and_then(|block| block.adapter.as_ref()),
            sql_type_hint: block.and_then(|block| block.sql_type_hint.as_ref()),
            declared: declares.then_some(column.declared.as_str()),
        }
    }
}

/// The adapter of a value of type `ty`, of which `steps` speak, the nearest first; none if it converts itself.
///
/// Of the steps that ask for an adapter the farthest counts, so that a query may say what its table says already.
pub(super) fn resolve_adapter(
    steps: &[Step<'_>],
    ty: &RustType,
    inferred: SqlType,
    types: &TypesByColumn,
    diagnostics: &mut Diagnostics,
) -> Option<CheckedAdapter> {
    let mut found = None;
    for (index, step) in steps.iter().enumerate() {
        let Some(adapter) = step.adapter else {
            continue;
        };
        if adapter.value == AdapterChoice::Default {
            break;
        }
        let (seen, stored) = types_from(&steps[index..], inferred, types);
        if seen == *ty {
            found = Some((step, stored, adapter.span));
        }
    }
    let (step, stored, span) = found?;
    let Some(name) = snake_name(&step.purpose.words()) else {
        let message = format!(
            "no Rust name can be made for the adapter of {}",
            step.purpose
        );
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, message)
                .at(span, "")
                .help("give the column a name with letters"),
        );
        return None;
    };
    Some(CheckedAdapter {
        name,
        purpose: step.purpose.clone(),
        ty: ty.clone(),
        stored,
        span,
    })
}

/// The type that `steps` give to a value, and the type that it has by itself.
fn types_from(
    steps: &[Step<'_>],
    inferred: SqlType,
    types: &TypesByColumn,
) -> (RustType, RustType) {
    let hint = steps.iter().find_map(|step| step.sql_type_hint);
    let hint = hint.map(|hint| hint.value.as_str());
    let declared = hint.or_else(|| steps.iter().find_map(|step| step.declared));
    let stored = RustType::of(hint.map_or(inferred, declared_type));
    let spelled = steps.iter().find_map(|step| step.property_type);
    let seen = spelled
        .and_then(|spelled| read_property_type(&spelled.value))
        .or_else(|| types.of(declared?).cloned())
        .unwrap_or_else(|| stored.clone());
    (seen, stored)
}

/// All entries that `queries` need, by name; two that would have one name are reported.
pub fn collect_adapters(
    queries: &[CheckedQuery],
    diagnostics: &mut Diagnostics,
) -> Vec<CheckedAdapter> {
    let mut entries: BTreeMap<&str, &CheckedAdapter> = BTreeMap::new();
    let adapters = queries
        .iter()
        .flat_map(CheckedQuery::fields)
        .filter_map(|field| field.adapter.as_ref());
    for adapter in adapters {
        let first = *entries.entry(&adapter.name).or_insert(adapter);
        let same = first.purpose == adapter.purpose && first.stored == adapter.stored;
        if !same || first.ty != adapter.ty {
            diagnostics.push(clash(first, adapter));
        }
    }
    entries.into_values().cloned().collect()
}

fn clash(first: &CheckedAdapter, second: &CheckedAdapter) -> Diagnostic {
    let message = format!("two adapters become the field `{}`", second.name);
    let label = |adapter: &CheckedAdapter| {
        let (ty, stored) = (adapter.ty.owned(), adapter.stored.owned());
        format!("{}, `{ty}` and `{stored}`", adapter.purpose)
    };
    Diagnostic::error(Code::DuplicateLabel, message)
        .at(second.span, label(second))
        .and_at(first.span, label(first))
        .help("rename one of the columns or statements")
}
