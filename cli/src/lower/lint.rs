//! The clippy lints that a user's names or counts trip, for item-targeted `allow`s.

/// Lints of a row or params type with these fields: their names and types.
#[must_use]
pub fn struct_allows(type_name: &str, fields: &[(&str, &str)]) -> Vec<String> {
    let mut allows = Vec::new();
    // A `queryResult` is taken as it is written.
    let trimmed = type_name.trim_matches('_');
    if trimmed.starts_with(char::is_lowercase) || trimmed.contains('_') {
        allows.push("non_camel_case_types".to_owned());
    }
    if fields.iter().any(|(name, _)| !is_snake(name)) {
        allows.push("non_snake_case".to_owned());
    }
    let bools = fields.iter().filter(|(_, ty)| *ty == "bool");
    if bools.count() > 3 {
        allows.push("clippy::struct_excessive_bools".to_owned());
    }
    allows.extend(field_names_allows(
        type_name,
        fields.iter().map(|(name, _)| *name),
    ));
    allows
}

/// Whether rustc takes `name` for one in `snake_case`.
fn is_snake(name: &str) -> bool {
    let name = name.trim_start_matches("r#").trim_matches('_');
    !name.contains("__") && !name.chars().any(char::is_uppercase)
}

/// The lint that names of fields trip which repeat a word.
#[must_use]
pub fn field_names_allows<'a>(
    type_name: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let repeats = repeats_a_word(type_name, names);
    repeats
        .then(|| "clippy::struct_field_names".to_owned())
        .into_iter()
        .collect()
}

/// Whether a word at an end of the field names says nothing: all share it, or it is the type's.
fn repeats_a_word<'a>(type_name: &str, names: impl Iterator<Item = &'a str>) -> bool {
    let words = |name: &str| -> Vec<String> {
        let name = name.trim_start_matches("r#").trim_matches('_');
        name.split('_').map(str::to_owned).collect()
    };
    let fields: Vec<_> = names.map(words).collect();
    if fields.len() < 3 {
        return false;
    }
    let same = |word: fn(&[String]) -> Option<&String>| {
        fields.iter().all(|field| word(field) == word(&fields[0]))
    };
    let ty = words(&heck::ToSnakeCase::to_snake_case(type_name));
    let of_type = |field: &[String]| field.starts_with(&ty) || field.ends_with(&ty);
    same(<[String]>::first) || same(<[String]>::last) || fields.iter().any(|f| of_type(f))
}

/// Lints of a function that makes a row, which cannot fail when it `reads` nothing.
#[must_use]
pub fn reader_allows(reads: bool) -> Vec<String> {
    let lint = (!reads).then(|| "clippy::unnecessary_wraps".to_owned());
    lint.into_iter().collect()
}

/// Lints of a method called `name` that takes the argument `argument`.
#[must_use]
pub fn statement_allows(name: &str, argument: Option<&str>) -> Vec<String> {
    let mut allows = method_allows(name);
    if argument.is_some_and(|argument| !is_snake(argument)) {
        allows.push("non_snake_case".to_owned());
    }
    allows
}

/// Lints of a method called `name`.
#[must_use]
pub fn method_allows(name: &str) -> Vec<String> {
    // Those whose `self` is borrowed, as ours is.
    const TRAIT_METHODS: &[&str] = &[
        "as_ref", "borrow", "clone", "cmp", "deref", "eq", "hash", "index",
    ];
    const CONVERSIONS: &[&str] = &["as_", "from_", "into_", "is_", "to_"];
    let mut allows = Vec::new();
    if TRAIT_METHODS.contains(&name) {
        allows.push("clippy::should_implement_trait".to_owned());
    }
    if CONVERSIONS.iter().any(|prefix| name.starts_with(prefix)) {
        allows.push("clippy::wrong_self_convention".to_owned());
    }
    if name == "new" {
        allows.push("clippy::new_ret_no_self".to_owned());
    }
    if name == "iter" || name == "iter_mut" {
        allows.push("clippy::iter_not_returning_iterator".to_owned());
    }
    allows
}
