//! Finds lists in a statement and counts them: rows of VALUES, columns of a query, terms of ORDER BY, conflict targets.
//!
//! `VALUES (1, 2), (3)` → the row `(3)` is the one with another number of values.

use crate::source::Span;
use crate::syntax::TokenKind;

use super::place::Scope;

impl Scope<'_> {
    /// The first row of VALUES that has not `expected` values, or not as many as the first row; in an INSERT without VALUES
    /// its SELECT.
    pub(super) fn row(&self, expected: Option<usize>) -> Option<Span> {
        let Some(values) = (0..self.tokens.len()).find(|&at| self.is(at, "VALUES")) else {
            return self.words(&["SELECT"], false);
        };
        let mut expected = expected;
        let mut at = values + 1;
        while self.is(at, "(") {
            let end = self.closing(at)?;
            let count = self.count(at + 1, end);
            if count != *expected.get_or_insert(count) {
                return Some(self.span(at, end));
            }
            at = if self.is(end + 1, ",") {
                end + 2
            } else {
                end + 1
            };
        }
        Some(self.span(values, values))
    }

    /// The first list of several things in parentheses that are no arguments.
    pub(super) fn row_value(&self) -> Option<Span> {
        let opens = (1..self.tokens.len()).filter(|&at| self.is(at, "("));
        let mut found = opens.filter_map(|at| Some((at, self.closing(at)?)));
        found
            .find(|&(at, end)| {
                let before = self.tokens[at - 1];
                let words = [
                    "SELECT", "WHERE", "AND", "OR", "NOT", "ON", "BY", "THEN", "ELSE", "WHEN",
                ];
                let is_free = before.kind == TokenKind::Symbol
                    || words.iter().any(|word| self.is(at - 1, word));
                is_free && !self.is(at + 1, "SELECT") && self.count(at + 1, end) > 1
            })
            .map(|(at, end)| self.span(at, end))
    }

    /// The parentheses behind the `number`th ON CONFLICT.
    pub(super) fn conflict_target(&self, number: usize) -> Option<Span> {
        let clauses =
            (0..self.tokens.len()).filter(|&at| self.is(at, "ON") && self.is(at + 1, "CONFLICT"));
        let at = clauses
            .skip(number.saturating_sub(1))
            .find(|&at| self.is(at + 2, "("))?
            + 2;
        Some(self.span(at, self.closing(at)?))
    }

    /// The `number`th term of the last `clause` BY.
    pub(super) fn term(&self, clause: &str, number: usize) -> Option<Span> {
        let by =
            (1..self.tokens.len()).rfind(|&at| self.is(at, "BY") && self.is(at - 1, clause))?;
        let mut first = by + 1;
        for _ in 1..number {
            first = self.end_of_term(first) + 1;
        }
        let end = self.end_of_term(first);
        (first < end).then(|| self.span(first, end - 1))
    }

    /// The first operator `words` between queries of different length.
    pub(super) fn compound(&self, words: &str) -> Option<Span> {
        let words: Vec<&str> = words.split(' ').collect();
        let is_here = |at: &usize| words.iter().zip(*at..).all(|(word, at)| self.is(at, word));
        let all: Vec<usize> = (0..self.tokens.len()).filter(is_here).collect();
        let differs = |at: &&usize| {
            let left = (0..**at)
                .rfind(|&at| self.is(at, "SELECT"))
                .and_then(|at| self.items(at));
            let right = self.items(**at + words.len());
            left.zip(right).is_some_and(|(left, right)| left != right)
        };
        let at = *all.iter().find(differs).or(all.first())?;
        Some(self.span(at, at + words.len() - 1))
    }

    /// How many columns the query has whose SELECT stands at `at`; none when `*` hides it.
    pub(super) fn items(&self, at: usize) -> Option<usize> {
        if !self.is(at, "SELECT") {
            return None;
        }
        let mut end = at + 1;
        while end < self.tokens.len()
            && !self.is(end, "FROM")
            && !self.is(end, ")")
            && !self.is_compound(end)
        {
            if self.is(end, "*")
                && (self.is(end - 1, ".") || self.is(end - 1, ",") || end == at + 1)
            {
                return None;
            }
            end = if self.is(end, "(") {
                self.closing(end)? + 1
            } else {
                end + 1
            };
        }
        Some(self.count(at + 1, end))
    }

    fn is_compound(&self, at: usize) -> bool {
        ["UNION", "INTERSECT", "EXCEPT"]
            .iter()
            .any(|word| self.is(at, word))
    }

    fn end_of_term(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.tokens.len()
            && !self.is(at, ",")
            && !self.is(at, ")")
            && !self.is(at, "LIMIT")
            && !self.is(at, "ORDER")
        {
            at = if self.is(at, "(") {
                self.closing(at).unwrap_or(at) + 1
            } else {
                at + 1
            };
        }
        at
    }

    /// The parenthesis that closes the one at `open`.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        (open..self.tokens.len()).find(|&at| {
            depth += usize::from(self.is(at, "("));
            depth = depth.saturating_sub(usize::from(self.is(at, ")")));
            depth == 0
        })
    }

    /// How many things, separated by commas, lie between the two places.
    fn count(&self, from: usize, to: usize) -> usize {
        let mut depth = 0_usize;
        let mut commas = 0;
        for at in from..to {
            depth += usize::from(self.is(at, "("));
            depth = depth.saturating_sub(usize::from(self.is(at, ")")));
            commas += usize::from(depth == 0 && self.is(at, ","));
        }
        if from < to { commas + 1 } else { 0 }
    }
}
