//! Pieces with nested rows: readers, groups and what puts elements into rows.

use super::super::rows::{if_let_some, let_whole, push, tuple_type};
use super::super::structs::{Field, let_struct, ok_struct};
use super::super::{Output, Place, signature};
use super::draw::Draw;
use super::nest;

fn type_name(draw: &Draw, at: usize) -> String {
    format!("{}Row", draw.name(at).to_uppercase())
}

/// The functions that read rows with rows in them.
pub fn readers(draw: &Draw) -> String {
    let depth = draw.number(1, 4);
    let base = 4 * depth;
    let (outer, body) = (Place { base, indent: 4 }, Place { base, indent: 8 });
    let ty = type_name(draw, 0);
    let count = draw.number(2, 4);
    let read = |name: &str| Field::Read {
        name: name.to_owned(),
        reader: format!("read_{name}"),
    };
    let names = draw.names(1..1 + count);
    let values: Vec<_> = names
        .map(read)
        .chain([Field::Whole("a: row.get(1)?".to_owned())])
        .collect();
    let (made, kept) = (
        ok_struct(&ty, &values, body),
        let_struct("value", &ty, &values, body),
    );
    let output = Output {
        path: "rt::v1::Result".to_owned(),
        arguments: vec![format!("Option<{ty}>")],
    };
    let row = ["row: &rt::v1::Row<'_>".to_owned()];
    let head = signature(&format!("fn read_{}", draw.name(0)), &row, &output, outer);
    let text = format!("impl Q for X {{\n    {head}\n        {kept}\n        {made}\n    }}\n}}");
    nest(&text, depth)
}

/// The type of the groups.
pub fn groups(draw: &Draw) -> String {
    let depth = draw.number(1, 4);
    let place = Place {
        base: 4 * depth,
        indent: 4,
    };
    let count = 2 + draw.number(2, 3);
    let groups: Vec<_> = (0..count)
        .map(|at| format!("rt::v1::Groups<{}>", type_name(draw, at)))
        .collect();
    let groups = tuple_type("type Groups = ", &groups, place);
    nest(&format!("impl Q for X {{\n    {groups}\n}}"), depth)
}

/// What puts elements into rows.
pub fn finish(draw: &Draw) -> String {
    let depth = draw.number(1, 4);
    let body = Place {
        base: 4 * depth,
        indent: 8,
    };
    let given = if_let_some(&format!("&mut row.{}", draw.name(0)), body);
    let inner = push(draw.name(1), "element", body.deeper());
    let own = push(draw.name(1), "element.into()", body);
    let row = let_whole("row", &format!("&mut row.{}", draw.name(2)), body);
    let read = let_whole(
        "read",
        &format!("Self::read_{}_{}", draw.name(0), draw.name(1)),
        body,
    );
    let text = format!(
        "impl Q for X {{\n    fn finish() {{\n        {read}\n        {given}\n            {inner}\n        }}\n        {row}\n        {own}\n    }}\n}}"
    );
    nest(&text, depth)
}
