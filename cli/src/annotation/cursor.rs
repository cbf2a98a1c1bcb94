//! Walks over the characters of a comment's lines, each with its place in the file.
//!
//! Between two lines stands a line feed, whatever stands there in the file: the end of a line, `--`, stars.

use std::ops::Range;

use crate::source::{FileId, Span};

use super::tree::OPENING;

/// A place in the lines of a comment.
pub(super) struct Cursor {
    file: FileId,
    chars: Vec<(usize, char)>,
    at: usize,
    /// Where the last line ends.
    end: usize,
}

impl Cursor {
    pub(super) fn new(file: FileId, text: &str, lines: &[Range<usize>]) -> Self {
        let mut chars = Vec::new();
        for line in lines {
            if !chars.is_empty() {
                chars.push((line.start, '\n'));
            }
            chars.extend(
                text[line.clone()]
                    .char_indices()
                    .map(|(at, c)| (line.start + at, c)),
            );
        }
        Self {
            file,
            chars,
            at: 0,
            end: lines.last().map_or(0, |line| line.end),
        }
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|(_, c)| *c)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    /// Goes on by one character.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// The current place, for [`reset`](Self::reset).
    pub(super) fn mark(&self) -> usize {
        self.at
    }

    /// Goes back to where [`mark`](Self::mark) was asked.
    pub(super) fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    /// Where the current character is.
    pub(super) fn place(&self) -> usize {
        self.chars
            .get(self.at)
            .map_or(self.end, |(place, _)| *place)
    }

    /// From `start` to the end of the last character that was read; line feeds take no room.
    pub(super) fn span_from(&self, start: usize) -> Span {
        let read = self.chars[..self.at].iter().rev().find(|(_, c)| *c != '\n');
        let end = read.map_or(start, |(place, c)| place + c.len_utf8());
        Span::new(self.file, start..end.max(start))
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() && c != '\n') {
            self.at += 1;
        }
    }

    /// Skips space and line ends; tells whether there was a line end.
    pub(super) fn skip_lines(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.chars[start..self.at].iter().any(|(_, c)| *c == '\n')
    }

    pub(super) fn is_opening(&self) -> bool {
        OPENING
            .chars()
            .enumerate()
            .all(|(ahead, c)| self.peek_at(ahead) == Some(c))
    }

    /// Goes behind the next `@@{`; gives where it starts.
    pub(super) fn find_opening(&mut self) -> Option<usize> {
        while self.peek().is_some() {
            if self.is_opening() {
                let start = self.place();
                self.at += OPENING.len();
                return Some(start);
            }
            self.at += 1;
        }
        None
    }

    /// Whether the `open` brackets of a type such as `Map<String, i64>` close in this line, before anything else can.
    pub(super) fn closes_brackets(&self, mut open: usize) -> bool {
        for (_, c) in &self.chars[self.at..] {
            match c {
                '<' | '(' => open += 1,
                '>' | ')' => open -= 1,
                '\n' | '}' | ']' | '=' | '"' | '\'' => return false,
                _ => {}
            }
            if open == 0 {
                return true;
            }
        }
        false
    }

    /// Goes on behind the next comma or line end, or in front of `close` or the end of the block.
    pub(super) fn recover(&mut self, close: char) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '@' if self.is_opening() => return,
                '}' if depth == 0 => return,
                _ if c == close && depth == 0 => return,
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                ',' | '\n' if depth == 0 => {
                    self.at += 1;
                    return;
                }
                '"' | '\'' => self.skip_string(c),
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes to the closing quote, if there is one in this line.
    fn skip_string(&mut self, quote: char) {
        let rest = self.chars[self.at + 1..]
            .iter()
            .map(|(_, c)| *c)
            .take_while(|c| *c != '\n');
        if let Some(length) = rest.into_iter().position(|c| c == quote) {
            self.at += 1 + length;
        }
    }
}
