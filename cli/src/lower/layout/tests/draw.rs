//! What chance decides about a piece of code: names, numbers and how deep it stands.
//!
//! Names are drawn again and again, and of one of them every length is tried: a piece is kept where it breaks otherwise
//! than the same piece with a name that is one character shorter. So every piece stands at some border.

use proptest::collection::vec;
use proptest::prelude::*;

/// The longest name.
const LONGEST: usize = 60;

/// The choices that make a piece.
#[derive(Debug, Clone)]
pub struct Draw {
    names: Vec<String>,
    numbers: Vec<usize>,
}

impl Draw {
    /// Few names are drawn, so that those of a piece are often alike, as a column's and its field's are.
    pub fn any() -> impl Strategy<Value = Self> {
        let name = prop_oneof!["[a-z]{1,10}", "[a-z][a-z_]{0,40}[a-z]", "[a-z]{1,60}"]
            .prop_map(|name| format!("x{}", &name[1..]));
        (vec(name, 1..8), vec(0_usize..1000, 8))
            .prop_map(|(names, numbers)| Self { names, numbers })
    }

    pub fn name(&self, at: usize) -> &str {
        &self.names[at % self.names.len()]
    }

    /// `range.len()` names, from the one at `start`.
    pub fn names(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = &str> {
        range.map(|at| self.name(at))
    }

    /// A number below `end`.
    pub fn number(&self, at: usize, end: usize) -> usize {
        self.numbers[at % self.numbers.len()] % end
    }

    /// What `print` makes on both sides of each length of a name where it breaks otherwise.
    pub fn borders(mut self, print: impl Fn(&Self) -> String) -> Vec<String> {
        let at = self.number(0, self.names.len());
        let name = self.names[at].repeat(LONGEST);
        let mut texts = Vec::new();
        let mut shorter: Option<String> = None;
        for length in 1..=LONGEST {
            name[..length].clone_into(&mut self.names[at]);
            let text = print(&self);
            if let Some(shorter) = shorter
                && shorter.lines().count() != text.lines().count()
            {
                texts.extend([shorter, text.clone()]);
            }
            shorter = Some(text);
        }
        texts
    }
}
