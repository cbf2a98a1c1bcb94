//! What each parameter of the corpus is given, by its name.
//!
//! `:age` is 30 wherever it stands. A statement for which sqlitenow found a type that cannot hold it fails.

use sqlitenow_runtime::Value;

use super::hold::Given;

/// The values by name.
fn value(name: &str) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    match name {
        "id" | "lo" | "offset" | "person_id" | "parent" | "active" => Value::Integer(1),
        "limit" | "arg1" => Value::Integer(2),
        "n" | "arg2" => Value::Integer(3),
        "amount" | "v" => Value::Integer(5),
        "any" => Value::Integer(7),
        "age" | "hi" => Value::Integer(30),
        "height" | "price" => Value::Real(1.5),
        "score" => Value::Real(2.5),
        "x" => Value::Real(0.5),
        "name" => text("bob"),
        "nick" => text("a"),
        "city" => text("OSLO"),
        "zip" => text("1"),
        "body" => text("hello world"),
        "key" => text("x"),
        "label" => text("root"),
        "day" => text("2024-01-01"),
        "kind" => text("in"),
        "word" => text("five"),
        "pattern" => text("%o%"),
        "doc" => text(r#"{"a": [1, 2, {"b": "x"}], "c": null}"#),
        "path" => text("$.a"),
        "wanted" => text("quick"),
        "photo" => Value::Blob(vec![1]),
        _ => panic!("`given.rs` has no value for `{name}`"),
    }
}

/// What the parameter `name` is given, as the type that sqlitenow found for it.
#[track_caller]
pub fn given<T: Given>(name: &str) -> T {
    let value = value(name);
    let shown = format!("{value:?}");
    let Some(held) = T::hold(value) else {
        panic!(
            "`{name}` is {shown}, but its type is {}",
            std::any::type_name::<T>()
        );
    };
    held
}

/// The same for rusqlite.
pub fn given_to_sqlite(name: &str) -> rusqlite::types::Value {
    use rusqlite::types::Value as Sqlite;
    match value(name) {
        Value::Null => Sqlite::Null,
        Value::Integer(integer) => Sqlite::Integer(integer),
        Value::Real(real) => Sqlite::Real(real),
        Value::Text(text) => Sqlite::Text(text),
        Value::Blob(blob) => Sqlite::Blob(blob),
    }
}
