//! The law of names: what a file, a column or a parameter is called in Rust.
//!
//! In: any text. Out: a Rust identifier that is the same in every run, or none when the text holds nothing that a name
//! can be made of. `dueDate` → `due_date`, `1st` → `n1st`, `type` → `r#type`, `self` → `self_`.

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::annotation::NameGenerator;
use crate::source::{RAW_KEYWORDS, RESERVED};

/// Names of Rust's prelude that generated code uses; a type of such a name would hide them.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Err",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Some",
    "String",
    "Vec",
];

/// The type parameter of accessors and their methods: whatever the statements run on.
const HANDLE: &str = "C";

/// Names in generated code that a module of the same name would hide: primitive types, and the runtime's alias.
const HIDDEN_BY_MODULES: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "rt", "str", "u128",
    "u16", "u32", "u64", "u8", "usize",
];

/// `text` as the name of a module.
#[must_use]
pub fn module_name(text: &str) -> Option<String> {
    let name = snake_name(text)?;
    Some(if HIDDEN_BY_MODULES.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    })
}

/// `text` as the name of a field or a method.
#[must_use]
pub fn snake_name(text: &str) -> Option<String> {
    start_with_letter(&rust_characters(text).to_snake_case(), 'n').map(escape_keyword)
}

/// `text` as the name of a field or argument, made in the way that annotations ask for.
///
/// What cannot stay as it is, `count(*)`, is mended as every other name.
#[must_use]
pub fn field_name(text: &str, generator: NameGenerator) -> Option<String> {
    match generator {
        NameGenerator::SnakeCase => snake_name(text),
        NameGenerator::LowerCamelCase => {
            start_with_letter(&rust_characters(text).to_lower_camel_case(), 'n').map(escape_keyword)
        }
        NameGenerator::Plain => {
            let is_whole = text.starts_with(starts_name) && rust_characters(text) == text;
            let says_something = text.chars().any(|c| c != '_');
            if is_whole && says_something {
                Some(escape_keyword(text.to_owned()))
            } else {
                snake_name(text)
            }
        }
    }
}

fn escape_keyword(name: String) -> String {
    if RESERVED.contains(&name.as_str()) {
        format!("{name}_")
    } else if RAW_KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// `text` as the name of a type, without a suffix such as `Row`.
#[must_use]
pub fn type_name(text: &str) -> Option<String> {
    let name = start_with_letter(&rust_characters(text).to_upper_camel_case(), 'N')?;
    Some(
        if ["Self", HANDLE].contains(&name.as_str()) || hides_prelude(&name) {
            format!("{name}_")
        } else {
            name
        },
    )
}

/// `text` as the name of a constant.
#[must_use]
pub fn constant_name(text: &str) -> Option<String> {
    start_with_letter(&rust_characters(text).to_shouty_snake_case(), 'N')
}

/// Whether a type called `name` would hide one of Rust's own that generated code uses, or the runtime's alias.
#[must_use]
pub fn hides_prelude(name: &str) -> bool {
    PRELUDE.contains(&name) || HIDDEN_BY_MODULES.contains(&name)
}

/// Whether `name` can be used as it is: a plain identifier and no keyword.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(starts_name)
        && characters.all(continues_name)
        && !RAW_KEYWORDS.contains(&name)
        && !RESERVED.contains(&name)
        && name != "Self"
}

/// Replaces what Rust forbids by `_`, which the case conversion then takes for a word's end.
fn rust_characters(text: &str) -> String {
    text.chars()
        .map(|c| {
            if continues_name(c) && changes_case(c) {
                c
            } else {
                '_'
            }
        })
        .collect()
}

/// Whether every convention finds the letter it wants: rustc warns of `ª` in a constant, which has no capital, and a dot
/// of its own is left of `İ`.
fn changes_case(c: char) -> bool {
    let stays_small = c.is_lowercase() && c.to_uppercase().any(|c| !c.is_uppercase());
    let stays_large = !c.is_lowercase() && c.to_lowercase().any(char::is_uppercase);
    let is_whole = c
        .to_lowercase()
        .chain(c.to_uppercase())
        .all(char::is_alphanumeric);
    !stays_small && !stays_large && (c == '_' || is_whole)
}

fn start_with_letter(name: &str, letter: char) -> Option<String> {
    match name.chars().next() {
        None => None,
        Some(first) if starts_name(first) => Some(name.to_owned()),
        Some(_) => Some(format!("{letter}{name}")),
    }
}

fn starts_name(c: char) -> bool {
    c == '_' || is_xid_start(c)
}

fn continues_name(c: char) -> bool {
    is_xid_continue(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn c35_three_spellings_of_a_file_are_one_name() {
        for stem in ["selectAll", "select-all", "select_all"] {
            assert_eq!(snake_name(stem).as_deref(), Some("select_all"));
            assert_eq!(type_name(stem).as_deref(), Some("SelectAll"));
        }
    }

    #[test]
    fn hostile_names_are_mended_predictably() {
        let cases = [
            ("type", "r#type", "Type"),
            ("self", "self_", "Self_"),
            ("1st", "n1st", "N1st"),
            ("a-b", "a_b", "AB"),
            ("naïve", "naïve", "Naïve"),
            ("count(*)", "count", "Count"),
            ("option", "option", "Option_"),
            ("c", "c", "C_"),
            ("x²", "x", "X"),
            ("nº 1", "n_1", "N1"),
            ("¼ cup", "cup", "Cup"),
            ("Straße", "straße", "Straße"),
            ("तारीख", "तारीख", "तारीख"),
            ("日付", "日付", "日付"),
            ("_", "", ""),
            ("🦀", "", ""),
        ];
        for (text, snake, camel) in cases {
            assert_eq!(snake_name(text).unwrap_or_default(), snake, "{text}");
            assert_eq!(type_name(text).unwrap_or_default(), camel, "{text}");
        }
    }

    #[test]
    fn plain_names_need_no_mending() {
        assert!(is_plain("Task") && is_plain("_x") && is_plain("naïve"));
        assert!(hides_prelude("Vec") && hides_prelude("i64") && hides_prelude("rt"));
        assert!(!is_plain("type") && !is_plain("1st") && !is_plain("") && !is_plain("Self"));
    }

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-zA-Z0-9_ -]{0,12}",
            "(self|Self|crate|super|type|gen|_|[0-9]|é|ß|İ|ª|²|\u{301}|日|🦀|[A-Z]|-){0,5}",
        ]
    }

    fn is_identifier(name: &str) -> bool {
        let mut characters = name.chars();
        characters.next().is_some_and(starts_name) && characters.all(is_xid_continue)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_name_is_one_of_rust_s_and_keeps_its_conventions(text in text()) {
            let names = (snake_name(&text), type_name(&text), constant_name(&text));
            let (Some(snake), Some(ty), Some(constant)) = names else {
                prop_assert_eq!(names, (None, None, None));
                return Ok(());
            };
            let bare = snake.strip_prefix("r#").unwrap_or(&snake);
            prop_assert!(is_identifier(bare) && is_identifier(&ty) && is_identifier(&constant));
            prop_assert!(!RESERVED.contains(&snake.as_str()) && !RAW_KEYWORDS.contains(&snake.as_str()));
            prop_assert!(!bare.contains("__") && !bare.chars().any(char::is_uppercase), "{}", snake);
            prop_assert!(!constant.chars().any(char::is_lowercase), "{}", constant);
            prop_assert!(!ty.starts_with(char::is_lowercase), "{}", ty);
            prop_assert!(!ty.trim_end_matches('_').contains('_') && ty != "Self", "{}", ty);
            let again = snake_name(bare);
            prop_assert_eq!(again.as_ref(), Some(&snake));
        }
    }
}
