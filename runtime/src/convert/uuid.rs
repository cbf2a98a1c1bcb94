//! `Uuid` of the crate `uuid`, feature `uuid`.
//!
//! `67e55044-10b1-426f-9247-bb680e5fe0c8` ↔ TEXT of that form, lower case. A column that is declared BLOB gets
//! the 16 bytes; both are read from either. Invariant: one identifier has one text, so that SQLite can compare them.

use uuid::Uuid;

use crate::error::Result;
use crate::value::{Cell, FromCell, Misfit, Slot, ToBytes, ToCell};

const EXPECTED: &str = "a UUID as TEXT of 36 characters or BLOB of 16 bytes";

impl ToCell for Uuid {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        let mut text = Self::encode_buffer();
        slot.bind(Cell::Text(self.hyphenated().encode_lower(&mut text)))
    }
}

impl ToBytes for Uuid {
    fn to_bytes(&self) -> Option<&[u8]> {
        Some(self.as_bytes())
    }
}

impl FromCell for Uuid {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        let found = match cell {
            // The crate reads braces and `urn:uuid:` too, but such a text would not be found by a comparison.
            Cell::Text(text) if text.len() == 36 => Self::try_parse(text).ok(),
            Cell::Blob(bytes) => Self::from_slice(bytes).ok(),
            _ => None,
        };
        found.ok_or_else(|| Misfit::new(EXPECTED, &cell))
    }
}
