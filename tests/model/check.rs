//! Compares what was seen with the order in which everything was committed.

/// A result that somebody saw: it must be a beginning of the final one.
#[derive(Debug)]
pub struct Sight {
    pub titles: Vec<String>,
    /// How many titles were acknowledged before.
    pub least: usize,
    /// Titles of the reader's own open transaction behind the beginning.
    pub own: Vec<String>,
}

/// An operation that may have left its titles.
#[derive(Debug)]
pub struct Trace {
    /// The titles, in every order in which they can come.
    pub outcomes: Vec<Vec<String>>,
    /// None for one that was dropped.
    pub committed: Option<bool>,
}

/// Checks everything that was seen against the titles that there were in the end.
pub fn check(seed: u64, sights: &[Sight], traces: &[Trace], last: &[String]) {
    let cuts = cuts(seed, traces, last);
    for sight in sights {
        let begin = sight.titles.len() - sight.own.len();
        let (before, own) = sight.titles.split_at(begin);
        assert!(
            last.starts_with(before),
            "seed {seed}: {sight:?} in {last:?}"
        );
        assert!(
            cuts.contains(&begin),
            "seed {seed}: {sight:?} is torn, {last:?}"
        );
        assert_eq!(own, sight.own, "seed {seed}: {sight:?}");
        assert!(
            sight.titles.len() >= sight.least,
            "seed {seed}: {sight:?} is old"
        );
    }
    for trace in traces {
        let mut titles = trace.outcomes.iter().flatten();
        match trace.committed {
            Some(true) => assert!(
                titles.all(|title| last.contains(title)),
                "seed {seed}: {trace:?} is lost"
            ),
            Some(false) => assert!(
                !titles.any(|title| last.contains(title)),
                "seed {seed}: {trace:?} should be gone"
            ),
            None => {}
        }
    }
}

/// Where one operation ends and the next one begins; every title must belong to a whole one.
fn cuts(seed: u64, traces: &[Trace], last: &[String]) -> Vec<usize> {
    // The title before the first is that of the seeds.
    let mut cuts = vec![1];
    let mut rest = &last[1..];
    while !rest.is_empty() {
        let kept = traces.iter().filter(|trace| trace.committed != Some(false));
        let mut outcomes = kept
            .flat_map(|trace| &trace.outcomes)
            .filter(|titles| !titles.is_empty());
        let Some(found) = outcomes.find(|titles| rest.starts_with(titles)) else {
            panic!("seed {seed}: whose is {rest:?}?");
        };
        rest = &rest[found.len()..];
        cuts.push(last.len() - rest.len());
    }
    cuts
}
