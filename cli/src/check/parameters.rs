//! Decides the names and types of a statement's parameters: in the order of first use, one for each of SQLite's numbers.

use std::collections::BTreeMap;

use crate::analyze::{Analysis, passed_columns};
use crate::annotation::Spanned;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::adapter::Step;
use super::model::{CheckedField, CheckedParameter};
use super::precedence::Said;
use super::query::Resolver;
use super::storage::is_written_as_bytes;
use super::{RustType, ValueType, field_name};

impl Resolver<'_> {
    /// Every parameter of the statement.
    pub(super) fn parameters(&mut self, analysis: &Analysis) -> Vec<CheckedParameter> {
        let mut used: Vec<_> = analysis.parameters.iter().collect();
        used.sort_by_key(|parameter| parameter.span.start);
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let mut checked = Vec::new();
        for parameter in used {
            let label = self.sources.text(parameter.span).to_owned();
            let text = parameter
                .name
                .clone()
                .unwrap_or_else(|| format!("arg{}", parameter.number));
            let block = self
                .annotations
                .params
                .iter()
                .find(|block| parameter.name.as_deref() == Some(&block.param.value));
            let passed =
                || passed_columns(self.catalog, &parameter.through, parameter.origin.as_ref());
            let said = Said::of_parameter(block, self.generator(), passed());
            let Some(name) = field_name(&text, said.generator) else {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::InvalidName,
                        format!("no Rust name can be made of `{label}`"),
                    )
                    .at(parameter.span, "")
                    .help("rename the parameter"),
                );
                continue;
            };
            if let Some(first) = places.insert(name.clone(), parameter.span) {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::DuplicateLabel,
                        format!("two parameters become the field `{name}`"),
                    )
                    .at(parameter.span, "this one")
                    .and_at(first, "and this one")
                    .help("spell one parameter the same way everywhere, or rename one of the two"),
                );
            }
            let nullable = said
                .not_null
                .map_or(parameter.nullable, |not_null| !not_null.value);
            let own = block.map(|block| Step::of_parameter(&self.path, block));
            let columns = passed().map(|(relation, column)| Step::of_column(relation, column));
            let steps: Vec<_> = own.into_iter().chain(columns).collect();
            let ty = self.value_type(parameter.ty, nullable, &said);
            let (mut ty, adapter) = self.adapted(&steps, ty, parameter.ty);
            if parameter.list {
                if let (RustType::Array { .. }, Some(spelled)) =
                    (&ty.ty, block.and_then(|block| block.property_type.as_ref()))
                {
                    self.diagnostics.push(list_of_lists(spelled));
                }
                ty = ValueType::list(ty.ty, nullable);
            }
            checked.push(CheckedParameter {
                number: parameter.number,
                as_bytes: adapter.is_none() && is_written_as_bytes(&ty.ty, parameter.ty),
                field: CheckedField {
                    name,
                    label,
                    ty,
                    adapter,
                },
            });
        }
        checked
    }
}

/// `ids IN :ids` whose annotation speaks of the list instead of its elements.
fn list_of_lists(spelled: &Spanned<String>) -> Diagnostic {
    let message = format!("found `{}`, expected the type of an element", spelled.value);
    Diagnostic::error(Code::UnknownPropertyType, message)
        .at(spelled.span, "the parameter is a list already")
        .help("write what is between the brackets")
}
