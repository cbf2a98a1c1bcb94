//! Every example of `GRAMMAR.md` is what the page says it is.

use crate::annotation::keys::{KEYS, without_use};

use super::{has_errors, resolve};

const GRAMMAR: &str = include_str!("../../../../GRAMMAR.md");

/// The title of the section whose examples are taken with a warning.
const WARNED: &str = "## Keys of other generators";

/// The ```` ```sql ```` examples of a part of the page.
fn examples(part: &str) -> Vec<&str> {
    let pieces = part.split("```sql\n").skip(1);
    pieces
        .filter_map(|piece| piece.split_once("\n```").map(|(example, _)| example))
        .collect()
}

/// The page up to the section of keys of other generators, and that section.
fn parts() -> (&'static str, &'static str) {
    GRAMMAR
        .split_once(WARNED)
        .expect("the page has the section")
}

#[test]
fn c51_accepted_examples_are_accepted() {
    let accepted = examples(parts().0);
    assert!(accepted.len() >= 8, "{}", accepted.len());
    for example in accepted {
        let (annotations, diagnostics) = resolve(example);
        assert!(!annotations.is_empty(), "{example}");
        assert!(diagnostics.is_empty(), "{example}\n{diagnostics:#?}");
    }
}

#[test]
fn c50_examples_of_other_generators_give_warnings() {
    let warned = examples(parts().1);
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
fn the_page_names_every_key() {
    for key in KEYS {
        assert!(GRAMMAR.contains(&format!("`{}`", key.name)), "{}", key.name);
        let mut places = key.places.iter();
        let has_use = places.all(|&place| without_use(key.name, key.subject, place).is_none());
        assert!(
            has_use || parts().1.contains(&format!("`{}`", key.name)),
            "{} is not in the section of keys of other generators",
            key.name
        );
    }
}
