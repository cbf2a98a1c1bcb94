//! Compares what every mistake in `fixtures/errors` is told with `expected.stderr`.

use std::fs;

use sqlitenow::diagnostic::{Code, Severity};
use sqlitenow::pipeline::compile;

use super::modules::{bless, fixtures};

#[test]
fn every_mistake_gives_its_diagnostics() {
    for case in fixtures("errors") {
        let compilation = compile(&case.join("sqlitenow.toml")).unwrap();
        let found = compilation.diagnostics.render(&compilation.sources, false);
        let path = case.join("expected.stderr");
        if bless() {
            fs::write(&path, &found).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(!found.is_empty(), "{} has no diagnostics", case.display());
        assert_eq!(
            found,
            expected,
            "{}: run `just bless` and read the diff",
            case.display()
        );
        assert_eq!(
            compilation.diagnostics.has_errors(),
            compilation.modules.is_empty(),
            "{}: nothing is given out exactly when there is an error",
            case.display(),
        );
    }
}

#[test]
fn c124_ten_mistakes_in_five_files_appear_in_one_run_in_order() {
    let case = fixtures("errors")
        .into_iter()
        .find(|case| case.ends_with("ten-mistakes"))
        .unwrap();
    let compilation = compile(&case.join("sqlitenow.toml")).unwrap();
    assert_eq!(compilation.diagnostics.count(Severity::Error), 10);
    let sorted = compilation.diagnostics.sorted(&compilation.sources);
    let places: Vec<_> = sorted
        .iter()
        .map(|diagnostic| diagnostic.location(&compilation.sources).unwrap())
        .map(|place| (place.path, place.line, place.column))
        .collect();
    assert!(places.is_sorted());
    let mut files: Vec<_> = places.iter().map(|place| &place.0).collect();
    files.dedup();
    assert_eq!(files.len(), 5);
}

/// Codes that no fixture can show, and why.
const WITHOUT_FIXTURE: &[(&str, &str)] = &[];

#[test]
fn every_code_has_a_fixture() {
    let shown: String = fixtures("errors")
        .iter()
        .map(|case| fs::read_to_string(case.join("expected.stderr")).unwrap_or_default())
        .collect();
    for code in Code::all() {
        let number = code.number();
        let excused = WITHOUT_FIXTURE.iter().any(|(code, _)| *code == number);
        assert!(
            shown.contains(&format!("[{number}]")) != excused,
            "{number}: {}",
            code.title()
        );
    }
}
