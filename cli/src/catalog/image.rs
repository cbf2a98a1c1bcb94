//! The checking database as the bytes of an SQLite file, for people to look at.
//!
//! The file says in its header who made it, so that no other database is ever taken for one that may be replaced.

use rusqlite::MAIN_DB;

use super::{Catalog, CatalogError};

/// Our mark, `sqln`, where SQLite keeps the application's (<https://sqlite.org/fileformat2.html#application_id>).
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"sqln");

/// Where the mark lies in a file.
const MARK: std::ops::Range<usize> = 68..72;

impl Catalog {
    /// The bytes of a file with every table, index, view and trigger of the schema, and no rows.
    ///
    /// # Errors
    ///
    /// When SQLite itself fails.
    pub fn image(&mut self) -> Result<Vec<u8>, CatalogError> {
        let connection = self.connection_mut();
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
        Ok(connection.serialize(MAIN_DB)?.to_vec())
    }
}

/// Whether `file` was made by [`Catalog::image`].
#[must_use]
pub fn is_image(file: &[u8]) -> bool {
    file.starts_with(b"SQLite format 3\0") && file.get(MARK) == Some(&APPLICATION_ID.to_be_bytes())
}
