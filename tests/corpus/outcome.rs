//! What came out of a statement, read by generated code or by rusqlite, in a form that can be compared.

use rusqlite::types::Value as Sqlite;
use sqlitenow_runtime::Value;

/// What a statement gave.
#[derive(Debug)]
pub enum Outcome {
    /// Rows, as the cells of their fields.
    Rows(Vec<Vec<Value>>),
    /// So many rows changed.
    Changes(u64),
}

/// A field of a row, as the cell it must have been read from.
pub trait Field {
    /// The cell.
    fn to_value(&self) -> Value;
}

macro_rules! field {
    ($($type:ty, $field:ident => $value:expr;)*) => {
        $(impl Field for $type {
            fn to_value(&self) -> Value {
                let $field = self;
                $value
            }
        })*
    };
}

field! {
    i64, field => Value::Integer(*field);
    bool, field => Value::Integer(i64::from(*field));
    f64, field => Value::Real(*field);
    String, field => Value::Text(field.clone());
    Vec<u8>, field => Value::Blob(field.clone());
    Value, field => field.clone();
}

impl<T: Field> Field for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::to_value)
    }
}

/// The cell of a field.
pub fn cell(field: &impl Field) -> Value {
    field.to_value()
}

/// The cells of rows.
pub fn rows<R>(rows: &[R], cells: impl Fn(&R) -> Vec<Value>) -> Outcome {
    Outcome::Rows(rows.iter().map(cells).collect())
}

/// Whether generated code read `ours` from what SQLite holds.
pub fn is_read_from(ours: &Value, theirs: &Sqlite) -> bool {
    match (ours, theirs) {
        (Value::Null, Sqlite::Null) => true,
        // SQLite stores NaN as NULL.
        (Value::Real(ours), Sqlite::Null) => ours.is_nan(),
        (Value::Integer(ours), Sqlite::Integer(theirs)) => ours == theirs,
        (Value::Real(ours), Sqlite::Real(theirs)) => ours.to_bits() == theirs.to_bits(),
        (Value::Real(ours), Sqlite::Integer(theirs)) => ours.to_string() == theirs.to_string(),
        (Value::Text(ours), Sqlite::Text(theirs)) => ours == theirs,
        (Value::Blob(ours), Sqlite::Blob(theirs)) => ours == theirs,
        // A DATE has numeric affinity, and its field is text.
        (Value::Text(ours), Sqlite::Integer(theirs)) => *ours == theirs.to_string(),
        (Value::Text(ours), Sqlite::Real(theirs)) => ours
            .parse()
            .is_ok_and(|ours: f64| ours.to_bits() == theirs.to_bits()),
        _ => false,
    }
}
