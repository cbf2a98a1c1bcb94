//! Leading comments in, documentation out: the text without delimiters, blocks and common indentation.
//!
//! `-- Lists tasks. @@{ name=all }` gives `["Lists tasks."]`.

use std::ops::Range;

use crate::source::Span;

use super::comment::Run;

/// The lines of the leading `runs` of comments in `text`, without what `blocks` cover.
pub(super) fn doc_lines(text: &str, runs: &[Run], blocks: &[Span]) -> Vec<String> {
    let mut doc: Vec<String> = Vec::new();
    for run in runs.iter().filter(|run| run.leading) {
        if run.behind_gap {
            doc.push(String::new());
        }
        let mut lines: Vec<String> = Vec::new();
        let mut first_has_text = false;
        for (index, line) in run.lines.iter().enumerate() {
            if let Some(content) = without_blocks(text, line, blocks) {
                first_has_text |= index == 0 && run.is_long && !content.trim().is_empty();
                lines.push(content);
            }
        }
        // The text behind `/*` says nothing about the indentation of the lines below.
        let (first, rest) = lines.split_at_mut(usize::from(first_has_text));
        for line in first {
            *line = line.trim().to_owned();
        }
        remove_indentation(rest);
        doc.append(&mut lines);
    }
    let is_text = |line: &String| !line.is_empty();
    let end = doc.iter().rposition(is_text).map_or(0, |last| last + 1);
    let start = doc.iter().position(is_text).unwrap_or(0);
    doc.truncate(end);
    doc.drain(..start.min(end));
    doc.dedup_by(|next, line| next.is_empty() && line.is_empty());
    doc
}

/// What is left of `line`; nothing when it held only blocks.
fn without_blocks(text: &str, line: &Range<usize>, blocks: &[Span]) -> Option<String> {
    let mut left = String::new();
    let mut at = line.start;
    let mut is_cut = false;
    let mut push = |piece: &str| {
        // Where a block goes, the space at one of its sides goes along.
        let is_doubled = left.ends_with(char::is_whitespace);
        left.push_str(if is_doubled {
            piece.trim_start()
        } else {
            piece
        });
    };
    for block in blocks
        .iter()
        .filter(|block| block.start < line.end && line.start < block.end)
    {
        is_cut = true;
        push(&text[at..block.start.clamp(at, line.end)]);
        at = block.end.clamp(at, line.end);
    }
    push(&text[at..line.end]);
    let is_ruler = !left.trim().is_empty()
        && left
            .trim()
            .chars()
            .all(|c| matches!(c, '-' | '*' | '=' | '#'));
    let left = if is_ruler { "" } else { left.trim_end() };
    (!is_cut || !left.trim().is_empty()).then(|| left.to_owned())
}

/// Takes away the space that all lines start with.
fn remove_indentation(lines: &mut [String]) {
    let indentation = |line: &String| line.chars().take_while(|c| c.is_whitespace()).count();
    let texts = lines.iter().filter(|line| !line.is_empty());
    let common = texts.map(indentation).min().unwrap_or(0);
    for line in lines {
        *line = line.chars().skip(common).collect();
    }
}
