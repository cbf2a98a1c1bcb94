//! The lines of a comment in, the trees of its blocks out.
//!
//! `@@{ field=id, notNull=true }` gives a [`Block`] of two entries. Parsing never fails: what cannot be read is a problem,
//! and goes on behind the next comma or line end, so that one mistake hides no other.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

use super::cursor::Cursor;
use super::model::Spanned;
use super::tree::{Block, Entry, OPENING, Value, is_key_char};

/// Deeper values are refused; a stack is finite.
const DEEPEST: usize = 16;

/// What was found in a comment.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) blocks: Vec<Block>,
    pub(super) problems: Vec<Diagnostic>,
    /// The bytes of blocks that are never closed, which are no documentation either.
    pub(super) unclosed: Vec<Span>,
}

/// Parses the blocks in `lines`, ranges of bytes of `text`, which is all of `file`.
pub(super) fn parse_blocks(file: FileId, text: &str, lines: &[Range<usize>]) -> Parsed {
    let mut parsed = Parsed::default();
    if !lines
        .iter()
        .any(|line| text[line.clone()].contains(OPENING))
    {
        return parsed;
    }
    let mut parser = Parser {
        file,
        cursor: Cursor::new(file, text, lines),
        problems: Vec::new(),
        lost_string: false,
    };
    while let Some(start) = parser.cursor.find_opening() {
        let known = parsed.problems.len();
        let entries = parser.entries(0);
        let span = parser.cursor.span_from(start);
        parsed.problems.append(&mut parser.problems);
        let is_whole = parsed.problems.len() == known;
        // A string without its end takes the closing brace along: that is one mistake, not two.
        let lost_string = std::mem::take(&mut parser.lost_string);
        if let Ok(entries) = entries {
            parsed.blocks.push(Block {
                span,
                entries,
                is_whole,
            });
            continue;
        }
        parsed.unclosed.push(span);
        if !lost_string {
            let opening = Span::new(file, start..start + OPENING.len());
            parsed.problems.truncate(known);
            parsed.problems.push(
                Diagnostic::error(Code::UnclosedBlock, "annotation block is never closed")
                    .at(opening, "opened here")
                    .help("close it with `}` in the same comment"),
            );
        }
    }
    parsed
}

/// The comment ends, or another block starts, before this one is closed.
struct Unclosed;

/// A problem was recorded; go on behind it.
struct Fault;

struct Parser {
    file: FileId,
    cursor: Cursor,
    problems: Vec<Diagnostic>,
    lost_string: bool,
}

impl Parser {
    /// What stands between braces, up to and with the closing one.
    fn entries(&mut self, depth: usize) -> Result<Vec<Entry>, Unclosed> {
        let mut entries = Vec::new();
        loop {
            self.cursor.skip_lines();
            match self.cursor.peek() {
                None => return Err(Unclosed),
                Some('@') if self.cursor.is_opening() => return Err(Unclosed),
                Some('}') => {
                    self.cursor.step();
                    return Ok(entries);
                }
                Some(_) => {}
            }
            let entry = self.entry(depth)?.and_then(|entry| {
                entries.push(entry);
                self.separator('}')
            });
            if let Err(Fault) = entry {
                self.cursor.recover('}');
            }
        }
    }

    fn entry(&mut self, depth: usize) -> Result<Result<Entry, Fault>, Unclosed> {
        let key = match self.key() {
            Ok(key) => key,
            Err(fault) => return Ok(Err(fault)),
        };
        self.cursor.skip_space();
        if !self.cursor.eat('=') && !self.cursor.eat(':') {
            return Ok(Err(
                self.unexpected(&format!("`=` behind key `{}`", key.value))
            ));
        }
        Ok(self.value(depth)?.map(|value| Entry { key, value }))
    }

    fn key(&mut self) -> Result<Spanned<String>, Fault> {
        let start = self.cursor.place();
        if matches!(self.cursor.peek(), Some('"' | '\'')) {
            return self.string();
        }
        let mut value = String::new();
        while let Some(c) = self.cursor.peek().filter(|c| is_key_char(*c)) {
            value.push(c);
            self.cursor.step();
        }
        if value.is_empty() {
            return Err(self.unexpected("a key"));
        }
        Ok(Spanned {
            value,
            span: self.cursor.span_from(start),
        })
    }

    /// A comma or a line end, or what closes the list.
    fn separator(&mut self, close: char) -> Result<(), Fault> {
        let is_new_line = self.cursor.skip_lines();
        let is_end = self.cursor.peek().is_none_or(|c| c == close) || self.cursor.is_opening();
        if self.cursor.eat(',') || is_new_line || is_end {
            Ok(())
        } else {
            Err(self.unexpected("`,` or a new line"))
        }
    }

    fn value(&mut self, depth: usize) -> Result<Result<Spanned<Value>, Fault>, Unclosed> {
        self.cursor.skip_space();
        let start = self.cursor.place();
        let value = match self.cursor.peek() {
            Some('"' | '\'') => {
                return Ok(self.string().map(|text| Spanned {
                    value: Value::Text(text.value),
                    span: text.span,
                }));
            }
            Some('[' | '{') if depth >= DEEPEST => {
                return Ok(Err(self.unexpected("a value that is nested less deeply")));
            }
            Some('[') => {
                self.cursor.step();
                Value::List(self.items(depth + 1)?)
            }
            Some('{') => {
                self.cursor.step();
                Value::Object(self.entries(depth + 1)?)
            }
            _ => return Ok(self.bare()),
        };
        Ok(Ok(Spanned {
            value,
            span: self.cursor.span_from(start),
        }))
    }

    /// What stands between brackets, up to and with the closing one.
    fn items(&mut self, depth: usize) -> Result<Vec<Spanned<Value>>, Unclosed> {
        let mut items = Vec::new();
        loop {
            self.cursor.skip_lines();
            match self.cursor.peek() {
                None => return Err(Unclosed),
                Some('@') if self.cursor.is_opening() => return Err(Unclosed),
                // A list that is still open when its block ends.
                Some('}') => {
                    self.unexpected("`]`");
                    return Ok(items);
                }
                Some(']') => {
                    self.cursor.step();
                    return Ok(items);
                }
                Some(_) => {}
            }
            let item = self.value(depth)?.and_then(|item| {
                items.push(item);
                self.separator(']')
            });
            if let Err(Fault) = item {
                self.cursor.recover(']');
            }
        }
    }

    fn string(&mut self) -> Result<Spanned<String>, Fault> {
        let start = self.cursor.place();
        let quote = self.cursor.peek();
        self.cursor.step();
        let mut value = String::new();
        loop {
            let c = self.cursor.peek();
            match c {
                None | Some('\n') => {
                    self.lost_string = true;
                    let span = self.cursor.span_from(start);
                    let message = "string is never closed in this line";
                    self.problems
                        .push(Diagnostic::error(Code::MalformedBlock, message).at(span, ""));
                    return Err(Fault);
                }
                Some('\\') => {
                    self.cursor.step();
                    match self.cursor.peek() {
                        Some('n') => value.push('\n'),
                        Some('r') => value.push('\r'),
                        Some('t') => value.push('\t'),
                        Some('\n') | None => continue,
                        Some(escaped) => value.push(escaped),
                    }
                }
                _ if c == quote => break,
                Some(c) => value.push(c),
            }
            self.cursor.step();
        }
        self.cursor.step();
        Ok(Spanned {
            value,
            span: self.cursor.span_from(start),
        })
    }

    /// Words without quotes, spaces inside included.
    fn bare(&mut self) -> Result<Spanned<Value>, Fault> {
        let start = self.cursor.place();
        let mut words = String::new();
        let mut open = 0_usize;
        let mut end = self.cursor.mark();
        while let Some(c) = self.cursor.peek() {
            match c {
                '\n' | '}' | ']' => break,
                ',' if open == 0 || !self.cursor.closes_brackets(open) => break,
                '<' | '(' => open += 1,
                '>' if words.ends_with('-') => {}
                '>' | ')' => open = open.saturating_sub(1),
                ',' => {}
                ':' if self.cursor.peek_at(1) == Some(':') => {
                    words.push(c);
                    self.cursor.step();
                }
                '=' | ':' => {
                    let fault = self.unexpected("`,` or a new line behind the value");
                    if let Some(problem) = self.problems.last_mut() {
                        problem
                            .help
                            .push("separate two entries by a comma, or quote the value".to_owned());
                    }
                    return Err(fault);
                }
                _ if is_bare_char(c) => {}
                _ if self.cursor.is_opening() => break,
                _ => {
                    let fault = self.unexpected("a bare word");
                    if let Some(problem) = self.problems.last_mut() {
                        problem.help.push("quote the value".to_owned());
                    }
                    return Err(fault);
                }
            }
            words.push(c);
            self.cursor.step();
            if !c.is_whitespace() {
                end = self.cursor.mark();
            }
        }
        self.cursor.reset(end);
        let words = words.trim_end();
        if words.is_empty() {
            return Err(self.unexpected("a value"));
        }
        Ok(Spanned {
            value: Value::from_bare(words),
            span: self.cursor.span_from(start),
        })
    }

    /// Records that something else was `expected` here.
    fn unexpected(&mut self, expected: &str) -> Fault {
        let place = self.cursor.place();
        let (found, length) = match self.cursor.peek() {
            None => ("the end of the comment".to_owned(), 0),
            Some('\n') => ("the end of the line".to_owned(), 0),
            Some(c) => (format!("`{c}`"), c.len_utf8()),
        };
        // The place of a line end is the start of the next line; point behind what was read instead.
        let place = if length == 0 {
            self.cursor.span_from(0).end.min(place)
        } else {
            place
        };
        let message = format!("found {found}, expected {expected}");
        let span = Span::new(self.file, place..place + length);
        self.problems
            .push(Diagnostic::error(Code::MalformedBlock, message).at(span, ""));
        Fault
    }
}

/// What bare words are made of, besides `::`.
fn is_bare_char(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace() || matches!(c, '_' | '.' | '/' | '&' | '-' | '+')
}
