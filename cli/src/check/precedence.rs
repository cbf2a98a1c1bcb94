//! What annotations say of one value, each key from the strongest block that gives it.
//!
//! A query that selects `due` of a view which selects it of `tasks` asks three blocks: its own, that of the view's column,
//! that of the table's column. `propertyName` in the first and `propertyType` in the last both count.

use crate::analyze::{SqlType, declared_type};
use crate::annotation::{FieldBlock, NameGenerator, ParamBlock, Spanned};
use crate::catalog::{Column, Relation, RelationKind};

/// The keys that decide the name and type of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) property_name: Option<&'a Spanned<String>>,
    pub(super) property_type: Option<&'a Spanned<String>>,
    /// What the statement itself says; `notNull` of views and tables is part of what was inferred.
    pub(super) not_null: Option<&'a Spanned<bool>>,
    pub(super) generator: NameGenerator,
    sql_type_hint: Option<&'a Spanned<String>>,
    /// The column of a table that the value comes from or goes to.
    column: Option<&'a Column>,
}

impl<'a> Said<'a> {
    /// What is said of the result column `label`, which passed through the columns `passed` of views and a table.
    pub(super) fn of_column(
        label: &str,
        block: Option<&'a FieldBlock>,
        generator: Option<NameGenerator>,
        passed: impl Iterator<Item = (&'a Relation, &'a Column)>,
    ) -> Self {
        let mut passed = passed.peekable();
        let is_renamed = passed
            .peek()
            .is_none_or(|(_, column)| !column.name.eq_ignore_ascii_case(label));
        let said = Self::of(
            block.map(|block| Self {
                property_name: block.property_name.as_ref(),
                property_type: block.property_type.as_ref(),
                not_null: block.not_null.as_ref(),
                sql_type_hint: block.sql_type_hint.as_ref(),
                ..Self::nothing()
            }),
            generator,
            passed,
        );
        Self {
            // `SELECT a.name AS first, b.name AS second` gives names of its own, which no table takes back.
            property_name: if is_renamed {
                block.and_then(|block| block.property_name.as_ref())
            } else {
                said.property_name
            },
            ..said
        }
    }

    /// What is said of a parameter that meets a column, which passed through the columns `passed` on its way.
    pub(super) fn of_parameter(
        block: Option<&'a ParamBlock>,
        generator: Option<NameGenerator>,
        passed: impl Iterator<Item = (&'a Relation, &'a Column)>,
    ) -> Self {
        let own = block.map(|block| Self {
            property_type: block.property_type.as_ref(),
            not_null: block.not_null.as_ref(),
            ..Self::nothing()
        });
        Self::of(own, generator, passed)
    }

    fn of(
        own: Option<Self>,
        generator: Option<NameGenerator>,
        passed: impl Iterator<Item = (&'a Relation, &'a Column)>,
    ) -> Self {
        let mut said = own.unwrap_or(Self::nothing());
        let mut generator = generator;
        for (relation, column) in passed {
            if let Some(block) = &column.annotation {
                said.property_name = said.property_name.or(block.property_name.as_ref());
                said.property_type = said.property_type.or(block.property_type.as_ref());
                said.sql_type_hint = said.sql_type_hint.or(block.sql_type_hint.as_ref());
            }
            let inherited = relation.annotation.property_name_generator.as_ref();
            generator = generator.or(inherited.map(|generator| generator.value));
            // The table stands last; what only a view computes has none.
            said.column = (relation.kind != RelationKind::View).then_some(column);
        }
        Self {
            generator: generator.unwrap_or(NameGenerator::SnakeCase),
            ..said
        }
    }

    fn nothing() -> Self {
        Self {
            property_name: None,
            property_type: None,
            not_null: None,
            generator: NameGenerator::SnakeCase,
            sql_type_hint: None,
            column: None,
        }
    }

    /// The SQL type by which the configuration looks for a Rust type: the hint, else the column's own.
    pub(super) fn declared(&self) -> Option<&'a str> {
        let hint = self.sql_type_hint.map(|hint| hint.value.as_str());
        hint.or(self.column.map(|column| column.declared.as_str()))
    }

    /// The SQL type which is to be taken instead of the one that was inferred.
    pub(super) fn hinted(&self) -> Option<SqlType> {
        let hint = self.sql_type_hint?;
        Some(declared_type(&hint.value))
    }
}
