//! Decides every name and type, and reports what cannot stand: collisions, unknown names, unusable annotations.
//!
//! In: analysed statements. Out: a [`CheckedDatabase`], from which lowering makes the IR without asking anything more.

mod adapter;
mod affinity;
mod collision;
mod identifier;
mod list;
mod model;
mod nested;
mod parameters;
mod precedence;
mod property_type;
mod query;
mod reading;
mod row;
mod rust_type;
mod schema;
mod shared_row;
mod spellings;
mod sql_type;
mod storage;
mod trigger;
mod types_by_column;
mod unmatched;

pub use adapter::{AdapterPurpose, CheckedAdapter, collect_adapters};
pub use affinity::check_affinities;
pub use collision::check_collisions;
pub(crate) use collision::{adapters_name, handle_names};
pub use identifier::{
    constant_name, field_name, hides_prelude, is_plain, module_name, snake_name, type_name,
};
pub use model::{
    CheckedDatabase, CheckedField, CheckedParameter, CheckedQuery, CheckedRow, CheckedScript,
    QueryKind,
};
pub use nested::{
    CheckedConstant, CheckedMember, CheckedNested, Mapping, check_views, holds_collection,
};
pub use query::{AnalyzedQuery, resolve_query};
pub use reading::Reading;
pub use rust_type::{RustType, ValueType};
pub use schema::check_schema_annotations;
pub use trigger::check_triggers;
pub use types_by_column::TypesByColumn;
