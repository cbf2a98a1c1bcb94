//! Breaks code into lines the way rustfmt does, for the few shapes of code that are generated.
//!
//! In: an expression or a signature and the place where it stands. Out: its lines; all but the first carry the
//! indentation of the template which prints them. Invariant: rustfmt with its default settings changes nothing, held by
//! the tests below, which ask rustfmt itself.

pub mod rows;
pub mod structs;
#[cfg(test)]
mod tests;

use unicode_width::UnicodeWidthStr;

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `fn_call_width` and `array_width`.
const LIST_WIDTH: usize = 60;
/// rustfmt's `short_array_element_width_threshold`.
const SHORT_ELEMENT: usize = 10;

/// Where code stands: `base` columns come from the module around it, `indent` from its template.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Columns that are added to every line later.
    pub base: usize,
    /// Columns that the template prints in front of its own lines.
    pub indent: usize,
}

impl Place {
    /// Four columns deeper.
    #[must_use]
    pub fn deeper(self) -> Self {
        Self {
            indent: self.indent + 4,
            ..self
        }
    }

    fn column(self) -> usize {
        self.base + self.indent
    }

    fn line(self) -> String {
        format!("\n{}", " ".repeat(self.indent))
    }
}

/// An expression of generated code.
#[derive(Debug, Clone)]
pub enum Expr {
    /// Something without a place to break.
    Atom(String),
    /// `head(arguments)`
    Call(String, Vec<Expr>),
    /// `&[items]`
    Array(Vec<Expr>),
    /// `[items]`
    List(Vec<Expr>),
}

impl Expr {
    fn parts(&self) -> (String, &[Self], &str) {
        match self {
            Self::Atom(text) => (text.clone(), &[], ""),
            Self::Call(head, arguments) => (format!("{head}("), arguments, ")"),
            Self::Array(items) => ("&[".to_owned(), items, "]"),
            Self::List(items) => ("[".to_owned(), items, "]"),
        }
    }

    fn one_line(&self) -> String {
        let (open, items, close) = self.parts();
        format!("{open}{}{close}", join(items))
    }

    fn breaks(&self) -> bool {
        !matches!(self, Self::Atom(_))
    }
}

fn join(items: &[Expr]) -> String {
    let items: Vec<_> = items.iter().map(Expr::one_line).collect();
    items.join(", ")
}

/// Prints `expr`, in front of which `used` columns of its line are taken and behind which `trailing` come.
#[must_use]
pub fn expression(expr: &Expr, place: Place, used: usize, trailing: usize) -> String {
    let (open, items, close) = expr.parts();
    let inner = join(items);
    let width = open.width() + inner.width() + close.width();
    let lone_atom = matches!(items, [Expr::Atom(_)]);
    if used + width + trailing <= MAX_WIDTH && (inner.width() <= LIST_WIDTH || lone_atom) {
        return format!("{open}{inner}{close}");
    }
    broken(expr, place)
}

/// Prints `expr` over several lines; a lone item that can break does so in its place.
fn broken(expr: &Expr, place: Place) -> String {
    let (open, items, close) = expr.parts();
    // rustfmt keeps the heads of both on one line only if it leaves room for what closes them.
    let has_room = |item: &Expr| {
        let head = open.width() + item.parts().0.width();
        place.column() + head + "))".len() <= MAX_WIDTH
    };
    if let [item] = items
        && item.breaks()
        && has_room(item)
    {
        return format!("{open}{}{close}", broken(item, place));
    }
    let deeper = place.deeper();
    let body = if is_short_list(expr, items) {
        packed(items, deeper)
    } else {
        let line = |item| {
            let item = expression(item, deeper, deeper.column(), 1);
            format!("{}{item},", deeper.line())
        };
        items.iter().map(line).collect()
    };
    format!("{open}{body}{}{close}", place.line())
}

/// Whether rustfmt packs the items of this array instead of giving each its own line.
fn is_short_list(expr: &Expr, items: &[Expr]) -> bool {
    matches!(expr, Expr::Array(_) | Expr::List(_))
        && items.len() > 1
        && items
            .iter()
            .all(|item| !item.breaks() && item.one_line().width() <= SHORT_ELEMENT)
}

fn packed(items: &[Expr], place: Place) -> String {
    let all = join(items);
    if place.column() + all.width() < MAX_WIDTH {
        return format!("{}{all},", place.line());
    }
    let mut text = String::new();
    let mut column = MAX_WIDTH;
    for item in items {
        let item = format!("{},", item.one_line());
        // rustfmt leaves the last column free.
        if column + 1 + item.width() < MAX_WIDTH {
            text.push(' ');
            column += 1;
        } else {
            text.push_str(&place.line());
            column = place.column();
        }
        column += item.width();
        text.push_str(&item);
    }
    text
}

/// A return type with its generic arguments.
#[derive(Debug, Clone)]
pub struct Output {
    /// The type's path.
    pub path: String,
    /// Its generic arguments.
    pub arguments: Vec<String>,
}

/// Prints a function's signature up to its `{`.
#[must_use]
pub fn signature(head: &str, parameters: &[String], output: &Output, place: Place) -> String {
    let Output { path, arguments } = output;
    let returned = format!(") -> {path}<{}> {{", arguments.join(", "));
    let line = format!("{head}({}{returned}", parameters.join(", "));
    if place.column() + line.width() <= MAX_WIDTH {
        return line;
    }
    let parameters = one_a_line(parameters, place);
    let column = place.column();
    // rustfmt counts the indentation twice before it leaves the brace on the line, and not the brace afterwards.
    if 2 * column + returned.width() <= MAX_WIDTH {
        return format!("{head}({parameters}{returned}");
    }
    if column + returned.width() - 4 <= MAX_WIDTH {
        let returned = returned.trim_end_matches(" {");
        return format!("{head}({parameters}{returned}{}{{", place.line());
    }
    let arguments = one_a_line(arguments, place);
    format!("{head}({parameters}) -> {path}<{arguments}> {{")
}

/// Prints the statement `outer(inner(argument));`, whose argument is a short name.
#[must_use]
pub fn nested_call(outer: &str, inner: &str, argument: &str, place: Place) -> String {
    let call = format!("{inner}({argument})");
    // rustfmt gives an argument its own line only below a head that leaves room for one.
    let has_room = inner.width() + "(".len() <= LIST_WIDTH;
    let fits = place.column() + outer.width() + call.width() + "();".len() <= MAX_WIDTH;
    if fits && (call.width() <= LIST_WIDTH || !has_room) {
        return format!("{outer}({call});");
    }
    if !has_room {
        return format!("{outer}({});", one_a_line(&[call], place));
    }
    let argument = one_a_line(&[argument.to_owned()], place);
    format!("{outer}({inner}({argument}));")
}

/// Prints the parameter type `outer<bound<inner>>`, `bound` being that of an associated type, for a line of its own.
#[must_use]
pub fn bounded(outer: &str, bound: &str, inner: &str, place: Place) -> String {
    let line = format!("{outer}<{bound}<{inner}>>");
    // rustfmt counts such a bound five columns short, here and not on a line of its own.
    if place.column() + line.width() + ",".len() <= MAX_WIDTH + 5 {
        return line;
    }
    let deeper = place.deeper();
    let mut bounded = format!("{bound}<{inner}>");
    if deeper.column() + bounded.width() + ",".len() > MAX_WIDTH {
        bounded = format!("{bound}<{}>", one_a_line(&[inner.to_owned()], deeper));
    }
    format!("{outer}<{}>", one_a_line(&[bounded], place))
}

/// Prints `items` one a line, with the line of `place` at the end.
fn one_a_line(items: &[String], place: Place) -> String {
    let deeper = place.deeper().line();
    let mut text = String::new();
    for item in items {
        text.extend([deeper.as_str(), item, ","]);
    }
    text + &place.line()
}

/// Prints a struct with at most one unnamed field.
#[must_use]
pub fn tuple_struct(name: &str, field: Option<&str>, place: Place) -> String {
    let Some(field) = field else {
        return format!("pub struct {name};");
    };
    let line = format!("pub struct {name}({field});");
    if place.column() + line.width() <= MAX_WIDTH {
        return line;
    }
    let field = one_a_line(&[field.to_owned()], place);
    format!("pub struct {name}({field});")
}

/// Prints a public field of a struct.
#[must_use]
pub fn field(name: &str, ty: &str, place: Place) -> String {
    let line = format!("pub {name}: {ty},");
    if place.column() + line.width() <= MAX_WIDTH {
        return line;
    }
    format!("pub {name}:{}{ty},", place.deeper().line())
}

/// Prints `#[derive(traits)]`.
#[must_use]
pub fn derive(traits: &[&str], place: Place) -> String {
    let inner = traits.join(", ");
    let line = format!("#[derive({inner})]");
    // rustfmt keeps room for the brackets of a longer list.
    if place.column() + line.width() + 4 <= MAX_WIDTH {
        return line;
    }
    let deeper = place.deeper();
    let body = if deeper.column() + inner.width() <= MAX_WIDTH {
        format!("{}{inner},{}", deeper.line(), place.line())
    } else {
        let traits: Vec<_> = traits.iter().map(|name| (*name).to_owned()).collect();
        one_a_line(&traits, place)
    };
    format!("#[derive({body})]")
}

/// Prints the statement `receiver.method(arguments)?;`, whose receiver is a short name.
#[must_use]
pub fn tried_call(receiver: &str, method: &str, arguments: &[String], place: Place) -> String {
    let inner = arguments.join(", ");
    let line = format!("{receiver}.{method}({inner})?;");
    if inner.width() <= LIST_WIDTH && place.column() + line.width() <= MAX_WIDTH {
        return line;
    }
    format!("{receiver}.{method}({})?;", chains(arguments, place))
}

/// Prints `&self.0.name`, an argument on a line of its own, or on several lines if it is long.
fn chain(value: &str, place: Place) -> String {
    let links: Vec<_> = value.split('.').collect();
    // What has one link may be as long as the line.
    let is_short = links.len() < 3 || value.trim_start_matches('&').width() <= LIST_WIDTH;
    if is_short && place.column() + value.width() + ",".len() <= MAX_WIDTH {
        return value.to_owned();
    }
    links.join(&format!("{}.", place.deeper().line()))
}

/// Prints `arguments` as chains, one a line, with the line of `place` at the end.
fn chains(arguments: &[String], place: Place) -> String {
    let chains = arguments.iter().map(|each| chain(each, place.deeper()));
    one_a_line(&chains.collect::<Vec<_>>(), place)
}

/// Prints `let adapters = from.adapters::<path>()?;`.
#[must_use]
pub fn adapters(from: &str, path: &str, place: Place) -> String {
    let call = format!(".adapters::<{path}>()?;");
    let line = format!("let adapters = {from}{call}");
    let deeper = place.deeper();
    let fits = |code: &str| deeper.column() + code.width() <= MAX_WIDTH;
    if place.column() + line.width() + 2 <= MAX_WIDTH {
        line
    } else if fits(&format!("{from}{call}")) {
        format!("let adapters ={}{from}{call}", deeper.line())
    } else if fits(&call) {
        format!("let adapters = {from}{}{call}", deeper.line())
    } else {
        line
    }
}

/// Adds the condition of a where clause to a signature that stands at the indentation of its template.
#[must_use]
pub fn bounded_signature(signature: &str, bound: &str) -> String {
    let open = signature.trim_end_matches('{').trim_end();
    format!("{open}\nwhere\n    {bound},\n{{")
}

/// Prints `const NAME: &str = literal;` at the left margin.
#[must_use]
pub fn text_constant(name: &str, literal: &str) -> String {
    let line = format!("const {name}: &str = {literal};");
    // rustfmt moves a literal of one line when that makes it fit, and never one of several lines.
    let moves = line.width() > MAX_WIDTH && literal.width() + 5 <= MAX_WIDTH;
    if moves && !literal.contains('\n') {
        format!("const {name}: &str =\n    {literal};")
    } else {
        line
    }
}
