//! Reads what a `propertyType` spells: a type that the runtime converts by itself, or the path of one of the application.
//!
//! `Long` → `i64`, `List<String>` → `Vec<String>`, `Json<crate::Tags>` → the runtime's, `crate::Status` → the application's
//! type. A path must be whole: statements stand in modules of their own, where the name alone means nothing, so that a name
//! alone is more likely a slip.

use crate::annotation::Spanned;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};

use super::spellings::{self, array_of, candidates, named};
use super::{RustType, is_plain};

/// Types that need no path when they stand between angle brackets.
const IN_SCOPE: &[&str] = &[
    "Box", "Option", "Result", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32",
    "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// No type that anybody means is nested deeper.
const DEEPEST: usize = 16;

/// The type that `spelled` names; none when it names none, which is reported.
pub(super) fn parse_property_type(
    spelled: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<RustType> {
    match parse(&spelled.value) {
        Ok(ty) => Some(ty),
        Err(mistake) => {
            diagnostics.push(mistake.into_diagnostic(spelled));
            None
        }
    }
}

/// The type that `spelled` names, if it names one; what is wrong with it is reported where it decides.
pub(super) fn read_property_type(spelled: &str) -> Option<RustType> {
    parse(spelled).ok()
}

/// Why a spelling is no type.
#[derive(Debug, PartialEq, Eq)]
enum Mistake {
    /// It is no path at all: `kotlin.Long`, `(i64)`.
    NoPath,
    /// This name in it is none that is in reach.
    Name(String),
    /// It starts at the module it is used in.
    Relative,
    /// It says what nullability says already.
    Option,
    /// A list of what is no scalar, this type.
    ListOf(String),
}

impl Mistake {
    fn into_diagnostic(self, spelled: &Spanned<String>) -> Diagnostic {
        let written = &spelled.value;
        let error =
            |message| Diagnostic::error(Code::UnknownPropertyType, message).at(spelled.span, "");
        match self {
            Self::NoPath => {
                let name = written.rsplit('.').next().unwrap_or(written);
                let near = spellings::all().find(|known| *known == name);
                advise(
                    error(format!("`{written}` is no path of a Rust type")).did_you_mean(near),
                    written,
                )
            }
            Self::Name(name) => {
                // Every name of two letters is near to `i8`, and what is known elsewhere is no slip.
                let is_slip = name.len() > 2 && candidates(&name).is_empty();
                let near = suggest(&name, spellings::all()).filter(|_| is_slip);
                let message = format!("`{name}` is no type that this version reads and binds");
                advise(error(message).did_you_mean(near), &name)
            }
            Self::Relative => error(format!("found `{written}`, expected a whole path"))
                .help("begin it with `crate::` or with the name of a crate"),
            Self::Option => error(format!(
                "found `{written}`, expected the type of what is not NULL"
            ))
            .help("write it without that; `notNull=false` makes it an `Option`"),
            Self::ListOf(element) => error(format!(
                "found `{written}`, expected a list of scalars such as `Vec<i64>`"
            ))
            .help(format!("keep it as JSON: `Json<Vec<{element}>>`")),
        }
    }
}

/// What to write instead of `name`.
fn advise(diagnostic: Diagnostic, name: &str) -> Diagnostic {
    let quoted = |types: &mut dyn Iterator<Item = &str>| {
        let types: Vec<_> = types.map(|name| format!("`{name}`")).collect();
        types.join(", ")
    };
    let instead = candidates(name);
    if !instead.is_empty() {
        let instead = quoted(&mut instead.iter().copied());
        return diagnostic.help(format!("write the type of a crate that you use: {instead}"));
    }
    diagnostic.help(format!(
        "use one of {}, `Vec<i64>` and its kin, or the whole path of a type of yours, such as `crate::Status`",
        quoted(&mut spellings::built_in())
    ))
}

fn parse(spelling: &str) -> Result<RustType, Mistake> {
    let spelling = spelling.trim();
    if let Some(ty) = named(spelling) {
        return Ok(ty);
    }
    if spelling.ends_with('?') {
        return Err(Mistake::Option);
    }
    if let Some(element) = element_of(spelling) {
        return parse_list(element);
    }
    let mut cursor = Cursor { rest: spelling };
    let path = cursor.path(0)?;
    if !cursor.rest.trim().is_empty() {
        return Err(Mistake::NoPath);
    }
    match path.first.as_str() {
        "Json" if path.is_name && path.text != "Json" => {
            Ok(RustType::User(format!("rt::v1::{}", path.text)))
        }
        "Option" if path.is_name => Err(Mistake::Option),
        "self" | "super" | "Self" => Err(Mistake::Relative),
        _ if path.is_name => Err(Mistake::Name(path.text)),
        _ => Ok(RustType::User(path.text)),
    }
}

/// What stands between the brackets of a list.
fn element_of(spelling: &str) -> Option<&str> {
    let (list, rest) = spelling.split_once('<')?;
    let is_list = matches!(
        list.trim_end(),
        "Vec" | "List" | "Array" | "kotlin.collections.List"
    );
    rest.strip_suffix('>').filter(|_| is_list)
}

fn parse_list(element: &str) -> Result<RustType, Mistake> {
    // What is deep is refused as a path, before it is a list of lists.
    let depth = element.matches('<').count();
    if depth >= DEEPEST {
        return Err(Mistake::NoPath);
    }
    let element = parse(element)?;
    if element == RustType::Scalar("u8") {
        return Ok(RustType::Bytes);
    }
    array_of(&element).ok_or_else(|| Mistake::ListOf(element.owned().to_owned()))
}

/// A path as it is printed.
struct Path {
    text: String,
    first: String,
    /// Whether it has one segment alone.
    is_name: bool,
}

/// What is left to read.
struct Cursor<'a> {
    rest: &'a str,
}

impl Cursor<'_> {
    fn eat(&mut self, symbol: &str) -> bool {
        let rest = self.rest.trim_start().strip_prefix(symbol);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// `::a::b<c, d>`
    fn path(&mut self, depth: usize) -> Result<Path, Mistake> {
        let mut text = String::new();
        let is_global = self.eat("::");
        if is_global {
            text.push_str("::");
        }
        let first = self.segment(!is_global)?;
        text.push_str(&first);
        let mut is_name = !is_global;
        while self.eat("::") {
            text.push_str("::");
            text.push_str(&self.segment(false)?);
            is_name = false;
        }
        if self.eat("<") {
            let arguments = self.arguments(depth)?;
            text = format!("{text}<{}>", arguments.join(", "));
        }
        Ok(Path {
            text,
            first,
            is_name,
        })
    }

    /// `c, d>`
    fn arguments(&mut self, depth: usize) -> Result<Vec<String>, Mistake> {
        if depth == DEEPEST {
            return Err(Mistake::NoPath);
        }
        let mut arguments = Vec::new();
        loop {
            let argument = self.path(depth + 1)?;
            if argument.is_name && !IN_SCOPE.contains(&argument.first.as_str()) {
                return Err(Mistake::Name(argument.text));
            }
            arguments.push(argument.text);
            if self.eat(">") {
                return Ok(arguments);
            }
            if !self.eat(",") {
                return Err(Mistake::NoPath);
            }
        }
    }

    fn segment(&mut self, is_first: bool) -> Result<String, Mistake> {
        let is_raw = self.eat("r#");
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric());
        let (name, rest) = rest.split_at(end.unwrap_or(rest.len()));
        let starts_path = is_first && ["crate", "self", "super", "Self"].contains(&name);
        let starts_name = name.starts_with(|c: char| c == '_' || c.is_alphabetic());
        if !(is_plain(name) || starts_path || is_raw && starts_name) {
            return Err(Mistake::NoPath);
        }
        self.rest = rest;
        Ok(if is_raw {
            format!("r#{name}")
        } else {
            name.to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_and_portable_spellings_are_understood() {
        assert_eq!(parse("Long"), Ok(RustType::Scalar("i64")));
        assert_eq!(parse(" Vec < u8 > "), Ok(RustType::Bytes));
    }

    #[test]
    fn c56_types_of_other_languages_mean_those_of_rust() {
        for (spelling, printed) in [
            ("Boolean", "bool"),
            ("Int", "i32"),
            ("int", "i64"),
            ("Long", "i64"),
            ("kotlin.Long", "i64"),
            ("Double", "f64"),
            ("Float", "f32"),
            ("kotlin.String", "String"),
            ("ByteArray", "Vec<u8>"),
            ("Uint8List", "Vec<u8>"),
            ("List<String>", "Vec<String>"),
            ("List<Long>", "Vec<i64>"),
            ("List< int >", "Vec<i64>"),
            ("kotlin.collections.List<kotlin.Double>", "Vec<f64>"),
            ("Vec<bool>", "Vec<bool>"),
            ("Json<Vec<crate::Tag>>", "rt::v1::Json<Vec<crate::Tag>>"),
        ] {
            let ty = parse(spelling);
            assert_eq!(ty.as_ref().map(RustType::owned), Ok(printed), "{spelling}");
        }
    }

    #[test]
    fn whole_paths_are_types_of_the_application() {
        for (spelling, printed) in [
            ("crate::Status", "crate::Status"),
            ("::chrono :: NaiveDate", "::chrono::NaiveDate"),
            (
                "chrono::DateTime<chrono::Utc>",
                "chrono::DateTime<chrono::Utc>",
            ),
            ("a::B< Vec<u8>,c::r#type >", "a::B<Vec<u8>, c::r#type>"),
        ] {
            assert_eq!(parse(spelling), Ok(RustType::User(printed.to_owned())));
        }
    }

    #[test]
    fn what_is_no_whole_path_is_refused() {
        let name = |name: &str| Mistake::Name(name.to_owned());
        let deep = "a::b<".repeat(100_000);
        let lists = "Vec<".repeat(100_000) + &">".repeat(100_000);
        for (spelling, mistake) in [
            ("kotlin.Duration", Mistake::NoPath),
            ("", Mistake::NoPath),
            ("a::b<>", Mistake::NoPath),
            ("a::b<c::d", Mistake::NoPath),
            ("&crate::a", Mistake::NoPath),
            ("a::crate::b", Mistake::NoPath),
            (deep.as_str(), Mistake::NoPath),
            (lists.as_str(), Mistake::NoPath),
            ("Strng", name("Strng")),
            ("Vec<u64>", name("u64")),
            (
                "List<List<String>>",
                Mistake::ListOf("Vec<String>".to_owned()),
            ),
            ("Vec<crate::Tag>", Mistake::ListOf("crate::Tag".to_owned())),
            ("Json", name("Json")),
            ("String?", Mistake::Option),
            ("kotlinx.datetime.LocalDate", Mistake::NoPath),
            ("LocalDate", name("LocalDate")),
            ("chrono::DateTime<Utc>", name("Utc")),
            ("super::Status", Mistake::Relative),
            ("Option<crate::Status>", Mistake::Option),
        ] {
            assert_eq!(parse(spelling), Err(mistake));
        }
    }
}
