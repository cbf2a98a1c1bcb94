//! Asks rustfmt whether it would change anything that `layout` printed, for names of 1 to 60 characters.

mod draw;
mod functions;
mod items;
mod rows;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::collection::vec;
use proptest::prelude::*;

use self::draw::Draw;

const EDITIONS: [&str; 2] = ["2021", "2024"];

/// Each prints a piece of a module, with `layout` at some depth.
const PIECES: [fn(&Draw) -> String; 10] = [
    items::set_field,
    items::type_item,
    items::struct_item,
    items::constant,
    functions::method,
    functions::method_for_many,
    functions::adapted,
    rows::readers,
    rows::groups,
    rows::finish,
];

/// Wraps `inner`, which was laid out for `depth` modules, in so many modules.
fn nest(inner: &str, depth: usize) -> String {
    let mut text = inner.to_owned();
    for _ in 0..depth {
        let lines: Vec<_> = text
            .lines()
            .map(|line| {
                if line.is_empty() {
                    String::new()
                } else {
                    format!("    {line}")
                }
            })
            .collect();
        text = format!("mod deeper {{\n{}\n}}", lines.join("\n"));
    }
    text
}

fn rustfmt(text: &str, edition: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", edition, "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a component of the pinned toolchain");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin
        .write_all(text.as_bytes())
        .expect("rustfmt reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "rustfmt cannot parse\n{text}");
    String::from_utf8(output.stdout).expect("rustfmt writes UTF-8")
}

/// The first of `pieces` that rustfmt prints otherwise, with what it makes of it.
fn first_difference(pieces: &[String], edition: &str) -> Option<(String, String)> {
    // Comments cut the text into the pieces again.
    const CUT: &str = "// The next piece.\n";
    let mut text = String::new();
    for piece in pieces {
        write!(text, "{CUT}{piece}\n\n").expect("a string takes everything");
    }
    let formatted = rustfmt(&text, edition) + "\n";
    let mut both = text.split(CUT).zip(formatted.split(CUT));
    let (ours, theirs) = both.find(|(ours, theirs)| ours != theirs)?;
    Some((ours.to_owned(), theirs.to_owned()))
}

/// Each has about a hundred pieces; `LAYOUT` asks for more.
fn cases() -> u32 {
    let wanted = std::env::var("LAYOUT");
    wanted.map_or(16, |cases| cases.parse().expect("LAYOUT is a number"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rustfmt_changes_nothing(draws in vec((0..PIECES.len(), Draw::any()), 1..60)) {
        let pieces = draws.into_iter().flat_map(|(piece, draw)| {
            let plain = PIECES[piece](&draw);
            draw.borders(PIECES[piece]).into_iter().chain([plain])
        });
        let pieces: Vec<_> = pieces.collect();
        for edition in EDITIONS {
            if let Some((ours, theirs)) = first_difference(&pieces, edition) {
                prop_assert!(false, "edition {edition}, ours:\n{ours}\nrustfmt's:\n{theirs}");
            }
        }
    }
}
