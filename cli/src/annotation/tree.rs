//! What stands in a block, before anyone asks whether it makes sense.
//!
//! `@@{ field=id, notNull: true }` is a [`Block`] of two entries. Printing a tree and parsing it again gives the same tree.

use std::fmt;

use crate::source::Span;

use super::model::Spanned;

/// One `@@{ … }`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// From `@@{` to `}`.
    pub(super) span: Span,
    /// What could be read of it.
    pub(super) entries: Vec<Entry>,
    /// Whether all of it could be read.
    pub(super) is_whole: bool,
}

impl Block {
    /// The opening `@@{`.
    pub(super) fn opening(&self) -> Span {
        Span::new(
            self.span.file,
            self.span.start..self.span.start + OPENING.len(),
        )
    }
}

/// What opens a block.
pub(super) const OPENING: &str = "@@{";

/// `key = value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: Spanned<String>,
    pub(super) value: Spanned<Value>,
}

/// What stands behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Bare words or a quoted string.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// A number as written.
    Number(String),
    /// `[a, b]`.
    List(Vec<Spanned<Value>>),
    /// `{ key = value }`.
    Object(Vec<Entry>),
}

impl Value {
    /// What bare words mean: a keyword, a number, or text.
    pub(super) fn from_bare(words: &str) -> Self {
        match words {
            "true" => Self::Bool(true),
            "false" => Self::Bool(false),
            "null" => Self::Null,
            _ if is_number(words) => Self::Number(words.to_owned()),
            _ => Self::Text(words.to_owned()),
        }
    }
}

/// An optional sign, digits, and optionally a fraction and an exponent.
fn is_number(words: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = |part: &str| part.strip_prefix(['-', '+']).map_or(part.len(), str::len);
    let (mantissa, exponent) = match words.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (words, None),
    };
    let mantissa = &mantissa[mantissa.len() - unsigned(mantissa)..];
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(&exponent[exponent.len() - unsigned(exponent)..]))
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("@@")?;
        write_object(f, &self.entries)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) if is_plain(text) && Self::from_bare(text) == *self => {
                f.write_str(text)
            }
            Self::Text(text) => write_quoted(f, text),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Null => f.write_str("null"),
            Self::Number(digits) => f.write_str(digits),
            Self::Object(entries) => write_object(f, entries),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{}", item.value)?;
                }
                f.write_str("]")
            }
        }
    }
}

fn write_object(f: &mut fmt::Formatter<'_>, entries: &[Entry]) -> fmt::Result {
    f.write_str("{")?;
    for (index, entry) in entries.iter().enumerate() {
        f.write_str(if index == 0 { " " } else { ", " })?;
        let key = &entry.key.value;
        if is_key(key) {
            f.write_str(key)?;
        } else {
            write_quoted(f, key)?;
        }
        write!(f, "={}", entry.value.value)?;
    }
    f.write_str(" }")
}

fn write_quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            _ => write!(f, "{c}")?,
        }
    }
    f.write_str("\"")
}

/// Whether `word` can be a key without quotes.
pub(super) fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_') && word.chars().all(is_key_char)
}

/// What a bare key is made of.
pub(super) fn is_key_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// Whether `text` can stand without quotes wherever a value can.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}
