//! The whole way from files to modules, with texts that somebody has hit with a hammer: bytes changed, tokens dropped,
//! doubled and swapped. Invariant: no panic, no end without an answer, and every span lies in its text.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use crate::source::SourceMap;
use crate::syntax::split;

use super::compile;

/// A project with something of everything, by file.
const FILES: &[(&str, &str)] = &[
    (
        "sqlitenow.toml",
        "[databases.App]\ninput = \"sql/App\"\ncollations = [\"german\"]\n[databases.App.functions]\nslug = { arguments = 1, returns = \"TEXT\" }\n",
    ),
    (
        "sql/App/schema/tables.sql",
        "-- People.\nCREATE TABLE person (\n    id INTEGER PRIMARY KEY,\n    -- @@{ field=name, propertyName=fullName }\n    \
         name TEXT NOT NULL UNIQUE COLLATE german, born DATE, height REAL CHECK (height > 0),\n    \
         short TEXT AS (slug(name)) STORED\n);\n\
         CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,\n\
         body TEXT NOT NULL DEFAULT 'é', \"order\" INTEGER) STRICT;\n\
         CREATE TABLE pair (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;\n",
    ),
    (
        "sql/App/schema/views.sql",
        "CREATE VIEW busy (who, notes) AS\nSELECT p.name, COUNT(n.id) FROM person p LEFT JOIN note n ON n.person_id = p.id GROUP BY p.id;\n\
         CREATE INDEX note_person ON note (person_id) WHERE \"order\" > 1;\n\
         CREATE TRIGGER log AFTER INSERT ON note WHEN new.body <> '' BEGIN\n    INSERT OR REPLACE INTO pair VALUES (new.body, 'x');\n    \
         UPDATE note SET \"order\" = 1 WHERE id = new.id;\nEND;\n\
         CREATE VIRTUAL TABLE search USING fts5(body, content='note', content_rowid='id');\n",
    ),
    (
        "sql/App/init/first.sql",
        "INSERT INTO person (id, name) VALUES (1, 'Ada'), (2, 'Grace');\nINSERT INTO note (person_id, body) SELECT id, 'hi' FROM person;\n",
    ),
    (
        "sql/App/migration/0002_more.sql",
        "ALTER TABLE person ADD COLUMN height REAL;\n",
    ),
    (
        "sql/App/queries/person/by_name.sql",
        "-- Finds one.\n-- @@{ queryResult=Person }\nSELECT id, name, short FROM person\nWHERE name = :name AND (:age IS NULL OR height > :age) LIMIT 1;\n",
    ),
    (
        "sql/App/queries/person/add.sql",
        "INSERT INTO person (name, born) VALUES (:name, :born)\nON CONFLICT (name) DO UPDATE SET born = excluded.born\nRETURNING id, born /* @@{ field=born, notNull=true } */;\n",
    ),
    (
        "sql/App/queries/several.sql",
        "-- @@{ name=tree }\nWITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < ?1) SELECT n, sum(n) OVER (ORDER BY n) AS total FROM t;\n\
         -- @@{ name=gone }\nDELETE FROM person WHERE id IN (SELECT person_id FROM note WHERE body LIKE $text);\n\
         -- @@{ name=both }\nSELECT who FROM busy UNION SELECT body FROM note ORDER BY 1;\n\
         -- @@{ name=found }\nSELECT snippet(search, 0, '<', '>', '…', 8) AS s FROM search WHERE search MATCH @words;\n",
    ),
];

/// A blow at a place, which is taken modulo the length of what it hits.
#[derive(Debug, Clone)]
enum Blow {
    Byte { at: usize, byte: u8 },
    Cut { at: usize, length: usize },
    Drop { at: usize },
    Double { at: usize },
    Swap { at: usize, other: usize },
    Insert { at: usize, word: &'static str },
}

const WORDS: &[&str] = &[
    "(",
    ")",
    ",",
    ";",
    "'",
    "\"",
    "/*",
    "--",
    "@@{",
    "}",
    ".",
    "*",
    "SELECT",
    "FROM",
    "WHERE",
    "WITH",
    "AS",
    "ON",
    "NULL",
    "VALUES",
    "UNION",
    "BEGIN",
    "END",
    "CASE",
    ":x",
    "?",
    "?9",
    "é",
    "\u{0}",
    "\u{feff}",
    "0x",
    "1e",
    "CREATE TABLE",
    "TEMP",
    "IF NOT EXISTS",
    "REFERENCES",
    "RETURNING",
    "COLLATE",
    "ON CONFLICT (",
    "person",
    "nope",
];

fn blow() -> impl Strategy<Value = Blow> {
    let at = any::<usize>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Blow::Byte { at, byte }),
        (at(), 1_usize..40).prop_map(|(at, length)| Blow::Cut { at, length }),
        at().prop_map(|at| Blow::Drop { at }),
        at().prop_map(|at| Blow::Double { at }),
        (at(), at()).prop_map(|(at, other)| Blow::Swap { at, other }),
        (at(), prop::sample::select(WORDS)).prop_map(|(at, word)| Blow::Insert { at, word }),
    ]
}

/// The text after the blow; bytes that are no text any more are kept for the reader of files to find.
fn strike(text: &[u8], blow: &Blow) -> Vec<u8> {
    let mut bytes = text.to_vec();
    match *blow {
        Blow::Byte { at, byte } if !bytes.is_empty() => {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        Blow::Cut { at, length } if !bytes.is_empty() => {
            let at = at % bytes.len();
            bytes.drain(at..bytes.len().min(at + length));
        }
        Blow::Byte { .. } | Blow::Cut { .. } => {}
        _ => return strike_token(text, blow).unwrap_or(bytes),
    }
    bytes
}

fn strike_token(bytes: &[u8], blow: &Blow) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let file = SourceMap::default().add("", text);
    let tokens: Vec<_> = split(file, text)
        .into_iter()
        .flat_map(|statement| statement.tokens)
        .map(|token| token.range)
        .collect();
    let token = |at: usize| tokens.get(at % tokens.len().max(1)).cloned();
    let replaced = |range: std::ops::Range<usize>, with: &str| {
        [&text[..range.start], with, &text[range.end..]]
            .concat()
            .into_bytes()
    };
    match *blow {
        Blow::Drop { at } => Some(replaced(token(at)?, "")),
        Blow::Double { at } => {
            let range = token(at)?;
            let word = format!("{0} {0}", &text[range.clone()]);
            Some(replaced(range, &word))
        }
        Blow::Swap { at, other } => {
            let (range, other) = (token(at)?, token(other)?);
            Some(replaced(range, &text[other]))
        }
        Blow::Insert { at, word } => {
            let start = token(at)?.start;
            Some(replaced(start..start, &format!("{word} ")))
        }
        Blow::Byte { .. } | Blow::Cut { .. } => None,
    }
}

/// Writes the files and compiles them; every place must lie in its text.
fn check(root: &Path, files: &[(&str, Vec<u8>)]) {
    for (file, bytes) in files {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        fs::write(path, bytes).expect("a new file");
    }
    let compilation = compile(&root.join("sqlitenow.toml")).expect("files that can be read");
    let sources = &compilation.sources;
    for diagnostic in &compilation.diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let text = &sources.file(label.span.file).text;
            assert!(text.get(label.span.range()).is_some(), "{diagnostic:?}");
        }
        assert!(!diagnostic.message.is_empty());
    }
    let shown = compilation.diagnostics.render(sources, false);
    assert_eq!(shown.is_empty(), compilation.diagnostics.is_empty());
    let failed = compilation.diagnostics.has_errors();
    assert_eq!(
        failed,
        compilation.modules.is_empty(),
        "{:?}",
        compilation.diagnostics
    );
}

#[test]
fn the_project_is_right_before_it_is_hit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files: Vec<_> = FILES
        .iter()
        .map(|(file, text)| (*file, text.as_bytes().to_vec()))
        .collect();
    check(folder.path(), &files);
    let compilation = compile(&folder.path().join("sqlitenow.toml")).expect("files");
    let told = compilation.diagnostics.render(&compilation.sources, false);
    assert!(!compilation.diagnostics.has_errors(), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_hit_panics(blows in prop::collection::vec((0..FILES.len(), blow()), 1..6)) {
        let mut files: Vec<_> = FILES.iter().map(|(file, text)| (*file, text.as_bytes().to_vec())).collect();
        for (file, blow) in &blows {
            files[*file].1 = strike(&files[*file].1, blow);
        }
        let folder = tempfile::tempdir().expect("a temporary folder");
        check(folder.path(), &files);
    }
}
