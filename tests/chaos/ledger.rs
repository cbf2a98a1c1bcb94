//! Whether the file holds what the workers say it must.
//!
//! In: the words of all workers, and the titles in the file, like `12 40 a`. Out: everything that is wrong, a line each.
//! A pair that is kept is there whole; one that was not sent to COMMIT is not there at all; one whose answer nobody heard
//! is there whole or not at all.

use std::collections::BTreeMap;

use super::said::{Said, Word};

/// The two rows of a pair.
const HALVES: [&str; 2] = ["a", "b"];

/// What the file may hold of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Whole,
    Nothing,
    Either,
}

fn due(last: Word) -> Option<Due> {
    match last {
        Word::Kept => Some(Due::Whole),
        Word::Asks | Word::Inside | Word::Undone => Some(Due::Nothing),
        Word::Commits | Word::Sends | Word::Unknown => Some(Due::Either),
        Word::Ready | Word::Rests | Word::Sees => None,
    }
}

/// How the pairs ended, and what is wrong.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Acknowledged.
    pub kept: usize,
    /// Known not to be there.
    pub undone: usize,
    /// Those of which nobody knew, and which are there.
    pub found: usize,
    /// Those of which nobody knew, and which are not there.
    pub vanished: usize,
    pub wrong: Vec<String>,
}

/// Compares the words of workers, by number, with the titles.
pub fn judge(workers: &[Vec<Said>], titles: &[String]) -> Verdict {
    let mut there: BTreeMap<(usize, u64), Vec<&str>> = BTreeMap::new();
    let mut verdict = Verdict::default();
    for title in titles {
        match parse(title) {
            Some((pair, row)) => there.entry(pair).or_default().push(row),
            None => verdict.wrong.push(format!("nobody writes `{title}`")),
        }
    }
    for (worker, words) in workers.iter().enumerate() {
        let mut last = BTreeMap::new();
        for said in words {
            if let Some(due) = due(said.word) {
                last.insert(said.number, due);
            }
        }
        for (number, due) in last {
            let rows = there.remove(&(worker, number)).unwrap_or_default();
            verdict.add(worker, number, due, &rows);
        }
    }
    for ((worker, number), rows) in there {
        let unheard = format!("worker {worker} never spoke of {number}, found {rows:?}");
        verdict.wrong.push(unheard);
    }
    verdict
}

fn parse(title: &str) -> Option<((usize, u64), &str)> {
    let mut parts = title.splitn(3, ' ');
    let worker = parts.next()?.parse().ok()?;
    let number = parts.next()?.parse().ok()?;
    Some(((worker, number), parts.next()?))
}

impl Verdict {
    fn add(&mut self, worker: usize, number: u64, due: Due, rows: &[&str]) {
        let whole = rows == HALVES;
        let count = match due {
            Due::Whole if whole => &mut self.kept,
            Due::Nothing if rows.is_empty() => &mut self.undone,
            Due::Either if whole => &mut self.found,
            Due::Either if rows.is_empty() => &mut self.vanished,
            _ => {
                let wrong =
                    format!("{number} of worker {worker}: found {rows:?}, expected {due:?}");
                return self.wrong.push(wrong);
            }
        };
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong when a worker has said these words of its pair 1, and these titles are there.
    fn wrong(words: &[Word], titles: &[&str]) -> usize {
        let say = |word: &Word| Said {
            word: *word,
            number: 1,
            waited: 0,
        };
        let words = words.iter().map(say).collect();
        let titles: Vec<_> = titles.iter().map(|title| (*title).to_owned()).collect();
        judge(&[words], &titles).wrong.len()
    }

    const WHOLE: &[&str] = &["0 1 a", "0 1 b"];

    #[test]
    fn what_is_kept_must_be_there_whole() {
        let words = [
            Word::Ready,
            Word::Asks,
            Word::Inside,
            Word::Commits,
            Word::Kept,
        ];
        assert_eq!(wrong(&words, WHOLE), 0);
        assert_eq!(wrong(&words, &[]), 1);
        assert_eq!(wrong(&words, &WHOLE[..1]), 1);
        assert_eq!(wrong(&words, &["0 1 a", "0 1 b", "0 1 b"]), 1);
        assert_eq!(wrong(&words, &["0 1 a", "0 1 undone", "0 1 b"]), 1);
    }

    #[test]
    fn what_was_not_sent_to_commit_must_not_be_there() {
        for words in [
            &[Word::Asks][..],
            &[Word::Asks, Word::Inside],
            &[Word::Asks, Word::Inside, Word::Commits, Word::Undone],
        ] {
            assert_eq!(wrong(words, &[]), 0);
            assert_eq!(wrong(words, &WHOLE[..1]), 1);
            assert_eq!(wrong(words, WHOLE), 1);
        }
    }

    #[test]
    fn what_nobody_knows_may_be_there_but_not_by_half() {
        for words in [&[Word::Sends][..], &[Word::Commits], &[Word::Unknown]] {
            assert_eq!(wrong(words, &[]), 0);
            assert_eq!(wrong(words, WHOLE), 0);
            assert_eq!(wrong(words, &WHOLE[1..]), 1);
        }
    }

    #[test]
    fn what_nobody_wrote_must_not_be_there() {
        assert_eq!(wrong(&[Word::Ready], WHOLE), 1);
        assert_eq!(wrong(&[Word::Ready], &["milk"]), 1);
    }
}
