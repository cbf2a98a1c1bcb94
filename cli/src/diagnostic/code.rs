//! The registry of diagnostic codes: a stable number, a title and an explanation for each.
//!
//! [`Code::QueryRejected`] prints as `SN0401`; `sqlitenow explain SN0401` shows its explanation. Numbers are grouped by
//! room: 00 configuration and folders, 01 statements, 02 annotations, 03 schema, 04 queries, 05 names, 06 migrations.
//! A number never changes its meaning and is never used again. The table itself is in `registry.rs`, the explanations are
//! pages of their own in `explanations/`.

use std::fmt;

/// One line of the registry.
pub(super) struct Entry {
    pub(super) code: Code,
    pub(super) number: &'static str,
    pub(super) title: &'static str,
    pub(super) explanation: &'static str,
}

/// Makes [`Code`] and the table behind it of one list, so that no code can lack a line.
macro_rules! codes {
    ($($name:ident $number:literal $title:literal)*) => {
        /// A stable code such as `SN0203`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!($number, ": ", $title, ".")] $name,)*
        }

        pub(super) const REGISTRY: &[super::code::Entry] = &[
            $(super::code::Entry {
                code: Code::$name,
                number: $number,
                title: $title,
                explanation: include_str!(concat!("explanations/", $number, ".md")),
            },)*
        ];
    };
}

pub(super) use codes;

use super::registry::{Code, REGISTRY};

impl Code {
    /// All codes by number.
    #[must_use]
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        REGISTRY.iter().map(|entry| entry.code)
    }

    /// The code that prints as `number`; letter case does not matter.
    #[must_use]
    pub fn parse(number: &str) -> Option<Self> {
        let found = REGISTRY
            .iter()
            .find(|entry| entry.number.eq_ignore_ascii_case(number));
        found.map(|entry| entry.code)
    }

    /// How it prints: `SN0203`.
    #[must_use]
    pub fn number(self) -> &'static str {
        self.entry().number
    }

    /// What it is about, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// What it means and what to do about it, with an example of wrong and right; Markdown.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    fn entry(self) -> &'static Entry {
        // Both are made of one list, in one order.
        &REGISTRY[self as usize]
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, REGISTRY};

    #[test]
    fn numbers_are_stable_in_form_ascending_and_parse_back() {
        for (index, entry) in REGISTRY.iter().enumerate() {
            assert_eq!(entry.code as usize, index);
            assert_eq!(Code::parse(entry.number), Some(entry.code));
            assert_eq!(entry.code.to_string(), entry.number);
            let digits = entry
                .number
                .strip_prefix("SN")
                .expect("codes start with SN");
            assert!(
                digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()),
                "{}",
                entry.number
            );
        }
        assert!(
            REGISTRY
                .windows(2)
                .all(|pair| pair[0].number < pair[1].number)
        );
        assert_eq!(Code::parse("sn0401"), Some(Code::QueryRejected));
        assert_eq!(Code::parse("SN9999"), None);
        assert_eq!(Code::all().len(), REGISTRY.len());
    }

    #[test]
    fn every_code_has_a_title_and_an_explanation_with_an_example() {
        for code in Code::all() {
            assert!(
                !code.title().is_empty() && !code.title().ends_with('.'),
                "{code}"
            );
            let explanation = code.explanation();
            assert!(explanation.contains("\n\nWrong:"), "{code}");
            assert!(explanation.contains("\n\nRight:"), "{code}");
            // It is printed as it stands, on terminals of every width.
            let longest = explanation.lines().map(str::len).max();
            assert!(longest <= Some(100), "{code}");
        }
    }
}
