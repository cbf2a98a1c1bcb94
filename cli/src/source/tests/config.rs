//! What `sqlitenow.toml` may say.

use std::error::Error;
use std::path::Path;

use crate::diagnostic::Diagnostics;
use crate::source::{Config, SourceError, SourceMap, read_config};

use super::{shown, write};

/// The databases of a configuration with `text`, and what is wrong with it.
pub(super) fn read(text: &str) -> (Config, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("sqlitenow.toml", text)]);
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let config = read_config(
        &folder.path().join("sqlitenow.toml"),
        &mut sources,
        &mut diagnostics,
    )
    .unwrap();
    assert_eq!(config.root, folder.path());
    assert_eq!(sources.file(config.file).path, "sqlitenow.toml");
    for database in &config.databases {
        assert_eq!(sources.text(database.key), database.name);
    }
    let shown = shown(&diagnostics, &sources);
    (config, shown)
}

#[track_caller]
pub(super) fn refused(text: &str, expected: &[&str]) {
    assert_eq!(read(text).1, expected, "{text}");
}

#[test]
fn c12_input_defaults_to_a_folder_beside_the_configuration() {
    let (config, diagnostics) = read("[databases.App]\n");
    assert!(diagnostics.is_empty());
    let app = &config.databases[0];
    assert_eq!(
        (app.name.as_str(), app.input_shown.as_str()),
        ("App", "sql/App")
    );
    assert_eq!(app.input, config.root.join("sql/App"));
    assert_eq!((&app.output, &app.runtime_path), (&None, &None));
}

#[test]
fn c14_several_databases_come_in_written_order() {
    let text = "\u{FEFF}[databases.Zoo]\ninput = \"./zoo/sql/\"\noutput = 'src/db'\nruntime-path = \"crate::rt\"\r\n\n[databases]\nApp = { input = '..\\shared' }\n";
    let text = text.replace(
        "[databases]\nApp = ",
        "[databases.App]\ninput = '../shared'\n#",
    );
    let (config, diagnostics) = read(&text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let names: Vec<&str> = config.databases.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["Zoo", "App"]);
    let zoo = &config.databases[0];
    assert_eq!(
        (zoo.input_shown.as_str(), zoo.runtime_path.as_deref()),
        ("zoo/sql", Some("crate::rt"))
    );
    assert_eq!(
        zoo.output.as_deref(),
        Some(config.root.join("src/db").as_path())
    );
    assert_eq!(config.databases[1].input_shown, "../shared");
    let (config, _) = read("databases.B.input = 'b'\ndatabases.A.input = 'a'\n");
    assert_eq!(config.databases.len(), 2);
}

#[test]
fn c13_unknown_keys_are_refused_with_a_suggestion() {
    refused(
        "database = 1\n[databases.App]\ninptu = 'x'\nzzz = 1\n",
        &[
            "sqlitenow.toml:1:1 SN0002 unknown key `database` | did you mean `databases`?",
            "sqlitenow.toml:3:1 SN0002 unknown key `inptu` | did you mean `input`?",
            "sqlitenow.toml:4:1 SN0002 unknown key `zzz`",
        ],
    );
}

#[test]
fn c13_malformed_toml_has_line_and_column() {
    for (text, place) in [
        ("[databases.App]\ninput = \n", "sqlitenow.toml:2:9 SN0001 "),
        ("[databases.App\n", "sqlitenow.toml:1:15 SN0001 "),
        ("\u{FEFF}a = 1\n'ä' = = 2\n", "sqlitenow.toml:2:7 SN0001 "),
        ("[databases.A]\n[databases.A]\n", "sqlitenow.toml:2:"),
    ] {
        let (config, diagnostics) = read(text);
        assert!(
            diagnostics.len() == 1 && diagnostics[0].starts_with(place),
            "{text}: {diagnostics:?}"
        );
        assert!(config.databases.is_empty());
    }
}

#[test]
fn wrong_values_are_refused() {
    refused(
        "[databases.App]\nsplit = 'yes'\n",
        &["sqlitenow.toml:2:9 SN0003 found string for `split`, expected `true` or `false`"],
    );
    refused(
        "[databases.App]\ninput = 1\noutput = ''\nruntime-path = 'a b'\n",
        &[
            "sqlitenow.toml:2:9 SN0003 found integer for `input`, expected a path as a string",
            "sqlitenow.toml:3:10 SN0003 found an empty string for `output`, expected a path",
            "sqlitenow.toml:4:16 SN0003 found `a b` for `runtime-path`, expected a Rust path | write it like `::sqlitenow_runtime` or `crate::runtime`",
        ],
    );
    refused(
        "databases = 1",
        &[
            "sqlitenow.toml:1:13 SN0003 found integer for `databases`, expected a section, such as `[databases.App]`",
        ],
    );
    refused(
        "[databases]\nApp = 1",
        &["sqlitenow.toml:2:7 SN0003 found integer for `App`, expected a section with keys"],
    );
    refused(
        "",
        &[
            "sqlitenow.toml:1:1 SN0006 the configuration has no database | add a section, such as `[databases.App]`",
        ],
    );
    refused(
        "[databases]",
        &[
            "sqlitenow.toml:1:1 SN0006 the configuration has no database | add a section, such as `[databases.App]`",
        ],
    );
}

#[test]
fn c16_derives_are_paths_of_traits_each_once_and_none_of_the_usual_ones() {
    let text = "[databases.App]\nderives = ['serde::Serialize', '::a::B', 'Eq']\n";
    let (config, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let derives = &config.databases[0].derives;
    assert_eq!(derives, &["serde::Serialize", "::a::B", "Eq"]);
    refused(
        "[databases.App]\nderives = ['Eq', 'a b', 'Debug', 'Eq', 1, '']\n",
        &[
            "sqlitenow.toml:2:18 SN0003 found `a b` for `derives`, expected the path of a trait | write it like `serde::Serialize` or `Default`",
            "sqlitenow.toml:2:25 SN0003 every row and params type derives `Debug` anyway | remove it from the list",
            "sqlitenow.toml:2:34 SN0003 `Eq` stands twice in the list | remove one of them",
            "sqlitenow.toml:2:40 SN0003 found integer for `derives`, expected the path of a trait as a string",
            "sqlitenow.toml:2:43 SN0003 found `` for `derives`, expected the path of a trait | write it like `serde::Serialize` or `Default`",
        ],
    );
    refused(
        "[databases.App]\nderives = ['fn', 'a::self', 'crate', 'r#fn', 'super::super::r#try::Q']\n",
        &[
            "sqlitenow.toml:2:12 SN0003 found `fn` for `derives`, expected the path of a trait | write it like `serde::Serialize` or `Default`",
            "sqlitenow.toml:2:18 SN0003 found `a::self` for `derives`, expected the path of a trait | write it like `serde::Serialize` or `Default`",
            "sqlitenow.toml:2:29 SN0003 found `crate` for `derives`, expected the path of a trait | write it like `serde::Serialize` or `Default`",
        ],
    );
    refused(
        "[databases.App]\nderives = 'Eq'\n",
        &[
            "sqlitenow.toml:2:11 SN0003 found string for `derives`, expected a list of traits, such as `[\"serde::Serialize\"]`",
        ],
    );
}

#[test]
fn c17_types_are_read_without_size_and_letter_case() {
    let text = "[databases.App.types]\n'varchar(20)' = 'a::B'\nDATE = 'c::D'\n";
    let (config, diagnostics) = read(text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let types = config.databases[0].types.iter();
    let types: Vec<_> = types
        .map(|choice| (choice.declared.as_str(), choice.spelled.as_str()))
        .collect();
    assert_eq!(types, [("VARCHAR", "a::B"), ("DATE", "c::D")]);
    refused(
        "[databases.App.types]\ndate = 'a::B'\nDATE = 'c::D'\n'(1)' = 'a::B'\nINT = 1\n",
        &[
            "sqlitenow.toml:3:1 SN0003 the SQL type `DATE` has two Rust types | remove one of them: neither sizes nor letter case make another type",
            "sqlitenow.toml:4:1 SN0003 found an empty name of an SQL type",
            "sqlitenow.toml:5:7 SN0003 found integer for `INT`, expected a Rust type as a string",
        ],
    );
    refused(
        "[databases.App]\ntypes = 1\n",
        &[
            "sqlitenow.toml:2:9 SN0003 found integer for `types`, expected a section of types, such as `DATE = \"crate::Day\"`",
        ],
    );
}

#[test]
fn names_of_databases_are_type_names() {
    for (name, help) in [
        ("app", " | write it `App`"),
        ("my-app", " | write it `MyApp`"),
        ("'my app'", " | write it `MyApp`"),
        ("My_App", " | write it `MyApp`"),
        ("Self", ""),
        ("'1st'", ""),
        ("'Größe'", ""),
    ] {
        let (config, diagnostics) = read(&format!("[databases.{name}]\n"));
        let bare = name.trim_matches('\'');
        let expected = format!(
            "sqlitenow.toml:1:12 SN0005 found database `{bare}`, expected a type name in UpperCamelCase{help}"
        );
        assert_eq!(diagnostics, [expected]);
        assert!(config.databases.is_empty());
    }
    let (config, diagnostics) = read("[databases.MyApp]\n[databases.Myapp]\n[databases.MYApp]\n");
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert!(diagnostics[0].starts_with(
        "sqlitenow.toml:3:12 SN0005 databases `MyApp` and `MYApp` would both be module `my_app`"
    ));
    assert_eq!(config.databases.len(), 2);
}

#[test]
fn a_missing_configuration_is_an_error_with_its_path() {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sqlitenow.toml");
    let missing = read_config(&path, &mut sources, &mut diagnostics).unwrap_err();
    assert!(matches!(&missing, SourceError::ConfigMissing { path: at } if *at == path));
    assert!(missing.to_string().contains("sqlitenow.toml") && missing.source().is_none());
    let folder = read_config(folder.path(), &mut sources, &mut diagnostics).unwrap_err();
    assert!(matches!(&folder, SourceError::Read { .. }) && folder.source().is_some());
    assert!(matches!(
        read_config(Path::new(""), &mut sources, &mut diagnostics),
        Err(SourceError::ConfigMissing { .. } | SourceError::Read { .. })
    ));
    assert!(diagnostics.is_empty());
}

#[test]
fn c11_a_configuration_that_is_not_utf8_is_a_diagnostic() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sqlitenow.toml");
    std::fs::write(&path, b"# na\xEFve\n").unwrap();
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let config = read_config(&path, &mut sources, &mut diagnostics).unwrap();
    assert!(config.databases.is_empty());
    assert_eq!(
        shown(&diagnostics, &sources),
        [
            "sqlitenow.toml:1:5 SN0016 `sqlitenow.toml` is not UTF-8 from byte 4 on | save the file as UTF-8"
        ]
    );
}
