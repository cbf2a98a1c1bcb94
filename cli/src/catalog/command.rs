//! What the words of a writing statement say: `INSERT OR REPLACE INTO t (a) …` inserts into `t`, names `a`, replaces.
//!
//! The authorizer tells what is written and not how conflicts are resolved, which decides whether rows vanish
//! (<https://sqlite.org/lang_conflict.html>).

use std::borrow::Cow;

use crate::source::SourceMap;
use crate::syntax::{Statement, Token, TokenKind};

/// What happens to rows that are in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// They are deleted.
    Replace,
    /// IGNORE, FAIL, ABORT or ROLLBACK: they stay.
    Other,
}

/// The head of an INSERT, UPDATE or DELETE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Whether it is an INSERT or REPLACE.
    pub inserts: bool,
    /// What it says about conflicts; that counts for its triggers as well.
    pub resolution: Option<Resolution>,
    /// Whether an upsert clause takes every conflict, so that none is left for a constraint's own clause.
    pub takes_conflicts: bool,
    /// The table or view it names.
    pub table: String,
    /// The columns that an INSERT names, if it names any.
    pub columns: Option<Vec<String>>,
}

impl Command {
    /// Reads the head of `statement`; none when it writes nothing.
    #[must_use]
    pub fn read(sources: &SourceMap, statement: &Statement) -> Option<Self> {
        let text = &sources.file(statement.file()).text;
        let tokens: Vec<&Token> = statement.significant().collect();
        Self::of(text, &tokens)
    }

    /// Reads the heads of the statements in the body of a trigger.
    pub(super) fn of_trigger(sources: &SourceMap, trigger: &Statement) -> Vec<Self> {
        let text = &sources.file(trigger.file()).text;
        let tokens: Vec<&Token> = trigger.significant().collect();
        let body = tokens.iter().position(|token| token.is_word(text, "BEGIN"));
        let statements =
            tokens[body.unwrap_or(0)..].split(|token| token.kind == TokenKind::Semicolon);
        statements
            .filter_map(|tokens| Self::of(text, tokens))
            .collect()
    }

    fn of(text: &str, tokens: &[&Token]) -> Option<Self> {
        let word = |at: usize, word: &str| tokens.get(at).is_some_and(|t| t.is_word(text, word));
        let symbol = |at: usize, symbol: &str| {
            let token = tokens.get(at);
            token.is_some_and(|token| token.is_symbol(text, symbol))
        };
        let verb = find_verb(text, tokens)?;
        let inserts = word(verb, "INSERT") || word(verb, "REPLACE");
        let mut at = verb + 1;
        let mut resolution = word(verb, "REPLACE").then_some(Resolution::Replace);
        if word(at, "OR") {
            resolution = Some(if word(at + 1, "REPLACE") {
                Resolution::Replace
            } else {
                Resolution::Other
            });
            at += 2;
        }
        at += usize::from(word(at, "INTO") || word(at, "FROM"));
        at += if symbol(at + 1, ".") { 2 } else { 0 };
        let table = tokens.get(at)?.name(text)?.into_owned();
        at += if word(at + 1, "AS") { 3 } else { 1 };
        let columns = if inserts && symbol(at, "(") {
            let listed = tokens[at..].iter().take_while(|t| !t.is_symbol(text, ")"));
            let names = listed.filter_map(|token| token.name(text));
            Some(names.map(Cow::into_owned).collect())
        } else {
            (inserts && word(at, "DEFAULT")).then(Vec::new)
        };
        let takes_all =
            |at: usize| word(at, "ON") && word(at + 1, "CONFLICT") && word(at + 2, "DO");
        Some(Self {
            inserts,
            resolution,
            takes_conflicts: inserts && (at..tokens.len()).any(takes_all),
            table,
            columns,
        })
    }

    /// Whether an INSERT gives the column a value; without a list it gives one to each.
    #[must_use]
    pub fn names(&self, column: &str) -> bool {
        self.columns.as_ref().is_none_or(|columns| {
            let mut columns = columns.iter();
            columns.any(|name| name.eq_ignore_ascii_case(column))
        })
    }
}

/// The first word of the statement behind its WITH clause.
fn find_verb(text: &str, tokens: &[&Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        depth += usize::from(token.is_symbol(text, "("));
        depth = depth.saturating_sub(usize::from(token.is_symbol(text, ")")));
        let is = |word: &str| depth == 0 && token.is_word(text, word);
        let next_is_into = || tokens.get(at + 1).is_some_and(|t| t.is_word(text, "INTO"));
        // A CTE may be called `replace`, but by no name of the others.
        if is("INSERT") || is("UPDATE") || is("DELETE") || (is("REPLACE") && next_is_into()) {
            return Some(at);
        }
    }
    None
}
