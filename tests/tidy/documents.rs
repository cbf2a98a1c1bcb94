//! What the documents say of the tree is so: links lead somewhere, files and tests that are named exist.

use std::path::Path;

use super::tree::{expect_none, files, root, rust_files};

#[test]
fn every_link_to_a_file_leads_somewhere() {
    let mut broken = Vec::new();
    for file in files(".md") {
        let folder = root().join(&file.path);
        let folder = folder.parent().unwrap();
        for target in links(&file.text) {
            let path = target.split('#').next().unwrap_or("");
            if !path.is_empty() && !folder.join(path).exists() {
                broken.push(format!("{}: {target}", file.path));
            }
        }
    }
    expect_none("these links lead nowhere", &broken);
}

/// The targets of `[text](target)` that lie in the project. Paths of items, `v1::Batch`, are rustdoc's to check.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("::") && !target.contains("://") && !target.contains(' '))
}

#[test]
fn everything_that_the_architecture_names_exists() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut missing = Vec::new();
    for name in text.split('`').skip(1).step_by(2) {
        let exists = match name.strip_suffix('…') {
            Some(start) => is_test(start, true),
            None if is_path(name) => is_there(name),
            None if name.matches('_').count() > 2 => is_test(name, false),
            None => true,
        };
        if !exists {
            missing.push(name.to_owned());
        }
    }
    expect_none("these do not exist", &missing);
}

fn is_path(name: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let is_file = Path::new(name).extension().is_some();
    name.chars().all(part) && (name.contains('/') || is_file)
}

/// Rooms are named by their path below `src`, without `.rs`.
fn is_there(name: &str) -> bool {
    ["", "cli/src", "runtime/src", "runtime/src/queue"]
        .iter()
        .map(|folder| root().join(folder).join(name))
        .any(|path| path.exists() || path.with_extension("rs").exists())
}

fn is_test(name: &str, is_start: bool) -> bool {
    let end = if is_start { "" } else { "(" };
    let head = format!("fn {name}{end}");
    rust_files().iter().any(|file| file.text.contains(&head))
}

#[test]
fn the_changelog_says_what_is_not_released_yet() {
    let text = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let section = text.split("\n## ").nth(1).unwrap_or("");
    assert!(
        section.starts_with("Unreleased\n"),
        "found {section:?} first"
    );
}
