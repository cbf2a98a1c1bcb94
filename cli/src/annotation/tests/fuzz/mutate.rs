//! A text of many, changed at some places.

use crate::random::Dice;

/// Texts do not grow far beyond so many bytes.
pub(super) const LONGEST: usize = 600;

/// What the grammar is made of, and what it meets in a file.
const WORDS: &[&str] = &[
    "@@{",
    "@@{ ",
    " }",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    ",",
    "=",
    ":",
    "::",
    "&",
    "/",
    "-",
    "+",
    ".",
    "..",
    "@",
    "@@",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\n",
    "--",
    "-- ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "/*",
    "*/",
    "/**",
    "*",
    "**/",
    ";",
    "`",
    "#",
    "true",
    "false",
    "null",
    "1",
    "-1.5e3",
    "1e",
    "+",
    "é",
    "🦀",
    "\u{301}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\u{0}",
    "ß",
    " field=a",
    ", field=id",
    " param=p",
    " dynamicField=d",
    " name=x",
    ", notNull=true",
    " notNull: maybe",
    ", propertyName=b",
    ", propertyType=Vec<u8>",
    ", propertyType=\"(i64, String)\"",
    " propertyNameGenerator=plain",
    " queryResult=Row",
    " collectionKey=[a, b]",
    " mapTo=crate::T",
    " cascadeNotify={ delete=[a], insert=b }",
    " enableSync=true",
    " syncKeyColumnName=id",
    ", adapter=custom",
    ", adapter=default",
    ", sqlTypeHint=\"TEXT\"",
    ", defaultValue='Vec::new()'",
    ", mappingType=collection",
    ", mappingType=perRow",
    ", sourceTable=t",
    ", aliasPrefix=a__",
    "SELECT a, b FROM t",
    "CREATE TABLE t (a, b)",
    "CREATE VIEW v AS SELECT 1",
    "INSERT INTO t VALUES (:p)",
    "RETURNING a",
    "UPDATE t SET a = :p",
    "WITH x AS (SELECT 1) ",
    "BEGIN",
    "END",
    "'@@{'",
    "\"}\"",
    "-- @@{ name=y }\n",
    "/* @@{ } */",
];

/// One of `from`, changed.
pub(super) fn mutate(dice: &mut Dice, from: &[String]) -> String {
    let mut text = from[dice.below(from.len())].clone();
    for _ in 0..=dice.below(4) {
        match dice.below(10) {
            0..=3 => {
                let at = boundary(&text, dice.below(text.len() + 1));
                text.insert_str(at, WORDS[dice.below(WORDS.len())]);
            }
            4 => {
                let range = piece(dice, &text);
                text.replace_range(range, "");
            }
            5 => {
                let copy = text[piece(dice, &text)].to_owned();
                let at = boundary(&text, dice.below(text.len() + 1));
                text.insert_str(at, &copy);
            }
            6 => {
                let range = piece(dice, &text);
                text.replace_range(range, WORDS[dice.below(WORDS.len())]);
            }
            7 => {
                let other = &from[dice.below(from.len())];
                let piece = other[piece(dice, other)].to_owned();
                let at = boundary(&text, dice.below(text.len() + 1));
                text.insert_str(at, &piece);
            }
            8 => {
                let any = u32::try_from(dice.below(0x3000))
                    .ok()
                    .and_then(char::from_u32);
                let at = boundary(&text, dice.below(text.len() + 1));
                text.insert(at, any.unwrap_or('x'));
            }
            _ => {
                let at = boundary(&text, dice.below(text.len() + 1));
                text.truncate(at);
            }
        }
    }
    if text.len() > LONGEST {
        text.truncate(boundary(&text, LONGEST));
    }
    text
}

/// A short piece of `text`.
fn piece(dice: &mut Dice, text: &str) -> std::ops::Range<usize> {
    let start = boundary(text, dice.below(text.len() + 1));
    let longest = if dice.chance(80) { 12 } else { 120 };
    let end = boundary(text, (start + dice.below(longest)).min(text.len()));
    start..end.max(start)
}

/// The character boundary at or in front of `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}
