//! Asks rustfmt whether it would change the code of nested rows, for names of up to 48 characters: longer ones leave no
//! room for a call at the depth of a field.

use proptest::collection::vec;
use proptest::prelude::*;

use super::layout::{Output, Place, ok_struct, place_of_fields, signature};
use super::layout_rows::{field_read, if_let_some, let_struct, push, tuple_type};
use super::layout_tests::{name, nest};

/// Readers, groups and what puts elements into rows.
pub(super) fn nested() -> impl Strategy<Value = String> {
    let name = name().prop_map(|name| name.chars().take(48).collect::<String>());
    (vec(name, 2..5), 0_usize..3).prop_map(|(names, depth)| {
        let base = 4 * depth;
        let (outer, body) = (Place { base, indent: 4 }, Place { base, indent: 8 });
        let types: Vec<_> = names.iter().map(|name| format!("{}Row", name.to_uppercase())).collect();
        let groups: Vec<_> = types.iter().map(|ty| format!("rt::v1::Groups<{ty}>")).collect();
        let groups = tuple_type("type Groups = ", &groups, outer);
        let values = |place| -> Vec<_> {
            let value = |name: &String| field_read(name, &format!("read_{name}"), place);
            let short = ["a: row.get(1)?".to_owned()];
            names[1..].iter().map(value).chain(short).collect()
        };
        let of_fields = place_of_fields(&types[0], body);
        let made = ok_struct(&types[0], &values(of_fields), body);
        let kept = let_struct("value", &types[1], &values(body.deeper()), body);
        let small = let_struct("value", &types[0], &["a: row.get(1)?".to_owned()], body);
        let output = Output {
            path: "rt::v1::Result".to_owned(),
            arguments: vec![format!("Option<{}>", types[0])],
        };
        let row = ["row: &rt::v1::Row<'_>".to_owned()];
        let head = signature(&format!("fn read_{}", names[0]), &row, &output, outer);
        let value = format!("&mut row.{}", names[0]);
        let given = if_let_some(&value, body);
        let (inner, own) = (push(&names[1], "element", body.deeper()), push(&names[1], "element.into()", body));
        let text = format!(
            "impl Q for X {{\n    {groups}\n\n    {head}\n        {small}\n        {kept}\n        {made}\n    }}\n\n    fn finish() {{\n        {given}\n            {inner}\n        }}\n        {own}\n    }}\n}}"
        );
        nest(&text, depth)
    })
}
