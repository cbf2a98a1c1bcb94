//! What holds for every comment.

use proptest::prelude::*;

use crate::annotation::Spanned;
use crate::annotation::parse::parse_blocks;
use crate::annotation::tree::{Block, Entry, Value};
use crate::source::{FileId, SourceMap, Span};

use super::resolve;

fn a_file(text: &str) -> FileId {
    SourceMap::default().add("test.sql", text)
}

/// The blocks of a text that is all comment.
fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<_> = text
        .split('\n')
        .map(|line| {
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            start..start + line.len()
        })
        .collect();
    parse_blocks(a_file(text), text, &lines).blocks
}

/// The same entries, all in one place.
fn without_places(file: FileId, entries: Vec<Entry>) -> Vec<Entry> {
    let span = Span::new(file, 0..0);
    let value_without = |value: Spanned<Value>| Spanned {
        value: value_without_places(file, value.value),
        span,
    };
    let entry_without = |entry: Entry| Entry {
        key: Spanned {
            value: entry.key.value,
            span,
        },
        value: value_without(entry.value),
    };
    entries.into_iter().map(entry_without).collect()
}

fn value_without_places(file: FileId, value: Value) -> Value {
    let span = Span::new(file, 0..0);
    match value {
        Value::List(items) => {
            let items = items.into_iter();
            Value::List(
                items
                    .map(|item| Spanned {
                        value: value_without_places(file, item.value),
                        span,
                    })
                    .collect(),
            )
        }
        Value::Object(entries) => Value::Object(without_places(file, entries)),
        other => other,
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Value::Text),
        "[a-z_.]{1,8}".prop_map(Value::Text),
        any::<bool>().prop_map(Value::Bool),
        Just(Value::Null),
        "-?[0-9]{1,5}(\\.[0-9]{1,3})?(e[+-]?[0-9]{1,2})?".prop_map(Value::Number),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| {
                let span = Span::new(a_file(""), 0..0);
                Value::List(
                    items
                        .into_iter()
                        .map(|value| Spanned { value, span })
                        .collect(),
                )
            }),
            entries(inner).prop_map(Value::Object),
        ]
    })
}

fn entries(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Vec<Entry>> {
    let key = prop_oneof!["[a-zA-Z_][a-zA-Z0-9_-]{0,6}", any::<String>()];
    prop::collection::vec((key, value), 0..5).prop_map(|pairs| {
        let span = Span::new(a_file(""), 0..0);
        let entry = |(key, value)| Entry {
            key: Spanned { value: key, span },
            value: Spanned { value, span },
        };
        pairs.into_iter().map(entry).collect()
    })
}

fn comment() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("@@{"),
        Just("}"),
        Just(" field=a"),
        Just(" name: b"),
        Just(","),
        Just("\n"),
        Just("\n-- "),
        Just("="),
        Just(":"),
        Just("\""),
        Just("'"),
        Just("\\"),
        Just("["),
        Just("]"),
        Just("{"),
        Just("<"),
        Just(">"),
        Just("("),
        Just("::"),
        Just("*"),
        Just("é"),
        Just("🦀"),
        Just("true"),
        Just(" "),
        Just("\r"),
        Just("1"),
        Just("@"),
        Just("*/"),
        Just("/*"),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn printing_a_tree_and_parsing_it_gives_the_tree(entries in entries(value())) {
        let file = a_file("");
        let block = Block { span: Span::new(file, 0..0), entries, is_whole: true };
        let printed = block.to_string();
        let parsed = blocks(&printed);
        prop_assert_eq!(parsed.len(), 1, "{}", printed);
        prop_assert!(parsed[0].is_whole, "{}", printed);
        prop_assert_eq!(without_places(file, parsed[0].entries.clone()), block.entries, "{}", printed);
    }

    #[test]
    fn parsing_printing_parsing_is_parsing(text in comment()) {
        let file = a_file("");
        for block in blocks(&format!("@@{{ {text} }}")) {
            let again = blocks(&block.to_string());
            prop_assert_eq!(again.len(), 1);
            let first = without_places(file, block.entries);
            prop_assert_eq!(without_places(file, again[0].entries.clone()), first);
        }
    }

    #[test]
    fn nothing_panics_and_all_spans_are_texts(inner in comment(), any in any::<String>()) {
        for text in [
            format!("-- {inner}\nSELECT a /* {inner} */, b -- {inner}"),
            format!("/* {inner} */ CREATE TABLE t (a -- {any}\n)"),
            format!("/** {inner}\n * {any}\n **/ DELETE FROM t -- @@{{ {any}"),
            any,
        ] {
            let (annotations, _) = resolve(&text);
            for annotation in annotations {
                let fields = annotation.fields.iter().map(|block| block.field.span);
                for span in fields.chain(annotation.statement.name.map(|name| name.span)) {
                    prop_assert!(text.get(span.range()).is_some_and(|word| !word.is_empty()));
                }
            }
        }
    }
}
