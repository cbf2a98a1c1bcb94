//! Turns SQLite's message into words of ours: `no such table: main.t` becomes ``no such table `t` `` about the table `t`.
//!
//! Invariant: names stand in backticks, the first letter is small, and a message that is not known stays as it is.

/// What a message is about.
pub(super) struct Words<'a> {
    pub(super) message: String,
    pub(super) subject: Subject,
    pub(super) name: Option<&'a str>,
}

/// What kind of thing it is about.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Subject {
    Table,
    Column,
    Function,
    /// A function's arguments.
    Arguments,
    Collation,
    Other,
}

impl<'a> Words<'a> {
    pub(super) fn of(raw: &'a str) -> Self {
        let near = raw.strip_prefix("near \"");
        if let Some((word, reason)) = near.and_then(|rest| rest.rsplit_once("\": ")) {
            let message = format!("{reason} near `{word}`");
            return Self::new(message, Subject::Other, Some(word));
        }
        if let Some((table, column)) = raw
            .strip_prefix("table ")
            .and_then(|rest| rest.split_once(" has no column named "))
        {
            let message = format!("table `{table}` has no column `{column}`");
            return Self::new(message, Subject::Column, Some(column));
        }
        let arguments = "wrong number of arguments to function ";
        if let Some(call) = raw.strip_prefix(arguments) {
            let name = call.strip_suffix("()").unwrap_or(call);
            return Self::new(
                format!("{arguments}`{name}`"),
                Subject::Arguments,
                Some(name),
            );
        }
        for (prefix, subject) in [
            ("no such table: ", Subject::Table),
            ("no such column: ", Subject::Column),
            ("no such function: ", Subject::Function),
            ("ambiguous column name: ", Subject::Other),
            ("no such module: ", Subject::Other),
            ("no such index: ", Subject::Other),
            ("no such collation sequence: ", Subject::Collation),
            ("duplicate column name: ", Subject::Other),
            ("unrecognized token: ", Subject::Other),
        ] {
            if let Some(rest) = raw.strip_prefix(prefix) {
                let name = rest.split_once(" - ").map_or(rest, |(name, _)| name);
                let inner = name
                    .strip_prefix('"')
                    .and_then(|name| name.strip_suffix('"'));
                let name = inner.unwrap_or(name);
                let name = name.strip_prefix("main.").unwrap_or(name);
                let message = format!("{} `{name}`", prefix.trim_end_matches(": "));
                return Self::new(message, subject, Some(name));
            }
        }
        Self::of_table(raw)
            .or_else(|| Self::of_constraint(raw))
            .unwrap_or_else(|| Self::new(lower_first(raw), Subject::Other, quoted(raw)))
    }

    /// `table t has 2 columns but 1 values were supplied`, `table t already exists` and their kin.
    fn of_table(raw: &'a str) -> Option<Self> {
        let (kind, rest) = raw.split_once(' ')?;
        let tails = [" has ", " already exists", " may not be ", " is not "];
        let at = tails.iter().find_map(|tail| rest.find(tail))?;
        if !["table", "view", "index", "trigger"].contains(&kind) {
            return None;
        }
        let (name, tail) = rest.split_at(at);
        let message = format!("{kind} `{}`{tail}", name.trim_matches('"'));
        Some(Self::new(
            message,
            Subject::Other,
            Some(name.trim_matches('"')),
        ))
    }

    /// `UNIQUE constraint failed: t.a, t.b` and its kin.
    fn of_constraint(raw: &'a str) -> Option<Self> {
        if let Some((head, name)) = raw.rsplit_once(" column ")
            && head.starts_with("cannot store ")
        {
            let message = format!("{head} column `{name}`");
            return Some(Self::new(message, Subject::Other, Some(name)));
        }
        let (kind, rest) = raw.split_once(" constraint failed: ")?;
        if let Some(index) = rest.strip_prefix("index '") {
            let message = format!(
                "{kind} constraint failed: index `{}`",
                index.trim_end_matches('\'')
            );
            return Some(Self::new(message, Subject::Other, None));
        }
        let is_list = kind != "CHECK";
        let names: Vec<String> = rest
            .split(if is_list { ", " } else { "\0" })
            // The text of a CHECK may have several lines.
            .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
            .map(|name| format!("`{name}`"))
            .collect();
        let message = format!("{kind} constraint failed: {}", names.join(", "));
        let first = rest.split(", ").next().filter(|_| is_list);
        Some(Self::new(message, Subject::Other, first))
    }

    fn new(message: String, subject: Subject, name: Option<&'a str>) -> Self {
        Self {
            message,
            subject,
            name,
        }
    }

    pub(super) fn missing_table(&self) -> Option<String> {
        let name = self.name.filter(|_| self.subject == Subject::Table)?;
        Some(name.to_owned())
    }
}

fn lower_first(raw: &str) -> String {
    let mut chars = raw.chars();
    match chars.next() {
        // An all-capital first word such as SELECT or ON is a keyword and stays.
        Some(first) if !chars.clone().next().is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => raw.to_owned(),
    }
}

/// The first quoted name in a message.
fn quoted(raw: &str) -> Option<&str> {
    let mark = raw.find(['"', '\''])?;
    let quote = raw[mark..].chars().next()?;
    let rest = &raw[mark + 1..];
    rest.find(quote).map(|end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn messages_are_lower_case_with_names_in_backticks() {
        for (raw, message, name) in [
            ("no such table: main.t", "no such table `t`", Some("t")),
            ("no such column: t.x", "no such column `t.x`", Some("t.x")),
            (
                "no such column: \"x\" - should this be a string literal in single-quotes?",
                "no such column `x`",
                Some("x"),
            ),
            (
                "near \"FROM\": syntax error",
                "syntax error near `FROM`",
                Some("FROM"),
            ),
            (
                "near \"\"\": \": syntax error",
                "syntax error near `\"\": `",
                Some("\"\": "),
            ),
            (
                "table t has no column named y",
                "table `t` has no column `y`",
                Some("y"),
            ),
            (
                "table t has 2 columns but 3 values were supplied",
                "table `t` has 2 columns but 3 values were supplied",
                Some("t"),
            ),
            (
                "table \"t\" already exists",
                "table `t` already exists",
                Some("t"),
            ),
            (
                "UNIQUE constraint failed: t.a, t.b",
                "UNIQUE constraint failed: `t.a`, `t.b`",
                Some("t.a"),
            ),
            (
                "UNIQUE constraint failed: index 'i'",
                "UNIQUE constraint failed: index `i`",
                None,
            ),
            (
                "CHECK constraint failed: a <>\n  '', b",
                "CHECK constraint failed: `a <> '', b`",
                None,
            ),
            (
                "cannot store TEXT value in INTEGER column t.a",
                "cannot store TEXT value in INTEGER column `t.a`",
                Some("t.a"),
            ),
            (
                "wrong number of arguments to function f()",
                "wrong number of arguments to function `f`",
                Some("f"),
            ),
            ("incomplete input", "incomplete input", None),
            (
                "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
                "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint",
                None,
            ),
        ] {
            let words = Words::of(raw);
            assert_eq!(
                (words.message.as_str(), words.name),
                (message, name),
                "{raw}"
            );
        }
    }
}
