//! The values that were bound to a statement, for errors that are asked to show them.
//!
//! In: values. Out: SQL literals, which a shell takes: `'it''s'`, `x'00ff'`, `1.5`, `NULL`.

use std::fmt::Write as _;

use crate::value::{Value, text_of_real};

pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Integer(integer) => integer.to_string(),
        // SQLite has no word for it, and reads this as it.
        Value::Real(real) if real.is_infinite() && *real > 0.0 => "9e999".to_owned(),
        Value::Real(real) if real.is_infinite() => "-9e999".to_owned(),
        Value::Real(real) => text_of_real(*real),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Blob(blob) => {
            let mut literal = String::with_capacity(blob.len() * 2 + 3);
            literal.push_str("x'");
            for byte in blob {
                // Writing into a string does not fail.
                let _ = write!(literal, "{byte:02x}");
            }
            literal.push('\'');
            literal
        }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[test]
    fn sqlite_reads_every_literal_as_its_value() {
        let connection = Connection::open_in_memory().unwrap();
        for value in [
            Value::Null,
            Value::Integer(i64::MIN),
            Value::Real(0.1),
            Value::Real(1e300),
            Value::Real(f64::INFINITY),
            Value::Real(f64::NEG_INFINITY),
            Value::Text("it's é".to_owned()),
            Value::Blob(vec![0, 255]),
        ] {
            let literal = literal(&value);
            let sql = format!("SELECT {literal} IS ?1 AND typeof({literal}) = typeof(?1)");
            let mut statement = connection.prepare(&sql).unwrap();
            match &value {
                Value::Null => statement.raw_bind_parameter(1, rusqlite::types::Null),
                Value::Integer(integer) => statement.raw_bind_parameter(1, integer),
                Value::Real(real) => statement.raw_bind_parameter(1, real),
                Value::Text(text) => statement.raw_bind_parameter(1, text),
                Value::Blob(blob) => statement.raw_bind_parameter(1, blob),
            }
            .unwrap();
            let same: bool = statement
                .raw_query()
                .next()
                .unwrap()
                .unwrap()
                .get(0)
                .unwrap();
            assert!(same, "{literal}");
        }
    }
}
