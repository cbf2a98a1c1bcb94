//! Runs the statements of `init/` on a scratch copy of the schema, as the runtime does on a fresh database: in one
//! transaction, foreign keys unchecked until the end.
//!
//! `INSERT INTO task (id, title) VALUES (1, NULL);` → ``NOT NULL constraint failed: `task.title` ``, underlined at
//! `title`. Invariant: what would work at run time is never refused, and one broken seed is told without those that only
//! miss its rows. So once the rows are in doubt – a statement failed, or asked a stand-in for one of the application's
//! functions, whose NULL breaks constraints that the real answer would not – the others are told of only when SQLite
//! cannot even prepare them.

use rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{SourceMap, Span};
use crate::syntax::{Statement, StatementKind};

use super::scratch::{Failure, Scratch};
use super::violation::check_foreign_keys;
use super::{Catalog, CatalogError, SchemaStatement};

/// The schema that seeds run on, and where their text is.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) sources: &'a SourceMap,
    pub(super) schema: &'a [SchemaStatement],
}

impl Ground<'_> {
    /// The first word of `statement` that names a table or view, or all of it.
    pub(super) fn target(&self, statement: &Statement) -> Span {
        let text = &self.sources.file(statement.file()).text;
        let names_relation = |name: &str| self.catalog.relation(name).is_some();
        let token = statement
            .significant()
            .find(|token| token.name(text).is_some_and(|name| names_relation(&name)));
        token.map_or(statement.span, |token| statement.span_of(token))
    }
}

/// How much a failure proves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// All rows are there.
    Sure,
    /// Rows of a failed INSERT are missing.
    Fewer,
    /// Anything may be in the tables.
    Unknown,
}

/// Reports every statement of `seeds` that SQLite rejects; `schema` are the statements which `catalog` was built from,
/// all of them accepted.
///
/// # Errors
///
/// When SQLite itself fails.
pub fn check_seeds(
    catalog: &Catalog,
    sources: &SourceMap,
    schema: &[SchemaStatement],
    seeds: &[Statement],
    diagnostics: &mut Diagnostics,
) -> Result<(), CatalogError> {
    let ground = Ground {
        catalog,
        sources,
        schema,
    };
    let scratch = Scratch::make(ground)?;
    let mut rows = Rows::Sure;
    for (place, seed) in seeds.iter().enumerate() {
        if reaches_outside(seed, sources) {
            // It would open a file, which is not for the compiler to do; what follows may use its tables.
            return Ok(());
        }
        let before = (!seed.kind.is_about_rows()).then(|| scratch.objects());
        let failure = scratch.run(seed, sources).err();
        if scratch.was_asked() {
            rows = Rows::Unknown;
        }
        if let Some(failure) = failure {
            if proves(&failure, seed, sources, rows) {
                diagnostics.extend(explain(ground, &failure, seed));
            }
            rows = match seed.kind {
                StatementKind::Insert if rows != Rows::Unknown => Rows::Fewer,
                StatementKind::Select if rows != Rows::Unknown => rows,
                _ => Rows::Unknown,
            };
            if scratch.is_over() {
                prepare_rest(ground, seeds, place, diagnostics);
            }
            if scratch.is_over() || !seed.kind.is_about_rows() {
                return Ok(());
            }
        } else if scratch.is_over() {
            diagnostics.push(ends_transaction(seed));
            return Ok(());
        } else if before.is_some_and(|before| before != scratch.objects()) {
            diagnostics.push(changes_schema(seed));
            rows = Rows::Unknown;
        }
    }
    if rows == Rows::Sure {
        check_foreign_keys(ground, &scratch, seeds, diagnostics)?;
    }
    Ok(())
}

/// Prepares the seeds behind `last`, which ended the transaction and with it the scratch database, where the schema stands.
fn prepare_rest(
    ground: Ground<'_>,
    seeds: &[Statement],
    last: usize,
    diagnostics: &mut Diagnostics,
) {
    let are_rows = |seed: &&Statement| seed.kind.is_about_rows();
    // Others may have made what the seeds behind them need.
    if !seeds[..=last].iter().all(|seed| are_rows(&seed)) {
        return;
    }
    for seed in seeds[last + 1..].iter().take_while(are_rows) {
        let text = seed.text(ground.sources);
        let failure = match (seed.parameters.first(), ground.catalog.prepare(text)) {
            (Some(parameter), _) => Failure::Parameter(parameter.span),
            (None, Err(error)) => Failure::Prepare(error),
            (None, Ok(_)) => continue,
        };
        diagnostics.extend(explain(ground, &failure, seed));
    }
}

/// Whether the failure is the statement's own fault.
fn proves(failure: &Failure, seed: &Statement, sources: &SourceMap, rows: Rows) -> bool {
    let Failure::Run(error) = failure else {
        return true;
    };
    match rows {
        Rows::Sure => true,
        // Rows that are written out conflict with each other, whatever else is missing.
        Rows::Fewer => {
            let text = &sources.file(seed.file()).text;
            let by_trigger = error
                .sqlite_error()
                .is_some_and(|error| error.extended_code == SQLITE_CONSTRAINT_TRIGGER);
            seed.kind == StatementKind::Insert
                && !by_trigger
                && !seed
                    .significant()
                    .any(|token| token.is_word(text, "SELECT"))
        }
        Rows::Unknown => false,
    }
}

fn explain(ground: Ground<'_>, failure: &Failure, seed: &Statement) -> Option<Diagnostic> {
    let error = match failure {
        Failure::Parameter(span) => {
            let message = "a seed takes no parameters";
            return Some(Diagnostic::error(Code::InitRejected, message).at(*span, ""));
        }
        Failure::Prepare(error) | Failure::Run(error) => error,
    };
    let mut rejection = ground.catalog.explain(error, ground.sources, seed)?;
    if rejection.span == seed.span {
        rejection.span = ground.target(seed);
    }
    Some(rejection.into_diagnostic(Code::InitRejected))
}

fn reaches_outside(seed: &Statement, sources: &SourceMap) -> bool {
    let text = &sources.file(seed.file()).text;
    let first = seed.significant().next();
    first.is_some_and(|token| token.is_word(text, "ATTACH"))
}

fn ends_transaction(seed: &Statement) -> Diagnostic {
    let message = "this statement ends the transaction in which a fresh database is made";
    Diagnostic::error(Code::InitStatementKind, message)
        .at(first_word(seed), "")
        .help("leave BEGIN, COMMIT and ROLLBACK out of `init/`")
}

fn changes_schema(seed: &Statement) -> Diagnostic {
    let message = "this statement changes the schema, which queries are not checked against";
    Diagnostic::error(Code::InitStatementKind, message)
        .at(first_word(seed), "")
        .help("say in `schema/` what fresh databases look like, in `migration/` how older ones become so")
}

fn first_word(seed: &Statement) -> Span {
    let first = seed.significant().next();
    first.map_or(seed.span, |token| seed.span_of(token))
}
