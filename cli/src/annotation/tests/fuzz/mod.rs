//! Texts that chance makes of annotated statements: whatever stands in a comment, it is understood or refused at a place.
//!
//! `FUZZ=1000000 cargo test -p sqlitenow --lib fuzz` tries so many texts; `FUZZ_SEED=7` starts elsewhere. A text that is told
//! something new, or says something new, is kept and changed further, so that chance gets deeper than one change can.

mod mutate;

use std::collections::{BTreeSet, HashSet};

use crate::annotation::comment::{Run, runs};
use crate::annotation::parse::parse_blocks;
use crate::annotation::tree::{Block, Entry, Value};
use crate::annotation::{Annotations, Place, refuse_orphans, resolve_statement};
use crate::diagnostic::{Code, Diagnostics};
use crate::random::Dice;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::{comments_behind, split};

use super::said;

use self::mutate::{LONGEST, mutate};

const GRAMMAR: &str = include_str!("../../../../../GRAMMAR.md");

/// How many texts are kept; beyond, a new one takes the place of another.
const KEPT: usize = 4000;

#[test]
fn whatever_stands_in_a_comment_is_understood_or_refused_at_a_place() {
    let number = |variable: &str, otherwise: u64| {
        let value = std::env::var(variable).ok();
        value.map_or(otherwise, |value| value.parse().expect("a number"))
    };
    let (seed, wanted) = (number("FUZZ_SEED", 1), number("FUZZ", 20_000));
    let mut dice = Dice::new(seed);
    let mut kept: Vec<String> = GRAMMAR
        .split("```sql\n")
        .skip(1)
        .filter_map(|piece| piece.split_once("\n```"))
        .map(|(example, _)| example.to_owned())
        .collect();
    let mut known = HashSet::new();
    let mut whole = 0;
    for _ in 0..wanted {
        let text = mutate(&mut dice, &kept);
        let tried = Tried::new(text);
        whole += tried.check();
        if known.insert(tried.outcome()) {
            if kept.len() < KEPT {
                kept.push(tried.text);
            } else {
                kept[dice.below(KEPT)] = tried.text;
            }
        }
    }
    println!(
        "{wanted} texts, {whole} whole blocks, {} outcomes",
        known.len()
    );
    assert!(
        whole > wanted / 20,
        "hardly any block was understood: {whole}"
    );
    assert!(kept.iter().all(|text| text.len() < LONGEST * 8));
}

/// A text with everything that was made of it.
struct Tried {
    text: String,
    sources: SourceMap,
    diagnostics: Diagnostics,
    annotations: Vec<Annotations>,
    blocks: Vec<(Block, bool)>,
}

impl Tried {
    fn new(text: String) -> Self {
        let mut sources = SourceMap::default();
        let file = sources.add("test.sql", text.as_str());
        let mut diagnostics = Diagnostics::default();
        let statements = split(file, &text);
        let mut blocks = Vec::new();
        let mut annotations = Vec::new();
        for statement in &statements {
            let place = Place::of(statement, &sources);
            annotations.push(resolve_statement(
                statement,
                &sources,
                place,
                &mut diagnostics,
            ));
            for run in runs(&statement.comments, &text) {
                blocks.extend(blocks_of(file, &text, &run));
            }
        }
        let behind = comments_behind(file, &text, &statements);
        refuse_orphans(&behind, &sources, &mut diagnostics);
        Self {
            text,
            sources,
            diagnostics,
            annotations,
            blocks,
        }
    }

    /// Checks all places and prints every block; gives the number of those that are whole.
    fn check(&self) -> u64 {
        for diagnostic in &self.diagnostics {
            assert!(diagnostic.primary.is_some(), "{diagnostic:?}");
            let labels = diagnostic.primary.iter().chain(&diagnostic.secondary);
            labels.for_each(|label| self.check_place(label.span));
        }
        let mut whole = 0;
        let mut rewritten = self.text.clone();
        for (block, is_long) in self.blocks.iter().rev() {
            self.check_place(block.span);
            assert!(self.text[block.span.range()].starts_with("@@{"));
            self.check_entries(block, &block.entries, block.span);
            let printed = block.to_string();
            let again = parse_alone(&printed);
            assert_eq!(again.len(), 1, "{printed:?} of {:?}", self.text);
            let (first, second) = (block.to_string(), again[0].to_string());
            assert_eq!(first, second, "of {:?}", self.text);
            assert!(same(&block.entries, &again[0].entries), "{:?}", self.text);
            whole += u64::from(block.is_whole);
            // An escaped `*\/` is printed as what ends a comment.
            if block.is_whole && !(*is_long && printed.contains("*/")) {
                rewritten.replace_range(block.span.range(), &printed);
            }
        }
        if whole > 0 && self.is_fine() {
            let again = Self::new(rewritten);
            let all =
                |annotations: &[Annotations]| -> Vec<_> { annotations.iter().map(said).collect() };
            let message = || format!("{:?}\n{:?}", self.text, again.text);
            assert!(again.is_fine(), "{}", message());
            assert_eq!(
                all(&self.annotations),
                all(&again.annotations),
                "{}",
                message()
            );
        }
        whole
    }

    fn is_fine(&self) -> bool {
        self.diagnostics.is_empty() && self.blocks.iter().all(|(block, _)| block.is_whole)
    }

    fn check_place(&self, span: Span) {
        let text = &self.sources.file(span.file).text;
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }

    /// Entries stand in their order inside of what they belong to, keys before values.
    fn check_entries(&self, block: &Block, entries: &[Entry], within: Span) {
        let mut end = within.start;
        for entry in entries {
            let (key, value) = (entry.key.span, entry.value.span);
            assert!(end <= key.start && key.end < value.start, "{block:?}");
            assert!(value.end <= within.end, "{block:?}");
            self.check_place(key);
            self.check_value(block, &entry.value.value, value);
            end = value.end;
        }
    }

    fn check_value(&self, block: &Block, value: &Value, span: Span) {
        self.check_place(span);
        match value {
            Value::Object(entries) => self.check_entries(block, entries, span),
            Value::List(items) => {
                let mut end = span.start;
                for item in items {
                    assert!(
                        end <= item.span.start && item.span.end <= span.end,
                        "{block:?}"
                    );
                    self.check_value(block, &item.value, item.span);
                    end = item.span.end;
                }
            }
            Value::Text(_) | Value::Bool(_) | Value::Null | Value::Number(_) => {}
        }
    }

    /// What may be new about a text: the sorts of things that it is told and that it says.
    fn outcome(&self) -> BTreeSet<(Option<Code>, String)> {
        let told = self.diagnostics.iter().map(|diagnostic| {
            // Words of the text would make every outcome a new one.
            let frame = diagnostic.message.split('`').step_by(2).collect();
            (Some(diagnostic.code), frame)
        });
        let said = self.annotations.iter().flat_map(|annotations| {
            let lines = said(annotations).into_iter();
            lines.map(|line| {
                let words = line.split(' ').filter_map(|word| word.split_once('='));
                (None, words.map(|(key, _)| key).collect())
            })
        });
        told.chain(said).collect()
    }
}

fn blocks_of(file: FileId, text: &str, run: &Run) -> Vec<(Block, bool)> {
    let blocks = parse_blocks(file, text, &run.lines).blocks.into_iter();
    blocks.map(|block| (block, run.is_long)).collect()
}

/// The blocks of a text that is all comment, in one line.
fn parse_alone(text: &str) -> Vec<Block> {
    let file = SourceMap::default().add("test.sql", text);
    parse_blocks(file, text, std::slice::from_ref(&(0..text.len()))).blocks
}

/// Whether two trees say the same, wherever they stand.
fn same(left: &[Entry], right: &[Entry]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| {
            left.key.value == right.key.value && same_value(&left.value.value, &right.value.value)
        })
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => same(left, right),
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same_value(&left.value, &right.value))
        }
        (left, right) => left == right,
    }
}
