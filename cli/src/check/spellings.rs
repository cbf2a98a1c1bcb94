//! The names of types that need no path: Rust's own, and those which other generators of the family share.
//!
//! `Long` → `i64`, `kotlin.ByteArray` → `Vec<u8>`, `List<String>` → `Vec<String>`; `kotlinx.datetime.LocalDate` is none,
//! and [`candidates`] says what to write instead.

use super::RustType;

/// Rust's own.
const BUILT_IN: &[(&str, RustType)] = &[
    ("bool", RustType::Scalar("bool")),
    ("i8", RustType::Scalar("i8")),
    ("i16", RustType::Scalar("i16")),
    ("i32", RustType::Scalar("i32")),
    ("i64", RustType::Scalar("i64")),
    ("u8", RustType::Scalar("u8")),
    ("u16", RustType::Scalar("u16")),
    ("u32", RustType::Scalar("u32")),
    ("f32", RustType::Scalar("f32")),
    ("f64", RustType::Scalar("f64")),
    ("String", RustType::String),
    ("Vec<u8>", RustType::Bytes),
    ("Value", RustType::Value),
];

/// Those of Kotlin, Dart and Swift, as wide as they are there; `Int` is the one of Kotlin, `int` the one of Dart.
const SHARED: &[(&str, RustType)] = &[
    ("Boolean", RustType::Scalar("bool")),
    ("Bool", RustType::Scalar("bool")),
    ("Byte", RustType::Scalar("i8")),
    ("Short", RustType::Scalar("i16")),
    ("Int", RustType::Scalar("i32")),
    ("Int32", RustType::Scalar("i32")),
    ("Long", RustType::Scalar("i64")),
    ("Int64", RustType::Scalar("i64")),
    ("int", RustType::Scalar("i64")),
    ("Float", RustType::Scalar("f32")),
    ("Double", RustType::Scalar("f64")),
    ("double", RustType::Scalar("f64")),
    ("ByteArray", RustType::Bytes),
    ("Uint8List", RustType::Bytes),
    ("Data", RustType::Bytes),
];

/// Lists in one column, each an array of JSON in TEXT: the element, the field's type, the argument's.
const ARRAYS: &[(&str, &str, &str)] = &[
    ("bool", "Vec<bool>", "[bool]"),
    ("i8", "Vec<i8>", "[i8]"),
    ("i16", "Vec<i16>", "[i16]"),
    ("i32", "Vec<i32>", "[i32]"),
    ("i64", "Vec<i64>", "[i64]"),
    ("u16", "Vec<u16>", "[u16]"),
    ("u32", "Vec<u32>", "[u32]"),
    ("f32", "Vec<f32>", "[f32]"),
    ("f64", "Vec<f64>", "[f64]"),
    ("String", "Vec<String>", "[String]"),
];

/// What people call a type of which Rust has several: the last word of their name, and what to write here.
const CANDIDATES: &[(&[&str], &[&str])] = &[
    (
        &["LocalDate", "NaiveDate"],
        &["chrono::NaiveDate", "time::Date", "jiff::civil::Date"],
    ),
    (
        &["LocalTime", "NaiveTime"],
        &["chrono::NaiveTime", "time::Time", "jiff::civil::Time"],
    ),
    (
        &["LocalDateTime", "NaiveDateTime", "PrimitiveDateTime"],
        &[
            "chrono::NaiveDateTime",
            "time::PrimitiveDateTime",
            "jiff::civil::DateTime",
        ],
    ),
    (
        &[
            "Instant",
            "Timestamp",
            "Date",
            "DateTime",
            "OffsetDateTime",
            "ZonedDateTime",
        ],
        &[
            "chrono::DateTime<chrono::Utc>",
            "time::OffsetDateTime",
            "jiff::Timestamp",
        ],
    ),
    (&["Uuid", "UUID"], &["uuid::Uuid"]),
    (
        &["JsonElement", "JsonObject", "JsonArray", "Json"],
        &["serde_json::Value", "Json<crate::Settings>"],
    ),
];

/// The type that is spelled so and that the runtime converts by itself.
pub(super) fn named(spelling: &str) -> Option<RustType> {
    let bare = spelling.strip_prefix("kotlin.").unwrap_or(spelling);
    let known = BUILT_IN.iter().chain(SHARED);
    known
        .into_iter()
        .find(|(name, _)| *name == bare)
        .map(|(_, ty)| ty.clone())
}

/// A list of `element` in one column.
pub(super) fn array_of(element: &RustType) -> Option<RustType> {
    let found = ARRAYS.iter().find(|(name, ..)| *name == element.owned());
    found.map(|&(_, owned, slice)| RustType::Array { owned, slice })
}

/// Everything that [`named`] knows.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().chain(SHARED).map(|(name, _)| *name)
}

/// What of it belongs to Rust.
pub(super) fn built_in() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// What to write for a type that is called so elsewhere, `kotlin.uuid.Uuid` or `Uuid`.
pub(super) fn candidates(spelling: &str) -> &'static [&'static str] {
    let name = spelling.trim_end_matches('?');
    let name = name.rsplit('.').next().unwrap_or(name);
    let found = CANDIDATES.iter().find(|(names, _)| names.contains(&name));
    found.map_or(&[], |(_, types)| types)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_array_has_an_element_that_is_built_in() {
        for (element, owned, slice) in ARRAYS {
            let ty = named(element).map(|ty| array_of(&ty));
            assert_eq!(ty, Some(Some(RustType::Array { owned, slice })));
            assert_eq!(*owned, format!("Vec<{element}>"));
            assert_eq!(*slice, format!("[{element}]"));
        }
        assert_eq!(array_of(&RustType::Scalar("u8")), None);
    }
}
