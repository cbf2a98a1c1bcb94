//! The messages of SQLite and what is made of each: words, a place, advice. Most come from `sqlite3ErrorMsg` in its source.
//!
//! `{}` in a pattern takes a part of the message; `{0}` puts the first part into ours and `{0:value}` counts it, as in
//! "1 value". The first pattern that fits counts. A place is only looked for when SQLite tells no offset.

use super::place::Place::{
    self, Again, Behind, Between, Clause, Compound, Conflict, Definition, Listed, Name, Parameter,
    Row, RowValue, Second, Subselect, Table, Term, Whole, Word,
};
use super::words::Subject::{
    self, Arguments, Collation, Column, Function, Other, Relation, Syntax,
};

/// What is made of a message.
pub(super) struct Rule {
    pub(super) pattern: &'static str,
    pub(super) message: &'static str,
    pub(super) subject: Subject,
    pub(super) place: Place,
    pub(super) help: &'static str,
}

const fn rule(
    pattern: &'static str,
    message: &'static str,
    subject: Subject,
    place: Place,
    help: &'static str,
) -> Rule {
    Rule {
        pattern,
        message,
        subject,
        place,
        help,
    }
}

/// All rules; what none of them fits keeps SQLite's words.
#[rustfmt::skip]
pub(super) const RULES: &[Rule] = &[
    rule("near \"{}\": syntax error", "syntax error near `{0}`", Syntax, Name(0), ""),
    rule("unrecognized token: \"{}\"", "unrecognized token `{0}`", Syntax, Name(0), ""),

    // Names that are not there.
    rule("no such table: {}", "no such table `{0}`", Relation, Table(0), ""),
    rule("no such column: \"{}\" - should this be a string literal in single-quotes?", "no such column `{0}`", Column, Name(0),
        "a text stands in single quotes: `'{0}'`"),
    rule("no such column: {}", "no such column `{0}`", Column, Listed(0), ""),
    rule("table {} has no column named {}", "table `{0}` has no column `{1}`", Column, Listed(1), ""),
    rule("no such function: {}", "no such function `{0}`", Function, Name(0), ""),
    rule("unknown function: {}()", "no such function `{0}`", Function, Name(0), ""),
    rule("no such collation sequence: {}", "no such collation sequence `{0}`", Collation, Name(0), ""),
    rule("no such index: {}", "no such index `{0}`", Other, Name(0), ""),
    rule("no such window: {}", "no such window `{0}`", Other, Name(0), "define it behind FROM and WHERE: `WINDOW {0} AS (…)`"),
    rule("no such module: {}", "no such module `{0}`", Other, Name(0), ""),
    rule("no such tokenizer: {}", "no such tokenizer `{0}`", Other, Name(0), "FTS5 has `unicode61`, `ascii`, `porter` and `trigram`"),
    rule("unknown database {}", "no such database `{0}`", Other, Name(0), "leave it out: there is only `main`"),
    rule("unknown column \"{}\" in foreign key definition", "no such column `{0}`", Other, Listed(0),
        "name columns of this table in front of REFERENCES"),
    rule("ambiguous column name: {}", "ambiguous column name `{0}`", Other, Name(0), "write the table or its alias in front of it"),
    rule("ambiguous reference to {} in USING()", "ambiguous column name `{0}` in USING", Other, Between("USING", 0), "join with ON instead"),
    rule("cannot join using column {} - column not present in both tables", "column `{0}` is not in both tables", Other,
        Between("USING", 0), "join with ON, which may compare columns of different names"),

    // Names that are there twice.
    rule("duplicate column name: {}", "duplicate column name `{0}`", Other, Definition(0), ""),
    rule("duplicate WITH table name: {}", "`{0}` is defined twice", Other, Second(0), ""),
    rule("circular reference: {}", "`{0}` is defined by itself", Other, Name(0), ""),
    rule("view {} is circularly defined", "`{0}` is defined by itself", Other, Again(0), ""),
    rule("multiple references to recursive table: {}", "`{0}` is read twice in its own definition", Other, Again(0), "read it once"),
    rule("table {} already exists", "table `{0}` already exists", Other, Name(0), ""),
    rule("view {} already exists", "view `{0}` already exists", Other, Name(0), ""),
    rule("index {} already exists", "index `{0}` already exists", Other, Name(0), ""),
    rule("trigger {} already exists", "trigger `{0}` already exists", Other, Name(0), ""),
    rule("there is already a table named {}", "a table `{0}` already exists", Other, Name(0), ""),
    rule("table \"{}\" has more than one primary key", "table `{0}` has two primary keys", Other, Word(&["PRIMARY", "KEY"], true),
        "put all columns of the key into one `PRIMARY KEY (…)`"),
    rule("object name reserved for internal use: {}", "name `{0}` is reserved for SQLite", Other, Name(0),
        "choose one that does not start with `sqlite_`"),

    // Numbers that differ.
    rule("table {} has {} columns but {} values were supplied", "found {2:value} for the {1:column} of `{0}`", Other, Row(Some(1)), ""),
    rule("table {} has {} values for {} columns", "the query of `{0}` gives {1:column}, expected {2} as named", Other, Name(0), ""),
    rule("{} values for {} columns", "found {0:value} for {1:column}", Other, Row(Some(1)), ""),
    rule("all VALUES must have the same number of terms", "this row has another number of values than the first one", Other, Row(None), ""),
    rule("SELECTs to the left and right of {} do not have the same number of result columns",
        "the queries on both sides of `{0}` have different numbers of columns", Other, Compound(0), ""),
    rule("sub-select returns {} columns - expected {}", "found a subquery of {0:column}, expected {1:column}", Other, Subselect(0), ""),
    rule("IN(...) element has {} - expected {}", "found an element of {0} in IN, expected {1}", Other, Word(&["IN"], false), ""),
    rule("{} columns assigned {} values", "found {1:value} for {0:column}", Other, Word(&["SET"], false), ""),
    rule("expected {} columns for '{}' but got {}", "the query of view `{1}` gives {2:column}, expected {0} as named", Other, Name(1), ""),
    rule("wrong number of arguments to function {}()", "wrong number of arguments to function `{0}`", Arguments, Name(0), ""),
    rule("too many arguments on {}() - max {}", "too many arguments for `{0}`, which takes {1} at most", Other, Name(0), ""),
    rule("{} {} BY term out of range - should be between 1 and {}",
        "the {0} term of {1} BY is a number, expected one from 1 to {2} as it means a column of the result", Other, Term(0, Some(1)), ""),
    rule("{} ORDER BY term does not match any column in the result set",
        "the {0} term of ORDER BY is no column of the result", Other, Term(0, None), "select it, or order a query around this one"),

    // Aggregates and windows.
    rule("misuse of aggregate function {}()", "aggregate `{0}` has no place here", Other, Name(0), "compare aggregates in HAVING, or in a query around this one"),
    rule("misuse of aggregate: {}()", "aggregate `{0}` has no place here", Other, Name(0), "compare aggregates in HAVING, or in a query around this one"),
    rule("misuse of aliased aggregate {}", "`{0}` is an aggregate, which has no place here", Other, Again(0), "compare aggregates in HAVING"),
    rule("misuse of window function {}()", "window function `{0}` has no place here", Other, Name(0),
        "write `{0}() OVER (…)` in the select list or in ORDER BY, and filter in a query around it"),
    rule("misuse of aliased window function {}", "`{0}` is a window function, which has no place here", Other, Again(0),
        "filter in a query around this one"),
    rule("{}() may not be used as a window function", "`{0}` is no window function", Other, Name(0), "leave OVER out"),
    rule("FILTER may not be used with non-aggregate {}()", "FILTER stands at `{0}`, which is no aggregate", Other, Name(0), "leave FILTER out"),
    rule("ORDER BY may not be used with non-aggregate {}()", "ORDER BY stands in `{0}`, which is no aggregate", Other, Name(0), "leave ORDER BY out"),
    rule("FILTER clause may only be used with aggregate window functions", "FILTER stands at a function that is no aggregate", Other,
        Word(&["FILTER"], false), "leave FILTER out"),
    rule("DISTINCT is not supported for window functions", "DISTINCT stands in a window function", Other, Behind("(", "DISTINCT"), "leave DISTINCT out"),
    rule("aggregate functions are not allowed in the GROUP BY clause", "an aggregate stands in GROUP BY", Other, Word(&["GROUP", "BY"], false),
        "group by the columns that it summarises"),
    rule("HAVING clause on a non-aggregate query", "HAVING stands in a query without aggregates", Other, Word(&["HAVING"], false),
        "write WHERE, or add a GROUP BY"),
    rule("recursive aggregate queries not supported", "a recursive query has an aggregate in its second half", Other, Word(&["UNION"], false),
        "aggregate in the query around it"),
    rule("cannot use window functions in recursive queries", "a recursive query has a window function in its second half", Other,
        Word(&["OVER"], false), "use it in the query around it"),
    rule("RANGE with offset PRECEDING/FOLLOWING requires one ORDER BY expression", "RANGE with a number stands in a window without one ORDER BY term",
        Other, Word(&["RANGE"], false), "order the window by one number"),
    rule("cannot override {} of window: {}", "window `{1}` has {0} already", Other, Name(1), ""),

    // Clauses in the wrong place.
    rule("{} clause should come after {} not before", "{0} stands in front of {1}, expected it behind the last query", Other, Clause(0),
        "put the query with its {0} in a subquery if it is meant for this half alone"),
    rule("a NATURAL join may not have an ON or USING clause", "a NATURAL join has an ON or USING clause", Other, Word(&["NATURAL"], false),
        "remove one of them"),
    rule("ON clause references tables to its right", "ON refers to a table that is joined later", Other, Word(&["ON"], false), "join that table first"),
    rule("unknown join type: {}", "unknown join type `{0}`", Other, Whole, "write LEFT, RIGHT or FULL JOIN"),
    rule("'{}' is not a function", "`{0}` is a table, not a function", Other, Name(0), "leave the parentheses out"),
    rule("no tables specified", "`*` stands in a query without FROM", Other, Behind("SELECT", "*"), ""),
    rule("row value misused", "several values stand where one is expected", Other, RowValue, ""),
    rule("RAISE() may only be used within a trigger-program", "RAISE stands outside of a trigger", Other, Word(&["RAISE"], false), ""),
    rule("target object/alias may not appear in FROM clause: {}", "`{0}` is changed and read by one name", Other, Again(0),
        "give it an alias in FROM"),
    rule("the {} clause is not allowed on UPDATE or DELETE statements within triggers", "{0} stands in a trigger", Other,
        Word(&["INDEXED"], false), "leave it out"),

    // What cannot be written.
    rule("cannot store {} value in {} column {}", "cannot store {0} value in {1} column `{2}`", Other, Listed(2), ""),
    rule("cannot modify {} because it is a view", "`{0}` is a view, expected a table", Other, Table(0),
        "write the tables that it shows, or add an INSTEAD OF trigger"),
    rule("cannot UPSERT a view", "ON CONFLICT stands at a view", Other, Word(&["ON", "CONFLICT"], false), "leave it to the INSTEAD OF trigger"),
    rule("UPSERT not implemented for virtual table \"{}\"", "ON CONFLICT stands at virtual table `{0}`", Other, Word(&["ON", "CONFLICT"], false), ""),
    rule("table {} may not be modified", "table `{0}` cannot be changed", Other, Table(0), ""),
    rule("cannot INSERT into generated column \"{}\"", "column `{0}` is generated", Other, Listed(0), "leave it out: SQLite computes it"),
    rule("cannot UPDATE generated column \"{}\"", "column `{0}` is generated", Other, Listed(0), "leave it out: SQLite computes it"),
    rule("{}ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint", "the {0}conflict target is no unique key", Other, Conflict(0), ""),
    rule("RETURNING may not use \"TABLE.*\" wildcards", "RETURNING has a `*` of one table", Other, Behind("RETURNING", ""), "write `*` alone"),
    rule("{} RETURNING is not available on virtual tables", "RETURNING stands at a virtual table", Other, Word(&["RETURNING"], false), ""),

    // Tables.
    rule("AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY", "AUTOINCREMENT stands at a column that is no INTEGER PRIMARY KEY", Other,
        Word(&["AUTOINCREMENT"], false), "write `INTEGER PRIMARY KEY AUTOINCREMENT`"),
    rule("AUTOINCREMENT not allowed on WITHOUT ROWID tables", "AUTOINCREMENT stands in a table WITHOUT ROWID", Other,
        Word(&["AUTOINCREMENT"], false), ""),
    rule("PRIMARY KEY missing on table {}", "table `{0}` is WITHOUT ROWID and has no primary key", Other, Word(&["WITHOUT", "ROWID"], false), "add a PRIMARY KEY"),
    rule("unknown table option: {}", "unknown table option `{0}`", Other, Name(0), "SQLite has WITHOUT ROWID and STRICT"),
    rule("unknown datatype for {}.{}: \"{}\"", "unknown type `{2}` of column `{1}` in a STRICT table", Other, Definition(1),
        "use one of INT, INTEGER, REAL, TEXT, BLOB and ANY"),
    rule("missing datatype for {}.{}", "column `{1}` of a STRICT table has no type", Other, Definition(1),
        "use one of INT, INTEGER, REAL, TEXT, BLOB and ANY"),
    rule("default value of column [{}] is not constant", "the default of column `{0}` is not constant", Other, Definition(0), ""),
    rule("must have at least one non-generated column", "all columns are generated", Other, Word(&["AS"], false), "add one that is stored"),
    rule("generated columns cannot be part of the PRIMARY KEY", "a generated column is part of the primary key", Other, Word(&["PRIMARY", "KEY"], false), ""),
    rule("cannot use DEFAULT on a generated column", "a generated column has a default", Other, Word(&["DEFAULT"], false), "remove one of them"),
    rule("error in generated column \"{}\"", "column `{0}` ends in a word that is no storage", Other, Definition(0), "write STORED, VIRTUAL or nothing behind the parentheses"),
    rule("generated column loop on \"{}\"", "generated column `{0}` is computed from itself", Other, Definition(0), ""),
    rule("foreign key on {} should reference only one column of table {}", "the foreign key of column `{0}` refers to several columns of `{1}`", Other,
        Behind("REFERENCES", ""), "write it as `FOREIGN KEY (…) REFERENCES {1} (…)`"),
    rule("number of columns in foreign key does not match the number of columns in the referenced table",
        "the two lists of a foreign key have different lengths", Other, Word(&["FOREIGN", "KEY"], false), ""),
    rule("expressions prohibited in PRIMARY KEY and UNIQUE constraints", "an expression stands in a key", Other, Whole,
        "write a CREATE UNIQUE INDEX: an index may have expressions"),
    rule("conflicting ON CONFLICT clauses specified", "one key has two ON CONFLICT clauses that differ", Other, Word(&["ON", "CONFLICT"], true), ""),

    // Views, indexes, triggers, virtual tables.
    rule("parameters are not allowed in views", "a parameter stands in a view", Other, Parameter, "write the value itself, or put the parameter into the query that reads the view"),
    rule("{} cannot use variables", "a parameter stands in a {0}", Other, Parameter, "write the value itself"),
    rule("parameters prohibited in {}", "parameters have no place in {0}", Other, Parameter, "write the value itself"),
    rule("subqueries prohibited in {}", "subqueries have no place in {0}", Other, Behind("(", "SELECT"), ""),
    rule("views may not be indexed", "a view cannot be indexed", Other, Behind("ON", ""), "index the tables that it shows"),
    rule("virtual tables may not be indexed", "a virtual table cannot be indexed", Other, Behind("ON", ""), ""),
    rule("table {} may not be indexed", "table `{0}` cannot be indexed", Other, Behind("ON", ""), ""),
    rule("unsupported use of NULLS {}", "NULLS {0} stands in an index", Other, Word(&["NULLS"], false), "leave it out"),
    rule("cannot create INSTEAD OF trigger on table: {}", "INSTEAD OF stands at table `{0}`, expected a view", Other, Word(&["INSTEAD", "OF"], false), "write BEFORE or AFTER"),
    rule("cannot create {} trigger on view: {}", "{0} stands at view `{1}`, expected a table", Other, Behind("ON", ""), "write INSTEAD OF"),
    rule("cannot create triggers on virtual tables", "a virtual table cannot have triggers", Other, Behind("ON", ""), ""),
    rule("cannot create trigger on system table", "a table of SQLite's own cannot have triggers", Other, Behind("ON", ""), ""),
    rule("qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within triggers", "a table of a trigger's statement has a database in front of it",
        Other, Whole, "leave it out"),
    rule("cannot use RETURNING in a trigger", "RETURNING stands in a trigger", Other, Word(&["RETURNING"], false), "leave it out"),
    rule("reserved fts5 column name: {}", "name `{0}` is reserved for FTS5", Other, Name(0), ""),
    rule("vtable constructor failed: {}", "virtual table `{0}` cannot be made of these arguments", Other, Behind("USING", ""), ""),
];
