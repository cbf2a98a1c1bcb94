//! What a worker says of itself, one line for each step.
//!
//! In and out: lines like `kept 12 after 3 ms`. They are the harness' eyes, by which it aims, and its log outside of the
//! database: a line that a worker has written can be read after the worker was killed.

use std::fmt;
use std::str::FromStr;

/// How far a worker is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// The database is open.
    Ready,
    /// It asks for a transaction and waits for its turn.
    Asks,
    /// The transaction is open, and half of what belongs together is written.
    Inside,
    /// All is written, and COMMIT comes next.
    Commits,
    /// It sends all at once, COMMIT included.
    Sends,
    /// The commit is acknowledged.
    Kept,
    /// The transaction was undone, by its own wish or by another's hand.
    Undone,
    /// The owner went after COMMIT was sent: nobody knows.
    Unknown,
    /// It writes no more.
    Rests,
    /// Its watch shows so many rows, as its query does.
    Sees,
}

const WORDS: [(Word, &str); 10] = [
    (Word::Ready, "ready"),
    (Word::Asks, "asks"),
    (Word::Inside, "inside"),
    (Word::Commits, "commits"),
    (Word::Sends, "sends"),
    (Word::Kept, "kept"),
    (Word::Undone, "undone"),
    (Word::Unknown, "unknown"),
    (Word::Rests, "rests"),
    (Word::Sees, "sees"),
];

/// A word about one of the worker's pieces of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub word: Word,
    /// Which piece of work; of [`Word::Sees`] how many rows.
    pub number: u64,
    /// How long the longest call of this piece has waited, in milliseconds.
    pub waited: u64,
}

/// Whether a piece of work is of the long ones, whose COMMIT takes a while.
pub fn is_long(number: u64) -> bool {
    number.is_multiple_of(4)
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = WORDS.iter().find(|(word, _)| *word == self.word);
        let word = word.map_or("", |(_, text)| text);
        write!(f, "{word} {} after {} ms", self.number, self.waited)
    }
}

impl FromStr for Said {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let parts: Vec<&str> = line.split(' ').collect();
        let [word, number, "after", waited, "ms"] = parts[..] else {
            return Err(format!("`{line}` says nothing"));
        };
        let known = WORDS.iter().find(|(_, text)| *text == word);
        let (word, _) = known.ok_or_else(|| format!("`{word}` is no word"))?;
        Ok(Self {
            word: *word,
            number: number.parse().map_err(|_| format!("`{number}`"))?,
            waited: waited.parse().map_err(|_| format!("`{waited}`"))?,
        })
    }
}
