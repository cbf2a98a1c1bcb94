//! What a database consists of, to be compared with what another one does.
//!
//! In: a connection. Out: its tables, indexes, views and triggers with their SQL, read word by word: `create table "Pet" ( id )` is
//! `CREATE TABLE pet(id)`. Tables that SQLite or a virtual table keeps for itself are left out.

use std::collections::BTreeMap;
use std::fmt;

use crate::driver::Engine;
use crate::error::{Error, Result};
use crate::value::Value;

/// The objects of a database by kind and name.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schema(BTreeMap<(String, String), Object>);

#[derive(Debug, PartialEq, Eq)]
struct Object {
    name: String,
    words: Vec<Word>,
}

/// A word of SQL. Names are equal without regard to quotes and the case of ASCII letters.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Word {
    Name(String),
    /// A string with its quotes, a number or an operator.
    Other(String),
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Name(text) | Self::Other(text)) = self;
        f.write_str(text)
    }
}

impl Schema {
    pub(super) fn read(engine: &mut Engine) -> Result<Self> {
        let sql = r"SELECT type, name, sql FROM sqlite_schema
            WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT IN
                (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')";
        let mut objects = BTreeMap::new();
        for row in engine.query(sql)? {
            if let [Value::Text(kind), Value::Text(name), Value::Text(sql)] = &row[..] {
                let words = words(sql);
                let object = Object {
                    name: name.clone(),
                    words,
                };
                objects.insert((kind.clone(), name.to_ascii_lowercase()), object);
            }
        }
        Ok(Self(objects))
    }

    /// Compares what was found with `self`, which is what is expected.
    pub(super) fn compare(&self, found: &Self) -> Result<()> {
        for (key, ours) in &self.0 {
            let Some(theirs) = found.0.get(key) else {
                let ours = format!("{} `{}`", key.0, ours.name);
                let theirs = format!("no {ours}");
                return Err(Error::SchemaMismatch { ours, theirs });
            };
            if ours.words != theirs.words {
                let (ours, theirs) = ours.apart(theirs);
                let of = |words| format!("`{words}` in {} `{}`", key.0, key.1);
                let (ours, theirs) = (of(ours), of(theirs));
                return Err(Error::SchemaMismatch { ours, theirs });
            }
        }
        match found.0.iter().find(|(key, _)| !self.0.contains_key(*key)) {
            None => Ok(()),
            Some(((kind, _), object)) => {
                let theirs = format!("{kind} `{}`", object.name);
                let ours = format!("no {theirs}");
                Err(Error::SchemaMismatch { ours, theirs })
            }
        }
    }
}

impl Object {
    /// The words around the first place where two texts differ, as many of each as one line holds.
    fn apart(&self, other: &Self) -> (String, String) {
        const BEFORE: usize = 2;
        const SHOWN: usize = 6;
        let pairs = self.words.iter().zip(&other.words);
        let same = pairs.take_while(|(ours, theirs)| ours == theirs).count();
        let start = same.saturating_sub(BEFORE);
        let shown = |words: &[Word]| {
            let shown: Vec<String> = words[start..]
                .iter()
                .take(SHOWN)
                .map(Word::to_string)
                .collect();
            shown.join(" ")
        };
        (shown(&self.words), shown(&other.words))
    }
}

pub(super) fn words(sql: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            space if space.is_ascii_whitespace() => 1,
            '"' | '`' | '\'' => quoted(rest, first),
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            _ if is_of_name(first) => rest.find(|c| !is_of_name(c)).unwrap_or(rest.len()),
            other => other.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        rest = after;
        match first {
            '"' | '`' | '[' => words.push(Word::Name(unquoted(word, first).to_ascii_lowercase())),
            '-' | '/' if length > 1 => {}
            space if space.is_ascii_whitespace() => {}
            _ if is_of_name(first) => words.push(Word::Name(word.to_ascii_lowercase())),
            _ => words.push(Word::Other(word.to_owned())),
        }
    }
    words
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

/// The length of a text in quotes, which are doubled inside.
fn quoted(text: &str, quote: char) -> usize {
    let mut inside = text[1..].match_indices(quote).map(|(at, _)| at + 1);
    while let Some(at) = inside.next() {
        if !text[at + 1..].starts_with(quote) {
            return at + 1;
        }
        inside.next();
    }
    text.len()
}

fn unquoted(word: &str, quote: char) -> String {
    let inner = &word[1..];
    let close = if quote == '[' { ']' } else { quote };
    let inner = inner.strip_suffix(close).unwrap_or(inner);
    inner.replace(&format!("{quote}{quote}"), &quote.to_string())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn space_comments_quotes_and_case_do_not_matter() {
        let plain = words("CREATE TABLE pet(id, \"a b\" DEFAULT 'It''s')");
        let other = "create  table [Pet] (/* the key */ `ID`, -- first\n  \"A b\" default 'It''s')";
        assert_eq!(words(other), plain);
        assert_eq!(words("\"a\"\"b\""), words("`a\"b`"));
    }

    #[test]
    fn strings_and_operators_matter() {
        for (one, other) in [
            ("'a'", "'A'"),
            ("'a'", "a"),
            ("a - b", "a -- b"),
            ("a<b", "a<=b"),
            ("''''", "''"),
        ] {
            assert_ne!(words(one), words(other), "{one} {other}");
        }
    }

    #[test]
    fn any_text_has_an_end() {
        for text in ["'", "\"", "[", "/*", "--", "'a''", "é[", "-", "/", "\u{0}"] {
            words(text);
        }
    }
}
