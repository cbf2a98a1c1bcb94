//! How the rows of a join become rows with collections: the groups that keys tell apart, what takes a row of the join in,
//! and what puts elements into the rows that they belong to.

use sqlitenow_templates::ir;

use crate::check::{CheckedMember, CheckedRow, Mapping, holds_collection};

use super::super::layout::{self, Expr, Place, rows};
use super::{Lowering, columns, declare, line, result, stem};

/// The rows of one level: those of the statement, or the elements of one collection.
struct Group<'a> {
    /// The number of the group whose rows it belongs to.
    parent: usize,
    /// The fields on the way from such a row to the collection, and whether each is optional.
    path: Vec<(&'a str, bool)>,
    type_name: &'a str,
    /// Whether the elements become a type of the application.
    is_own: bool,
}

impl<'a> Lowering<'a> {
    /// How the rows of the join become those of a statement whose rows hold collections.
    pub(super) fn nested(&mut self) -> ir::Nested {
        let row = self.row;
        let reader = self.reader("row", &row.type_name, &row.members, "");
        let mut groups = vec![Group {
            parent: 0,
            path: Vec::new(),
            type_name: &row.type_name,
            is_own: false,
        }];
        let add = self.add(row, &reader, &mut groups);
        ir::Nested {
            row: row.type_name.clone(),
            groups_layout: groups_type(&groups, self.base),
            add_signature_layout: layout::signature(
                "fn add",
                &[
                    "row: &rt::v1::Row<'_>".to_owned(),
                    "groups: &mut Self::Groups".to_owned(),
                ],
                &result("usize"),
                Place {
                    base: self.base,
                    indent: 4,
                },
            ),
            add_layout: add.join(&line(8)),
            finish_layout: finish(&groups, self.base).join(&line(8)),
        }
    }

    /// The lines that take a row of the join in.
    fn add(
        &mut self,
        row: &'a CheckedRow,
        reader: &str,
        groups: &mut Vec<Group<'a>>,
    ) -> Vec<String> {
        let place = Place {
            base: self.base,
            indent: 8,
        };
        let mut lines = find(0, "0", &row.key, reader, "let at = ", place);
        self.add_inside(&row.members, 0, &[], "", place, groups, &mut lines);
        lines.push("Ok(at)".to_owned());
        lines
    }

    /// Adds the collections inside of a row of the group `parent`, which `path` leads to.
    #[expect(clippy::too_many_arguments, reason = "it is one walk over one tree")]
    fn add_inside(
        &mut self,
        members: &'a [CheckedMember],
        parent: usize,
        path: &[(&'a str, bool)],
        outer: &str,
        place: Place,
        groups: &mut Vec<Group<'a>>,
        lines: &mut Vec<String>,
    ) {
        for member in members {
            let CheckedMember::Nested(nested) = member else {
                continue;
            };
            let inner = format!("{outer}{}_", stem(nested));
            let is_optional = nested.mapping == Mapping::PerRow { optional: true };
            let path: Vec<_> = path
                .iter()
                .copied()
                .chain([(&*nested.name, is_optional)])
                .collect();
            let Mapping::Collection { key } = &nested.mapping else {
                self.add_inside(&nested.members, parent, &path, &inner, place, groups, lines);
                continue;
            };
            let stem = format!("{outer}{}", stem(nested));
            let reader = self.reader(&stem, &nested.type_name, &nested.members, &inner);
            let number = groups.len();
            groups.push(Group {
                parent,
                path,
                type_name: &nested.type_name,
                is_own: nested.own.is_some(),
            });
            let deeper = place.deeper();
            let mut inside = Vec::new();
            let holds = holds_collection(&nested.members);
            let bound = if holds { "let at = " } else { "" };
            inside.extend(find(number, "at", key, &reader, bound, deeper));
            self.add_inside(
                &nested.members,
                number,
                &[],
                &inner,
                deeper,
                groups,
                &mut inside,
            );
            let columns = columns(&nested.columns, place);
            lines.extend(columns.declared);
            lines.push(format!(
                "if !row.is_null({}) {{{}{}{}}}",
                columns.name,
                line(deeper.indent),
                inside.join(&line(deeper.indent)),
                line(place.indent)
            ));
        }
    }
}

/// The lines that look a row up in the group `number`, of the row at `of`.
fn find(
    number: usize,
    of: &str,
    key: &[usize],
    reader: &str,
    bound: &str,
    place: Place,
) -> Vec<String> {
    let call =
        |key: &str, reader: &str| format!("groups.{number}.find(row, {of}, {key}, {reader})?");
    let items: Vec<String> = key.iter().map(ToString::to_string).collect();
    let written = format!("&[{}]", items.join(", "));
    let mut lines = Vec::new();
    let mut expression = call(&written, &format!("Self::{reader}"));
    if !rows::is_chain_line(&expression) {
        lines.push(rows::let_whole("read", &format!("Self::{reader}"), place));
        expression = call(&written, "read");
    }
    if !rows::is_chain_line(&expression) {
        let items = items.into_iter().map(Expr::Atom).collect();
        lines.push(declare("key", &Expr::Array(items), place));
        expression = call("key", "read");
    }
    lines.push(format!("{bound}{expression};"));
    lines
}

/// The lines that put elements into the rows that they belong to, the deepest first.
fn finish(groups: &[Group<'_>], base: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for (number, group) in groups.iter().enumerate().skip(1).rev() {
        let body = Place { base, indent: 12 };
        let inner = give(&group.path, group.is_own, body);
        lines.push(format!(
            "for (at, element) in groups.{number} {{{}let row = &mut groups.{}[at];{}{inner}{}}}",
            line(12),
            group.parent,
            line(12),
            line(8)
        ));
    }
    lines.push("Ok(groups.0.into_rows())".to_owned());
    lines
}

/// The lines that put `element` into the collection that `path` leads to from `row`.
fn give(path: &[(&str, bool)], is_own: bool, place: Place) -> String {
    let element = if is_own { "element.into()" } else { "element" };
    match path {
        [] => String::new(),
        [(field, _)] => rows::push(field, element, place),
        [(field, true), rest @ ..] => {
            let inner = give(rest, is_own, place.deeper());
            let head = rows::if_let_some(&format!("&mut row.{field}"), place);
            format!(
                "{head}{}{inner}{}}}",
                line(place.indent + 4),
                line(place.indent)
            )
        }
        [(field, false), rest @ ..] => {
            let inner = give(rest, is_own, place);
            let value = rows::let_whole("row", &format!("&mut row.{field}"), place);
            format!("{value}{}{inner}", line(place.indent))
        }
    }
}

fn groups_type(groups: &[Group<'_>], base: usize) -> String {
    let types = groups
        .iter()
        .map(|group| format!("rt::v1::Groups<{}>", group.type_name));
    rows::tuple_type(
        "type Groups = ",
        &types.collect::<Vec<_>>(),
        Place { base, indent: 4 },
    )
}
