//! What the annotations of one statement say, once keys and places are checked.

use crate::source::Span;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

/// A block with `field=COLUMN`; blocks for the same field are merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldBlock {
    /// The column or label it is about.
    pub field: Spanned<String>,
    /// `propertyName`.
    pub property_name: Option<Spanned<String>>,
    /// `propertyType`, as written.
    pub property_type: Option<Spanned<String>>,
    /// `notNull`.
    pub not_null: Option<Spanned<bool>>,
}

/// A block with `param=NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamBlock {
    /// The parameter it is about.
    pub param: Spanned<String>,
    /// `propertyType`, as written.
    pub property_type: Option<Spanned<String>>,
    /// `notNull`.
    pub not_null: Option<Spanned<bool>>,
}

/// Everything the comments of one statement say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `queryResult`.
    pub query_result: Option<Spanned<String>>,
    /// One entry per annotated field.
    pub fields: Vec<FieldBlock>,
    /// One entry per annotated parameter.
    pub params: Vec<ParamBlock>,
    /// The leading comments without delimiters and blocks: the statement's documentation, lines without trailing space.
    pub doc: Vec<String>,
}
