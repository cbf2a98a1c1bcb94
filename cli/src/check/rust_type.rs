//! Rust types of values: how they are held in a field and passed as an argument.

use crate::analyze::SqlType;

/// The type of a value that is not NULL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// A type that is passed by value: `bool`, a number.
    Scalar(&'static str),
    /// `String`, passed as `&str`.
    String,
    /// `Vec<u8>`, passed as `&[u8]`.
    Bytes,
    /// Whatever SQLite holds, NULL included.
    Value,
    /// A list of scalars in one column, passed as a slice.
    Array {
        /// `Vec<i64>`
        owned: &'static str,
        /// `[i64]`
        slice: &'static str,
    },
    /// A type of the application, which implements the runtime's conversions: its path as it is printed.
    User(String),
}

impl RustType {
    /// The type of a value whose SQL type is `ty`.
    #[must_use]
    pub fn of(ty: SqlType) -> Self {
        match ty {
            SqlType::Boolean => Self::Scalar("bool"),
            SqlType::Integer => Self::Scalar("i64"),
            SqlType::Real => Self::Scalar("f64"),
            SqlType::Text => Self::String,
            SqlType::Blob => Self::Bytes,
            SqlType::Any => Self::Value,
        }
    }

    /// The type of a field.
    #[must_use]
    pub fn owned(&self) -> &str {
        match self {
            Self::Scalar(name) | Self::Array { owned: name, .. } => name,
            Self::String => "String",
            Self::Bytes => "Vec<u8>",
            Self::Value => "rt::v1::Value",
            Self::User(path) => path,
        }
    }

    /// The type of a lone argument; borrows for `'p`.
    #[must_use]
    pub fn borrowed(&self) -> String {
        match self {
            Self::Scalar(name) => (*name).to_owned(),
            Self::String => "&'p str".to_owned(),
            Self::Bytes => "&'p [u8]".to_owned(),
            Self::Array { slice, .. } => format!("&'p {slice}"),
            Self::Value | Self::User(_) => format!("&'p {}", self.owned()),
        }
    }

    /// Whether a lone argument borrows.
    #[must_use]
    pub fn borrows(&self) -> bool {
        !matches!(self, Self::Scalar(_))
    }
}

/// A type with its nullability.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ValueType {
    /// The type of what is not NULL; of each element, in a list.
    pub ty: RustType,
    /// Whether it is a list of such values.
    pub list: bool,
    /// Whether it is wrapped in `Option`.
    pub optional: bool,
}

impl ValueType {
    /// `ty`, in an `Option` when `nullable`; a `Value` holds NULL by itself.
    #[must_use]
    pub fn new(ty: RustType, nullable: bool) -> Self {
        Self {
            list: false,
            optional: nullable && ty != RustType::Value,
            ty,
        }
    }

    /// A list of `ty`, in an `Option` when `nullable`.
    #[must_use]
    pub fn list(ty: RustType, nullable: bool) -> Self {
        Self {
            ty,
            list: true,
            optional: nullable,
        }
    }

    /// The type of a field.
    #[must_use]
    pub fn owned(&self) -> String {
        let name = self.ty.owned();
        if self.list {
            self.wrap(&format!("Vec<{name}>"))
        } else {
            self.wrap(name)
        }
    }

    /// The type of a lone argument; borrows for `'p`.
    ///
    /// A list of texts takes `&[String]` as well as `&[&str]`, and one of blobs likewise. An optional one does not: in
    /// `None` nothing would tell Rust which of them is meant.
    #[must_use]
    pub fn argument(&self) -> String {
        match self.viewed() {
            Some(view) => format!("&'p [impl AsRef<{view}>]"),
            None => self.held(),
        }
    }

    /// The type of what is kept of a lone argument until it is bound.
    #[must_use]
    pub fn held(&self) -> String {
        match (self.viewed(), self.list) {
            (Some(view), _) => format!("Vec<&'p {view}>"),
            (None, true) => self.wrap(&format!("&'p [{}]", self.ty.owned())),
            (None, false) => self.wrap(&self.ty.borrowed()),
        }
    }

    /// What is borrowed of each element of a lone list, when there are several types that have it.
    #[must_use]
    pub fn viewed(&self) -> Option<&'static str> {
        match self.ty {
            RustType::String if self.list && !self.optional => Some("str"),
            RustType::Bytes if self.list && !self.optional => Some("[u8]"),
            _ => None,
        }
    }

    /// Whether a lone argument borrows.
    #[must_use]
    pub fn borrows(&self) -> bool {
        self.list || self.ty.borrows()
    }

    /// What many lone arguments are lent by – `trait`, `type` – and the expression that takes one from `each`.
    #[must_use]
    pub fn lent(&self) -> (&'static str, String, String) {
        const BORROW: &str = "rt::v1::Borrow";
        const BORROWED: &str = "rt::v1::Borrow::borrow(&each)";
        let owned = self.owned();
        let optional = |take: &str| format!("{take}(rt::v1::Borrow::borrow(&each))");
        match (&self.ty, self.optional) {
            (RustType::String, false) => {
                ("AsRef", "str".to_owned(), "AsRef::as_ref(&each)".to_owned())
            }
            (RustType::Bytes, false) => (
                "AsRef",
                "[u8]".to_owned(),
                "AsRef::as_ref(&each)".to_owned(),
            ),
            (RustType::Array { slice, .. }, false) => (
                "AsRef",
                (*slice).to_owned(),
                "AsRef::as_ref(&each)".to_owned(),
            ),
            (RustType::Array { owned: vec, .. }, true) => (
                BORROW,
                owned,
                optional(&format!("Option::<{vec}>::as_deref")),
            ),
            (RustType::String, true) => (BORROW, owned, optional("Option::<String>::as_deref")),
            (RustType::Bytes, true) => (BORROW, owned, optional("Option::<Vec<u8>>::as_deref")),
            (RustType::User(_), true) => (BORROW, owned, optional("Option::as_ref")),
            (RustType::Scalar(_), _) => (BORROW, owned, format!("*{BORROWED}")),
            (RustType::Value | RustType::User(_), _) => (BORROW, owned, BORROWED.to_owned()),
        }
    }

    fn wrap(&self, name: &str) -> String {
        if self.optional {
            format!("Option<{name}>")
        } else {
            name.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_wrapped() {
        assert_eq!(
            ValueType::new(RustType::Value, true).owned(),
            "rt::v1::Value"
        );
        assert_eq!(
            ValueType::new(RustType::String, true).argument(),
            "Option<&'p str>"
        );
    }

    #[test]
    fn a_lone_list_is_a_slice_and_a_field_a_vector() {
        let numbers = ValueType::list(RustType::Scalar("i64"), false);
        assert_eq!(numbers.owned(), "Vec<i64>");
        assert_eq!(numbers.argument(), "&'p [i64]");
        let names = ValueType::list(RustType::String, false);
        assert_eq!(names.argument(), "&'p [impl AsRef<str>]");
        assert_eq!(names.held(), "Vec<&'p str>");
        let perhaps = ValueType::list(RustType::String, true);
        assert_eq!(perhaps.owned(), "Option<Vec<String>>");
        assert_eq!(perhaps.argument(), "Option<&'p [String]>");
    }
}
