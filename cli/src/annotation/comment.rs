//! Cuts comments into the lines a reader sees: delimiters and the stars at the left of a long comment are no content.
//!
//! Neighbouring `--` comments are one [`Run`], since a block may go on in the next line; a `/* */` comment is one alone.

use std::ops::Range;

use crate::syntax::Comment;

/// One comment, or `--` comments with nothing but space between them.
#[derive(Debug)]
pub(super) struct Run {
    /// What is in its lines, as bytes of the file.
    pub(super) lines: Vec<Range<usize>>,
    /// Whether it is a `/* */` comment.
    pub(super) is_long: bool,
    /// Whether it stands in front of the statement.
    pub(super) leading: bool,
    /// Whether an empty line stands in front of it.
    pub(super) behind_gap: bool,
    /// Where it ends.
    end: usize,
}

/// The runs of `comments`, which lie in `text`.
pub(super) fn runs(comments: &[Comment], text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for comment in comments {
        let range = comment.span.range();
        let gap = runs.last().map(|last| &text[last.end..range.start]);
        let follows =
            gap.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}'));
        let is_gap_empty = !follows || gap.is_some_and(|gap| gap.matches('\n').count() < 2);
        if text[range.clone()].starts_with("--") {
            let line = range.start + 2..range.end;
            match runs.last_mut() {
                Some(last) if follows && !last.is_long => {
                    if !is_gap_empty {
                        last.lines.push(line.start..line.start);
                    }
                    last.lines.push(line);
                    last.end = range.end;
                }
                _ => runs.push(Run::new(comment, false, vec![line], !is_gap_empty)),
            }
        } else {
            runs.push(Run::new(
                comment,
                true,
                lines_of_long(text, range),
                !is_gap_empty,
            ));
        }
    }
    runs
}

impl Run {
    fn new(comment: &Comment, is_long: bool, lines: Vec<Range<usize>>, behind_gap: bool) -> Self {
        Self {
            lines,
            is_long,
            leading: comment.leading,
            behind_gap,
            end: comment.span.end,
        }
    }
}

/// The lines of a `/* */` comment without `/*`, `*/` and stars at the margins.
fn lines_of_long(text: &str, comment: Range<usize>) -> Vec<Range<usize>> {
    let written = &text[comment.clone()];
    let inner = written.get(2..).unwrap_or("");
    let inner = inner.strip_suffix("*/").unwrap_or(inner);
    let mut start = comment.start + 2;
    let mut lines = Vec::new();
    let mut rest = inner.split('\n').peekable();
    while let Some(line) = rest.next() {
        let next = start + line.len() + 1;
        let body = if lines.is_empty() {
            line
        } else {
            line.trim_start()
        };
        let body = match body.strip_prefix('*') {
            Some(body) => body.trim_start_matches('*'),
            None if lines.is_empty() => body,
            None => line,
        };
        let from = start + line.len() - body.len();
        let body = if rest.peek().is_none() {
            body.trim_end_matches('*')
        } else {
            body
        };
        lines.push(from..from + body.len());
        start = next;
    }
    lines
}
