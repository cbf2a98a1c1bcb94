//! The examples of `sqlitenow explain`: each wrong one gives its code, each right one gives nothing; and the page of them
//! all, `docs/diagnostics.md`.
//!
//! An example is a fenced block. In `sql` and `toml` ones a comment with a path starts a file, which replaces that of the
//! project below; a `text` one lists all files that there are.

use std::fs;
use std::path::Path;

use sqlitenow::diagnostic::Code;
use sqlitenow::pipeline::compile;

use super::modules::bless;

const CONFIGURATION: (&str, &str) = ("sqlitenow.toml", "[databases.App]\n");

const SCHEMA: (&str, &str) = (
    "sql/App/schema/tasks.sql",
    "CREATE TABLE lists (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE tasks (
  id    INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  done  BOOLEAN NOT NULL DEFAULT FALSE,
  list  INTEGER REFERENCES lists (id)
);
",
);

/// What stands in a listed file whose text does not matter.
const QUERY: &str = "SELECT id, title FROM tasks;\n";

/// Codes whose examples are words: no block of text shows them.
const IN_WORDS: &[&str] = &["SN0016", "SN0017", "SN0018", "SN0405"];

#[test]
fn c127_wrong_examples_give_their_code_and_right_ones_nothing() {
    let mut found = Vec::new();
    for code in Code::all() {
        let (wrong, right) = code.explanation().split_once("\n\nRight:").unwrap();
        let blocks: Vec<_> = [wrong, right].into_iter().flat_map(Block::all).collect();
        if IN_WORDS.contains(&code.number()) {
            assert!(blocks.is_empty(), "{code} can be tried");
            continue;
        }
        let [wrong, right] = &blocks[..] else {
            panic!("{code} has {} blocks", blocks.len());
        };
        let (wrong, right) = (wrong.told(), right.told());
        if wrong.is_empty() || wrong.iter().any(|told| *told != code) || !right.is_empty() {
            found.push(format!("{code}: wrong is told {wrong:?}, right {right:?}"));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_page_of_diagnostics_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let page = page();
    if bless() {
        fs::write(&path, &page).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/diagnostics.md: run `just bless`");
}

fn page() -> String {
    let mut page = format!(
        "# Diagnostics

What each code means, with an example of wrong and right: the pages that `sqlitenow explain` shows. A code never changes its
meaning. The examples are compiled by the tests; where they do not say otherwise, `{}` and `{}` are these:

```toml
{}```

```sql
{}```
",
        CONFIGURATION.0, SCHEMA.0, CONFIGURATION.1, SCHEMA.1
    );
    for code in Code::all() {
        let (title, explanation) = (code.title(), code.explanation());
        page.extend(["\n## ", code.number(), ": ", title, "\n\n", explanation]);
    }
    page
}

/// A fenced block of a page.
struct Block<'a> {
    language: &'a str,
    text: &'a str,
}

impl<'a> Block<'a> {
    fn all(text: &'a str) -> Vec<Self> {
        let pieces = text.split("\n```").skip(1).step_by(2);
        let blocks = pieces.map(|piece| {
            let (language, text) = piece.split_once('\n').unwrap();
            Block { language, text }
        });
        blocks.collect()
    }

    /// The codes that the project of this example is told, notes and warnings too.
    fn told(&self) -> Vec<Code> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        if self.language == "text" {
            self.text.lines().for_each(|path| {
                let known = [CONFIGURATION, SCHEMA].into_iter();
                let text = known
                    .filter(|file| path == file.0)
                    .map(|file| file.1)
                    .next();
                write(root, path, text.unwrap_or(QUERY));
            });
        } else {
            write(root, SCHEMA.0, SCHEMA.1);
            write(root, CONFIGURATION.0, CONFIGURATION.1);
            for (path, text) in self.files() {
                write(root, path, &text);
            }
        }
        let compilation = compile(&root.join(CONFIGURATION.0)).unwrap();
        let sorted = compilation.diagnostics.sorted(&compilation.sources);
        sorted.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// Its files: path and text.
    fn files(&self) -> Vec<(&'a str, String)> {
        let mut files: Vec<(&str, String)> = Vec::new();
        for line in self.text.lines() {
            let words = line.strip_prefix("-- ").or(line.strip_prefix("# "));
            let path = words.filter(|path| path.starts_with("sql/") || *path == CONFIGURATION.0);
            match (path, files.last_mut()) {
                (Some(path), _) => files.push((path, String::new())),
                (None, Some((_, text))) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (None, None) => panic!("an example starts with the path of its file: {line}"),
            }
        }
        files
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
