//! Decides the row type of a statement: its name, and the name and type of each of its fields.

use std::collections::BTreeMap;

use crate::analyze::{Analysis, Origin, ResultColumn, passed_columns};
use crate::annotation::{FieldBlock, NameGenerator};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::adapter::Step;
use super::model::{CheckedField, CheckedRow};
use super::nested::{Facts, NestedResolver, Plan, check_limit, without_columns};
use super::precedence::Said;
use super::property_type::parse_property_type;
use super::query::Resolver;
use super::{Reading, RustType, field_name, hides_prelude, holds_collection, is_plain};

impl<'a> Resolver<'a> {
    /// The row that the statement gives, unless it gives none.
    pub(super) fn row(&mut self, analysis: &Analysis, base: &str) -> Option<CheckedRow> {
        if analysis.columns.is_empty() {
            if let Some(result) = &self.annotations.statement.query_result {
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::MisplacedKey,
                        "`queryResult` stands on a statement that gives no rows",
                    )
                    .at(result.span, "")
                    .help("add a RETURNING clause, or remove `queryResult`"),
                );
            }
            return None;
        }
        let plan = Plan {
            columns: &analysis.columns,
            catalog: self.catalog,
        };
        let parts = plan.members(&self.annotations.dynamic_fields);
        let missing = without_columns(&plan, &self.annotations.dynamic_fields, &parts);
        if !missing.is_empty() {
            self.diagnostics.extend(missing);
            return None;
        }
        let columns = self.columns(analysis, &plan.facts(&parts));
        let type_name = self.row_name(base)?;
        let (fields, readings): (Vec<_>, Vec<_>) = columns?.into_iter().unzip();
        let mut nested = NestedResolver {
            plan,
            annotations: self.annotations,
            fields: &fields,
            span: self.statement.span,
            base,
            diagnostics: self.diagnostics,
        };
        let (members, key) = nested.resolve(&parts, self.statement.kind);
        if holds_collection(&members) {
            let limit = check_limit(self.statement, self.sources, &plan, &key);
            self.diagnostics.extend(limit);
        }
        Some(CheckedRow {
            type_name,
            fields,
            readings,
            members,
            key,
            defines: true,
        })
    }

    /// The field of each column and how it is read; none when one has no name.
    fn columns(
        &mut self,
        analysis: &Analysis,
        facts: &[Facts],
    ) -> Option<Vec<(CheckedField, Reading)>> {
        let mut places: BTreeMap<(usize, String), (Span, Option<&Origin>)> = BTreeMap::new();
        let mut columns = Vec::new();
        for (column, facts) in analysis.columns.iter().zip(facts) {
            let span = column.span.unwrap_or(self.statement.span);
            let said = self.said_of(column);
            let Some(name) = self.column_name(&facts.text, &said, span) else {
                continue;
            };
            let place = (span, column.origin.as_ref());
            if let Some(first) = places.insert((facts.row, name.clone()), place) {
                self.diagnostics.push(duplicate_column(&name, first, place));
            }
            let nullable = said
                .not_null
                .map_or(facts.nullable, |not_null| !not_null.value);
            let ty = self.value_type(column.ty, nullable, &said);
            let (ty, adapter) = self.adapted(&self.steps_of(column), ty, column.ty);
            let stored = adapter.as_ref().map(|adapter| &adapter.stored);
            let stored = stored.unwrap_or(&ty.ty);
            let reading = Reading::of(column, facts.nullable, stored, ty.optional);
            let field = CheckedField {
                name,
                label: column.label.clone(),
                ty,
                adapter,
            };
            columns.push((field, reading));
        }
        (columns.len() == facts.len()).then_some(columns)
    }

    /// The type of the application that the rows become.
    pub(super) fn map_to(&mut self, row: Option<&CheckedRow>) -> Option<String> {
        let spelled = self.annotations.statement.map_to.as_ref()?;
        let row = row?;
        if holds_collection(&row.members) {
            let message = "`mapTo` stands on a statement with a collection";
            self.diagnostics.push(
                Diagnostic::error(Code::MisplacedKey, message)
                    .at(spelled.span, "")
                    .help("make the type of the rows in the application, or of the elements by `propertyType`"),
            );
            return None;
        }
        if let RustType::User(path) = parse_property_type(spelled, self.diagnostics)? {
            return Some(path);
        }
        let message = format!("found `{}`, expected a type of yours", spelled.value);
        self.diagnostics.push(
            Diagnostic::error(Code::UnknownPropertyType, message)
                .at(spelled.span, "")
                .help("write its whole path, such as `mapTo=crate::Task`"),
        );
        None
    }

    fn row_name(&mut self, base: &str) -> Option<String> {
        let Some(result) = &self.annotations.statement.query_result else {
            return Some(format!("{}Row", base.trim_end_matches('_')));
        };
        let name = &result.value;
        let message = if !is_plain(name) {
            format!("`{name}` is no name of a Rust type")
        } else if hides_prelude(name) {
            format!("a row type `{name}` would hide Rust's own")
        } else {
            return Some(name.clone());
        };
        self.diagnostics.push(
            Diagnostic::error(Code::InvalidName, message)
                .at(result.span, "")
                .help("write a name in UpperCamelCase, such as `queryResult=TaskRow`"),
        );
        None
    }

    /// How the statement itself wants its names made.
    pub(super) fn generator(&self) -> Option<NameGenerator> {
        let generator = self.annotations.statement.property_name_generator.as_ref();
        generator.map(|generator| generator.value)
    }

    /// What annotations say of `column`.
    fn said_of(&self, column: &ResultColumn) -> Said<'a> {
        let passed = passed_columns(self.catalog, &column.through, column.origin.as_ref());
        let block = self.block_of(column);
        Said::of_column(&column.label, block, self.generator(), passed)
    }

    /// What each of them says of how `column` is converted.
    fn steps_of(&self, column: &ResultColumn) -> Vec<Step<'a>> {
        let passed = passed_columns(self.catalog, &column.through, column.origin.as_ref());
        let columns = passed.map(|(relation, column)| Step::of_column(relation, column));
        let own = self.block_of(column);
        let own = own.map(|block| Step::of_result(&self.path, &column.label, block));
        own.into_iter().chain(columns).collect()
    }

    /// The query's own block about `column`.
    fn block_of(&self, column: &ResultColumn) -> Option<&'a FieldBlock> {
        let mut blocks = self.annotations.fields.iter();
        blocks.find(|block| block.field.value.eq_ignore_ascii_case(&column.label))
    }

    /// The name of a column's field; `text` is what it is made of unless an annotation says otherwise.
    fn column_name(&mut self, text: &str, said: &Said<'_>, span: Span) -> Option<String> {
        let (text, span) = said
            .property_name
            .map_or((text, span), |name| (name.value.as_str(), name.span));
        let name = field_name(text, said.generator);
        if name.is_none() {
            let message = format!("no Rust name can be made of `{text}`");
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidName, message)
                    .at(span, "")
                    .help("give the column a label with AS, or a `propertyName`"),
            );
        }
        name
    }
}

/// Two columns of one name, each with its place and where it comes from.
fn duplicate_column(
    name: &str,
    first: (Span, Option<&Origin>),
    second: (Span, Option<&Origin>),
) -> Diagnostic {
    let message = format!("two columns become the field `{name}`");
    let diagnostic = Diagnostic::error(Code::DuplicateLabel, message);
    if first.0 != second.0 {
        return diagnostic
            .at(second.0, "this one")
            .and_at(first.0, "and this one")
            .help("give one of them another label with AS");
    }
    let shown = |origin: &Origin| format!("`{}.{}`", origin.table, origin.column);
    let both = first.1.map(shown).zip(second.1.map(shown));
    let label = both.map_or_else(
        || "gives both".to_owned(),
        |(one, other)| format!("gives {one} and {other}"),
    );
    diagnostic
        .at(second.0, label)
        .help("write the columns out, and give one of them another label with AS")
}
