//! The table of all keys: where each one belongs, what it takes, and which of them are of no use here.

use crate::source::SourceMap;
use crate::syntax::{Statement, StatementKind};

/// The kind of statement that is annotated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// CREATE TABLE.
    CreateTable,
    /// CREATE VIEW.
    CreateView,
    /// SELECT, VALUES, and either behind WITH.
    Select,
    /// INSERT, UPDATE or DELETE without RETURNING.
    Write,
    /// INSERT, UPDATE or DELETE with RETURNING.
    Returning,
    /// Any other statement: it takes no annotations.
    Other,
}

impl Place {
    /// The place that `statement` is.
    #[must_use]
    pub fn of(statement: &Statement, sources: &SourceMap) -> Self {
        match statement.kind {
            StatementKind::CreateTable => Self::CreateTable,
            StatementKind::CreateView => Self::CreateView,
            StatementKind::Select => Self::Select,
            StatementKind::Insert | StatementKind::Update | StatementKind::Delete => {
                if statement.has_returning(sources) {
                    Self::Returning
                } else {
                    Self::Write
                }
            }
            StatementKind::CreateVirtualTable
            | StatementKind::CreateIndex
            | StatementKind::CreateTrigger
            | StatementKind::Other => Self::Other,
        }
    }

    /// How it is spoken of.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::CreateTable => "CREATE TABLE",
            Self::CreateView => "CREATE VIEW",
            Self::Select => "SELECT",
            Self::Write => "INSERT, UPDATE or DELETE",
            Self::Returning => "INSERT, UPDATE or DELETE with RETURNING",
            Self::Other => "this statement",
        }
    }
}

/// What a block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// The statement, which it stands in front of.
    Statement,
    /// A column, by `field=`.
    Field,
    /// A nested value, by `dynamicField=`.
    DynamicField,
    /// A parameter, by `param=`.
    Param,
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Words or a string.
    Text,
    /// The same, and whatever else can be the name of a column, such as `1`.
    Name,
    /// An expression of Rust.
    Expression,
    /// `true` or `false`.
    Bool,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A name or a list of names.
    Names,
    /// `{ insert = [a], update = [a], delete = [a] }`, each with a name or a list of names.
    NamesByChange,
}

/// A key for one subject.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) subject: Subject,
    pub(super) places: &'static [Place],
    pub(super) takes: Takes,
}

const TABLE: &[Place] = &[Place::CreateTable];
const QUERIES: &[Place] = &[Place::Select, Place::Write, Place::Returning];
const RESULTS: &[Place] = &[Place::Select, Place::Returning];
const COLUMNS: &[Place] = &[
    Place::CreateTable,
    Place::CreateView,
    Place::Select,
    Place::Returning,
];
const SCHEMA: &[Place] = &[Place::CreateTable, Place::CreateView];
const GROUPED: &[Place] = &[Place::CreateView, Place::Select];
const ALL: &[Place] = &[
    Place::CreateTable,
    Place::CreateView,
    Place::Select,
    Place::Write,
    Place::Returning,
];

const ADAPTERS: Takes = Takes::OneOf(&["default", "custom"]);
const GENERATORS: Takes = Takes::OneOf(&["plain", "snakeCase", "lowerCamelCase"]);
const MAPPINGS: Takes = Takes::OneOf(&["perRow", "entity", "collection"]);

const fn key(name: &'static str, subject: Subject, places: &'static [Place], takes: Takes) -> Key {
    Key {
        name,
        subject,
        places,
        takes,
    }
}

/// All keys. One that means different things in different blocks has a line for each.
pub(super) const KEYS: &[Key] = &[
    key("name", Subject::Statement, ALL, Takes::Text),
    key("queryResult", Subject::Statement, QUERIES, Takes::Text),
    key("propertyNameGenerator", Subject::Statement, ALL, GENERATORS),
    key("collectionKey", Subject::Statement, GROUPED, Takes::Names),
    key("mapTo", Subject::Statement, RESULTS, Takes::Text),
    key(
        "cascadeNotify",
        Subject::Statement,
        TABLE,
        Takes::NamesByChange,
    ),
    key("enableSync", Subject::Statement, TABLE, Takes::Bool),
    key("syncKeyColumnName", Subject::Statement, TABLE, Takes::Text),
    key("field", Subject::Field, COLUMNS, Takes::Name),
    key("propertyName", Subject::Field, COLUMNS, Takes::Text),
    key("propertyType", Subject::Field, COLUMNS, Takes::Text),
    key("notNull", Subject::Field, COLUMNS, Takes::Bool),
    key("adapter", Subject::Field, COLUMNS, ADAPTERS),
    key("sqlTypeHint", Subject::Field, COLUMNS, Takes::Text),
    key("defaultValue", Subject::Field, COLUMNS, Takes::Name),
    key("dynamicField", Subject::DynamicField, COLUMNS, Takes::Name),
    key("propertyName", Subject::DynamicField, COLUMNS, Takes::Text),
    key("propertyType", Subject::DynamicField, COLUMNS, Takes::Text),
    key("notNull", Subject::DynamicField, COLUMNS, Takes::Bool),
    key(
        "defaultValue",
        Subject::DynamicField,
        COLUMNS,
        Takes::Expression,
    ),
    key("mappingType", Subject::DynamicField, COLUMNS, MAPPINGS),
    key("sourceTable", Subject::DynamicField, COLUMNS, Takes::Name),
    key("aliasPrefix", Subject::DynamicField, COLUMNS, Takes::Name),
    key(
        "collectionKey",
        Subject::DynamicField,
        COLUMNS,
        Takes::Names,
    ),
    key("param", Subject::Param, QUERIES, Takes::Name),
    key("propertyType", Subject::Param, QUERIES, Takes::Text),
    key("notNull", Subject::Param, QUERIES, Takes::Bool),
    key("adapter", Subject::Param, QUERIES, ADAPTERS),
];

/// What other generators of the family do something with and this one does not: where, and why it is no loss.
const WITHOUT_USE: &[(&str, Subject, &[Place], &str)] = &[
    (
        "name",
        Subject::Statement,
        SCHEMA,
        "no type is made of a table or view; rows are named by `queryResult` of their query",
    ),
    ("enableSync", Subject::Statement, TABLE, NO_SYNC),
    ("syncKeyColumnName", Subject::Statement, TABLE, NO_SYNC),
    (
        "defaultValue",
        Subject::Field,
        COLUMNS,
        "the column fills the field; `dynamicField` has defaults",
    ),
];

const NO_SYNC: &str = "synchronisation is no part of this project";

/// Why `name` does nothing in a block about `subject` at `place`, and never will.
pub(super) fn without_use(name: &str, subject: Subject, place: Place) -> Option<&'static str> {
    WITHOUT_USE
        .iter()
        .find(|(key, of, places, _)| *key == name && *of == subject && places.contains(&place))
        .map(|(.., why)| *why)
}

/// The keys that say what a block is about.
pub(super) const TARGETS: [(&str, Subject); 3] = [
    ("field", Subject::Field),
    ("dynamicField", Subject::DynamicField),
    ("param", Subject::Param),
];

/// The subject that `key` names, if it names one.
pub(super) fn target(key: &str) -> Option<Subject> {
    TARGETS
        .into_iter()
        .find(|(name, _)| *name == key)
        .map(|(_, subject)| subject)
}

/// The line for `name` in a block about `subject` at `place`.
pub(super) fn find(name: &str, subject: Subject, place: Place) -> Option<&'static Key> {
    KEYS.iter()
        .find(|key| key.name == name && key.subject == subject && key.places.contains(&place))
}

/// Where `name` belongs, in words; nothing when there is no such key.
pub(super) fn describe_places(name: &str) -> Option<String> {
    let mut places: Vec<String> = Vec::new();
    for key in KEYS.iter().filter(|key| key.name == name) {
        let at: Vec<&str> = key.places.iter().map(|place| place.title()).collect();
        let at = at.join(", ");
        places.push(match key.subject {
            Subject::Statement => format!("in front of {at}"),
            _ if target(name).is_some() => format!("inside {at}"),
            Subject::Field => format!("beside `field=` inside {at}"),
            Subject::DynamicField => format!("beside `dynamicField=` inside {at}"),
            Subject::Param => format!("beside `param=` inside {at}"),
        });
    }
    (!places.is_empty()).then(|| places.join("; or "))
}
