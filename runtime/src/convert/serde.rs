//! Values and JSON columns as data of serde, feature `serde`: what a row with `derives = ["serde::Serialize"]` needs.
//!
//! `Value::Integer(5)` ↔ `5`, `Value::Blob(vec![1, 2])` ↔ bytes, in JSON `[1,2]`; `Json(tags)` ↔ `tags`. A format has to
//! say of what kind its data is, as JSON does. Invariant: what a format keeps reads back as the same value.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::value::Value;

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            Self::Real(real) => serializer.serialize_f64(*real),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Blob(blob) => serializer.serialize_bytes(blob),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whatever)
    }
}

struct Whatever;

impl<'de> Visitor<'de> for Whatever {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing, a number, a text or bytes")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, claim: bool) -> Result<Value, E> {
        Ok(claim.into())
    }

    fn visit_i64<E>(self, integer: i64) -> Result<Value, E> {
        Ok(integer.into())
    }

    fn visit_u64<E: Error>(self, integer: u64) -> Result<Value, E> {
        let fits = i64::try_from(integer);
        fits.map(Value::Integer)
            .map_err(|_| E::custom("an integer that SQLite cannot hold"))
    }

    fn visit_f64<E>(self, real: f64) -> Result<Value, E> {
        Ok(real.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_bytes<E>(self, blob: &[u8]) -> Result<Value, E> {
        Ok(Value::Blob(blob.to_owned()))
    }

    fn visit_byte_buf<E>(self, blob: Vec<u8>) -> Result<Value, E> {
        Ok(blob.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Value, A::Error> {
        let mut blob = Vec::new();
        while let Some(byte) = bytes.next_element()? {
            blob.push(byte);
        }
        Ok(Value::Blob(blob))
    }
}

#[cfg(feature = "serde_json")]
mod json {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::convert::Json;

    impl<T: Serialize> Serialize for Json<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Json<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            T::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(all(test, feature = "serde_json"))]
mod tests {
    use crate::Value;
    use crate::convert::Json;

    #[test]
    fn every_value_reads_back_from_json() {
        for (value, json) in [
            (Value::Null, "null"),
            (Value::Integer(i64::MIN), "-9223372036854775808"),
            (Value::Real(1.0), "1.0"),
            (Value::Text("a\"b".to_owned()), r#""a\"b""#),
            (Value::Blob(vec![0, 255]), "[0,255]"),
            (Value::Blob(Vec::new()), "[]"),
        ] {
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
            assert_eq!(serde_json::from_str::<Value>(json).unwrap(), value);
        }
        assert_eq!(serde_json::from_str::<Value>("true").unwrap(), 1.into());
    }

    #[test]
    fn what_sqlite_cannot_hold_is_refused() {
        for json in ["9223372036854775808", "[256]", "{}"] {
            assert!(serde_json::from_str::<Value>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn json_of_a_column_is_what_it_holds() {
        let tags = Json(vec!["a".to_owned()]);
        assert_eq!(serde_json::to_string(&tags).unwrap(), r#"["a"]"#);
        let read: Json<Vec<String>> = serde_json::from_str(r#"["a"]"#).unwrap();
        assert_eq!(read, tags);
    }
}
