//! Compares what every mistake in `fixtures/errors` is told with `expected.stderr`.

use std::fs;

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
        assert_eq!(found, expected, "{}: run `just bless` and read the diff", case.display());
        assert_eq!(
            compilation.diagnostics.has_errors(),
            compilation.modules.is_empty(),
            "{}: nothing is given out exactly when there is an error",
            case.display(),
        );
    }
}
