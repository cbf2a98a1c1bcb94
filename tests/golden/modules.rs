//! Compares every generated module with its golden file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlitenow::pipeline::{Compilation, compile};

/// Whether expectations are written instead of checked.
pub fn bless() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// The folders below `fixtures/<kind>`, by name.
pub fn fixtures(kind: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(kind);
    let entries = fs::read_dir(&root).unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(
        !folders.is_empty(),
        "there are no fixtures in {}",
        root.display()
    );
    folders
}

fn compiled(case: &Path) -> Compilation {
    let compilation = compile(&case.join("sqlitenow.toml")).unwrap();
    let shown = compilation.diagnostics.render(&compilation.sources, false);
    assert!(
        !compilation.diagnostics.has_errors(),
        "{}:\n{shown}",
        case.display()
    );
    compilation
}

/// The texts of a fixture's modules, by file name.
fn expected(case: &Path) -> BTreeMap<String, String> {
    let files = compiled(case)
        .modules
        .into_iter()
        .flat_map(|module| module.files);
    files.map(|file| (file.path, file.text)).collect()
}

/// The folder in which they belong.
fn output(case: &Path) -> PathBuf {
    let mut folders: Vec<_> = compiled(case)
        .modules
        .into_iter()
        .map(|module| {
            module
                .output
                .expect("a fixture says where its modules belong")
        })
        .collect();
    folders.dedup();
    assert_eq!(folders.len(), 1, "{} has one output folder", case.display());
    folders.remove(0)
}

fn on_disk(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return files;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            let inner = on_disk(&path).into_iter();
            files.extend(inner.map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            // Other files may lie beside modules: sqlitenow does not own the folder.
            files.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    files
}

#[test]
fn every_module_is_its_golden_file_byte_for_byte() {
    for case in fixtures("generate") {
        let folder = output(&case);
        let expected = expected(&case);
        if bless() {
            for (name, text) in &expected {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        let found = on_disk(&folder);
        let names: Vec<_> = found.keys().collect();
        assert_eq!(
            names,
            expected.keys().collect::<Vec<_>>(),
            "{}",
            case.display()
        );
        for (name, text) in &expected {
            let path = folder.join(name);
            assert!(
                found[name] == *text,
                "{} is stale: run `just bless` and read the diff",
                path.display()
            );
        }
    }
}

#[test]
fn c142_the_same_sql_at_another_path_gives_the_same_bytes() {
    for case in fixtures("generate") {
        let elsewhere = tempfile::tempdir().unwrap();
        copy(&case, &elsewhere.path().join("deeper/still"));
        let moved = expected(&elsewhere.path().join("deeper/still"));
        assert_eq!(moved, expected(&case));
        let folder = elsewhere.path().to_string_lossy().into_owned();
        for text in moved.values() {
            assert!(!text.contains(&folder) && !text.contains(env!("CARGO_PKG_VERSION")));
        }
    }
}

#[test]
fn c1_files_that_are_no_sql_change_nothing_and_sql_counts_in_any_letter_case() {
    let case = fixtures("generate")
        .into_iter()
        .find(|case| case.ends_with("names"))
        .unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    copy(&case, elsewhere.path());
    let queries = elsewhere.path().join("sql/NamesDatabase/queries");
    for file in ["notes.txt", "old.sql.bak"] {
        fs::remove_file(queries.join(file)).unwrap();
    }
    let text = expected(elsewhere.path());
    assert_eq!(text, expected(&case));
    assert!(queries.join("countAll.SQL").exists());
    assert!(text["names_database.rs"].contains("pub fn count_all(&self)"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    // Written in reverse, so that a listing in the order of creation would differ.
    let mut entries: Vec<_> = fs::read_dir(from)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries.into_iter().rev() {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn c119_every_module_is_stable_under_rustfmt() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sql-examples/music");
    for case in fixtures("generate").into_iter().chain([examples]) {
        for (name, text) in expected(&case) {
            for edition in ["2021", "2024"] {
                let formatted = rustfmt(&text, edition);
                assert!(
                    formatted == text,
                    "{}/{name} in edition {edition}",
                    case.display()
                );
            }
        }
    }
}

fn rustfmt(text: &str, edition: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", edition, "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a component of the pinned toolchain");
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn c120_the_documentation_of_every_item_names_its_file_or_folder() {
    for case in fixtures("generate") {
        for (name, text) in expected(&case) {
            let items = documented(&text);
            assert!(!items.is_empty(), "{}/{name}", case.display());
            for (item, doc) in items {
                let names = doc.contains("`queries/") || doc.contains("he database of `");
                assert!(names, "{}/{name}: {item} {doc}", case.display());
            }
        }
    }
}

/// The public functions and types of a module, each with its documentation.
fn documented(text: &str) -> Vec<(&str, String)> {
    let mut items = Vec::new();
    let mut doc = String::new();
    let mut in_attribute = false;
    for line in text.lines().map(str::trim_start) {
        if let Some(words) = line.strip_prefix("///") {
            doc.push_str(words);
        } else if in_attribute || line.starts_with("#[") {
            in_attribute = !line.ends_with(']');
        } else {
            if line.starts_with("pub fn") || line.starts_with("pub struct") {
                items.push((line, doc));
            }
            doc = String::new();
        }
    }
    items
}

/// Every golden module has to be compiled in both editions and run by its `run.rs`.
#[test]
fn every_golden_module_is_compiled_in_both_editions_and_run() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let old = fs::read_to_string(tests.join("edition-2021/lib.rs")).unwrap();
    let cases = fs::read_to_string(tests.join("golden/cases.rs")).unwrap();
    for case in fixtures("generate") {
        let name = case.file_name().unwrap().to_str().unwrap();
        assert!(
            cases.contains(&format!("generate/{name}/run.rs")),
            "golden/cases.rs lacks {name}"
        );
        let run = fs::read_to_string(case.join("run.rs")).unwrap();
        // The files of namespaces are declared by their module.
        for module in expected(&case).keys().filter(|name| !name.contains('/')) {
            let path = format!("/{module}\"");
            assert!(old.contains(&path), "edition-2021 lacks {name}/{module}");
            assert!(run.contains(&path), "{name}/run.rs lacks {module}");
        }
    }
}
