//! Turns SQLite's error into words and a place: `no such column: titel` at offset 7 becomes ``no such column `titel` ``,
//! underlined at `titel`, with "did you mean `title`".
//!
//! SQLite knows the offset of most errors. Where it does not, the name in its message is looked for among the
//! statement's tokens, and if that fails the whole statement is marked.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, TokenKind};

use super::Relation;
use super::patience::{MOST_STEPS, has_run_out};
use super::undeclared::Names;

/// Why SQLite refused a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// What is wrong, in the wording of diagnostics.
    pub message: String,
    /// The very word, or the statement.
    pub span: Span,
    /// Advice.
    pub help: Vec<String>,
    /// The table that SQLite could not find, if that is what is wrong.
    pub missing_table: Option<String>,
}

impl Rejection {
    /// The diagnostic for it.
    #[must_use]
    pub fn into_diagnostic(self, code: Code) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, self.message).at(self.span, "");
        self.help.into_iter().fold(diagnostic, Diagnostic::help)
    }
}

/// Explains the error which SQLite gave for `statement`.
///
/// `start` is the byte of the file at which the text that SQLite saw begins; none when it saw another text, such as a
/// probe. `relations` and `names` are what names can be near to.
pub(super) fn explain(
    error: &rusqlite::Error,
    start: Option<usize>,
    sources: &SourceMap,
    statement: &Statement,
    relations: &[Relation],
    names: &Names,
) -> Rejection {
    if has_run_out(error) {
        return endless(sources, statement);
    }
    let (raw, offset) = raw_message(error);
    let words = Words::of(&raw);
    let span = offset
        .and_then(|offset| token_at(sources, statement, start? + offset))
        .or_else(|| {
            words
                .name
                .and_then(|name| token_named(sources, statement, name))
        })
        .unwrap_or_else(|| {
            let last = raw
                .starts_with("incomplete input")
                .then(|| statement.tokens.last())
                .flatten();
            last.map_or(statement.span, |token| statement.span_of(token))
        });
    let help = match (words.subject, words.name) {
        (Subject::Function, Some(name)) => names.advise_function(name, sources, statement, span),
        (Subject::Arguments, Some(name)) => names.advise_arguments(name),
        (Subject::Collation, Some(name)) => names.advise_collation(name),
        _ => near_name(&words, sources, statement, relations)
            .into_iter()
            .collect(),
    };
    Rejection {
        help,
        missing_table: words.missing_table(),
        message: words.message,
        span,
    }
}

fn endless(sources: &SourceMap, statement: &Statement) -> Rejection {
    let text = &sources.file(statement.file()).text;
    let mut tokens = statement.significant();
    let with = tokens.find(|token| token.is_word(text, "WITH"));
    Rejection {
        message: format!(
            "this statement comes to no end: SQLite was stopped after {} million steps",
            MOST_STEPS / 1_000_000,
        ),
        span: with.map_or(statement.span, |token| statement.span_of(token)),
        help: vec![
            "give a recursive query an end, such as `WHERE n < 1000` in its second half".to_owned(),
            "let the application fill in what takes that long".to_owned(),
        ],
        missing_table: None,
    }
}

fn raw_message(error: &rusqlite::Error) -> (String, Option<usize>) {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            (msg.clone(), usize::try_from(*offset).ok())
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
        rusqlite::Error::InvalidParameterCount(..) => {
            ("parameters are not allowed here".to_owned(), None)
        }
        other => (other.to_string(), None),
    }
}

/// What a message is about.
struct Words<'a> {
    message: String,
    subject: Subject,
    name: Option<&'a str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Subject {
    Table,
    Column,
    Function,
    /// A function's arguments.
    Arguments,
    Collation,
    Other,
}

impl<'a> Words<'a> {
    fn of(raw: &'a str) -> Self {
        let near = raw.strip_prefix("near \"");
        if let Some((word, reason)) = near.and_then(|rest| rest.rsplit_once("\": ")) {
            let message = format!("{reason} near `{word}`");
            return Self::new(message, Subject::Other, Some(word));
        }
        if let Some((table, column)) = raw
            .strip_prefix("table ")
            .and_then(|rest| rest.split_once(" has no column named "))
        {
            let message = format!("table `{table}` has no column `{column}`");
            return Self::new(message, Subject::Column, Some(column));
        }
        let arguments = "wrong number of arguments to function ";
        if let Some(call) = raw.strip_prefix(arguments) {
            let name = call.strip_suffix("()").unwrap_or(call);
            return Self::new(
                format!("{arguments}`{name}`"),
                Subject::Arguments,
                Some(name),
            );
        }
        for (prefix, subject) in [
            ("no such table: ", Subject::Table),
            ("no such column: ", Subject::Column),
            ("no such function: ", Subject::Function),
            ("ambiguous column name: ", Subject::Other),
            ("no such module: ", Subject::Other),
            ("no such index: ", Subject::Other),
            ("no such collation sequence: ", Subject::Collation),
            ("duplicate column name: ", Subject::Other),
            ("unrecognized token: ", Subject::Other),
        ] {
            if let Some(rest) = raw.strip_prefix(prefix) {
                let name = rest.split_once(" - ").map_or(rest, |(name, _)| name);
                let inner = name
                    .strip_prefix('"')
                    .and_then(|name| name.strip_suffix('"'));
                let name = inner.unwrap_or(name);
                let name = name.strip_prefix("main.").unwrap_or(name);
                let message = format!("{} `{name}`", prefix.trim_end_matches(": "));
                return Self::new(message, subject, Some(name));
            }
        }
        Self::of_table(raw)
            .or_else(|| Self::of_constraint(raw))
            .unwrap_or_else(|| Self::new(lower_first(raw), Subject::Other, quoted(raw)))
    }

    /// `table t has 2 columns but 1 values were supplied`, `table t already exists` and their kin.
    fn of_table(raw: &'a str) -> Option<Self> {
        let (kind, rest) = raw.split_once(' ')?;
        let tails = [" has ", " already exists", " may not be ", " is not "];
        let at = tails.iter().find_map(|tail| rest.find(tail))?;
        if !["table", "view", "index", "trigger"].contains(&kind) {
            return None;
        }
        let (name, tail) = rest.split_at(at);
        let message = format!("{kind} `{}`{tail}", name.trim_matches('"'));
        Some(Self::new(
            message,
            Subject::Other,
            Some(name.trim_matches('"')),
        ))
    }

    /// `UNIQUE constraint failed: t.a, t.b` and its kin.
    fn of_constraint(raw: &'a str) -> Option<Self> {
        if let Some((head, name)) = raw.rsplit_once(" column ")
            && head.starts_with("cannot store ")
        {
            let message = format!("{head} column `{name}`");
            return Some(Self::new(message, Subject::Other, Some(name)));
        }
        let (kind, rest) = raw.split_once(" constraint failed: ")?;
        if let Some(index) = rest.strip_prefix("index '") {
            let message = format!(
                "{kind} constraint failed: index `{}`",
                index.trim_end_matches('\'')
            );
            return Some(Self::new(message, Subject::Other, None));
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
        Some(Self::new(message, Subject::Other, first))
    }

    fn new(message: String, subject: Subject, name: Option<&'a str>) -> Self {
        Self {
            message,
            subject,
            name,
        }
    }

    fn missing_table(&self) -> Option<String> {
        let name = self.name.filter(|_| self.subject == Subject::Table)?;
        Some(name.to_owned())
    }
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
pub(super) fn quoted(raw: &str) -> Option<&str> {
    let mark = raw.find(['"', '\''])?;
    let quote = raw[mark..].chars().next()?;
    let rest = &raw[mark + 1..];
    rest.find(quote).map(|end| &rest[..end])
}

/// The token at `byte`; with `p.nam` the whole qualified name, since SQLite points at its first part.
fn token_at(sources: &SourceMap, statement: &Statement, byte: usize) -> Option<Span> {
    let text = &sources.file(statement.file()).text;
    let mut tokens = statement
        .significant()
        .skip_while(|token| token.range.end <= byte);
    let first = tokens.next()?;
    let mut end = first.range.end;
    if first.kind == TokenKind::Word || first.kind == TokenKind::QuotedIdentifier {
        while tokens
            .next()
            .is_some_and(|token| token.is_symbol(text, "."))
        {
            let Some(part) = tokens.next().filter(|token| token.name(text).is_some()) else {
                break;
            };
            end = part.range.end;
        }
    }
    Some(Span::new(statement.file(), first.range.start..end))
}

fn token_named(sources: &SourceMap, statement: &Statement, name: &str) -> Option<Span> {
    let text = &sources.file(statement.file()).text;
    let find = |part: &str| {
        statement.significant().find(|token| {
            let found = token.name(text);
            token.text(text) == name || found.is_some_and(|found| found.eq_ignore_ascii_case(part))
        })
    };
    // Of `task.title` the column, or the table where the column is not written.
    let token = name.rsplit('.').find_map(find)?;
    Some(statement.span_of(token))
}

fn near_name(
    words: &Words<'_>,
    sources: &SourceMap,
    statement: &Statement,
    relations: &[Relation],
) -> Option<String> {
    let name = words.name?;
    let found = match words.subject {
        Subject::Table => suggest(
            name,
            relations.iter().map(|relation| relation.name.as_str()),
        ),
        Subject::Column => {
            let text = &sources.file(statement.file()).text;
            let used = relations.iter().filter(|relation| {
                statement.significant().any(|token| {
                    let found = token.name(text);
                    found.is_some_and(|found| found.eq_ignore_ascii_case(&relation.name))
                })
            });
            let last = name.rsplit('.').next().unwrap_or(name);
            let columns = used.flat_map(|relation| &relation.columns);
            let names: Vec<&str> = columns.map(|column| column.name.as_str()).collect();
            // If there is such a column, what is in front of the dot is wrong.
            let exists = names.iter().any(|found| found.eq_ignore_ascii_case(last));
            suggest(last, names.into_iter().filter(|_| !exists))
        }
        _ => None,
    }?;
    Some(format!("did you mean `{found}`?"))
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
                "near \"FROM\": syntax error",
                "syntax error near `FROM`",
                Some("FROM"),
            ),
            (
                "near \"\"\": \": syntax error",
                "syntax error near `\"\": `",
                Some("\"\": "),
            ),
            (
                "table t has no column named y",
                "table `t` has no column `y`",
                Some("y"),
            ),
            (
                "table t has 2 columns but 3 values were supplied",
                "table `t` has 2 columns but 3 values were supplied",
                Some("t"),
            ),
            (
                "table \"t\" already exists",
                "table `t` already exists",
                Some("t"),
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
                "cannot store TEXT value in INTEGER column t.a",
                "cannot store TEXT value in INTEGER column `t.a`",
                Some("t.a"),
            ),
            (
                "wrong number of arguments to function f()",
                "wrong number of arguments to function `f`",
                Some("f"),
            ),
            ("incomplete input", "incomplete input", None),
            (
                "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
                "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
                None,
            ),
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
