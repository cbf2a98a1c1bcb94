//! Finds the name that was probably meant: `titel` among `id`, `title` gives `title`.

/// The candidate nearest to `word`, if one is near at all: a third of its letters may differ, letter case not counted.
///
/// Of two that are equally near the first one is taken.
#[must_use]
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let limit = wanted.chars().count().max(3) / 3;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        for (word, candidates, expected) in [
            ("titel", &["id", "title", "tile"][..], Some("title")),
            ("notnull", &["name", "notNull"], Some("notNull")),
            ("ide", &["id", "side"], Some("id")),
            ("title", &["title"], None),
            ("xyz", &["id", "title"], None),
            ("", &["id"], None),
            ("naïv", &["naïve"], Some("naïve")),
        ] {
            assert_eq!(
                suggest(word, candidates.iter().copied()),
                expected,
                "{word}"
            );
        }
    }
}
