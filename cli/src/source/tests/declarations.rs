//! What `sqlitenow.toml` may declare of the application.

use super::config::{read, refused};

#[test]
fn c146_functions_and_collations_are_read_in_written_order() {
    let text = r#"
[databases.App]
collations = ["german", 'de-DE@phonebook']
[databases.App.functions]
slug = { arguments = 1, returns = "TEXT", nullable = false }
Any = {}
"with space" = { arguments = 0x7F, returns = " DECIMAL(10, 2) " }
[databases.App.functions.now_in]
arguments = 0
[databases.Other]
"#;
    let (config, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let app = &config.databases[0].declarations;
    assert_eq!(app.database, "App");
    let functions: Vec<_> = app
        .functions
        .iter()
        .map(|f| {
            (
                f.name.as_str(),
                f.arguments,
                f.returns.as_deref(),
                f.nullable,
            )
        })
        .collect();
    assert_eq!(
        functions,
        [
            ("slug", Some(1), Some("TEXT"), false),
            ("Any", None, None, true),
            ("with space", Some(127), Some("DECIMAL(10, 2)"), true),
            ("now_in", Some(0), None, true),
        ]
    );
    let collations: Vec<_> = app.collations.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(collations, ["german", "de-DE@phonebook"]);
    assert!(app.called("SLUG", 1).is_some() && app.called("slug", 2).is_none());
    assert!(app.called("any", 0).is_some() && app.called("any", 99).is_some());
    let other = &config.databases[1].declarations;
    assert!(other.functions.is_empty() && other.collations.is_empty());
}

#[test]
fn c146_mistakes_in_declarations_are_refused_at_their_place() {
    refused(
        "[databases.App]\nfunctions = 1\ncollations = 'german'\n",
        &[
            "sqlitenow.toml:2:13 SN0003 found integer for `functions`, expected a section, such as `[databases.App.functions]`",
            "sqlitenow.toml:3:14 SN0003 found string for `collations`, expected a list of names, such as `[\"german\"]`",
        ],
    );
    refused(
        "[databases.App.functions]\na = 1\nb = { argument = 1, split = true }\nc = { arguments = '1' }\nd = { arguments = -1 }\ne = { arguments = 128 }\nf = { nullable = 'no' }\n",
        &[
            "sqlitenow.toml:2:5 SN0003 found integer for `a`, expected a table, such as `{ arguments = 1, returns = \"TEXT\" }`",
            "sqlitenow.toml:3:7 SN0002 unknown key `argument` | did you mean `arguments`?",
            "sqlitenow.toml:3:21 SN0002 unknown key `split`",
            "sqlitenow.toml:4:19 SN0003 found string for `arguments`, expected a number from 0 to 127",
            "sqlitenow.toml:5:19 SN0003 found -1 for `arguments`, expected a number from 0 to 127 | leave the key out if it takes any number of arguments",
            "sqlitenow.toml:6:19 SN0003 found 128 for `arguments`, expected a number from 0 to 127 | leave the key out if it takes any number of arguments",
            "sqlitenow.toml:7:18 SN0003 found string for `nullable`, expected `true` or `false`",
        ],
    );
    let expected = "for `returns`, expected a declared type as that of a column";
    refused(
        "[databases.App.functions]\na = { returns = 1 }\nb = { returns = '' }\nc = { returns = 'i64' }\nd = { returns = 'Vec<u8>' }\ne = { returns = 'TEXT NOT NULL' }\nf = { returns = 'Option<i64>' }\n",
        &[
            "sqlitenow.toml:2:17 SN0003 found integer for `returns`, expected an SQL type as a string",
            &format!(
                "sqlitenow.toml:3:17 SN0003 found an empty string {expected} | leave the key out if it gives any value"
            ),
            &format!("sqlitenow.toml:4:17 SN0003 found `i64` {expected} | write it `INTEGER`"),
            &format!("sqlitenow.toml:5:17 SN0003 found `Vec<u8>` {expected} | write it `BLOB`"),
            &format!(
                "sqlitenow.toml:6:17 SN0003 found `TEXT NOT NULL` {expected} | say that with the key `nullable`, and the type alone here"
            ),
            &format!(
                "sqlitenow.toml:7:17 SN0003 found `Option<i64>` {expected} | write it like `TEXT` or `INTEGER`"
            ),
        ],
    );
}

#[test]
fn c146_names_are_single_and_alone() {
    let long = "é".repeat(128);
    refused(
        &format!(
            "[databases.App]\ncollations = ['', 1, 'a', 'A', \"b\\u0000\", '(c)']\n[databases.App.functions]\n'' = {{}}\n'slug(text)' = {{}}\nslug = {{}}\nSLUG = {{}}\n{long:?} = {{}}\n"
        ),
        &[
            "sqlitenow.toml:2:15 SN0007 found an empty name of a collation",
            "sqlitenow.toml:2:19 SN0003 found integer for `collations`, expected a name as a string",
            "sqlitenow.toml:2:27 SN0007 collation `A` is declared before as `a` | remove one of them: letter case makes no other name",
            "sqlitenow.toml:2:32 SN0007 found collation `b`, expected its name alone | write it `b`",
            "sqlitenow.toml:2:43 SN0007 found collation `(c)`, expected its name alone",
            "sqlitenow.toml:4:1 SN0007 found an empty name of a function",
            "sqlitenow.toml:5:1 SN0007 found function `slug(text)`, expected its name alone | write it `slug`",
            "sqlitenow.toml:7:1 SN0007 function `SLUG` is declared before as `slug` | remove one of them: letter case makes no other name",
            "sqlitenow.toml:8:1 SN0007 found a name of 256 bytes, expected at most 255 for a function",
        ],
    );
}

#[test]
fn a_function_that_is_declared_with_mistakes_is_declared_all_the_same() {
    let (config, diagnostics) = read("[databases.App.functions]\na = 1\nb = { arguments = 'x' }\n");
    assert_eq!(diagnostics.len(), 2);
    let declared = &config.databases[0].declarations;
    assert!(declared.called("a", 3).is_some() && declared.called("b", 3).is_some());
}
