//! Finds the small change that would mend a syntax error, by asking SQLite about each.
//!
//! `SELECT name FORM person`: SQLite stumbles over `person`, but with FROM for FORM it would go on, so FORM is what is
//! wrong. Invariant: nothing is proposed with which SQLite does not get further than before.

use rusqlite::Error;

use crate::catalog::prepare::Checker;
use crate::diagnostic::suggest;
use crate::source::{SourceMap, Span};
use crate::syntax::{ListForm, StatementKind, TokenKind, split};

use super::advice::stands_before_name;
use super::place::Scope;

/// Words that one can have meant.
#[rustfmt::skip]
const KEYWORDS: &[&str] = &[
    "ALTER", "ALWAYS", "ASC", "AUTOINCREMENT", "BEFORE", "BEGIN", "BETWEEN", "CASCADE", "CASE", "CHECK", "COLLATE", "CONFLICT",
    "CONSTRAINT", "CREATE", "CROSS", "DEFAULT", "DEFERRABLE", "DELETE", "DESC", "DISTINCT", "ELSE", "EXCEPT", "EXISTS", "FILTER",
    "FOREIGN", "FROM", "GENERATED", "GROUP", "HAVING", "IGNORE", "INDEX", "INNER", "INSERT", "INSTEAD", "INTERSECT", "INTO", "JOIN",
    "LEFT", "LIKE", "LIMIT", "MATERIALIZED", "NATURAL", "NOTHING", "NULL", "OFFSET", "ORDER", "OUTER", "OVER", "PARTITION", "PRIMARY",
    "RECURSIVE", "REFERENCES", "REPLACE", "RESTRICT", "RETURNING", "RIGHT", "ROWID", "SELECT", "STRICT", "TABLE", "THEN", "TRIGGER",
    "UNION", "UNIQUE", "UPDATE", "USING", "VALUES", "VIEW", "VIRTUAL", "WHEN", "WHERE", "WINDOW", "WITH", "WITHOUT",
];

#[rustfmt::skip]
/// Keywords that are taken for names by mistake.
const LIKE_NAMES: &[&str] = &[
    "CASE", "CHECK", "CONSTRAINT", "DEFAULT", "DISTINCT", "ELSE", "ESCAPE", "EXISTS", "GROUP", "INDEX", "LIMIT", "ORDER",
    "PRIMARY", "REFERENCES", "TABLE", "TO", "TRANSACTION", "UNIQUE", "UPDATE", "VALUES", "WHEN",
];

#[rustfmt::skip]
/// Words that are easily left out, behind the one that they belong to.
const PAIRS: &[(&str, &str)] = &[
    ("ORDER", "BY"), ("GROUP", "BY"), ("PARTITION", "BY"), ("INSERT", "INTO"), ("REPLACE", "INTO"), ("IGNORE", "INTO"),
    ("DELETE", "FROM"), ("PRIMARY", "KEY"), ("FOREIGN", "KEY"),
];

/// A better message than SQLite's.
pub(super) struct Repair {
    /// What is wrong, if it is something else than SQLite says.
    pub(super) message: Option<String>,
    pub(super) span: Option<Span>,
    pub(super) help: Option<String>,
}

/// The text which SQLite stumbled over, and where.
pub(super) struct Stumble<'a> {
    pub(super) checker: &'a Checker,
    pub(super) scope: &'a Scope<'a>,
    /// The byte of the file at which the text begins.
    pub(super) start: usize,
    /// The byte of the file at which SQLite gave up.
    pub(super) at: usize,
}

impl Stumble<'_> {
    /// What would mend it.
    pub(super) fn repair(&self) -> Option<Repair> {
        let tokens = &self.scope.tokens;
        let at = tokens.iter().position(|token| token.range.end > self.at)?;
        let before = at.checked_sub(1);
        self.known(at)
            .or_else(|| self.misspelled(at))
            .or_else(|| self.keyword(at))
            .or_else(|| self.misspelled(before?))
            .or_else(|| self.comma(before?))
            .or_else(|| self.missing(at))
    }

    /// What SQLite cannot do at all.
    fn known(&self, at: usize) -> Option<Repair> {
        let kind = self.scope.statement.kind;
        let is_change = matches!(kind, StatementKind::Update | StatementKind::Delete);
        let is_limit = self.scope.is(at, "LIMIT") || self.scope.is(at, "ORDER");
        let text = self.scope.text.get(self.at..).unwrap_or("");
        let help = if is_change && is_limit {
            "choose the rows in a subquery: `WHERE rowid IN (SELECT rowid FROM … LIMIT 1)`"
        } else if text.starts_with("::") {
            "write `CAST(… AS …)`"
        } else if self.scope.is(at, ")") && self.closes_nothing(at) {
            return Some(Repair {
                message: Some("`)` closes nothing".to_owned()),
                span: None,
                help: Some("remove it".to_owned()),
            });
        } else {
            return None;
        };
        Some(help_alone(help.to_owned()))
    }

    fn closes_nothing(&self, at: usize) -> bool {
        let count = |symbol| (0..=at).filter(|&at| self.scope.is(at, symbol)).count();
        count(")") > count("(")
    }

    fn misspelled(&self, at: usize) -> Option<Repair> {
        let token = self.scope.tokens[at];
        let word = token.text(self.scope.text);
        if token.kind != TokenKind::Word || word.len() < 3 {
            return None;
        }
        let near = KEYWORDS
            .iter()
            .filter(|keyword| suggest(word, [**keyword]).is_some());
        let meant = near.into_iter().find(|keyword| self.helps(at, keyword))?;
        Some(Repair {
            message: Some(format!("found `{word}`, expected `{meant}`")),
            span: Some(self.scope.span(at, at)),
            help: Some(format!("did you mean `{meant}`?")),
        })
    }

    fn comma(&self, at: usize) -> Option<Repair> {
        (self.scope.is(at, ",") && self.helps(at, " ")).then(|| Repair {
            message: Some("nothing stands behind this comma".to_owned()),
            span: Some(self.scope.span(at, at)),
            help: Some("remove it".to_owned()),
        })
    }

    fn keyword(&self, at: usize) -> Option<Repair> {
        let token = self.scope.tokens[at];
        let word = token.text(self.scope.text);
        let quoted = format!("\"{word}\"");
        let kind = self.scope.statement.kind;
        let before = at.checked_sub(1).map(|before| self.scope.tokens[before]);
        let is_expected =
            before.is_some_and(|before| stands_before_name(before, self.scope.text, kind));
        let is_like_name = LIKE_NAMES
            .iter()
            .any(|name| name.eq_ignore_ascii_case(word));
        let starts_clause = ["SELECT", "WHERE", "SET"]
            .iter()
            .any(|clause| clause.eq_ignore_ascii_case(word));
        let is_expected = (is_expected && !starts_clause) || is_like_name;
        let is_expected = is_expected && !self.scope.is(at + 1, "(");
        let is_name = token.kind == TokenKind::Word && is_expected;
        (is_name && self.helps(at, &quoted))
            .then(|| help_alone(format!("to use `{word}` as a name, quote it: `{quoted}`")))
    }

    fn missing(&self, at: usize) -> Option<Repair> {
        let here = self.scope.tokens[at].text(self.scope.text);
        let belongs = PAIRS
            .iter()
            .filter(|(first, _)| at > 0 && self.scope.is(at - 1, first));
        let by_kind = match self.scope.statement.kind {
            StatementKind::Update => Some("SET"),
            StatementKind::CreateIndex | StatementKind::CreateTrigger => Some("ON"),
            StatementKind::CreateView => Some("AS"),
            _ => None,
        };
        let mut words = belongs.map(|(_, second)| *second).chain(by_kind);
        let word = words.find(|word| self.helps(at, &format!("{word} {here}")))?;
        Some(help_alone(format!(
            "did you forget `{word}` in front of `{here}`?"
        )))
    }

    /// Whether SQLite gets further with `text` in the place of a token.
    fn helps(&self, at: usize, text: &str) -> bool {
        let span = self.scope.span(at, at);
        let file = self.scope.text;
        let end = self.scope.statement.span.end;
        let (Some(before), Some(behind)) =
            (file.get(self.start..span.start), file.get(span.end..end))
        else {
            return false;
        };
        let repaired = format!("{before}{text}{behind}");
        let mut sources = SourceMap::default();
        let file = sources.add("", repaired.as_str());
        let Some(statement) = split(file, &repaired).into_iter().next() else {
            return false;
        };
        // A list is no SQL as it is written.
        let run = statement.run_text(&sources, |_| ListForm::Mixed);
        let Err(Error::SqlInputError { msg, offset, .. }) = self.checker.tries(&run) else {
            // What is not about the text comes later than its syntax.
            return true;
        };
        let mut syntax = ["near ", "unrecognized ", "incomplete "].iter();
        if !syntax.any(|start| msg.starts_with(start)) {
            return true;
        }
        // A word behind the place is what SQLite stops at now.
        let reached = usize::try_from(offset).map_or(0, |offset| {
            self.start + statement.source_byte(offset, |_| ListForm::Mixed)
        });
        let behind = (self.at.max(span.end) + text.len()).saturating_sub(span.end - span.start);
        reached > behind
    }
}

fn help_alone(help: String) -> Repair {
    Repair {
        message: None,
        span: None,
        help: Some(help),
    }
}
