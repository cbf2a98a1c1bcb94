//! Reads what the `propertyType` of a nested value spells: the name of a generated row, or the path of a type of the
//! application that is built from one; for a collection also in `List<…>` or `Vec<…>`.

use crate::annotation::{DynamicBlock, MappingType};
use crate::check::property_type::parse_property_type;
use crate::check::spellings::named;
use crate::check::{RustType, hides_prelude, is_plain};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

use super::plan::{element, mapping};

/// What a nested value is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// A generated row of this name.
    Row(String),
    /// A type of the application, by its path.
    Own(String),
}

/// What the type of `block` is; none when it is none, which is reported.
pub(super) fn spelling(block: &DynamicBlock, diagnostics: &mut Diagnostics) -> Option<Spelling> {
    let name = &block.name.value;
    let Some(spelled) = &block.property_type else {
        let message = format!("the nested value `{name}` has no type");
        diagnostics.push(
            Diagnostic::error(Code::NestedType, message)
                .at(block.name.span, "")
                .help("name the row that is generated for it, such as `propertyType=NoteRow`")
                .help(
                    "or a type of yours that is built from it, such as `propertyType=crate::Note`",
                ),
        );
        return None;
    };
    let inner = element(&spelled.value);
    let is_many = mapping(block) == MappingType::Collection;
    if let (Some(inner), false) = (inner, is_many) {
        let message = format!("`{}` is many values, and `{name}` is one", spelled.value);
        diagnostics.push(
            Diagnostic::error(Code::NestedType, message)
                .at(spelled.span, "")
                .help(format!(
                    "write `mappingType=collection`, or `propertyType={inner}`"
                )),
        );
        return None;
    }
    let text = inner.unwrap_or(spelled.value.trim());
    if text.contains("::") {
        let mut path = spelled.clone();
        text.clone_into(&mut path.value);
        return match parse_property_type(&path, diagnostics)? {
            RustType::User(path) => Some(Spelling::Own(path)),
            ty => Some(Spelling::Own(ty.owned().to_owned())),
        };
    }
    let message = if !is_plain(text) {
        format!("`{text}` is no name of a Rust type")
    } else if hides_prelude(text) || named(text).is_some() {
        format!("found `{text}` for a nested value, expected a row")
    } else {
        return Some(Spelling::Row(text.to_owned()));
    };
    diagnostics.push(
        Diagnostic::error(Code::NestedType, message)
            .at(spelled.span, "")
            .help("write a name in UpperCamelCase, such as `propertyType=NoteRow`"),
    );
    None
}
