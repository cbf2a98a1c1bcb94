//! Rust types beyond SQLite's five storage classes: dates and times, identifiers, JSON, enums.
//!
//! In: a value of a library's or the application's own type. Out: the cell that stands for it, and back. Each library
//! stands behind the feature of its name. Invariant: what was written reads back as the same value, and a text that
//! stands for nothing of the type is an error.

mod choice;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "serde_json")]
mod json;
#[cfg(any(feature = "chrono", feature = "time", feature = "jiff"))]
mod moment;
#[cfg(feature = "serde")]
mod serde;
#[cfg(all(
    test,
    feature = "chrono",
    feature = "time",
    feature = "jiff",
    feature = "uuid",
    feature = "serde_json"
))]
mod tests;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(feature = "serde_json")]
pub use self::json::Json;
