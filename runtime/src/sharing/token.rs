//! What a client shows to prove that somebody gave it the port.
//!
//! In: random numbers of the operating system, or the digits of a port. Out: a secret of 32 bytes. Invariants: it is
//! compared in the same time whatever it is compared with, and no formatting shows it.

use std::fmt;
use std::path::PathBuf;

use subtle::ConstantTimeEq as _;

use crate::error::{Error, Result};

const LENGTH: usize = 32;

#[derive(Clone)]
pub(crate) struct Token([u8; LENGTH]);

impl Token {
    pub(crate) fn random() -> Result<Self> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| Error::Io {
            path: PathBuf::from("random numbers"),
            source: error.into(),
        })?;
        Ok(Self(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    pub(crate) fn matches(&self, shown: &[u8]) -> bool {
        self.0.ct_eq(shown).into()
    }

    /// As hexadecimal digits.
    pub(super) fn digits(&self) -> String {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        let bytes = self.0.iter();
        bytes
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect()
    }

    pub(super) fn from_digits(digits: &str) -> Option<Self> {
        let digits = digits.as_bytes();
        let (pairs, rest) = digits.as_chunks::<2>();
        if pairs.len() != LENGTH || !rest.is_empty() {
            return None;
        }
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let mut bytes = [0; LENGTH];
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = u8::try_from(digit(*high)? << 4 | digit(*low)?).ok()?;
        }
        Some(Self(bytes))
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.matches(&other.0)
    }
}

impl Eq for Token {}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s59_a_token_matches_itself_alone() {
        let token = Token::random().unwrap();
        assert!(token.matches(token.bytes()));
        for place in [0, LENGTH - 1] {
            let mut other = *token.bytes();
            other[place] ^= 1;
            assert!(!token.matches(&other));
        }
        assert!(!token.matches(&token.bytes()[1..]));
        assert!(!token.matches(&[]));
        assert_ne!(token, Token::random().unwrap());
    }

    #[test]
    fn digits_are_read_back_and_nothing_else_is() {
        let token = Token::random().unwrap();
        let digits = token.digits();
        assert_eq!(Token::from_digits(&digits), Some(token));
        for wrong in ["", "0", &digits[1..], &digits[2..], &format!("{digits}00")] {
            assert_eq!(Token::from_digits(wrong), None, "{wrong}");
        }
        assert_eq!(Token::from_digits(&digits.replace(|_| true, "g")), None);
        // As many bytes, but not as many characters.
        assert_eq!(Token::from_digits(&"é".repeat(LENGTH)), None);
    }
}
