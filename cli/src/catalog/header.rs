//! Reads the head of a CREATE statement: `CREATE VIEW IF NOT EXISTS "main".v (a) AS SELECT …` gives the name `v`.
//!
//! Only names and places are read here; whether the statement is right is for SQLite to say.

use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, Token};

/// The head of a CREATE statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name of what it creates, without quotes.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// The table of an index or trigger, without quotes.
    pub table: Option<String>,
    /// For a trigger: the columns in `UPDATE OF`, without quotes, and where they stand.
    pub watched: Vec<(String, Span)>,
    /// For a view: the column names behind its name.
    pub columns: Vec<String>,
    /// For a view: where its query starts, as a byte of the file.
    pub body: Option<usize>,
    /// The module of a virtual table in lower case.
    pub module: Option<String>,
    /// Whether `IF NOT EXISTS` is written.
    pub if_not_exists: bool,
    /// Where the word stands that makes what is created vanish with its connection: `TEMP`, or `temp.` in front of the name.
    pub temporary: Option<Span>,
}

/// Reads the head of a CREATE TABLE, VIEW, INDEX or TRIGGER statement; none for anything else.
#[must_use]
pub fn read_header(sources: &SourceMap, statement: &Statement) -> Option<Header> {
    let text = sources.file(statement.file()).text.as_str();
    let tokens: Vec<&Token> = statement.significant().collect();
    let mut cursor = Cursor {
        text,
        tokens,
        at: 0,
    };
    cursor.eat("CREATE").then_some(())?;
    let mut temporary = None;
    while let Some(token) = cursor.peek() {
        if cursor.eat("TEMP") || cursor.eat("TEMPORARY") {
            temporary = Some(statement.span_of(token));
        } else if !cursor.eat("UNIQUE") && !cursor.eat("VIRTUAL") {
            break;
        }
    }
    let kind = ["TABLE", "VIEW", "INDEX", "TRIGGER"]
        .into_iter()
        .find(|word| cursor.eat(word))?;
    let if_not_exists = cursor.eat("IF");
    if if_not_exists {
        cursor.eat("NOT");
        cursor.eat("EXISTS");
    }
    let (mut name, mut token) = cursor.name()?;
    if cursor.eat_symbol(".") {
        if name.eq_ignore_ascii_case("temp") {
            temporary = Some(statement.span_of(token));
        }
        (name, token) = cursor.name()?;
    }
    let mut header = Header {
        name,
        span: statement.span_of(token),
        table: None,
        watched: Vec::new(),
        columns: Vec::new(),
        body: None,
        module: None,
        if_not_exists,
        temporary,
    };
    match kind {
        "VIEW" => cursor.read_view(&mut header),
        "TABLE" => {
            if cursor.eat("USING") {
                header.module = cursor.name().map(|(module, _)| module.to_ascii_lowercase());
            }
        }
        _ => {
            cursor.read_watched(statement, &mut header);
            cursor.skip_to("ON");
            header.table = cursor.name().map(|(table, _)| table);
        }
    }
    Some(header)
}

/// A place among the tokens of a statement.
struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<&'a Token>,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).copied()
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self
            .peek()
            .is_some_and(|token| token.is_word(self.text, word));
        self.at += usize::from(found);
        found
    }

    fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self
            .peek()
            .is_some_and(|token| token.is_symbol(self.text, symbol));
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> Option<(String, &'a Token)> {
        let token = self.peek()?;
        let name = token.name(self.text)?.into_owned();
        self.at += 1;
        Some((name, token))
    }

    fn skip_to(&mut self, word: &str) {
        while self.peek().is_some() && !self.eat(word) {
            self.at += 1;
        }
    }

    /// Reads `AFTER UPDATE OF a, b`, if that is what comes.
    fn read_watched(&mut self, statement: &Statement, header: &mut Header) {
        if self.eat("INSTEAD") {
            self.eat("OF");
        } else if !self.eat("BEFORE") {
            self.eat("AFTER");
        }
        if self.eat("UPDATE") && self.eat("OF") {
            while let Some((column, token)) = self.name() {
                header.watched.push((column, statement.span_of(token)));
                if !self.eat_symbol(",") {
                    break;
                }
            }
        }
    }

    fn read_view(&mut self, header: &mut Header) {
        if self.eat_symbol("(") {
            while let Some((column, _)) = self.name() {
                header.columns.push(column);
                if !self.eat_symbol(",") {
                    break;
                }
            }
            self.eat_symbol(")");
        }
        if self.eat("AS") {
            header.body = self.peek().map(|token| token.range.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_header;
    use crate::source::SourceMap;
    use crate::syntax::split;

    #[test]
    fn columns_of_triggers_are_found_wherever_the_trigger_fires() {
        for (event, columns) in [
            ("UPDATE OF a", 1),
            ("BEFORE UPDATE OF a, \"b c\"", 2),
            ("AFTER UPDATE OF a", 1),
            ("INSTEAD OF UPDATE OF a,b", 2),
            ("INSTEAD OF UPDATE", 0),
            ("AFTER INSERT", 0),
        ] {
            let sql = format!("CREATE TRIGGER x {event} ON t BEGIN UPDATE t SET a = 1; END");
            let mut sources = SourceMap::default();
            let file = sources.add("a.sql", &sql);
            let header = read_header(&sources, &split(file, &sql)[0]).expect(event);
            let watched: Vec<_> = header
                .watched
                .iter()
                .map(|(name, _)| name.as_str())
                .collect();
            assert_eq!(
                watched,
                ["a", if event.contains('c') { "b c" } else { "b" }][..columns],
                "{event}"
            );
            assert_eq!(header.table.as_deref(), Some("t"), "{event}");
        }
    }

    #[test]
    fn names_are_found_in_every_spelling() {
        for (sql, name, table, columns) in [
            ("CREATE TABLE t (a)", "t", None, 0),
            (
                "create temp table if not exists main.[a b] (a)",
                "a b",
                None,
                0,
            ),
            ("CREATE TABLE temp.t (a)", "t", None, 0),
            ("CREATE VIRTUAL TABLE ft USING FTS5(a)", "ft", None, 0),
            ("CREATE VIEW \"v\"(a, 'b') AS SELECT 1, 2", "v", None, 2),
            ("CREATE UNIQUE INDEX i ON t(a)", "i", Some("t"), 0),
            (
                "CREATE TRIGGER x AFTER UPDATE OF a ON `t` BEGIN SELECT 1; END",
                "x",
                Some("t"),
                0,
            ),
        ] {
            let mut sources = SourceMap::default();
            let file = sources.add("a.sql", sql);
            let statements = split(file, sql);
            let header = read_header(&sources, &statements[0]).expect(sql);
            assert_eq!(header.name, name, "{sql}");
            assert_eq!(header.table.as_deref(), table, "{sql}");
            assert_eq!(header.columns.len(), columns, "{sql}");
            assert_eq!(header.if_not_exists, sql.contains("if not"), "{sql}");
            assert_eq!(header.temporary.is_some(), sql.contains("temp"), "{sql}");
        }
    }
}
