//! The functions that read the rows of a statement and the values inside of them, by the indexes of their columns.

use sqlitenow_templates::ir;

use crate::check::{CheckedMember, CheckedNested, Mapping};

use super::super::body;
use super::super::layout::structs::{Field, let_struct, ok_struct};
use super::super::layout::{self, Output, Place};
use super::super::lint;
use super::{Lowering, columns, line, result, stem};

impl<'a> Lowering<'a> {
    /// The fields of a row; makes the readers of the values inside of it, whose names start with `outer`.
    fn fields(&mut self, members: &'a [CheckedMember], outer: &str) -> Vec<Field> {
        let mut fields = Vec::new();
        for member in members {
            fields.push(match member {
                CheckedMember::Column(index) => body::read_field(self.row, *index),
                CheckedMember::Constant(constant) => {
                    Field::Whole(format!("{}: {}", constant.name, constant.value))
                }
                CheckedMember::Nested(nested) if nested.is_collection() => {
                    Field::Whole(format!("{}: Vec::new()", nested.name))
                }
                CheckedMember::Nested(nested) => Field::Read {
                    name: nested.name.clone(),
                    reader: self.value_reader(nested, outer),
                },
            });
        }
        fields
    }

    /// What has to be declared before a row with these parts is made.
    pub(super) fn adapters(&self, members: &[CheckedMember], place: Place) -> Option<String> {
        let is_adapted = |member: &CheckedMember| match member {
            CheckedMember::Column(index) => self.row.fields[*index].adapter.is_some(),
            CheckedMember::Nested(_) | CheckedMember::Constant(_) => false,
        };
        let adapted = members.iter().any(is_adapted);
        adapted.then(|| layout::adapters("row", self.adapters_path, place))
    }

    /// Makes the function that reads a value which is not many.
    fn value_reader(&mut self, nested: &'a CheckedNested, outer: &str) -> String {
        let name = self.reader_name(&format!("{outer}{}", stem(nested)));
        let inner = format!("{outer}{}_", stem(nested));
        let place = Place {
            base: self.base,
            indent: 8,
        };
        let columns = columns(&nested.columns, place);
        let (is_optional, mut lines) = match &nested.mapping {
            Mapping::PerRow { optional: true } => {
                let mut lines = columns.declared;
                lines.push(format!(
                    "if row.is_null({}) {{{}return Ok(None);{}}}",
                    columns.name,
                    line(12),
                    line(8)
                ));
                (true, lines)
            }
            Mapping::PerRow { optional: false } => {
                let mut lines = columns.declared;
                lines.push(format!("row.require({})?;", columns.name));
                (false, lines)
            }
            Mapping::Entity | Mapping::Collection { .. } => (false, Vec::new()),
        };
        let output = if is_optional {
            result(&format!("Option<{}>", nested.element()))
        } else {
            result(nested.element())
        };
        lines.extend(self.adapters(&nested.members, place));
        if is_optional || nested.own.is_some() {
            let fields = self.fields(&nested.members, &inner);
            lines.push(let_struct("value", &nested.type_name, &fields, place));
            let into = if nested.own.is_some() {
                "value.into()"
            } else {
                "value"
            };
            lines.push(if is_optional {
                format!("Ok(Some({into}))")
            } else {
                format!("Ok({into})")
            });
        } else {
            lines.push(self.made(&nested.type_name, &nested.members, &inner, place));
        }
        let reads = matches!(nested.mapping, Mapping::PerRow { .. }) || reads_row(&nested.members);
        self.push_reader(&name, &output, &lines, reads);
        name
    }

    /// Makes the function that reads a row which may get collections.
    pub(super) fn reader(
        &mut self,
        name: &str,
        type_name: &str,
        members: &'a [CheckedMember],
        outer: &str,
    ) -> String {
        let name = self.reader_name(name);
        let place = Place {
            base: self.base,
            indent: 8,
        };
        let mut lines: Vec<_> = self.adapters(members, place).into_iter().collect();
        lines.push(self.made(type_name, members, outer, place));
        self.push_reader(&name, &result(type_name), &lines, reads_row(members));
        name
    }

    /// The expression that makes a row.
    pub(super) fn made(
        &mut self,
        type_name: &str,
        members: &'a [CheckedMember],
        outer: &str,
        place: Place,
    ) -> String {
        let fields = self.fields(members, outer);
        ok_struct(type_name, &fields, place)
    }

    /// `reads` says whether anything of the row is read.
    fn push_reader(&mut self, name: &str, output: &Output, lines: &[String], reads: bool) {
        let place = Place {
            base: self.base,
            indent: 4,
        };
        let row = if reads { "row" } else { "_" };
        let parameters = [format!("{row}: &rt::v1::Row<'_>")];
        let head = format!("fn {name}");
        self.readers.push(ir::Reader {
            allows: lint::reader_allows(reads),
            signature_layout: layout::signature(&head, &parameters, output, place),
            body_layout: lines.join(&line(8)),
        });
    }

    /// A name for a reader; two paths can meet in one.
    fn reader_name(&mut self, stem: &str) -> String {
        let mut name = format!("read_{stem}");
        let mut count = 1;
        while !self.taken.insert(name.clone()) {
            count += 1;
            name = format!("read_{stem}_{count}");
        }
        name
    }
}

/// Whether a row with these parts takes anything from a row of the join before its collections are filled.
fn reads_row(members: &[CheckedMember]) -> bool {
    members.iter().any(|member| match member {
        CheckedMember::Column(_) => true,
        CheckedMember::Nested(nested) => !nested.is_collection(),
        CheckedMember::Constant(_) => false,
    })
}
