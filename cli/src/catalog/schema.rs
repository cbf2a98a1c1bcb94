//! The schema as the rest of the compiler sees it: every table and view, and the SQLite that has them.

use std::collections::{HashMap, HashSet};

use crate::annotation::Annotations;
use crate::diagnostic::Diagnostics;
use crate::source::{Declarations, DeclaredFunction, SourceMap};
use crate::syntax::{ListForm, Statement};

use super::build::Builder;
use super::prepare::{Checker, PlanStep, Prepared};
use super::references::{self, Parents};
use super::{CatalogError, Header, Index, Rejection, Relation, Trigger, describe, rejection};

/// A statement of `schema/` and what its comments say.
#[derive(Debug, Clone)]
pub struct SchemaStatement {
    /// The statement.
    pub statement: Statement,
    /// Its annotations.
    pub annotations: Annotations,
}

/// Every table and view of a schema, and a SQLite that has them.
#[derive(Debug)]
pub struct Catalog {
    pub(super) checker: Checker,
    relations: Vec<Relation>,
    by_name: HashMap<String, usize>,
    failed: HashSet<String>,
    keys_hold: bool,
    order: Vec<usize>,
    views: HashMap<String, (Statement, Header)>,
    /// Shadow tables with the virtual table that each belongs to.
    shadows: HashMap<String, usize>,
    sequence: Option<Relation>,
    triggers: HashMap<String, Trigger>,
    /// Places of unique indexes: relation and index.
    unique_indexes: HashMap<String, (usize, usize)>,
}

impl Catalog {
    /// Runs `statements` on an empty database, which has stand-ins for what is declared, and describes what came out.
    ///
    /// # Errors
    ///
    /// When SQLite itself fails; what is wrong with the statements goes to `diagnostics`.
    pub fn build(
        sources: &SourceMap,
        declarations: &Declarations,
        statements: &[SchemaStatement],
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, CatalogError> {
        let mut checker = Checker::open(declarations)?;
        let mut builder = Builder::new(sources, statements, &checker, diagnostics);
        builder.run();
        let failed = builder.reject(diagnostics);
        let doubtful = failed
            .iter()
            .cloned()
            .chain(builder.without_index())
            .collect();
        let order = builder.order;
        let headers = builder.headers;
        let relations = describe::relations(checker.connection(), sources, statements, &headers)?;
        let by_name: HashMap<String, usize> = (0..)
            .zip(&relations)
            .map(|(index, relation)| (fold(&relation.name), index))
            .collect();
        let parents = Parents {
            relations: &relations,
            by_name: &by_name,
            doubtful: &doubtful,
        };
        let keys_hold = references::check(
            checker.connection(),
            sources,
            statements,
            &parents,
            diagnostics,
        );
        let triggers = describe::triggers(sources, statements, &headers);
        let shadows = describe::shadows(checker.connection(), &relations)?;
        let sequence = describe::sequence(checker.connection())?;
        checker.listen(keys_hold)?;
        let views = order.iter().filter_map(|&index| {
            let statement = &statements[index].statement;
            let header = headers[index]
                .clone()
                .filter(|header| header.body.is_some())?;
            Some((fold(&header.name), (statement.clone(), header)))
        });
        Ok(Self {
            unique_indexes: unique_indexes(&relations),
            by_name,
            shadows: shadows
                .into_iter()
                .map(|(name, owner)| (fold(&name), owner))
                .collect(),
            sequence,
            triggers: triggers
                .into_iter()
                .map(|trigger| (fold(&trigger.name), trigger))
                .collect(),
            views: views.collect(),
            checker,
            relations,
            failed,
            keys_hold,
            order,
        })
    }

    /// All tables and views, by name.
    #[must_use]
    pub fn relations(&self) -> &[Relation] {
        &self.relations
    }

    /// The table or view `name`, letter case not counted.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.by_name
            .get(&fold(name))
            .map(|&index| &self.relations[index])
    }

    /// The virtual table whose rows the shadow table `name` keeps, letter case not counted.
    #[must_use]
    pub fn shadowed(&self, name: &str) -> Option<&Relation> {
        let &owner = self.shadows.get(&fold(name))?;
        self.relations.get(owner)
    }

    /// `sqlite_sequence`, when a table is AUTOINCREMENT.
    #[must_use]
    pub fn sequence(&self) -> Option<&Relation> {
        self.sequence.as_ref()
    }

    /// The trigger `name`, letter case not counted.
    #[must_use]
    pub fn trigger(&self, name: &str) -> Option<&Trigger> {
        self.triggers.get(&fold(name))
    }

    /// The unique index `name`, letter case not counted.
    #[must_use]
    pub fn unique_index(&self, name: &str) -> Option<&Index> {
        let &(relation, index) = self.unique_indexes.get(&fold(name))?;
        self.relations[relation].indexes.get(index)
    }

    /// The statement that creates the view `name`, and its head.
    #[must_use]
    pub fn view(&self, name: &str) -> Option<(&Statement, &Header)> {
        self.views
            .get(&fold(name))
            .map(|(statement, header)| (statement, header))
    }

    /// The statements that were accepted, as indices into those handed in, in an order in which they work.
    #[must_use]
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Whether every foreign key refers to something that can be referred to; if not, none is enforced.
    pub(super) fn keys_hold(&self) -> bool {
        self.keys_hold
    }

    /// Whether the relation `name` should exist, but its CREATE statement was rejected.
    #[must_use]
    pub fn is_failed(&self, name: &str) -> bool {
        self.failed.contains(&fold(name))
    }

    /// The functions and collations that the application registers.
    #[must_use]
    pub fn declarations(&self) -> &Declarations {
        &self.checker.names().declarations
    }

    /// The declared function that a call of `name` with so many arguments means; none when it means one of SQLite's.
    #[must_use]
    pub fn function(&self, name: &str, arguments: usize) -> Option<&DeclaredFunction> {
        self.declarations().called(name, arguments)
    }

    pub(super) fn connection_mut(&mut self) -> &mut rusqlite::Connection {
        self.checker.connection_mut()
    }

    /// Lets SQLite prepare `sql`.
    ///
    /// # Errors
    ///
    /// What SQLite says against it.
    pub fn prepare(&self, sql: &str) -> rusqlite::Result<Prepared> {
        self.checker.prepare(sql)
    }

    /// Asks SQLite how it would run `sql`.
    ///
    /// # Errors
    ///
    /// What SQLite says against it.
    pub fn plan(&self, sql: &str) -> rusqlite::Result<Vec<PlanStep>> {
        self.checker.plan(sql)
    }

    /// Explains why SQLite refused `statement`, lists read as mixed; none when it only misses a relation that was rejected
    /// before, or any relation of a schema that has none.
    #[must_use]
    pub fn explain(
        &self,
        error: &rusqlite::Error,
        sources: &SourceMap,
        statement: &Statement,
    ) -> Option<Rejection> {
        let place = |offset| Some(statement.source_byte(offset, |_| ListForm::Mixed));
        let relations = &self.relations;
        let checker = &self.checker;
        let rejection = rejection::explain(error, place, sources, statement, relations, checker);
        let derived = rejection
            .missing_table
            .as_ref()
            .is_some_and(|table| self.is_failed(table) || self.relations.is_empty());
        (!derived).then_some(rejection)
    }
}

/// Names are equal when they are so in lower case.
pub(super) fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn unique_indexes(relations: &[Relation]) -> HashMap<String, (usize, usize)> {
    let mut places = HashMap::new();
    for (at, relation) in relations.iter().enumerate() {
        for (place, index) in relation
            .indexes
            .iter()
            .enumerate()
            .filter(|(_, index)| index.unique)
        {
            places.insert(fold(&index.name), (at, place));
        }
    }
    places
}
