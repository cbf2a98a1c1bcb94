//! Tells of names in annotations that name nothing: `titel` of a table with `title` gives "did you mean `title`?".

use crate::annotation::Spanned;
use crate::diagnostic::{Code, Diagnostic, suggest};

/// Of `owner` and `thing`: the owner has no thing called `wanted`, but those that are `known`.
pub(super) fn unmatched<'a>(
    code: Code,
    (owner, thing): (&str, &str),
    wanted: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::error(code, format!("{owner} has no {thing} `{}`", wanted.value))
        .at(wanted.span, "");
    if let Some(near) = suggest(&wanted.value, known.clone()) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    let known: Vec<_> = known.map(|name| format!("`{name}`")).collect();
    if known.is_empty() {
        diagnostic.help(format!("remove the block: {owner} has no {thing}"))
    } else {
        diagnostic.help(format!("it has {}", known.join(", ")))
    }
}
