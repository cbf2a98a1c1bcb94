//! Lists: `x IN :ids` and `x IN (:ids)` take a slice, and run as `x IN (SELECT value FROM json_each(:ids))`.
//!
//! SQLite binds no arrays, and takes the first spelling for a syntax error; so what it gets to see is the user's text with
//! insertions around such a parameter, and nothing else changed. `x IN (:a, :b)` and `x IN ((:a))` compare with single
//! values and stay. Invariant: every byte SQLite names in an error belongs to a byte of the user's file.

use std::borrow::Cow;

use crate::source::SourceMap;

use super::statement::{Parameter, ParameterRole, Statement};
use super::token::Token;

/// How the elements of a list are read from its JSON array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListForm {
    /// Each as it is: for numbers that meet numbers, and for texts.
    Plain,
    /// Blobs.
    Blobs,
    /// Any values: a blob stands as its hexadecimal digits in an array of its own.
    ///
    /// As an expression it has no affinity, so that a column's own is applied to each element as it is to `(:a, :b)`.
    Mixed,
}

impl ListForm {
    fn expression(self) -> &'static str {
        match self {
            Self::Plain => "value",
            Self::Blobs => "unhex(value ->> 0)",
            Self::Mixed => "CASE type WHEN 'array' THEN unhex(value ->> 0) ELSE value END",
        }
    }
}

/// A text that goes in front of the file's byte `at`.
struct Insertion {
    at: usize,
    text: String,
    /// Where the list stands for which it is made.
    list: usize,
}

impl Statement {
    /// The text that SQLite runs: the statement's own, with every list parameter of number `n` read in `form(n)`.
    #[must_use]
    pub fn run_text<'a>(
        &self,
        sources: &'a SourceMap,
        form: impl Fn(usize) -> ListForm,
    ) -> Cow<'a, str> {
        let text = self.text(sources);
        let insertions = self.insertions(form);
        if insertions.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut run = String::with_capacity(text.len() + 64 * insertions.len());
        let mut rest = text;
        let mut start = self.span.start;
        for insertion in insertions {
            // Parameters are tokens of the statement, so that they lie within it and on character boundaries.
            let (before, behind) = rest
                .split_at_checked(insertion.at - start)
                .unwrap_or((rest, ""));
            run.push_str(before);
            run.push_str(&insertion.text);
            rest = behind;
            start = insertion.at;
        }
        run.push_str(rest);
        Cow::Owned(run)
    }

    /// The byte of the file from which byte `offset` of [`Statement::run_text`] comes; inserted ones come from the list.
    #[must_use]
    pub fn source_byte(&self, offset: usize, form: impl Fn(usize) -> ListForm) -> usize {
        let mut added = 0;
        for insertion in self.insertions(form) {
            let place = insertion.at - self.span.start + added;
            if offset < place {
                break;
            }
            if offset < place + insertion.text.len() {
                return insertion.list;
            }
            added += insertion.text.len();
        }
        self.span.start + offset - added
    }

    /// The first list that a row is compared with, `(a, b) IN :list`; a list holds single values only.
    #[must_use]
    pub fn list_of_rows(&self, sources: &SourceMap) -> Option<&Parameter> {
        let text = &sources.file(self.file()).text;
        let tokens: Vec<&Token> = self.significant().collect();
        let mut lists = self.parameters.iter().filter(|place| place.is_list());
        lists.find(|list| {
            let place = tokens.partition_point(|token| token.range.start < list.span.start);
            let mut before = tokens[..place].iter().rev().skip_while(|token| {
                token.is_symbol(text, "(")
                    || token.is_word(text, "IN")
                    || token.is_word(text, "NOT")
            });
            let mut depth = 0_usize;
            before.try_fold(false, |row, token| {
                depth += usize::from(token.is_symbol(text, ")"));
                depth -= usize::from(token.is_symbol(text, "(")).min(depth);
                let row = row || (depth == 1 && token.is_symbol(text, ","));
                if depth == 0 { Err(row) } else { Ok(row) }
            }) == Err(true)
        })
    }

    fn insertions(&self, form: impl Fn(usize) -> ListForm) -> Vec<Insertion> {
        let mut insertions = Vec::new();
        for parameter in &self.parameters {
            let ParameterRole::List { parenthesized } = parameter.role else {
                continue;
            };
            let (open, close) = if parenthesized { ("", "") } else { ("(", ")") };
            let expression = form(parameter.number).expression();
            insertions.push(Insertion {
                at: parameter.span.start,
                text: format!("{open}SELECT {expression} FROM json_each("),
                list: parameter.span.start,
            });
            insertions.push(Insertion {
                at: parameter.span.end,
                text: format!("){close}"),
                list: parameter.span.start,
            });
        }
        insertions
    }
}

/// What the parameter at `at` among the significant `tokens` stands for.
pub(super) fn role(text: &str, tokens: &[&Token], at: usize) -> ParameterRole {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let is_in = |token: Option<&&Token>| token.is_some_and(|token| token.is_word(text, "IN"));
    let is_symbol = |token: Option<&&Token>, symbol: &str| {
        token.is_some_and(|token| token.is_symbol(text, symbol))
    };
    let alone = is_symbol(before(1), "(") && is_symbol(tokens.get(at + 1), ")");
    if is_in(before(1)) {
        ParameterRole::List {
            parenthesized: false,
        }
    } else if alone && is_in(before(2)) {
        ParameterRole::List {
            parenthesized: true,
        }
    } else {
        ParameterRole::Value
    }
}
