//! Reports blocks about nested values that no column fills.

use crate::annotation::DynamicBlock;
use crate::diagnostic::{Code, Diagnostic, suggest};

use super::plan::{Member, Plan, prefix};

/// What is wrong with each of `blocks` that has got no columns in `members`, and has no default instead.
pub(in crate::check) fn without_columns(
    plan: &Plan<'_>,
    blocks: &[DynamicBlock],
    members: &[Member<'_>],
) -> Vec<Diagnostic> {
    let missing = blocks
        .iter()
        .filter(|block| !is_filled(block, members) && !is_constant(block));
    missing.map(|block| explain(plan, block, 0)).collect()
}

/// Whether `block` has got columns in `members`.
pub(super) fn is_filled(block: &DynamicBlock, members: &[Member<'_>]) -> bool {
    members.iter().any(|member| match member {
        Member::Nested(nested) => std::ptr::eq(nested.block, block),
        Member::Column(_) => false,
    })
}

/// Whether `block` asks for no columns, and has a default instead.
fn is_constant(block: &DynamicBlock) -> bool {
    let asks = block.source_table.is_some() || block.alias_prefix.is_some();
    !asks && block.default_value.is_some()
}

/// What is wrong with `block`, which got none of the columns at `depth`.
pub(super) fn explain(plan: &Plan<'_>, block: &DynamicBlock, depth: usize) -> Diagnostic {
    let name = &block.name.value;
    let error = |message: String| Diagnostic::error(Code::NestedColumns, message);
    let columns = 0..plan.columns.len();
    if columns.clone().any(|index| plan.maps(block, depth, index)) {
        return error(format!("nothing is left for the nested value `{name}`"))
            .at(block.name.span, "a block before it takes the same columns")
            .help("give both different aliases or prefixes");
    }
    let labels: Vec<&str> = columns
        .clone()
        .map(|index| plan.label(index, depth))
        .collect();
    let mut aliases: Vec<&str> = Vec::new();
    for step in columns.filter_map(|index| plan.step(index, depth)) {
        if !aliases.contains(&&*step.alias) {
            aliases.push(&step.alias);
        }
    }
    if let Some(source) = &block.source_table {
        let is_known = |alias: &&str| alias.eq_ignore_ascii_case(&source.value);
        if !aliases.iter().any(is_known) {
            let found = error(format!("no result column comes from `{}`", source.value))
                .at(source.span, "")
                .did_you_mean(suggest(&source.value, aliases.iter().copied()));
            return match known(&aliases) {
                Some(known) => found.help(format!("columns come from {known}")),
                None => found.help(format!(
                    "take them by their labels, such as `aliasPrefix={name}_`: columns of UNION and expressions come from no alias"
                )),
            };
        }
    }
    let Some(prefix) = prefix(block) else {
        let source = aliases.last().copied().unwrap_or("t");
        return error(format!("the nested value `{name}` has no columns"))
            .at(block.name.span, "")
            .help(format!(
                "say whose columns it takes, such as `sourceTable={source}`, or `aliasPrefix={name}_`"
            ));
    };
    let span = block
        .alias_prefix
        .as_ref()
        .map_or(block.name.span, |prefix| prefix.span);
    let message = match &block.source_table {
        Some(source) => format!(
            "no result column of `{}` has a label that starts with `{prefix}`",
            source.value
        ),
        None => format!("no result column has a label that starts with `{prefix}`"),
    };
    let found = error(message).at(span, "");
    match known(&labels) {
        Some(known) => found.help(format!("the labels are {known}")),
        None => found,
    }
}

fn known(names: &[&str]) -> Option<String> {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
