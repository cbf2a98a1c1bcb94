//! Advises on functions and collations which SQLite does not know: `no such function: slug` → the lines that declare it.
//!
//! ```text
//! SELECT slug(name, '-') FROM person   →   [databases.App.functions]
//!                                          slug = { arguments = 2 }
//! ```

use rusqlite::Connection;

use crate::diagnostic::suggest;
use crate::source::{Declarations, SourceMap, Span};
use crate::syntax::Statement;

/// What can be called and what can collate.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) declarations: Declarations,
    functions: Vec<String>,
    collations: Vec<String>,
}

impl Names {
    /// Asks SQLite for its own names, to which the declared ones belong by now.
    pub(super) fn read(
        connection: &Connection,
        declarations: &Declarations,
    ) -> rusqlite::Result<Self> {
        let list = |sql: &str| -> rusqlite::Result<Vec<String>> {
            let mut statement = connection.prepare(sql)?;
            statement.query_map([], |row| row.get(0))?.collect()
        };
        Ok(Self {
            declarations: declarations.clone(),
            functions: list("SELECT DISTINCT name FROM pragma_function_list ORDER BY name")?,
            collations: list("SELECT name FROM pragma_collation_list ORDER BY name")?,
        })
    }

    /// What to do about the function `name`, called at `span`.
    pub(super) fn advise_function(
        &self,
        name: &str,
        sources: &SourceMap,
        statement: &Statement,
        span: Span,
    ) -> Vec<String> {
        let database = &self.declarations.database;
        let (key, count) = match count_arguments(sources, statement, span) {
            Some(count) => (name.to_owned(), count),
            // `a REGEXP b` is another way to write `regexp(b, a)`.
            None => (name.to_ascii_lowercase(), 2),
        };
        let line = format!("{} = {{ arguments = {count} }}", toml_key(&key));
        let section = format!("[databases.{database}.functions]");
        let near = suggest(name, self.functions.iter().map(String::as_str));
        let mut help = did_you_mean(near);
        help.push(if self.declarations.functions.is_empty() {
            format!(
                "declare what the application registers, in `sqlitenow.toml`:\n{section}\n{line}"
            )
        } else {
            format!("declare what the application registers, below `{section}`:\n{line}")
        });
        help
    }

    /// What to do about a call of `name` with a number of arguments that it does not take.
    pub(super) fn advise_arguments(&self, name: &str) -> Vec<String> {
        let declared = self.declarations.function(name);
        let count = declared.and_then(|function| function.arguments);
        let advice = count.map(|count| {
            let plural = if count == 1 { "" } else { "s" };
            format!("`{name}` is declared with {count} argument{plural}; leave `arguments` out for any number")
        });
        advice.into_iter().collect()
    }

    /// What to do about the collation `name`.
    pub(super) fn advise_collation(&self, name: &str) -> Vec<String> {
        let database = &self.declarations.database;
        let declared = self
            .declarations
            .collations
            .iter()
            .map(|one| one.name.as_str());
        let all: Vec<_> = declared.chain([name]).map(toml_string).collect();
        let mut help = did_you_mean(suggest(name, self.collations.iter().map(String::as_str)));
        help.push(format!(
            "declare what the application registers, below `[databases.{database}]`:\ncollations = [{}]",
            all.join(", ")
        ));
        help
    }
}

fn did_you_mean(name: Option<&str>) -> Vec<String> {
    let advice = name.map(|name| format!("did you mean `{name}`?"));
    advice.into_iter().collect()
}

/// How many arguments stand behind the name at `span`; none when it is an operator.
fn count_arguments(sources: &SourceMap, statement: &Statement, span: Span) -> Option<usize> {
    let text = &sources.file(statement.file()).text;
    let mut tokens = statement
        .significant()
        .skip_while(|token| token.range.start < span.end);
    tokens.next().filter(|token| token.is_symbol(text, "("))?;
    let mut depth = 0_usize;
    let mut count = 0;
    for token in tokens {
        if depth == 0 && token.is_symbol(text, ")") {
            break;
        }
        if count == 0 && !token.is_symbol(text, "*") {
            count = 1;
        }
        if depth == 0 && token.is_symbol(text, ",") {
            count += 1;
        }
        depth += usize::from(token.is_symbol(text, "("));
        depth = depth.saturating_sub(usize::from(token.is_symbol(text, ")")));
    }
    Some(count)
}

/// `name` as a key of TOML, bare where it may be.
fn toml_key(name: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(is_bare) {
        name.to_owned()
    } else {
        toml_string(name)
    }
}

fn toml_string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => string.extend(['\\', c]),
            _ if c.is_control() => string.extend(["\\u", &format!("{:04X}", u32::from(c))]),
            _ => string.push(c),
        }
    }
    string.push('"');
    string
}
