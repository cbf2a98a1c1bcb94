//! Asks rustfmt whether it would change anything that `layout` printed, for names of 1 to 60 characters.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::collection::vec;
use proptest::prelude::*;

use super::layout::{
    Expr, Output, Place, adapters, bounded, bounded_signature, derive, expression, field,
    field_of_call, nested_call, ok_struct, place_of_fields, signature, text_constant, tried_call,
    tuple_struct,
};
use super::layout_rows_tests::nested;

const EDITIONS: [&str; 2] = ["2021", "2024"];

/// A piece of a module, printed by `layout` at some depth.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        set_field(),
        function(),
        function_for_many(),
        adapted(),
        nested(),
        type_item(),
        struct_item(),
        constant()
    ]
}

pub(super) fn name() -> impl Strategy<Value = String> + Clone {
    prop_oneof!["[a-z]{1,10}", "[a-z][a-z_]{0,40}[a-z]", "[a-z]{1,60}"]
        .prop_map(|name| format!("x{}", &name[1..]))
}

fn strings(count: std::ops::Range<usize>) -> impl Strategy<Value = Expr> {
    let text = name().prop_map(|name| Expr::Atom(format!("\"{name}\"")));
    prop_oneof![
        vec(text, count.clone()).prop_map(Expr::Array),
        vec(
            "[a-z]{1,8}".prop_map(|name| Expr::Atom(format!("\"{name}\""))),
            count
        )
        .prop_map(Expr::Array),
    ]
}

fn set_item() -> impl Strategy<Value = Expr> {
    let table = name().prop_map(|name| Expr::Atom(format!("\"{name}\"")));
    prop_oneof![
        (table.clone(), strings(0..12)).prop_map(|(table, columns)| {
            Expr::Call("rt::v1::Reads".to_owned(), vec![table, columns])
        }),
        table
            .clone()
            .prop_map(|table| { Expr::Call("rt::v1::Writes::Insert".to_owned(), vec![table]) }),
        (table.clone(), table).prop_map(|(file, text)| {
            let version = Expr::Atom("2".to_owned());
            Expr::Call("rt::v1::Step::new".to_owned(), vec![version, file, text])
        }),
    ]
}

/// Wraps `inner`, which was laid out for `depth` modules, in so many modules.
pub(super) fn nest(inner: &str, depth: usize) -> String {
    let mut text = inner.to_owned();
    for _ in 0..depth {
        let lines: Vec<_> = text
            .lines()
            .map(|line| {
                if line.is_empty() {
                    String::new()
                } else {
                    format!("    {line}")
                }
            })
            .collect();
        text = format!("mod deeper {{\n{}\n}}", lines.join("\n"));
    }
    text
}

fn set_field() -> impl Strategy<Value = String> {
    let array = prop_oneof![vec(set_item(), 1..4).prop_map(Expr::Array), strings(1..20)];
    (array, 0_usize..3, prop_oneof![Just("reads"), Just("parameters")]).prop_map(
        |(array, depth, field)| {
            let place = Place { base: 4 * depth, indent: 8 };
            let used = 4 * depth + 8 + field.len() + 2;
            let value = expression(&array, place, used, 1);
            let text = format!(
                "impl Bound for X {{\n    const STATEMENT: &'static S = &S {{\n        {field}: {value},\n        ..S::EMPTY\n    }};\n}}"
            );
            nest(&text, depth)
        },
    )
}

fn function() -> impl Strategy<Value = String> {
    (name(), name(), name(), 0_usize..3, 0..3).prop_map(|(method, argument, ty, depth, kind)| {
        let ty = ty.to_uppercase();
        let base = 4 * depth + 4;
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
        let kept = match kind {
            2 => Expr::Call("rt::v1::borrow_all".to_owned(), vec![Expr::Atom(argument)]),
            _ => Expr::Atom(argument),
        };
        let value = Expr::Call(ty, vec![kept]);
        let call = Expr::Call(
            "rt::v1::Select::new".to_owned(),
            vec![Expr::Atom("self.on".to_owned()), value],
        );
        let body = expression(&call, Place { base, indent: 4 }, base + 4, 0);
        let function = format!("{signature}\n    {body}\n}}");
        let function = nest(&function, 1);
        let function = function.strip_prefix("mod deeper {").expect("nested once");
        nest(&format!("impl<'c, C> X<'c, C> {{{function}"), depth)
    })
}

fn function_for_many() -> impl Strategy<Value = String> {
    (name(), name(), 0_usize..4, any::<bool>()).prop_map(|(method, ty, depth, adapted)| {
        let base = 4 * depth + 4;
        let ty = ty.to_uppercase();
        let (outer, bound) = ("params: impl IntoIterator", "Item: rt::v1::Borrow");
        let place = Place { base, indent: 4 };
        let lent = bounded(outer, bound, &format!("{ty}Params"), place);
        let parameters = ["&self".to_owned(), lent];
        let output = Output {
            path: "rt::v1::ExecuteMany".to_owned(),
            arguments: ["'c", "C"].map(str::to_owned).into(),
        };
        let head = format!("pub fn {method}_many");
        let mut signature = signature(&head, &parameters, &output, Place { base, indent: 0 });
        if adapted {
            signature = bounded_signature(&signature, "C: rt::v1::AnyHandle");
        }
        let place = Place { base, indent: 8 };
        let add = nested_call("many.add", &format!("&{ty}"), "each", place);
        let function =
            format!("{signature}\n    for each in params {{\n        {add}\n    }}\n    many\n}}");
        let function = nest(&function, 1);
        let function = function.strip_prefix("mod deeper {").expect("nested once");
        nest(&format!("impl<'c, C> X<'c, C> {{{function}"), depth)
    })
}

/// Binding and reading by adapters.
fn adapted() -> impl Strategy<Value = String> {
    let fields = vec((name(), name(), any::<bool>()), 1..4);
    ("[a-z]{1,20}", fields, 0_usize..4).prop_map(|(name, fields, depth)| {
        let place = Place {
            base: 4 * depth,
            indent: 8,
        };
        let entry = |entry: &str| format!("&adapters.{entry}");
        let ty = name.to_uppercase();
        let path = format!("{}{ty}Adapters", "super::".repeat(depth));
        let bind = |(field, by, plain): &(String, String, bool)| {
            let value = format!("&self.0.{field}");
            let (method, by) = match plain {
                true => ("bind", None),
                false => ("bind_list_by", Some(entry(by))),
            };
            let arguments: Vec<_> = ["12".to_owned(), value].into_iter().chain(by).collect();
            tried_call("to", method, &arguments, place)
        };
        let binds: Vec<_> = fields.iter().map(bind).collect();
        let row = format!("{ty}Row");
        let of_fields = place_of_fields(&row, place);
        let read = |(field, by, _): &(String, String, bool)| {
            field_of_call(field, "row", "get_text_by", &["7".to_owned(), entry(by)], of_fields)
        };
        let fields: Vec<_> = fields.iter().map(read).collect();
        let read = ok_struct(&row, &fields, place);
        let (to, from) = (adapters("to", &path, place), adapters("row", &path, place));
        let binds = binds.join("\n        ");
        let text = format!(
            "impl Q for X {{\n    fn bind() -> R {{\n        {to}\n        {binds}\n        Ok(())\n    }}\n\n    fn read() -> R {{\n        {from}\n        {read}\n    }}\n}}"
        );
        nest(&text, depth)
    })
}

fn type_item() -> impl Strategy<Value = String> {
    (name(), vec(name(), 1..4), 0_usize..3).prop_map(|(name, fields, depth)| {
        let ty = name.to_uppercase();
        let base = 4 * depth;
        let held = format!("&'p {ty}Params");
        let place = Place { base, indent: 0 };
        let item = tuple_struct(&format!("{ty}<'p>"), Some(&held), place);
        let fields = fields.iter().enumerate();
        let fields: Vec<_> = fields
            .map(|(at, f)| format!("{f}: row.get({at})?"))
            .collect();
        let read = ok_struct(&format!("{ty}Row"), &fields, Place { base, indent: 8 });
        let read = format!("impl Q for X {{\n    fn read() -> R {{\n        {read}\n    }}\n}}");
        nest(&format!("{item}\n\n{read}"), depth)
    })
}

fn struct_item() -> impl Strategy<Value = String> {
    let path = (name(), name()).prop_map(|(module, name)| format!("{module}::X{name}"));
    let short = prop_oneof![
        Just("Default".to_owned()),
        Just("serde::Serialize".to_owned())
    ];
    let traits = vec(prop_oneof![short, path], 0..6);
    let ty = name().prop_map(|name| format!("Option<crate::{name}>"));
    (traits, vec((name(), ty), 1..4), 0_usize..3).prop_map(|(traits, fields, depth)| {
        let base = 4 * depth;
        let usual = ["Debug", "Clone", "PartialEq"].into_iter();
        let traits: Vec<_> = usual.chain(traits.iter().map(String::as_str)).collect();
        let derive = derive(&traits, Place { base, indent: 0 });
        let place = Place { base, indent: 4 };
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, ty)| format!("    {}\n", field(name, ty, place)))
            .collect();
        nest(
            &format!("{derive}\npub struct X {{\n{}}}", fields.concat()),
            depth,
        )
    })
}

fn constant() -> impl Strategy<Value = String> {
    (name(), vec("[a-z ]{0,120}[a-z]", 1..4)).prop_map(|(name, lines)| {
        let literal = format!("r\"{}\"", lines.join("\n"));
        text_constant(&format!("{}_SQL", name.to_uppercase()), &literal)
    })
}

fn rustfmt(text: &str, edition: &str) -> String {
    let mut child = Command::new("rustfmt")
        .args(["--edition", edition, "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt is a component of the pinned toolchain");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin
        .write_all(text.as_bytes())
        .expect("rustfmt reads its input");
    drop(stdin);
    let output = child.wait_with_output().expect("rustfmt ends");
    assert!(output.status.success(), "rustfmt cannot parse\n{text}");
    String::from_utf8(output.stdout).expect("rustfmt writes UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rustfmt_changes_nothing(pieces in vec(piece(), 1..120)) {
        let text = format!("{}\n", pieces.join("\n\n"));
        for edition in EDITIONS {
            let formatted = rustfmt(&text, edition);
            let difference = text.lines().zip(formatted.lines()).find(|(ours, theirs)| ours != theirs);
            prop_assert!(formatted == text, "first difference: {difference:#?}");
        }
    }
}
