//! Generated rows against the cells that rusqlite reads, storage class included.
//!
//! In: row structs, and the cells of the same statement with the same parameters. Out: the columns in which an `f64`
//! was read from an INTEGER. Invariant: that is the one difference there may be. A column of type NUMERIC keeps 12.0 as
//! the integer 12, <https://www.sqlite.org/datatype3.html#type_affinity>, and its field is an `f64` nevertheless.

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value;
use sqlitenow_runtime::v1::{Bound, Statement};

/// A row struct, taken apart into one cell for each column.
pub trait Cells {
    fn cells(&self) -> Vec<Value>;
}

/// The one cell that a field may have been read from, apart from the exception above.
pub trait Field {
    fn cell(&self) -> Value;
}

macro_rules! fields {
    ($($field:ty, $this:ident => $cell:expr;)*) => {$(
        impl Field for $field {
            fn cell(&self) -> Value {
                let $this = self;
                $cell
            }
        }
    )*};
}

fields! {
    bool, this => Value::Integer(i64::from(*this));
    i64, this => Value::Integer(*this);
    f64, this => Value::Real(*this);
    String, this => Value::Text(this.clone());
    &str, this => Value::Text((*this).to_owned());
    Vec<u8>, this => Value::Blob(this.clone());
}

impl<T: Field> Field for Option<T> {
    fn cell(&self) -> Value {
        self.as_ref().map_or(Value::Null, Field::cell)
    }
}

/// Takes row structs apart, field by field in the order of the columns.
///
/// What the generator found out is part of it: a field that is left out or has another type, `Option` or not, does not
/// compile.
macro_rules! rows {
    ($($row:path { $($field:ident: $type:ty),* $(,)? })*) => {$(
        impl $crate::cells::Cells for $row {
            fn cells(&self) -> Vec<::rusqlite::types::Value> {
                let Self { $($field),* } = self;
                vec![$(<$type as $crate::cells::Field>::cell($field)),*]
            }
        }
    )*};
}
pub(crate) use rows;

/// The statement behind a generated method.
pub fn statement_of<B: Bound>() -> &'static Statement {
    B::STATEMENT
}

/// Runs the statement's SQL on a plain connection.
#[track_caller]
pub fn plain(
    connection: &Connection,
    statement: &Statement,
    parameters: &[(&str, Value)],
) -> Vec<Vec<Value>> {
    let prepared = connection.prepare(statement.sql).unwrap();
    let columns: Vec<_> = (0..prepared.column_count())
        .map(|index| prepared.column_name(index).unwrap())
        .collect();
    assert_eq!(columns, statement.columns);
    rows_of(connection, statement.sql, parameters)
}

/// Runs any SQL on a plain connection.
#[track_caller]
pub fn rows_of(
    connection: &Connection,
    sql: &str,
    parameters: &[(&str, Value)],
) -> Vec<Vec<Value>> {
    let mut prepared = connection.prepare(sql).unwrap();
    let width = prepared.column_count();
    assert_eq!(prepared.parameter_count(), parameters.len());
    for (name, value) in parameters {
        let index = prepared.parameter_index(name).unwrap();
        let index = index.unwrap_or_else(|| panic!("there is no `{name}`"));
        prepared.raw_bind_parameter(index, value).unwrap();
    }
    let mut found = prepared.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = found.next().unwrap() {
        rows.push((0..width).map(|index| row.get_unwrap(index)).collect());
    }
    rows
}

/// Compares every cell, of which there must be some. Returns the columns where an `f64` met an INTEGER.
#[track_caller]
pub fn assert_same<R: Cells>(
    rows: &[R],
    found: &[Vec<Value>],
    statement: &Statement,
) -> BTreeSet<&'static str> {
    let name = statement.name;
    assert!(!found.is_empty(), "{name}: no rows to compare");
    assert_eq!(rows.len(), found.len(), "{name}: the number of rows");
    let mut widened = BTreeSet::new();
    for (number, (row, found)) in rows.iter().zip(found).enumerate() {
        let fields = row.cells();
        assert_eq!(fields.len(), found.len(), "{name}: the number of columns");
        for (index, (field, found)) in fields.iter().zip(found).enumerate() {
            let column = statement.columns[index];
            if is_widened(field, found) {
                widened.insert(column);
            } else {
                let same = is_same(field, found);
                assert!(
                    same,
                    "{name}, row {number}, `{column}`: {field:?}, {found:?}"
                );
            }
        }
    }
    widened
}

/// The same storage class and the same value; reals bit by bit.
fn is_same(field: &Value, found: &Value) -> bool {
    match (field, found) {
        (Value::Real(field), Value::Real(found)) => field.to_bits() == found.to_bits(),
        _ => field == found,
    }
}

/// An `f64` that was an INTEGER of the same value.
fn is_widened(field: &Value, found: &Value) -> bool {
    let (Value::Real(field), Value::Integer(found)) = (field, found) else {
        return false;
    };
    // Small enough for both to be exact; the runtime refuses what is not.
    i32::try_from(*found).is_ok_and(|found| field.to_bits() == f64::from(found).to_bits())
}

#[test]
fn only_an_integer_of_the_same_value_may_stand_for_a_real() {
    assert!(is_same(&Value::Real(0.1), &Value::Real(0.1)));
    assert!(!is_same(&Value::Real(0.0), &Value::Real(-0.0)));
    assert!(!is_same(&Value::Real(12.0), &Value::Integer(12)));
    assert!(is_widened(&Value::Real(12.0), &Value::Integer(12)));
    assert!(!is_widened(&Value::Real(12.5), &Value::Integer(12)));
    assert!(!is_widened(&Value::Integer(12), &Value::Real(12.0)));
    let text = Value::Text("12".to_owned());
    assert!(!is_same(&text, &Value::Integer(12)) && !is_same(&text, &Value::Null));
}
