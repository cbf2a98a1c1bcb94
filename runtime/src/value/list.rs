//! Lists: from a slice of values to the JSON array which `x IN :list` reads.
//!
//! In: the elements of a list parameter, each bound as it would be alone. Out: one text such as `[1,"a",["6162"]]`, which
//! the statement hands to `json_each`. Invariant: every element comes back as the value it was, bit for bit – a blob
//! stands as its hexadecimal digits in an array of its own, so that no text can be taken for one. NULL is refused: it
//! would make `NOT IN` match nothing.

use std::fmt::Write as _;

use crate::error::Result;
use crate::statement::Statement;

use super::Cell;
use super::bind::{Target, refusal};

/// What can be bound to a list parameter: slices and vectors of values, and `Option`s of them, whose `None` is NULL.
pub trait ToList {
    /// The type of the elements.
    type Element;

    /// The elements; none for NULL.
    fn to_list(&self) -> Option<&[Self::Element]>;
}

impl<T> ToList for [T] {
    type Element = T;

    fn to_list(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<T> ToList for Vec<T> {
    type Element = T;

    fn to_list(&self) -> Option<&[T]> {
        Some(self)
    }
}

impl<L: ToList + ?Sized> ToList for &L {
    type Element = L::Element;

    fn to_list(&self) -> Option<&[L::Element]> {
        L::to_list(self)
    }
}

impl<L: ToList> ToList for Option<L> {
    type Element = L::Element;

    fn to_list(&self) -> Option<&[L::Element]> {
        self.as_ref().and_then(L::to_list)
    }
}

/// Borrows every element: what generated methods keep of a `&[String]` or a `&[&str]`, which they take alike.
#[must_use]
pub fn borrow_all<U: ?Sized>(list: &[impl AsRef<U>]) -> Vec<&U> {
    list.iter().map(AsRef::as_ref).collect()
}

/// The array that grows element by element.
pub(super) struct JsonArray {
    statement: &'static Statement,
    text: String,
}

impl JsonArray {
    pub(super) fn new(statement: &'static Statement) -> Self {
        Self {
            statement,
            text: "[".to_owned(),
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.text.push(']');
        self.text
    }

    fn push_text(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        // What lies between two characters that JSON escapes is copied as a whole.
        while let Some(at) = rest.find(|c: char| c.is_ascii_control() || c == '"' || c == '\\') {
            let (plain, escaped) = rest.split_at(at);
            let mut characters = escaped.chars();
            self.text.push_str(plain);
            match characters.next() {
                Some(quoted @ ('"' | '\\')) => self.text.extend(['\\', quoted]),
                Some(control) => self.write(format_args!("\\u{:04x}", u32::from(control))),
                None => {}
            }
            rest = characters.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    fn push_blob(&mut self, blob: &[u8]) {
        self.text.push_str("[\"");
        for byte in blob {
            self.write(format_args!("{byte:02x}"));
        }
        self.text.push_str("\"]");
    }

    fn push_real(&mut self, real: f64) {
        match real {
            // JSON has no word for it; SQLite reads a number beyond the largest as infinite.
            f64::INFINITY => self.text.push_str("9e999"),
            f64::NEG_INFINITY => self.text.push_str("-9e999"),
            // The shortest digits that read back as the same number, with a point or an exponent: a REAL stays one.
            real => self.write(format_args!("{real:?}")),
        }
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a `String` never fails.
        let _ = self.text.write_fmt(arguments);
    }
}

impl Target for JsonArray {
    fn put(&mut self, index: usize, cell: Cell<'_>) -> Result<()> {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        match cell {
            Cell::Null => {
                let expected = "list elements that are neither NULL nor NaN";
                return Err(refusal(self.statement, index, expected, cell.class()));
            }
            Cell::Integer(integer) => self.write(format_args!("{integer}")),
            Cell::Real(real) => self.push_real(real),
            Cell::Text(text) => self.push_text(text),
            Cell::Blob(blob) => self.push_blob(blob),
        }
        Ok(())
    }
}
