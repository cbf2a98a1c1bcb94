//! Trees in, [`Annotations`] out: every key is known, at its place, given once, and has a value it takes.
//!
//! What is wrong is a diagnostic at the very word, and the rest of the block still counts. `@@{ field=id, notNull=yes }`
//! gives a block about `id` that says nothing, and a diagnostic at `yes`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{SourceMap, Span};
use crate::syntax::{Comment, Statement};

use super::comment::runs;
use super::doc::doc_lines;
use super::judge::judge;
use super::keys::{
    KEYS, Key, Place, Subject, TARGETS, Takes, describe_places, find, target, without_use,
};
use super::merge::{
    is_same, merge_dynamic, merge_field, merge_param, merge_statement, taken_twice,
};
use super::model::Annotations;
use super::parse::parse_blocks;
use super::tree::{Block, Entry, OPENING};
use super::value::text;

/// Understands the comments of `statement`, which is a statement of the kind `place`.
pub fn resolve_statement(
    statement: &Statement,
    sources: &SourceMap,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Annotations {
    let mut annotations = Annotations::default();
    if statement.comments.is_empty() {
        return annotations;
    }
    let file = statement.file();
    let text = &sources.file(file).text;
    let runs = runs(&statement.comments, text);
    let mut covered = Vec::new();
    for run in &runs {
        let parsed = parse_blocks(file, text, &run.lines);
        parsed
            .problems
            .into_iter()
            .for_each(|problem| diagnostics.push(problem));
        covered.extend(parsed.blocks.iter().map(|block| block.span));
        covered.extend(parsed.unclosed);
        for block in &parsed.blocks {
            let mut resolver = Resolver {
                place,
                leading: run.leading,
                annotations: &mut annotations,
                diagnostics,
            };
            resolver.resolve_block(block);
        }
    }
    annotations.doc = doc_lines(text, &runs, &covered);
    annotations
}

/// Refuses blocks in comments that belong to no statement; see [`comments_behind`](crate::syntax::comments_behind).
pub fn refuse_orphans(comments: &[Comment], sources: &SourceMap, diagnostics: &mut Diagnostics) {
    for comment in comments {
        if let Some(at) = sources.text(comment.span).find(OPENING) {
            let start = comment.span.start + at;
            let span = Span::new(comment.span.file, start..start + OPENING.len());
            diagnostics.push(
                Diagnostic::error(
                    Code::OrphanedBlock,
                    "annotation block belongs to no statement",
                )
                .at(span, "no statement follows")
                .help("move it in front of its statement's semicolon"),
            );
        }
    }
}

struct Resolver<'a> {
    place: Place,
    leading: bool,
    annotations: &'a mut Annotations,
    diagnostics: &'a mut Diagnostics,
}

impl Resolver<'_> {
    fn resolve_block(&mut self, block: &Block) {
        if self.place == Place::Other {
            let message = "annotation block in a statement that takes none";
            self.diagnostics.push(
                Diagnostic::error(Code::MisplacedKey, message)
                    .at(block.opening(), "")
                    .help("annotations belong to CREATE TABLE, CREATE VIEW and queries"),
            );
            return;
        }
        let Some((subject, target)) = self.subject(block) else {
            return;
        };
        let mut accepted = Vec::new();
        for (index, entry) in block.entries.iter().enumerate() {
            if let Some(first) = block.entries[..index]
                .iter()
                .find(|e| e.key.value == entry.key.value)
            {
                self.refuse_repeated(entry, first);
            } else if let Some(key) = self.check_key(entry, subject)
                && self.check_value(entry, key)
            {
                if let Some(why) = without_use(key.name, subject, self.place) {
                    self.warn_of_use(entry, why);
                }
                accepted.push(entry);
            }
        }
        match (subject, target) {
            (Subject::Field, Some(target)) => merge_field(self.annotations, target, &accepted),
            (Subject::DynamicField, Some(target)) => {
                self.refuse_second(target, &accepted);
                merge_dynamic(self.annotations, target, &accepted);
            }
            (Subject::Param, Some(target)) => merge_param(self.annotations, target, &accepted),
            _ => merge_statement(self.annotations, &accepted),
        }
    }

    /// What `block` is about, and the entry that says so.
    fn subject<'b>(&mut self, block: &'b Block) -> Option<(Subject, Option<&'b Entry>)> {
        let mut targets = block
            .entries
            .iter()
            .filter(|entry| target(&entry.key.value).is_some());
        let Some(first) = targets.next() else {
            if self.leading {
                return Some((Subject::Statement, None));
            }
            if block.is_whole {
                self.refuse_without_target(block);
            }
            return None;
        };
        if let Some(second) = targets.find(|entry| entry.key.value != first.key.value) {
            let (a, b) = (&first.key.value, &second.key.value);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::BlockTarget,
                    format!("block with both `{a}` and `{b}`"),
                )
                .at(second.key.span, "")
                .and_at(first.key.span, "")
                .help("write a block for each"),
            );
            return None;
        }
        let subject = target(&first.key.value)?;
        // Without its subject the rest of the block means nothing, so nothing is said about it.
        self.check_key(first, subject)?;
        Some((subject, Some(first)))
    }

    fn refuse_without_target(&mut self, block: &Block) {
        let is_about_statement = !block.entries.is_empty()
            && block
                .entries
                .iter()
                .all(|entry| find(&entry.key.value, Subject::Statement, self.place).is_some());
        let help = if is_about_statement {
            "move it in front of the statement"
        } else {
            "say what it is about with `field=`, `dynamicField=` or `param=`"
        };
        let message = "block inside of a statement without `field`, `dynamicField` or `param`";
        self.diagnostics.push(
            Diagnostic::error(Code::BlockTarget, message)
                .at(block.opening(), "")
                .help(help),
        );
    }

    fn refuse_repeated(&mut self, entry: &Entry, first: &Entry) {
        self.diagnostics.push(
            Diagnostic::error(
                Code::RepeatedKey,
                format!("key `{}` is given twice", entry.key.value),
            )
            .at(entry.key.span, "")
            .and_at(first.key.span, "first given here"),
        );
    }

    /// Refuses a nested value whose name another one has: blocks of one name are about one value.
    fn refuse_second(&mut self, target: &Entry, entries: &[&Entry]) {
        let Some(name) = text(target) else { return };
        let blocks = self.annotations.dynamic_fields.iter();
        let known = blocks.filter(|block| is_same(block, &name.value));
        // It may well add to one of those that are refused.
        let taken: Option<Vec<_>> = known.map(|block| taken_twice(block, entries)).collect();
        if let Some((entry, first)) = taken.and_then(|taken| taken.first().copied()) {
            let (key, name) = (&entry.key.value, &name.value);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::RepeatedKey,
                    format!("`{key}` of the nested value `{name}` is given twice"),
                )
                .at(entry.value.span, "")
                .and_at(first, "first given here")
                .help("give the second nested value a name of its own"),
            );
        }
    }

    fn warn_of_use(&mut self, entry: &Entry, why: &str) {
        let name = &entry.key.value;
        let place = self.place.title();
        let message = format!("key `{name}` has no effect in {place}: {why}");
        self.diagnostics.push(
            Diagnostic::warning(Code::KeyWithoutEffect, message)
                .at(entry.key.span, "")
                .help("remove it, unless another generator reads this folder as well"),
        );
    }

    /// The line of the table for the key of `entry` in a block about `subject`.
    fn check_key(&mut self, entry: &Entry, subject: Subject) -> Option<&'static Key> {
        let name = entry.key.value.as_str();
        let found = find(name, subject, self.place);
        if found.is_some() {
            return found;
        }
        let diagnostic = if let Some(places) = describe_places(name) {
            let place = self.place.title();
            let message = match subject {
                Subject::Statement => format!("key `{name}` has no place in front of {place}"),
                _ if target(name).is_some() => format!("key `{name}` has no place in {place}"),
                _ => format!(
                    "key `{name}` has no place in a block with {}",
                    with_target(subject)
                ),
            };
            Diagnostic::error(Code::MisplacedKey, message).help(format!("it belongs {places}"))
        } else {
            // What is allowed right here is meant more often than what is not.
            let here = KEYS
                .iter()
                .filter(|key| key.subject == subject && key.places.contains(&self.place));
            let near = suggest(name, here.map(|key| key.name))
                .or_else(|| suggest(name, KEYS.iter().map(|key| key.name)));
            Diagnostic::error(Code::UnknownKey, format!("unknown key `{name}`")).did_you_mean(near)
        };
        self.diagnostics.push(diagnostic.at(entry.key.span, ""));
        None
    }

    fn check_value(&mut self, entry: &Entry, key: &Key) -> bool {
        let problems = judge(entry, key);
        // A default that is no Rust is a default, so that nobody asks where the columns of the value are.
        let is_fine = problems.is_empty() || key.takes == Takes::Expression;
        for problem in problems {
            self.diagnostics.push(problem);
        }
        is_fine
    }
}

fn with_target(subject: Subject) -> String {
    let target = TARGETS.iter().find(|(_, of)| *of == subject);
    target.map_or_else(String::new, |(name, _)| format!("`{name}=`"))
}
