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

/// Who converts a value: `adapter`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdapterChoice {
    /// The type itself, by the traits of the runtime.
    Default,
    /// A pair of functions that the application hands to the database.
    Custom,
}

/// How labels become the names of fields: `propertyNameGenerator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameGenerator {
    /// They stay as they are.
    Plain,
    /// `dueAt` becomes `due_at`.
    SnakeCase,
    /// `due_at` becomes `dueAt`.
    LowerCamelCase,
}

/// How columns become a nested value: `mappingType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MappingType {
    /// One value from a joined row, if there is one.
    PerRow,
    /// One value from the row itself.
    Entity,
    /// Many values from the rows that share a parent.
    Collection,
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
    /// `adapter`.
    pub adapter: Option<Spanned<AdapterChoice>>,
    /// `sqlTypeHint`, as written.
    pub sql_type_hint: Option<Spanned<String>>,
    /// `defaultValue`, as written.
    pub default_value: Option<Spanned<String>>,
}

impl FieldBlock {
    /// A block that says nothing yet about `field`.
    #[must_use]
    pub fn about(field: Spanned<String>) -> Self {
        Self {
            field,
            property_name: None,
            property_type: None,
            not_null: None,
            adapter: None,
            sql_type_hint: None,
            default_value: None,
        }
    }
}

/// A block with `dynamicField=NAME`; blocks for the same name are merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicBlock {
    /// The name of the nested value.
    pub name: Spanned<String>,
    /// `propertyName`.
    pub property_name: Option<Spanned<String>>,
    /// `propertyType`, as written.
    pub property_type: Option<Spanned<String>>,
    /// `notNull`.
    pub not_null: Option<Spanned<bool>>,
    /// `defaultValue`, as written.
    pub default_value: Option<Spanned<String>>,
    /// `mappingType`.
    pub mapping_type: Option<Spanned<MappingType>>,
    /// `sourceTable`: an alias in FROM.
    pub source_table: Option<Spanned<String>>,
    /// `aliasPrefix`: the start of labels.
    pub alias_prefix: Option<Spanned<String>>,
    /// `collectionKey`: what tells its elements apart; empty when it is not given.
    pub collection_key: Vec<Spanned<String>>,
}

impl DynamicBlock {
    /// A block that says nothing yet about the nested value `name`.
    #[must_use]
    pub fn about(name: Spanned<String>) -> Self {
        Self {
            name,
            property_name: None,
            property_type: None,
            not_null: None,
            default_value: None,
            mapping_type: None,
            source_table: None,
            alias_prefix: None,
            collection_key: Vec::new(),
        }
    }
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
    /// `adapter`.
    pub adapter: Option<Spanned<AdapterChoice>>,
}

impl ParamBlock {
    /// A block that says nothing yet about `param`.
    #[must_use]
    pub fn about(param: Spanned<String>) -> Self {
        Self {
            param,
            property_type: None,
            not_null: None,
            adapter: None,
        }
    }
}

/// Tables that change along with an annotated one: `cascadeNotify`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CascadeNotify {
    /// When rows are inserted.
    pub insert: Vec<Spanned<String>>,
    /// When rows are updated.
    pub update: Vec<Spanned<String>>,
    /// When rows are deleted.
    pub delete: Vec<Spanned<String>>,
}

/// The blocks about a statement, merged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementBlock {
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `queryResult`.
    pub query_result: Option<Spanned<String>>,
    /// `propertyNameGenerator`.
    pub property_name_generator: Option<Spanned<NameGenerator>>,
    /// `collectionKey`: what tells parents apart; empty when it is not given.
    pub collection_key: Vec<Spanned<String>>,
    /// `mapTo`, as written.
    pub map_to: Option<Spanned<String>>,
    /// `cascadeNotify`.
    pub cascade_notify: CascadeNotify,
    /// `enableSync`.
    pub enable_sync: Option<Spanned<bool>>,
    /// `syncKeyColumnName`.
    pub sync_key_column_name: Option<Spanned<String>>,
}

/// Everything the comments of one statement say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// What is said about the statement itself.
    pub statement: StatementBlock,
    /// One entry per annotated field.
    pub fields: Vec<FieldBlock>,
    /// One entry per nested value.
    pub dynamic_fields: Vec<DynamicBlock>,
    /// One entry per annotated parameter.
    pub params: Vec<ParamBlock>,
    /// The leading comments without delimiters and blocks: the statement's documentation, lines without trailing space.
    pub doc: Vec<String>,
}
