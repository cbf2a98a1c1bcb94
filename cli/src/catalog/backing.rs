//! Finds what a virtual table shows of other tables: the content of a full-text index, the words of one.
//!
//! ```text
//! USING fts5(title, body, content = 'note', content_rowid = 'id')  →  rows of `note`, found by `id`
//! USING fts5vocab(ft, 'row')                                       →  words of `ft`
//! ```

use std::borrow::Cow;

use crate::source::SourceMap;
use crate::syntax::{Statement, Token, unquote};

/// A relation whose rows a virtual table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backing {
    /// The columns of the virtual table are those of another relation, so named there.
    Content {
        /// That relation, as written.
        relation: String,
        /// Its column by which rows are found.
        rowid: String,
    },
    /// It is computed from all of another virtual table.
    Index(String),
}

/// What the virtual table made by `statement` from `module` shows; none when its rows are its own.
pub(super) fn of(sources: &SourceMap, statement: &Statement, module: &str) -> Option<Backing> {
    let text = &sources.file(statement.file()).text;
    let arguments = arguments(text, statement);
    match module {
        "fts3" | "fts4" | "fts5" => {
            let relation = option(text, &arguments, "content").filter(|name| !name.is_empty())?;
            let rowid = option(text, &arguments, "content_rowid");
            Some(Backing::Content {
                relation,
                rowid: rowid.unwrap_or_else(|| "rowid".to_owned()),
            })
        }
        // The schema may stand in front of the index.
        "fts5vocab" | "fts4aux" => {
            let at = usize::from(arguments.len() > if module == "fts4aux" { 1 } else { 2 });
            let name = arguments.get(at)?.first()?.name(text)?;
            Some(Backing::Index(name.into_owned()))
        }
        _ => None,
    }
}

/// The arguments of the module, token by token.
fn arguments<'a>(text: &str, statement: &'a Statement) -> Vec<Vec<&'a Token>> {
    let behind = statement
        .significant()
        .skip_while(|token| !token.is_symbol(text, "("));
    let mut arguments = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in behind {
        depth += usize::from(token.is_symbol(text, "("));
        depth = depth.saturating_sub(usize::from(token.is_symbol(text, ")")));
        if depth == 0 {
            break;
        }
        if depth == 1 && token.is_symbol(text, ",") {
            arguments.push(Vec::new());
        } else if let Some(argument) = arguments.last_mut()
            && !(depth == 1 && argument.is_empty() && token.is_symbol(text, "("))
        {
            argument.push(token);
        }
    }
    arguments
}

/// The value of `name = value` among the arguments, without quotes.
fn option(text: &str, arguments: &[Vec<&Token>], name: &str) -> Option<String> {
    arguments.iter().find_map(|argument| {
        let [key, equals, rest @ ..] = argument.as_slice() else {
            return None;
        };
        let is_key = key
            .name(text)
            .is_some_and(|key| key.eq_ignore_ascii_case(name));
        (is_key && equals.is_symbol(text, "=")).then(|| {
            let value = rest.first().map_or(Cow::Borrowed(""), |first| {
                let last = rest.last().unwrap_or(first);
                let whole = text.get(first.range.start..last.range.end);
                unquote(whole.unwrap_or(""))
            });
            value.into_owned()
        })
    })
}
