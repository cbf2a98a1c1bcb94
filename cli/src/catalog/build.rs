//! Creates the schema, whatever order its statements come in.
//!
//! Tables come before views before indexes before triggers. What fails because a relation is missing waits for it; what
//! fails for another reason is tried again while anything moves. What is left then is rejected, and of a chain of
//! failures (table → view → view) only the first is told.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, StatementKind};

use super::prepare::Checker;
use super::quoted::is_quoted;
use super::rejection::{self, Rejection};
use super::schema::fold;
use super::{Header, SchemaStatement, duplicates, probe, read_header};

/// The work of [`super::Catalog::build`].
pub(super) struct Builder<'a> {
    sources: &'a SourceMap,
    statements: &'a [SchemaStatement],
    pub(super) headers: Vec<Option<Header>>,
    checker: &'a Checker,
    queue: VecDeque<usize>,
    /// Statements by the relation they miss.
    waiting: HashMap<String, Vec<usize>>,
    /// Statements that failed for another reason.
    stuck: Vec<usize>,
    rejections: HashMap<usize, Rejection>,
    /// Statements with a word in double quotes that is taken for a text.
    quoted: BTreeMap<usize, Rejection>,
    /// Relations whose statements were not even tried.
    refused: HashSet<String>,
    pub(super) order: Vec<usize>,
}

impl<'a> Builder<'a> {
    /// Sorts the statements into the order in which they are tried first.
    pub(super) fn new(
        sources: &'a SourceMap,
        statements: &'a [SchemaStatement],
        checker: &'a Checker,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let headers: Vec<_> = statements
            .iter()
            .map(|schema| read_header(sources, &schema.statement))
            .collect();
        let second = duplicates::refuse(statements, &headers, diagnostics);
        let mut queue = Vec::new();
        let mut refused = HashSet::new();
        for (index, schema) in (0..).zip(statements) {
            let header = headers[index].as_ref();
            match (
                rank(schema.statement.kind),
                header.and_then(|header| header.temporary),
            ) {
                (Some(_), Some(word)) => {
                    diagnostics.push(not_permanent(word));
                    refused.extend(header.map(|header| fold(&header.name)));
                }
                (Some(rank), None) if !second.contains(&index) => queue.push((rank, index)),
                (Some(_), None) => {}
                (None, _) => diagnostics.push(foreign_kind(sources, &schema.statement, checker)),
            }
        }
        queue.sort_unstable();
        Self {
            headers,
            queue: queue.into_iter().map(|(_, index)| index).collect(),
            waiting: HashMap::new(),
            stuck: Vec::new(),
            rejections: HashMap::new(),
            quoted: BTreeMap::new(),
            refused,
            order: Vec::new(),
            sources,
            statements,
            checker,
        }
    }

    /// Creates what can be created.
    pub(super) fn run(&mut self) {
        loop {
            let before = self.order.len();
            while let Some(index) = self.queue.pop_front() {
                self.attempt(index);
            }
            if self.stuck.is_empty() || self.order.len() == before {
                return;
            }
            self.stuck.sort_unstable_by_key(|&index| {
                (rank(self.statements[index].statement.kind), index)
            });
            self.queue.extend(self.stuck.drain(..));
        }
    }

    fn attempt(&mut self, index: usize) {
        let mut outcome = self.checker.strictly(|| self.create(index));
        if let Err(rejection) = &outcome
            && rejection.quoted.is_some()
        {
            self.quoted.insert(index, rejection.clone());
            outcome = self.create(index);
        }
        match outcome {
            Ok(()) => {
                self.rejections.remove(&index);
                self.order.push(index);
                let name = self.headers[index]
                    .as_ref()
                    .map(|header| fold(&header.name));
                let woken = name
                    .and_then(|name| self.waiting.remove(&name))
                    .unwrap_or_default();
                for index in woken.into_iter().rev() {
                    self.queue.push_front(index);
                }
            }
            Err(rejection) => {
                match &rejection.missing_table {
                    Some(table) => self.waiting.entry(fold(table)).or_default().push(index),
                    None => self.stuck.push(index),
                }
                self.rejections.insert(index, rejection);
            }
        }
    }

    fn create(&self, index: usize) -> Result<(), Rejection> {
        let statement = &self.statements[index].statement;
        let connection = self.checker.connection();
        let text = statement.text(self.sources);
        let header = self.headers[index].as_ref();
        let triggers = header.filter(|_| statement.kind == StatementKind::CreateTrigger);
        let probes = triggers.map_or_else(Vec::new, |header| {
            probe::uses_of_triggers(connection, header)
        });
        connection
            .execute(text, [])
            .map_err(|error| self.explain(&error, Some(statement.span.start), statement))?;
        let Some(header) = header else { return Ok(()) };
        let used = match (statement.kind, header.body) {
            (StatementKind::CreateView, body) => {
                // The error of a view's query has an offset only when the query is prepared by itself.
                let query = body.and_then(|body| text.get(body - statement.span.start..));
                let alone = query.map_or(Ok(()), |query| probe::prepares(connection, query));
                let used = probe::use_of_view(&header.name);
                alone.map_err(|error| (error, body)).and_then(|()| {
                    probe::prepares(connection, &used).map_err(|error| (error, None))
                })
            }
            _ => probes
                .iter()
                .try_for_each(|sql| match probe::prepares(connection, sql) {
                    Err(error) if !probe::is_no_fault(&error) => Err((error, None)),
                    _ => Ok(()),
                }),
        };
        used.map_err(|(error, start)| {
            let kind = if statement.kind == StatementKind::CreateView {
                "VIEW"
            } else {
                "TRIGGER"
            };
            // It was created a moment ago, so dropping it cannot fail in a way that matters.
            let _ = connection.execute(&format!("DROP {kind} {}", probe::quote(&header.name)), []);
            self.explain(&error, start, statement)
        })
    }

    fn explain(
        &self,
        error: &rusqlite::Error,
        start: Option<usize>,
        statement: &Statement,
    ) -> Rejection {
        let place = |offset| Some(start? + offset);
        let checker = self.checker;
        let mut rejection = rejection::explain(error, place, self.sources, statement, &[], checker);
        if let Some(missing) = &rejection.missing_table {
            let names = self
                .headers
                .iter()
                .flatten()
                .filter(|header| header.table.is_none());
            let names = names
                .map(|header| header.name.as_str())
                .filter(|name| !name.eq_ignore_ascii_case(missing));
            rejection.help = crate::diagnostic::suggest(missing, names)
                .map(|name| format!("did you mean `{name}`?"))
                .into_iter()
                .collect();
        }
        rejection
    }

    /// Tells of every first failure and gives the names of all relations that are missing now.
    pub(super) fn reject(&self, diagnostics: &mut Diagnostics) -> HashSet<String> {
        let mut left: Vec<usize> = self.rejections.keys().copied().collect();
        left.sort_unstable();
        let makers: HashMap<String, usize> = left
            .iter()
            .filter_map(|&index| {
                let header = self.headers[index].as_ref()?;
                makes_relation(self.statements[index].statement.kind)
                    .then(|| (fold(&header.name), index))
            })
            .filter(|(name, _)| !self.exists(name))
            .collect();
        let created = self
            .quoted
            .iter()
            .filter(|(index, _)| !self.rejections.contains_key(index));
        let own = created.filter(|(_, rejection)| is_quoted(rejection.span, self.sources));
        diagnostics.extend(own.filter_map(|(_, rejection)| rejection.clone().into_warning()));
        for &index in &left {
            let rejection = &self.rejections[&index];
            match self.first_cause(index, &makers) {
                Cause::Own => {
                    diagnostics.push(rejection.clone().into_diagnostic(Code::SchemaRejected));
                }
                Cause::Circle(members) => {
                    // Each member finds the circle; the first one tells of it.
                    if members.iter().min() == Some(&index) {
                        diagnostics.push(self.circle(&members));
                    }
                }
                Cause::Another => {}
            }
        }
        let refused = self.refused.iter().cloned();
        makers.into_keys().chain(refused).collect()
    }

    /// The tables of which an index was rejected.
    pub(super) fn without_index(&self) -> impl Iterator<Item = String> {
        let rejected = self.rejections.keys().filter_map(|&index| {
            let is_index = self.statements[index].statement.kind == StatementKind::CreateIndex;
            self.headers[index].as_ref().filter(|_| is_index)
        });
        rejected.filter_map(|header| header.table.as_deref().map(fold))
    }

    /// Views that read each other, each at the place where it names the next one.
    fn circle(&self, members: &[usize]) -> Diagnostic {
        let name = |index: usize| {
            let header = self.headers[index].as_ref();
            header.map_or("it", |header| header.name.as_str())
        };
        let names: Vec<String> = members
            .iter()
            .map(|&index| format!("`{}`", name(index)))
            .collect();
        let message = match names.as_slice() {
            [one] => format!("{one} is defined by itself"),
            [others @ .., last] => {
                format!("{} and {last} are defined by each other", others.join(", "))
            }
            [] => "a view is defined by itself".to_owned(),
        };
        let next = members.iter().cycle().skip(1);
        let mut places = members.iter().zip(next).map(|(&index, &next)| {
            let text = format!("`{}` reads `{}`", name(index), name(next));
            (self.rejections[&index].span, text)
        });
        let mut diagnostic = Diagnostic::error(Code::SchemaRejected, message);
        if let Some((span, text)) = places.next() {
            diagnostic = diagnostic.at(span, text);
        }
        places.fold(diagnostic, |diagnostic, (span, text)| {
            diagnostic.and_at(span, text)
        })
    }

    fn exists(&self, name: &str) -> bool {
        probe::prepares(self.checker.connection(), &probe::use_of_view(name)).is_ok()
    }

    fn first_cause(&self, index: usize, makers: &HashMap<String, usize>) -> Cause {
        let mut seen = vec![index];
        let mut at = index;
        loop {
            let missing = self.rejections[&at].missing_table.as_ref();
            if missing.is_some_and(|table| self.refused.contains(&fold(table))) {
                return Cause::Another;
            }
            match missing.and_then(|table| makers.get(&fold(table))) {
                None if at == index => return Cause::Own,
                None => return Cause::Another,
                Some(&maker) if maker == index => return Cause::Circle(seen),
                Some(maker) if seen.contains(maker) => return Cause::Another,
                Some(&maker) => {
                    seen.push(maker);
                    at = maker;
                }
            }
        }
    }
}

/// Why a statement failed.
enum Cause {
    /// For a reason of its own.
    Own,
    /// Because of a statement that was rejected, too.
    Another,
    /// Because it needs itself, through these.
    Circle(Vec<usize>),
}

fn rank(kind: StatementKind) -> Option<u8> {
    match kind {
        StatementKind::CreateTable | StatementKind::CreateVirtualTable => Some(0),
        StatementKind::CreateView => Some(1),
        StatementKind::CreateIndex => Some(2),
        StatementKind::CreateTrigger => Some(3),
        _ => None,
    }
}

fn makes_relation(kind: StatementKind) -> bool {
    rank(kind).is_some_and(|rank| rank <= 1)
}

fn not_permanent(word: Span) -> Diagnostic {
    let message = "what this statement creates would be gone when the file is opened again";
    Diagnostic::error(Code::SchemaStatementKind, message)
        .at(word, "")
        .help("create it without this word")
}

/// What creates nothing, perhaps because a word of it is wrong.
fn foreign_kind(sources: &SourceMap, statement: &Statement, checker: &Checker) -> Diagnostic {
    if let Err(error) = checker.tries(statement.text(sources))
        && error.to_string().contains("syntax error")
    {
        let place = |offset| Some(statement.span.start + offset);
        let rejection = rejection::explain(&error, place, sources, statement, &[], checker);
        return rejection.into_diagnostic(Code::SchemaRejected);
    }
    let first = statement.tokens.iter().find(|token| token.is_significant());
    let span = first.map_or(statement.span, |token| statement.span_of(token));
    Diagnostic::error(
        Code::SchemaStatementKind,
        "found a statement that creates no table, view, index or trigger",
    )
    .at(span, "")
    .help("put first rows into `init/` and changes of older databases into `migration/`")
}
