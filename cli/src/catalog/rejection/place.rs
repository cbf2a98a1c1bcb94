//! Finds the tokens that a message of SQLite is about, where SQLite tells no offset.
//!
//! `cannot join using column x` → the `x` behind USING. Invariant: what is not found gives none, never a wrong guess at a
//! string that happens to hold the name.

use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, Token, TokenKind};

/// Where in a statement something is to be found. Numbers are those of the message's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The name.
    Name(usize),
    /// The name, where a table is expected.
    Table(usize),
    /// The name in the list of an INSERT, or in front of `=` in SET.
    Listed(usize),
    /// The name, the second time that it stands there.
    Again(usize),
    /// The name, the second time that a common table expression starts with it.
    Second(usize),
    /// The name, the last time that a column's definition starts with it.
    Definition(usize),
    /// The name, behind a word.
    Between(&'static str, usize),
    /// Words that follow each other; the last time that they do so with `true`.
    Word(&'static [&'static str], bool),
    /// The token behind the first one; the second is none when any will do.
    Behind(&'static str, &'static str),
    /// The row of VALUES with another number of values than the part says, or than the first row.
    Row(Option<usize>),
    /// The operator between two queries whose numbers of columns differ.
    Compound(usize),
    /// The first subquery that has as many columns.
    Subselect(usize),
    /// A list in parentheses that is no argument list.
    RowValue,
    /// The conflict target with that number.
    Conflict(usize),
    /// The term with that number of the last ORDER BY, or of the clause that the other part names.
    Term(usize, Option<usize>),
    /// A clause by its words.
    Clause(usize),
    /// The first parameter.
    Parameter,
    /// Nowhere in particular.
    Whole,
}

impl Place {
    /// The part of the message that names what is looked for.
    pub(super) fn part(self) -> usize {
        match self {
            Self::Name(part)
            | Self::Table(part)
            | Self::Listed(part)
            | Self::Again(part)
            | Self::Second(part)
            | Self::Definition(part)
            | Self::Between(_, part)
            | Self::Row(Some(part))
            | Self::Compound(part)
            | Self::Subselect(part)
            | Self::Conflict(part)
            | Self::Term(part, _)
            | Self::Clause(part) => part,
            _ => 0,
        }
    }
}

/// The tokens of a statement.
pub(super) struct Scope<'a> {
    pub(super) text: &'a str,
    pub(super) statement: &'a Statement,
    pub(super) tokens: Vec<&'a Token>,
}

impl<'a> Scope<'a> {
    pub(super) fn of(sources: &'a SourceMap, statement: &'a Statement) -> Self {
        Self {
            text: &sources.file(statement.file()).text,
            statement,
            tokens: statement.significant().collect(),
        }
    }

    /// Finds `place` for a message with these parts.
    pub(super) fn find(&self, place: Place, parts: &[&str]) -> Option<Span> {
        let part = parts.get(place.part()).copied().unwrap_or("");
        let at = match place {
            Place::Whole => return None,
            Place::Parameter => return self.statement.parameters.first().map(|found| found.span),
            Place::Row(expected) => {
                return self.row(expected.and_then(|_| part.parse().ok()));
            }
            Place::RowValue => return self.row_value(),
            Place::Conflict(_) => return self.conflict_target(ordinal(part)),
            Place::Term(_, clause) => {
                let clause = clause.and_then(|at| parts.get(at)).unwrap_or(&"ORDER");
                return self.term(clause, ordinal(part));
            }
            Place::Clause(_) => {
                let words: Vec<&str> = part.split(' ').collect();
                return self.words(&words, false);
            }
            Place::Word(words, last) => return self.words(words, last),
            Place::Name(_) => self.named(part, |_| true),
            Place::Table(_) => self.named(part, |at| self.is_table(at)),
            Place::Listed(_) => self.named(part, |at| self.is_listed(at)),
            Place::Again(_) => self.all_named(part).nth(1),
            Place::Second(_) => self
                .all_named(part)
                .filter(|&at| self.starts_query(at))
                .nth(1),
            Place::Definition(_) => self
                .all_named(part)
                .filter(|&at| self.is_definition(at))
                .last(),
            Place::Between(word, _) => {
                let from = (0..self.tokens.len()).find(|&at| self.is(at, word))?;
                self.named(part, |at| at > from)
            }
            Place::Behind(first, next) => (1..self.tokens.len())
                .find(|&at| self.is(at - 1, first) && (next.is_empty() || self.is(at, next))),
            Place::Compound(_) => return self.compound(part),
            Place::Subselect(_) => (1..self.tokens.len()).find(|&at| {
                let items = self.items(at);
                self.is(at, "SELECT")
                    && self.is(at - 1, "(")
                    && items.is_none_or(|n| n.to_string() == part)
            }),
        };
        let at = at.or_else(|| self.named(part, |_| true))?;
        Some(self.statement.span_of(self.tokens[at]))
    }

    /// The words that follow each other, as one span.
    pub(super) fn words(&self, words: &[&str], last: bool) -> Option<Span> {
        let starts = |at: &usize| {
            let mut places = words.iter().zip(*at..);
            places.all(|(word, at)| self.is(at, word))
        };
        let mut found = (0..self.tokens.len()).filter(starts);
        let at = if last {
            found.next_back()
        } else {
            found.next()
        }?;
        Some(self.span(at, at + words.len() - 1))
    }

    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        let start = self.tokens[first].range.start;
        let end = self.tokens[last.min(self.tokens.len() - 1)].range.end;
        Span::new(self.statement.file(), start..end)
    }

    /// Whether the token is this word or symbol.
    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.is_word(self.text, word) || token.is_symbol(self.text, word))
    }

    /// The first token with that name for which the claim holds, or else the first one; of `task.title` the column, or the
    /// table where the column is not written.
    fn named(&self, name: &str, claim: impl Fn(usize) -> bool) -> Option<usize> {
        let whole = name.rsplit_once('.').and_then(|(table, column)| {
            self.all_named(column).find(|&at| {
                let mut tables = self.all_named(table);
                at >= 2 && self.is(at - 1, ".") && tables.any(|table| table == at - 2)
            })
        });
        whole.or_else(|| {
            name.rsplit('.').find_map(|part| {
                let all = || self.all_named(part);
                all().find(|&at| claim(at)).or_else(|| all().next())
            })
        })
    }

    /// The tokens with that name; strings only when nothing else has it.
    fn all_named(&self, name: &str) -> impl Iterator<Item = usize> {
        let is_named = |at: &usize| {
            let token = self.tokens[*at];
            let found = token.name(self.text);
            token.text(self.text) == name
                || found.is_some_and(|found| found.eq_ignore_ascii_case(name))
        };
        let found = (0..self.tokens.len()).filter(is_named);
        let (strings, names): (Vec<usize>, Vec<usize>) =
            found.partition(|&at| self.tokens[at].kind == TokenKind::String);
        let found = if names.is_empty() { strings } else { names };
        found.into_iter()
    }

    fn is_table(&self, at: usize) -> bool {
        let intro = ["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "ON", "IN", "."];
        let before = at.checked_sub(1);
        // Not the table of a column, `x.name`, but `x.*` names a table.
        let qualifies = self.is(at + 1, ".") && !self.is(at + 2, "*");
        !qualifies && before.is_some_and(|at| intro.iter().any(|word| self.is(at, word)))
    }

    fn is_listed(&self, at: usize) -> bool {
        let ends = [",", ")", "="].iter().any(|symbol| self.is(at + 1, symbol));
        let opens = |at: &usize| self.is(*at, "INTO") || self.is(*at, "SET");
        ends && (0..at).any(|at| opens(&at))
    }

    fn starts_query(&self, at: usize) -> bool {
        self.is(at + 1, "AS") || self.is(at + 1, "(")
    }

    fn is_definition(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        self.depth(at) == 1 && before.is_some_and(|at| self.is(at, "(") || self.is(at, ","))
    }

    /// How many parentheses are open in front of the token.
    fn depth(&self, at: usize) -> usize {
        (0..at).fold(0, |depth, at| {
            (depth + usize::from(self.is(at, "("))).saturating_sub(usize::from(self.is(at, ")")))
        })
    }
}

/// The number in `2nd`; nothing means the first.
fn ordinal(text: &str) -> usize {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(1)
}

/// The token at `byte`; with `p.nam` the whole qualified name, since SQLite points at its first part.
pub(super) fn token_at(sources: &SourceMap, statement: &Statement, byte: usize) -> Option<Span> {
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
