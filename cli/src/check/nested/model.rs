//! Rows inside of rows, with everything decided.

use crate::source::Span;

/// A part of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckedMember {
    /// The field of the column with this index.
    Column(usize),
    /// A value that is made of columns.
    Nested(CheckedNested),
    /// A value that no column fills.
    Constant(CheckedConstant),
}

/// A value that is made of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedNested {
    /// Its Rust name.
    pub name: String,
    /// Its name as declared.
    pub label: String,
    /// How columns become it.
    pub mapping: Mapping,
    /// The row type that is generated for it.
    pub type_name: String,
    /// The type of the application that is built from that row.
    pub own: Option<String>,
    /// Its parts.
    pub members: Vec<CheckedMember>,
    /// All columns that it is made of, in ascending order.
    pub columns: Vec<usize>,
    /// Where it is declared, or the statement that inherits it.
    pub span: Span,
    /// Whether it is the first of its namespace with this row type, and so defines it.
    pub defines: bool,
}

/// How columns become a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapping {
    /// One value from a joined row.
    PerRow {
        /// Whether it is `None` when the join finds no row.
        optional: bool,
    },
    /// One value from the row itself.
    Entity,
    /// One value for each joined row that the columns of the key tell apart.
    Collection {
        /// The columns of the key.
        key: Vec<usize>,
    },
}

/// A value that no column fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedConstant {
    /// Its Rust name.
    pub name: String,
    /// Its name as declared.
    pub label: String,
    /// Its type.
    pub ty: String,
    /// The expression that makes it.
    pub value: String,
}

impl CheckedNested {
    /// The type of one value.
    #[must_use]
    pub fn element(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.type_name)
    }

    /// The type of its field.
    #[must_use]
    pub fn owned(&self) -> String {
        let element = self.element();
        match &self.mapping {
            Mapping::PerRow { optional: true } => format!("Option<{element}>"),
            Mapping::PerRow { optional: false } | Mapping::Entity => element.to_owned(),
            Mapping::Collection { .. } => format!("Vec<{element}>"),
        }
    }

    /// Whether it is many values.
    #[must_use]
    pub fn is_collection(&self) -> bool {
        matches!(self.mapping, Mapping::Collection { .. })
    }
}

/// Whether a collection is among `members`, however deep.
#[must_use]
pub fn holds_collection(members: &[CheckedMember]) -> bool {
    members.iter().any(|member| match member {
        CheckedMember::Nested(nested) => {
            nested.is_collection() || holds_collection(&nested.members)
        }
        CheckedMember::Column(_) | CheckedMember::Constant(_) => false,
    })
}
