//! Pictures of rendered diagnostics.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};

fn error(message: &str) -> Diagnostic {
    Diagnostic::error(Code::QueryRejected, message)
}

/// The picture of what `diagnostic` says about `text`; its location must be the one in the picture.
#[track_caller]
fn check(
    text: &str,
    diagnostic: impl FnOnce(&dyn Fn(usize, usize) -> Span) -> Diagnostic,
    expected: &str,
) {
    let mut sources = SourceMap::default();
    let file = sources.add("sql/a.sql", text);
    let diagnostic = diagnostic(&|start, end| Span::new(file, start..end));
    let found = diagnostic.render(&sources, false);
    assert_eq!(found.trim_end(), expected.trim(), "found:\n{found}");
    if let Some(location) = diagnostic.location(&sources) {
        assert!(
            found.contains(&format!("--> {location}\n")),
            "{location} is not in\n{found}"
        );
    }
}

#[test]
fn a_word_in_a_line_with_help() {
    check(
        "SELECT id,\n  titel\nFROM tasks\n",
        |at| {
            error("no such column: `titel`")
                .at(at(13, 18), "")
                .help("did you mean `title`?")
                .help("or not")
        },
        "
error[SN0401]: no such column: `titel`
 --> sql/a.sql:2:3
  |
2 |   titel
  |   ^^^^^
  |
  = help: did you mean `title`?
  = help: or not",
    );
}

#[test]
fn c10_tabs_crlf_marks_and_wide_characters_keep_carets_in_place() {
    check(
        "\u{FEFF}SELECT 'äö',\tx\r\nFROM t\r\n",
        |at| error("found `x`").at(at(18, 19), "here"),
        "
error[SN0401]: found `x`
 --> sql/a.sql:1:14
  |
1 | SELECT 'äö',    x
  |                 ^ here",
    );
    check(
        "SELECT 1,\r\n\t日本, y\r\n",
        |at| error("found `y`").at(at(20, 21), ""),
        "
error[SN0401]: found `y`
 --> sql/a.sql:2:6
  |
2 |     日本, y
  |           ^",
    );
}

#[test]
fn the_end_of_a_file_can_be_pointed_at() {
    for (text, expected) in [
        (
            "SELECT",
            "
error[SN0401]: incomplete input
 --> sql/a.sql:1:7
  |
1 | SELECT
  |       ^ end",
        ),
        (
            "SELECT\n",
            "
error[SN0401]: incomplete input
 --> sql/a.sql:2:1
  |
2 |
  | ^ end",
        ),
        (
            "",
            "
error[SN0401]: incomplete input
 --> sql/a.sql:1:1
  |
1 |
  | ^ end",
        ),
    ] {
        check(
            text,
            |at| error("incomplete input").at(at(text.len(), text.len()), "end"),
            expected,
        );
    }
}

#[test]
fn several_labels_and_lines() {
    check(
        "SELECT :x\nFROM t\nWHERE a = :x\n",
        |at| {
            error("two types")
                .at(at(27, 29), "text here")
                .and_at(at(7, 9), "number here")
        },
        "
error[SN0401]: two types
 --> sql/a.sql:3:11
  |
1 | SELECT :x
  |        -- number here
2 | FROM t
3 | WHERE a = :x
  |           ^^ text here",
    );
    check(
        "SELECT 1\nFROM t",
        |at| error("all of it").at(at(0, 15), ""),
        "
error[SN0401]: all of it
 --> sql/a.sql:1:1
  |
1 | / SELECT 1
2 | | FROM t
  | |______^",
    );
}

#[test]
fn labels_in_two_files() {
    let mut sources = SourceMap::default();
    let first = sources.add("sql/a.sql", "SELECT 1;\n");
    let second = sources.add("sql/b.sql", "-- x\nSELECT 2;\n");
    let diagnostic = Diagnostic::warning(Code::DuplicateMethod, "two methods `a`")
        .at(Span::new(second, 5..11), "")
        .and_at(Span::new(first, 0..6), "the other one");
    assert_eq!(
        diagnostic.render(&sources, false),
        "warning[SN0503]: two methods `a`
 --> sql/b.sql:2:1
  |
2 | SELECT 2;
  | ^^^^^^
  |
 ::: sql/a.sql:1:1
  |
1 | SELECT 1;
  | ------ the other one
"
    );
}

#[test]
fn without_a_place() {
    check(
        "",
        |_| error("nothing to show"),
        "error[SN0401]: nothing to show",
    );
    check(
        "",
        |_| Diagnostic::note(Code::NotTakenApart, "a note").help("read it"),
        "
note[SN0405]: a note
 |
 = help: read it",
    );
}

#[test]
fn spans_that_are_wrong_do_not_panic() {
    for (start, end) in [(1, 1), (0, 1), (2, 99), (99, 99), (3, 1)] {
        let mut sources = SourceMap::default();
        let file = sources.add("a.sql", "ä日\n");
        let text = error("x")
            .at(Span::new(file, start..end), "")
            .render(&sources, false);
        assert!(text.contains("a.sql:"), "{text}");
    }
}

#[test]
fn colour_is_the_callers_word_and_several_are_shown_apart() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.sql", "SELECT 1");
    let mut diagnostics = Diagnostics::default();
    diagnostics.push(error("b").at(Span::new(file, 0..6), ""));
    diagnostics.push(error("a"));
    diagnostics.push(error("a"));
    let plain = diagnostics.render(&sources, false);
    assert_eq!(
        plain,
        "error[SN0401]: a\n\nerror[SN0401]: b\n --> a.sql:1:1\n  |\n1 | SELECT 1\n  | ^^^^^^\n"
    );
    assert!(!plain.contains('\u{1b}'));
    assert!(diagnostics.render(&sources, true).contains('\u{1b}'));
}
