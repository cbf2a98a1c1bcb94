//! Rows as types of the application: what `mapTo` asks for.
//!
//! A row that was read becomes `crate::Task` by `TryFrom<TaskRow>`, which every `From<TaskRow>` is as well.

use std::any::type_name;

use crate::error::{Cause, Error, Result};

/// Makes a `T` of a row.
///
/// # Errors
///
/// [`Error::Map`] when the type refuses it.
pub fn map_row<R, T>(row: R) -> Result<T>
where
    T: TryFrom<R, Error: Into<Cause>>,
{
    T::try_from(row).map_err(|source| Error::Map {
        target: type_name::<T>().into(),
        source: source.into(),
        origin: None,
    })
}
