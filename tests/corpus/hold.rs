//! Values as the types of generated parameters.
//!
//! In: a value. Out: the parameter, where its type can hold the value.

use sqlitenow_runtime::Value;

/// A Rust type that a parameter can have.
pub trait Given: Sized {
    /// The value as this type, if it can hold it.
    fn hold(value: Value) -> Option<Self>;
}

macro_rules! hold {
    ($($type:ty, $pattern:pat => $held:expr;)*) => {
        $(impl Given for $type {
            fn hold(value: Value) -> Option<Self> {
                match value {
                    $pattern => Some($held),
                    _ => None,
                }
            }
        })*
    };
}

hold! {
    i64, Value::Integer(integer) => integer;
    f64, Value::Real(real) => real;
    bool, Value::Integer(integer @ (0 | 1)) => integer == 1;
    String, Value::Text(text) => text;
    Vec<u8>, Value::Blob(blob) => blob;
    // Arguments are borrowed; a test may leak what it gives.
    &'static str, Value::Text(text) => text.leak();
    &'static [u8], Value::Blob(blob) => blob.leak();
}

impl Given for Value {
    fn hold(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl Given for &'static Value {
    fn hold(value: Value) -> Option<Self> {
        Some(Box::leak(Box::new(value)))
    }
}

impl<T: Given> Given for Option<T> {
    fn hold(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::hold(value).map(Some),
        }
    }
}
