//! Turns SQLite's message into words of ours: `no such table: main.t` becomes ``no such table `t` `` about the table `t`.
//!
//! Invariant: names stand in backticks, the first letter is small, and a message that is not known stays as it is.

use super::place::Place;
use super::rules::{RULES, Rule};

/// What a message is about.
pub(super) struct Words<'a> {
    pub(super) message: String,
    pub(super) subject: Subject,
    pub(super) name: Option<&'a str>,
    /// What the message says beside its fixed words.
    pub(super) parts: Vec<&'a str>,
    pub(super) place: Place,
    pub(super) help: Option<String>,
}

/// What kind of thing it is about.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Subject {
    /// A table or view.
    Relation,
    Column,
    Function,
    /// A function's arguments.
    Arguments,
    Collation,
    Syntax,
    Other,
}

impl<'a> Words<'a> {
    pub(super) fn of(raw: &'a str) -> Self {
        let known = RULES
            .iter()
            .find_map(|rule| Some(Self::by(rule, take_apart(rule.pattern, raw)?)));
        known
            .or_else(|| Self::of_constraint(raw))
            .unwrap_or_else(|| {
                let parts = quoted(raw).into_iter().collect();
                Self::new(lower_first(raw), Place::Name(0), parts)
            })
    }

    fn by(rule: &Rule, parts: Vec<&'a str>) -> Self {
        let parts: Vec<&str> = parts.into_iter().map(bare).collect();
        let help = (!rule.help.is_empty()).then(|| fill_in(rule.help, &parts));
        Self {
            subject: rule.subject,
            help,
            ..Self::new(fill_in(rule.message, &parts), rule.place, parts)
        }
    }

    /// `UNIQUE constraint failed: t.a, t.b` and its kin.
    fn of_constraint(raw: &'a str) -> Option<Self> {
        let (kind, rest) = raw.split_once(" constraint failed: ")?;
        if let Some(index) = rest.strip_prefix("index '") {
            let index = index.trim_end_matches('\'');
            let message = format!("{kind} constraint failed: index `{index}`");
            return Some(Self::new(message, Place::Whole, Vec::new()));
        }
        let is_list = kind != "CHECK";
        let names: Vec<String> = rest
            .split(if is_list { ", " } else { "\0" })
            // The text of a CHECK may have several lines.
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
            .map(|name| format!("`{name}`"))
            .collect();
        let message = format!("{kind} constraint failed: {}", names.join(", "));
        let first = rest.split(", ").next().filter(|_| is_list);
        Some(Self::new(
            message,
            Place::Listed(0),
            first.into_iter().collect(),
        ))
    }

    fn new(message: String, place: Place, parts: Vec<&'a str>) -> Self {
        Self {
            message,
            subject: Subject::Other,
            name: parts.get(place.part()).copied(),
            parts,
            place,
            help: None,
        }
    }

    pub(super) fn missing_table(&self) -> Option<String> {
        let name = self.name.filter(|_| self.subject == Subject::Relation)?;
        Some(name.to_owned())
    }
}

/// The parts of `raw` at the places `{}` of `pattern`, if it has its form.
fn take_apart<'a>(pattern: &str, raw: &'a str) -> Option<Vec<&'a str>> {
    let mut words = pattern.split("{}");
    let mut rest = raw.strip_prefix(words.next()?)?;
    let mut words = words.peekable();
    if words.peek().is_none() {
        return rest.is_empty().then(Vec::new);
    }
    let mut parts = Vec::new();
    while let Some(word) = words.next() {
        let (part, behind) = if words.peek().is_none() {
            (rest.strip_suffix(word)?, "")
        } else {
            rest.split_once(word)?
        };
        parts.push(part);
        rest = behind;
    }
    Some(parts)
}

/// Puts `parts` where `{0}` stands, and counts where `{0:thing}` does.
fn fill_in(text: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (mark, behind))) = rest
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        filled.push_str(before);
        let (number, thing) = mark.split_once(':').unwrap_or((mark, ""));
        let part = number
            .parse()
            .ok()
            .and_then(|number: usize| parts.get(number));
        let part = part.copied().unwrap_or("");
        filled.push_str(part);
        if !thing.is_empty() {
            filled.extend([" ", thing, if part == "1" { "" } else { "s" }]);
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// A name without quotes and without the database that all names mean.
fn bare(part: &str) -> &str {
    let inner = part
        .strip_prefix('"')
        .and_then(|part| part.strip_suffix('"'));
    let part = inner.unwrap_or(part);
    part.strip_prefix("main.").unwrap_or(part)
}

fn lower_first(raw: &str) -> String {
    let mut chars = raw.chars();
    match chars.next() {
        // An all-capital first word such as SELECT or ON is a keyword and stays.
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => raw.to_owned(),
    }
}

/// The first quoted name in a message.
fn quoted(raw: &str) -> Option<&str> {
    let mark = raw.find(['"', '\''])?;
    let quote = raw[mark..].chars().next()?;
    let rest = &raw[mark + 1..];
    rest.find(quote).map(|end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn messages_are_lower_case_with_names_in_backticks() {
        for (raw, message, name) in [
            ("no such table: main.t", "no such table `t`", Some("t")),
            ("no such column: t.x", "no such column `t.x`", Some("t.x")),
            (
                "no such column: \"x\" - should this be a string literal in single-quotes?",
                "no such column `x`",
                Some("x"),
            ),
            (
                "near \"\"\": \": syntax error",
                "syntax error near `\"\": `",
                Some("\"\": "),
            ),
            (
                "table t has 2 columns but 1 values were supplied",
                "found 1 value for the 2 columns of `t`",
                Some("2"),
            ),
            (
                "UNIQUE constraint failed: t.a, t.b",
                "UNIQUE constraint failed: `t.a`, `t.b`",
                Some("t.a"),
            ),
            (
                "UNIQUE constraint failed: index 'i'",
                "UNIQUE constraint failed: index `i`",
                None,
            ),
            (
                "CHECK constraint failed: a <>\n  '', b",
                "CHECK constraint failed: `a <> '', b`",
                None,
            ),
            (
                "2nd ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
                "the 2nd conflict target is no unique key",
                Some("2nd "),
            ),
            ("Something new", "something new", None),
            ("ORDER is new in 'x'", "ORDER is new in 'x'", Some("x")),
        ] {
            let words = Words::of(raw);
            assert_eq!(
                (words.message.as_str(), words.name),
                (message, name),
                "{raw}"
            );
        }
    }
}
