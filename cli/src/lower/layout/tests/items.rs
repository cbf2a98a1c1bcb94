//! Pieces outside of functions: types, constants and the arrays in a statement's description.

use super::super::structs::{Field, ok_struct};
use super::super::{Expr, Place, derive, expression, field, text_constant, tuple_struct};
use super::draw::Draw;
use super::nest;

fn text(text: &str) -> Expr {
    Expr::Atom(format!("\"{text}\""))
}

/// Names of columns: up to eleven, all as they are drawn or all short.
fn strings(draw: &Draw, at: usize) -> Expr {
    let count = draw.number(at, 12);
    let short = draw.number(at + 1, 2) == 0;
    let longest = if short { 8 } else { usize::MAX };
    let name = |name: &str| text(&name[..name.len().min(longest)]);
    Expr::Array(draw.names(at..at + count).map(name).collect())
}

fn set_item(draw: &Draw, at: usize) -> Expr {
    let name = text(draw.name(at));
    match draw.number(at, 3) {
        0 => Expr::Call(
            "rt::v1::Reads".to_owned(),
            vec![name, strings(draw, at + 1)],
        ),
        1 => Expr::Call("rt::v1::Writes::Insert".to_owned(), vec![name]),
        _ => {
            let version = Expr::Atom("2".to_owned());
            let items = vec![version, name, text(draw.name(at + 1))];
            Expr::Call("rt::v1::Step::new".to_owned(), items)
        }
    }
}

/// A field of a statement's description.
pub fn set_field(draw: &Draw) -> String {
    let array = match draw.number(1, 2) {
        0 => Expr::Array(
            (0..=draw.number(2, 3))
                .map(|at| set_item(draw, 2 * at))
                .collect(),
        ),
        _ => strings(draw, 2),
    };
    let field = ["reads", "parameters"][draw.number(3, 2)];
    let depth = draw.number(4, 3);
    let place = Place {
        base: 4 * depth,
        indent: 8,
    };
    let used = 4 * depth + 8 + field.len() + 2;
    let value = expression(&array, place, used, 1);
    let text = format!(
        "impl Bound for X {{\n    const STATEMENT: &'static S = &S {{\n        {field}: {value},\n        ..S::EMPTY\n    }};\n}}"
    );
    nest(&text, depth)
}

/// The type of a statement, and what reads its row.
pub fn type_item(draw: &Draw) -> String {
    let ty = draw.name(0).to_uppercase();
    let depth = draw.number(1, 3);
    let base = 4 * depth;
    let held = format!("&'p {ty}Params");
    let item = tuple_struct(&format!("{ty}<'p>"), Some(&held), Place { base, indent: 0 });
    let place = Place { base, indent: 8 };
    let row = format!("{ty}Row");
    let names = draw.names(1..2 + draw.number(2, 3)).enumerate();
    let got = |(at, name): (usize, &str)| Field::Got {
        name: name.to_owned(),
        method: "get".to_owned(),
        arguments: vec![at.to_string()],
    };
    let fields: Vec<_> = names.map(got).collect();
    let read = ok_struct(&row, &fields, place);
    let read = format!("impl Q for X {{\n    fn read() -> R {{\n        {read}\n    }}\n}}");
    nest(&format!("{item}\n\n{read}"), depth)
}

/// A row with its derives.
pub fn struct_item(draw: &Draw) -> String {
    let depth = draw.number(1, 3);
    let base = 4 * depth;
    let added = |at: usize| match draw.number(at, 3) {
        0 => "Default".to_owned(),
        1 => "serde::Serialize".to_owned(),
        _ => format!("{}::X{}", draw.name(at), draw.name(at + 1)),
    };
    let more: Vec<_> = (0..draw.number(2, 6)).map(|at| added(at + 1)).collect();
    let usual = ["Debug", "Clone", "PartialEq"].into_iter();
    let traits: Vec<_> = usual.chain(more.iter().map(String::as_str)).collect();
    let derive = derive(&traits, Place { base, indent: 0 });
    let place = Place { base, indent: 4 };
    let line = |at: usize| {
        let ty = format!("Option<crate::{}>", draw.name(at + 1));
        format!("    {}\n", field(draw.name(at), &ty, place))
    };
    let fields: String = (0..=draw.number(3, 3)).map(line).collect();
    nest(&format!("{derive}\npub struct X {{\n{fields}}}"), depth)
}

/// A statement's text.
pub fn constant(draw: &Draw) -> String {
    let lines: Vec<_> = (1..=1 + draw.number(1, 3))
        .map(|at| {
            draw.names(at..at + draw.number(at, 3))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let literal = format!("r\"{}\"", lines.join("\n"));
    text_constant(&format!("{}_SQL", draw.name(0).to_uppercase()), &literal)
}
