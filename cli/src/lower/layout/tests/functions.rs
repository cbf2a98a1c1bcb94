//! Pieces with functions of statements: the methods that make them, what binds and what reads.

use super::super::structs::{Field, ok_struct};
use super::super::{
    Expr, Output, Place, adapters, bounded, bounded_signature, expression, nested_call, signature,
    tried_call,
};
use super::draw::Draw;
use super::nest;

/// Wraps a method, which was laid out for `depth` modules, in its `impl` and them.
fn in_impl(method: &str, depth: usize) -> String {
    let method = nest(method, 1);
    let method = method.strip_prefix("mod deeper {").expect("nested once");
    nest(&format!("impl<'c, C> X<'c, C> {{{method}"), depth)
}

/// The method of a statement.
pub fn method(draw: &Draw) -> String {
    let (method, argument) = (draw.name(0), draw.name(1));
    let ty = draw.name(2).to_uppercase();
    let depth = draw.number(1, 3);
    let base = 4 * depth + 4;
    let kind = draw.number(2, 3);
    let (lifetime, of_type) = match kind {
        0 => ("", "i64"),
        1 => ("<'p>", "&'p str"),
        _ => ("<'p>", "&'p [impl AsRef<str>]"),
    };
    let parameters = ["&self".to_owned(), format!("{argument}: {of_type}")];
    let output = Output {
        path: "rt::v1::Select".to_owned(),
        arguments: ["'c", "C", &format!("{ty}{lifetime}")]
            .map(str::to_owned)
            .into(),
    };
    let head = format!("pub fn {method}{lifetime}");
    let signature = signature(&head, &parameters, &output, Place { base, indent: 0 });
    let argument = Expr::Atom(argument.to_owned());
    let kept = match kind {
        2 => Expr::Call("rt::v1::borrow_all".to_owned(), vec![argument]),
        _ => argument,
    };
    let value = Expr::Call(ty, vec![kept]);
    let on = Expr::Atom("self.on".to_owned());
    let call = Expr::Call("rt::v1::Select::new".to_owned(), vec![on, value]);
    let body = expression(&call, Place { base, indent: 4 }, base + 4, 0);
    in_impl(&format!("{signature}\n    {body}\n}}"), depth)
}

/// The method that runs a statement many times.
pub fn method_for_many(draw: &Draw) -> String {
    let (method, ty) = (draw.name(0), draw.name(1).to_uppercase());
    let depth = draw.number(1, 4);
    let base = 4 * depth + 4;
    let (outer, bound) = ("params: impl IntoIterator", "Item: rt::v1::Borrow");
    let lent = bounded(
        outer,
        bound,
        &format!("{ty}Params"),
        Place { base, indent: 4 },
    );
    let parameters = ["&self".to_owned(), lent];
    let output = Output {
        path: "rt::v1::ExecuteMany".to_owned(),
        arguments: ["'c", "C"].map(str::to_owned).into(),
    };
    let head = format!("pub fn {method}_many");
    let mut signature = signature(&head, &parameters, &output, Place { base, indent: 0 });
    if draw.number(2, 2) == 0 {
        signature = bounded_signature(&signature, "C: rt::v1::AnyHandle");
    }
    let add = nested_call(
        "many.add",
        &format!("&{ty}"),
        "each",
        Place { base, indent: 8 },
    );
    let body = format!("    for each in params {{\n        {add}\n    }}\n    many");
    in_impl(&format!("{signature}\n{body}\n}}"), depth)
}

/// Binding and reading by adapters.
pub fn adapted(draw: &Draw) -> String {
    let depth = draw.number(1, 4);
    let place = Place {
        base: 4 * depth,
        indent: 8,
    };
    let count = 1 + draw.number(2, 3);
    let entry = |at: usize| format!("&adapters.{}", draw.name(2 * at + 2));
    let name = draw.name(0).to_uppercase();
    let ty = &name[..name.len().min(20)];
    let path = format!("{}{ty}Adapters", "super::".repeat(depth));
    let bind = |at: usize| {
        let value = format!("&self.0.{}", draw.name(2 * at + 1));
        let (method, by) = match draw.number(at + 3, 2) {
            0 => ("bind", None),
            _ => ("bind_list_by", Some(entry(at))),
        };
        let arguments: Vec<_> = ["12".to_owned(), value].into_iter().chain(by).collect();
        tried_call("to", method, &arguments, place)
    };
    let binds: Vec<_> = (0..count).map(bind).collect();
    let row = format!("{ty}Row");
    let read = |at: usize| Field::Got {
        name: draw.name(2 * at + 1).to_owned(),
        method: "get_text_by".to_owned(),
        arguments: vec!["7".to_owned(), entry(at)],
    };
    let fields: Vec<_> = (0..count).map(read).collect();
    let read = ok_struct(&row, &fields, place);
    let (to, from) = (adapters("to", &path, place), adapters("row", &path, place));
    let binds = binds.join("\n        ");
    let text = format!(
        "impl Q for X {{\n    fn bind() -> R {{\n        {to}\n        {binds}\n        Ok(())\n    }}\n\n    fn read() -> R {{\n        {from}\n        {read}\n    }}\n}}"
    );
    nest(&text, depth)
}
