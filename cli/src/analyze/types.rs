//! From declared types to [`SqlType`]: `VARCHAR(255)` → Text, `UNSIGNED BIG INT` → Integer, `DECIMAL(10,2)` → Real.
//!
//! The order of the rules is SQLite's own for affinities (<https://sqlite.org/datatype3.html#determination_of_column_affinity>),
//! with the names in front that people declare for meaning. A name that says nothing is [`SqlType::Any`].

use super::SqlType;

/// The type that a declared type stands for.
#[must_use]
pub fn declared_type(declared: &str) -> SqlType {
    let upper = declared.to_ascii_uppercase();
    let name = upper.split('(').next().unwrap_or("").trim();
    let has = |part: &str| upper.contains(part);
    if name.is_empty() || name == "ANY" {
        SqlType::Any
    } else if matches!(name, "BOOL" | "BOOLEAN") {
        SqlType::Boolean
    } else if has("INT") {
        SqlType::Integer
    } else if name == "JSONB" {
        SqlType::Blob
    } else if has("CHAR")
        || has("CLOB")
        || has("TEXT")
        || has("DATE")
        || has("TIME")
        || name == "JSON"
    {
        SqlType::Text
    } else if has("BLOB") {
        SqlType::Blob
    } else if has("REAL")
        || has("FLOA")
        || has("DOUB")
        || matches!(name, "NUMERIC" | "DECIMAL" | "NUMBER" | "DEC")
    {
        SqlType::Real
    } else {
        SqlType::Any
    }
}

/// Whether a column so declared keeps a number though its type is Text: `DATE` and its kin have numeric affinity.
#[must_use]
pub fn keeps_numbers(declared: &str) -> bool {
    let upper = declared.to_ascii_uppercase();
    declared_type(declared) == SqlType::Text
        && !["CHAR", "CLOB", "TEXT"]
            .iter()
            .any(|part| upper.contains(part))
}

#[cfg(test)]
mod tests {
    use super::{declared_type, keeps_numbers};
    use crate::analyze::SqlType;

    #[test]
    fn c65_declared_types_map_by_their_words() {
        for (declared, ty) in [
            ("INTEGER", SqlType::Integer),
            ("int", SqlType::Integer),
            ("UNSIGNED BIG INT", SqlType::Integer),
            ("BOOLEAN", SqlType::Boolean),
            ("Bool", SqlType::Boolean),
            ("VARCHAR(255)", SqlType::Text),
            ("NATIVE CHARACTER(70)", SqlType::Text),
            ("DATETIME", SqlType::Text),
            ("TIMESTAMP", SqlType::Text),
            ("JSON", SqlType::Text),
            ("REAL", SqlType::Real),
            ("DOUBLE   PRECISION", SqlType::Real),
            ("NUMERIC", SqlType::Real),
            ("DECIMAL(10,2)", SqlType::Real),
            ("BLOB", SqlType::Blob),
            ("JSONB", SqlType::Blob),
            ("ANY", SqlType::Any),
            ("", SqlType::Any),
            ("UUID", SqlType::Any),
        ] {
            assert_eq!(declared_type(declared), ty, "{declared}");
        }
        assert!(keeps_numbers("DATE") && keeps_numbers("JSON"));
        assert!(!keeps_numbers("TEXT") && !keeps_numbers("DATE TEXT") && !keeps_numbers("REAL"));
    }
}
