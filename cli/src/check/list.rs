//! Decides how the elements of a list are read in the SQL that runs.
//!
//! `id IN :ids` with `ids: Vec<i64>` runs as `id IN (SELECT value FROM json_each(:ids))`; blobs and any values need more
//! words. Invariant: the same rows match as would match `id IN (:a, :b, …)` with the elements bound one by one.

use crate::analyze::SqlType;
use crate::source::SourceMap;
use crate::syntax::ListForm;

use super::{AnalyzedQuery, CheckedParameter, RustType};

/// The text of `query` that runs, whose parameters are `parameters`.
pub(super) fn run_text(
    query: &AnalyzedQuery,
    parameters: &[CheckedParameter],
    sources: &SourceMap,
) -> String {
    let form = |number| {
        let checked = parameters.iter().find(|checked| checked.number == number);
        let mut analyzed = query.analysis.parameters.iter();
        let analyzed = analyzed.find(|analyzed| analyzed.number == number);
        checked
            .zip(analyzed)
            .map_or(ListForm::Mixed, |(checked, analyzed)| {
                let adapter = checked.field.adapter.as_ref();
                let element = adapter.map_or(&checked.field.ty.ty, |adapter| &adapter.stored);
                form_of(element, analyzed.ty)
            })
    };
    query.statement.run_text(sources, form).into_owned()
}

/// How elements of the type `element` are read that are compared with values of type `met`.
fn form_of(element: &RustType, met: SqlType) -> ListForm {
    let numbers = [SqlType::Boolean, SqlType::Integer, SqlType::Real];
    match element {
        RustType::String => ListForm::Plain,
        // A column of texts makes a text of every number that it is compared with, but not of what comes plain.
        RustType::Scalar(_) if numbers.contains(&met) => ListForm::Plain,
        RustType::Bytes => ListForm::Blobs,
        RustType::Scalar(_) | RustType::Value | RustType::Array { .. } | RustType::User(_) => {
            ListForm::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_it_is_read_with_more_words() {
        let number = RustType::Scalar("i64");
        assert_eq!(form_of(&number, SqlType::Integer), ListForm::Plain);
        assert_eq!(form_of(&RustType::String, SqlType::Text), ListForm::Plain);
        assert_eq!(form_of(&number, SqlType::Text), ListForm::Mixed);
        assert_eq!(form_of(&number, SqlType::Any), ListForm::Mixed);
        assert_eq!(form_of(&RustType::Bytes, SqlType::Blob), ListForm::Blobs);
        assert_eq!(form_of(&RustType::Value, SqlType::Any), ListForm::Mixed);
    }
}
