//! SQLite's built-in scalar functions as data: what they take, what they give, and when that is NULL.
//!
//! From <https://sqlite.org/lang_corefunc.html>, `lang_datefunc`, `lang_mathfunc`, `json1` and `fts5`. Aggregates, window
//! functions, and those whose outcome depends on which arguments can be NULL (COALESCE, IIF …), are in `call.rs`.

use super::SqlType;

/// What a function wants for an argument; only parameters are typed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any value.
    Any,
    /// A value of this type.
    Type(SqlType),
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// This type.
    Type(SqlType),
    /// The type of its first argument if that is a number, else Real.
    Number,
    /// Blob for a Blob, Text for the rest.
    TextOrBlob,
    /// Its first argument.
    First,
    /// One of its arguments.
    AnyOf,
}

/// When the outcome can be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nulls {
    /// Never.
    Never,
    /// When an argument is.
    OfArguments,
    /// When the first argument is.
    OfFirst,
    /// When an argument is, or when one is not a number or not text.
    OfTyped,
    /// It depends on the values.
    Maybe,
}

/// A function.
#[derive(Debug)]
pub(super) struct Function {
    /// Its name in lower case.
    pub(super) name: &'static str,
    /// Its arguments; the last one stands for all that follow.
    pub(super) takes: &'static [Takes],
    /// Its outcome.
    pub(super) gives: Gives,
    /// When that is NULL.
    pub(super) nulls: Nulls,
}

/// The function `name`, given in lower case.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS
        .binary_search_by(|function| function.name.cmp(name))
        .ok()
        .map(|at| &FUNCTIONS[at])
}

const A: Takes = Takes::Any;
const I: Takes = Takes::Type(SqlType::Integer);
const R: Takes = Takes::Type(SqlType::Real);
const T: Takes = Takes::Type(SqlType::Text);

const BOOL: Gives = Gives::Type(SqlType::Boolean);
const INT: Gives = Gives::Type(SqlType::Integer);
const REAL: Gives = Gives::Type(SqlType::Real);
const TEXT: Gives = Gives::Type(SqlType::Text);
const BLOB: Gives = Gives::Type(SqlType::Blob);
const ANY: Gives = Gives::Type(SqlType::Any);

const fn f(name: &'static str, takes: &'static [Takes], gives: Gives, nulls: Nulls) -> Function {
    Function {
        name,
        takes,
        gives,
        nulls,
    }
}

use Nulls::{Maybe, Never, OfArguments, OfFirst, OfTyped};

/// Sorted by name.
const FUNCTIONS: &[Function] = &[
    f("abs", &[A], Gives::Number, OfArguments),
    f("acos", &[R], REAL, Maybe),
    f("acosh", &[R], REAL, Maybe),
    f("asin", &[R], REAL, Maybe),
    f("asinh", &[R], REAL, Maybe),
    f("atan", &[R], REAL, Maybe),
    f("atan2", &[R], REAL, Maybe),
    f("atanh", &[R], REAL, Maybe),
    f("bm25", &[A, R], REAL, Maybe),
    f("ceil", &[R], Gives::Number, OfTyped),
    f("ceiling", &[R], Gives::Number, OfTyped),
    f("changes", &[], INT, Never),
    f("char", &[I], TEXT, Never),
    f("concat", &[A], TEXT, Never),
    f("concat_ws", &[T, A], TEXT, OfFirst),
    f("cos", &[R], REAL, Maybe),
    f("cosh", &[R], REAL, Maybe),
    f("date", &[T], TEXT, Maybe),
    f("datetime", &[T], TEXT, Maybe),
    f("degrees", &[R], REAL, Maybe),
    f("exp", &[R], REAL, Maybe),
    f("floor", &[R], Gives::Number, OfTyped),
    f("format", &[T, A], TEXT, Maybe),
    f("glob", &[T], BOOL, OfArguments),
    f("hex", &[A], TEXT, Never),
    f("highlight", &[A, I, T], TEXT, Maybe),
    f("instr", &[T], INT, OfArguments),
    f("json", &[T], TEXT, OfArguments),
    f("json_array", &[A], TEXT, Never),
    f("json_array_length", &[T], INT, Maybe),
    f("json_error_position", &[T], INT, OfArguments),
    f("json_extract", &[T], ANY, Maybe),
    f("json_insert", &[T, T, A, T, A, T, A], TEXT, Maybe),
    f("json_object", &[A], TEXT, Never),
    f("json_patch", &[T], TEXT, OfArguments),
    f("json_pretty", &[T], TEXT, OfFirst),
    f("json_quote", &[A], TEXT, Never),
    f("json_remove", &[T], TEXT, Maybe),
    f("json_replace", &[T, T, A, T, A, T, A], TEXT, Maybe),
    f("json_set", &[T, T, A, T, A, T, A], TEXT, Maybe),
    f("json_type", &[T], TEXT, Maybe),
    f("json_valid", &[T, I], BOOL, OfArguments),
    f("jsonb", &[T], BLOB, OfArguments),
    f("jsonb_array", &[A], BLOB, Never),
    f("jsonb_extract", &[T], ANY, Maybe),
    f("jsonb_insert", &[T, T, A, T, A, T, A], BLOB, Maybe),
    f("jsonb_object", &[A], BLOB, Never),
    f("jsonb_patch", &[T], BLOB, OfArguments),
    f("jsonb_remove", &[T], BLOB, Maybe),
    f("jsonb_replace", &[T, T, A, T, A, T, A], BLOB, Maybe),
    f("jsonb_set", &[T, T, A, T, A, T, A], BLOB, Maybe),
    f("julianday", &[T], REAL, Maybe),
    f("last_insert_rowid", &[], INT, Never),
    f("length", &[T], INT, OfArguments),
    f("like", &[T], BOOL, OfArguments),
    f("likelihood", &[A], Gives::First, OfFirst),
    f("likely", &[A], Gives::First, OfFirst),
    f("ln", &[R], REAL, Maybe),
    f("log", &[R], REAL, Maybe),
    f("log10", &[R], REAL, Maybe),
    f("log2", &[R], REAL, Maybe),
    f("lower", &[T], TEXT, OfTyped),
    f("ltrim", &[T], TEXT, OfTyped),
    f("max", &[A], Gives::AnyOf, OfArguments),
    f("min", &[A], Gives::AnyOf, OfArguments),
    f("mod", &[R], REAL, Maybe),
    f("octet_length", &[T], INT, OfArguments),
    f("pi", &[], REAL, Never),
    f("pow", &[R], REAL, Maybe),
    f("power", &[R], REAL, Maybe),
    f("printf", &[T, A], TEXT, Maybe),
    f("quote", &[A], TEXT, Never),
    f("radians", &[R], REAL, Maybe),
    f("random", &[], INT, Never),
    f("randomblob", &[I], BLOB, Never),
    f("replace", &[T], TEXT, OfTyped),
    f("round", &[R, I], REAL, OfArguments),
    f("rtrim", &[T], TEXT, OfTyped),
    f("sign", &[R], INT, OfTyped),
    f("sin", &[R], REAL, Maybe),
    f("sinh", &[R], REAL, Maybe),
    f("snippet", &[A, I, T, T, T, I], TEXT, Maybe),
    f("soundex", &[T], TEXT, Maybe),
    f("sqlite_source_id", &[], TEXT, Never),
    f("sqlite_version", &[], TEXT, Never),
    f("sqrt", &[R], REAL, Maybe),
    f("strftime", &[T], TEXT, Maybe),
    f("substr", &[T, I, I], Gives::TextOrBlob, OfTyped),
    f("substring", &[T, I, I], Gives::TextOrBlob, OfTyped),
    f("tan", &[R], REAL, Maybe),
    f("tanh", &[R], REAL, Maybe),
    f("time", &[T], TEXT, Maybe),
    f("timediff", &[T], TEXT, Maybe),
    f("total_changes", &[], INT, Never),
    f("trim", &[T], TEXT, OfTyped),
    f("trunc", &[R], Gives::Number, OfTyped),
    f("typeof", &[A], TEXT, Never),
    f("unhex", &[T], BLOB, Maybe),
    f("unicode", &[T], INT, Maybe),
    f("unistr", &[T], TEXT, Maybe),
    f("unixepoch", &[T], INT, Maybe),
    f("unlikely", &[A], Gives::First, OfFirst),
    f("upper", &[T], TEXT, OfTyped),
    f("zeroblob", &[I], BLOB, Never),
];

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, find};

    #[test]
    fn the_table_is_sorted_and_every_name_is_known_to_sqlite() {
        assert!(FUNCTIONS.windows(2).all(|pair| pair[0].name < pair[1].name));
        let connection = rusqlite::Connection::open_in_memory().expect("a database in memory");
        let known: Vec<String> = connection
            .prepare("SELECT DISTINCT name FROM pragma_function_list")
            .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
            .expect("the list of functions");
        for function in FUNCTIONS {
            let auxiliary = ["bm25", "highlight", "snippet"].contains(&function.name);
            let math = known.iter().all(|name| name != "sqrt");
            assert!(
                auxiliary || math || known.iter().any(|name| name == function.name),
                "{}",
                function.name
            );
        }
        assert!(find("lower").is_some() && find("nope").is_none());
    }
}
