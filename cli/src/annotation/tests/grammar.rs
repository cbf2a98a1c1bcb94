//! Every example of `GRAMMAR.md` is what the page says it is.

use crate::annotation::keys::{KEYS, Key, Subject, has_effect};

use super::{has_errors, resolve};

const GRAMMAR: &str = include_str!("../../../../GRAMMAR.md");

/// The title of the section whose examples are taken with a warning.
const WARNED: &str = "## Keys of other generators";

/// The title of the section whose examples are refused.
const REFUSED: &str = "## Keys without effect";

/// The ```` ```sql ```` examples of a part of the page.
fn examples(part: &str) -> Vec<&str> {
    let pieces = part.split("```sql\n").skip(1);
    pieces
        .filter_map(|piece| piece.split_once("\n```").map(|(example, _)| example))
        .collect()
}

/// The page up to the sections of keys without effect, and these.
fn parts() -> [&'static str; 3] {
    let (accepted, rest) = GRAMMAR
        .split_once(WARNED)
        .expect("the page has the section");
    let (warned, refused) = rest.split_once(REFUSED).expect("the page has the section");
    [accepted, warned, refused]
}

#[test]
fn c51_accepted_examples_are_accepted() {
    let accepted = examples(parts()[0]);
    assert!(accepted.len() >= 8, "{}", accepted.len());
    for example in accepted {
        let (annotations, diagnostics) = resolve(example);
        assert!(!annotations.is_empty(), "{example}");
        assert!(diagnostics.is_empty(), "{example}\n{diagnostics:#?}");
    }
}

#[test]
fn c50_examples_of_other_generators_give_warnings() {
    let warned = examples(parts()[1]);
    assert!(!warned.is_empty());
    for example in warned {
        let (_, diagnostics) = resolve(example);
        assert!(
            !diagnostics.is_empty() && !has_errors(example),
            "{example}\n{diagnostics:#?}"
        );
    }
}

#[test]
fn refused_examples_are_refused() {
    let refused = examples(parts()[2]);
    assert!(!refused.is_empty());
    for example in refused {
        let (_, diagnostics) = resolve(example);
        assert!(!diagnostics.is_empty(), "{example}");
        assert!(
            diagnostics.iter().all(|d| d.starts_with("SN0208")),
            "{example}\n{diagnostics:#?}"
        );
    }
}

#[test]
fn the_page_names_every_key() {
    for key in KEYS {
        assert!(GRAMMAR.contains(&format!("`{}`", key.name)), "{}", key.name);
        let listed = parts()[2].contains(&format!("| `{}` |", key.name));
        let with_its_block = key.subject == Subject::DynamicField;
        assert!(
            has_effect_everywhere(key) || listed || with_its_block,
            "{} is not in the section of keys without effect",
            key.name
        );
    }
}

fn has_effect_everywhere(key: &Key) -> bool {
    let mut places = key.places.iter();
    places.all(|&place| has_effect(key.name, key.subject, place))
}
