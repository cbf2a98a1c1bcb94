//! Facts of the other parser's tree.

mod expr;

use sqlite3_parser::ast::{
    As, Cmd, Distinctness, Expr, FromClause, FunctionTail, InsertBody, JoinConstraint, OneSelect,
    Over, ResultColumn, Select, SelectTable, Set, SortedColumn, Stmt, Upsert, UpsertDo, Window,
    With,
};
use sqlite3_parser::{Bump, FallibleIterator as _, lexer::sql::Parser};

use super::Facts;
use crate::syntax::unquote;

/// The facts of `sql`; none when it is not taken, or is no single statement about rows.
pub(super) fn facts(sql: &str) -> Option<Vec<String>> {
    let bump = Bump::new();
    let mut parser = Parser::new(&bump, sql.as_bytes());
    let Some(Cmd::Stmt(statement)) = parser.next().ok()? else {
        return None;
    };
    let mut facts = Theirs::default();
    match &statement {
        Stmt::Select(select) => facts.query(select),
        Stmt::Insert {
            with,
            tbl_name,
            columns,
            body,
            returning,
            ..
        } => {
            facts.with(with.as_ref());
            facts.note("insert", &unquote(tbl_name.name.0));
            for column in columns.iter().flat_map(|columns| columns.iter()) {
                facts.note("into", &unquote(column.0));
            }
            if let InsertBody::Select(select, upsert) = body {
                facts.query(select);
                facts.upsert(*upsert);
            }
            facts.columns(returning.unwrap_or_default());
        }
        Stmt::Update {
            with,
            tbl_name,
            sets,
            from,
            where_clause,
            returning,
            ..
        } => {
            facts.with(with.as_ref());
            facts.note("update", &unquote(tbl_name.name.0));
            facts.sets(sets);
            facts.from(from.as_ref());
            facts.clause("where", where_clause.as_ref());
            facts.columns(returning.unwrap_or_default());
        }
        Stmt::Delete {
            with,
            tbl_name,
            where_clause,
            returning,
            ..
        } => {
            facts.with(with.as_ref());
            facts.note("delete", &unquote(tbl_name.name.0));
            facts.clause("where", where_clause.as_ref());
            facts.columns(returning.unwrap_or_default());
        }
        _ => return None,
    }
    Some(facts.0.sorted())
}

/// The walk.
#[derive(Default)]
struct Theirs(Facts);

impl Theirs {
    fn note(&mut self, kind: &str, what: &str) {
        self.0.note(kind, what);
    }

    fn with(&mut self, with: Option<&With<'_>>) {
        for cte in with.iter().flat_map(|with| with.ctes) {
            self.note("with", &unquote(cte.tbl_name.0));
            self.query(cte.select);
        }
    }

    fn query(&mut self, select: &Select<'_>) {
        self.with(select.with.as_ref());
        self.select(&select.body.select);
        for compound in select.body.compounds.iter().flatten() {
            self.note("arm", "");
            self.select(&compound.select);
        }
        self.order(select.order_by.unwrap_or_default());
        if let Some(limit) = select.limit {
            // `LIMIT a, b` is stored the wrong way round.
            self.clause("bound", Some(&limit.expr));
            self.clause("bound", limit.offset.as_ref());
        }
    }

    fn select(&mut self, select: &OneSelect<'_>) {
        match select {
            OneSelect::Select {
                distinctness,
                columns,
                from,
                where_clause,
                group_by,
                having,
                window_clause,
            } => {
                let distinct = matches!(distinctness, Some(Distinctness::Distinct));
                self.note("select", if distinct { "distinct" } else { "" });
                self.columns(columns);
                self.from(from.as_ref());
                self.clause("where", *where_clause);
                for group in group_by.unwrap_or_default() {
                    self.clause("group", Some(group));
                }
                self.clause("having", *having);
                for window in window_clause.unwrap_or_default() {
                    self.note("window", &unquote(window.name.0));
                    self.window(&window.window);
                }
            }
            OneSelect::Values(rows) => {
                for row in rows {
                    let row: Vec<_> = row.iter().map(|expr| self.expr(expr)).collect();
                    self.note("row", &row.join(" "));
                }
            }
        }
    }

    fn columns(&mut self, columns: &[ResultColumn<'_>]) {
        for column in columns {
            let what = match column {
                ResultColumn::Expr(expr, alias) => {
                    let expr = self.expr(expr);
                    format!("{expr}{}", shown(alias.as_ref()))
                }
                ResultColumn::Star => "*".to_owned(),
                ResultColumn::TableStar(table) => format!("{}.*", unquote(table.0)),
            };
            self.note("column", &what);
        }
    }

    fn from(&mut self, from: Option<&FromClause<'_>>) {
        let Some(from) = from else { return };
        if let Some(table) = from.select {
            self.table(table);
        }
        for join in from.joins.iter().flatten() {
            self.table(&join.table);
            match &join.constraint {
                Some(JoinConstraint::On(condition)) => self.clause("on", Some(condition)),
                Some(JoinConstraint::Using(names)) => {
                    for name in names.iter() {
                        self.note("using", &unquote(name.0));
                    }
                }
                None => {}
            }
        }
    }

    fn table(&mut self, table: &SelectTable<'_>) {
        match table {
            // `(person) AS p` is `person AS p`.
            SelectTable::Table(name, alias, _)
            | SelectTable::Sub(
                FromClause {
                    select: Some(SelectTable::Table(name, _, _)),
                    joins: None,
                    ..
                },
                alias @ Some(_),
            ) => {
                let what = format!("{}{}", unquote(name.name.0), shown(alias.as_ref()));
                self.note("table", &what);
            }
            SelectTable::TableCall(name, args, alias) => {
                let args: Vec<_> = args.unwrap_or_default().iter().collect();
                let args: Vec<_> = args.into_iter().map(|arg| self.expr(arg)).collect();
                let alias = shown(alias.as_ref());
                let what = format!("{}({}){alias}", unquote(name.name.0), args.join(" "));
                self.note("table", &what);
            }
            SelectTable::Select(select, alias) => {
                self.query(select);
                self.note("subquery", &shown(alias.as_ref()));
            }
            SelectTable::Sub(from, alias) => {
                self.from(Some(from));
                if let Some(alias) = alias {
                    self.note("nested", &shown(Some(alias)));
                }
            }
        }
    }

    fn sets(&mut self, sets: &[Set<'_>]) {
        for set in sets {
            let names: Vec<_> = set.col_names.iter().map(|name| unquote(name.0)).collect();
            let value = self.expr(&set.expr);
            self.note("set", &format!("{} = {value}", names.join(" ")));
        }
    }

    fn upsert(&mut self, upsert: Option<&Upsert<'_>>) {
        let Some(upsert) = upsert else { return };
        if let UpsertDo::Set { sets, where_clause } = &upsert.do_clause {
            self.sets(sets);
            self.clause("where", where_clause.as_ref());
        }
        self.upsert(upsert.next);
    }

    fn order(&mut self, terms: &[SortedColumn<'_>]) {
        for term in terms {
            self.clause("order", Some(&term.expr));
        }
    }

    fn window(&mut self, window: &Window<'_>) {
        for expr in window.partition_by.unwrap_or_default() {
            self.clause("partition", Some(expr));
        }
        self.order(window.order_by.unwrap_or_default());
    }

    fn tail(&mut self, tail: Option<&FunctionTail<'_>>) {
        let Some(tail) = tail else { return };
        self.clause("filter", tail.filter_clause);
        match tail.over_clause {
            Some(Over::Window(window)) => self.window(window),
            Some(Over::Name(name)) => self.note("over", &unquote(name.0)),
            None => {}
        }
    }

    fn clause(&mut self, kind: &str, expr: Option<&Expr<'_>>) {
        if let Some(expr) = expr {
            let expr = self.expr(expr);
            self.note(kind, &expr);
        }
    }

    fn list(&mut self, exprs: &[Expr<'_>]) -> String {
        let exprs: Vec<_> = exprs.iter().map(|expr| self.expr(expr)).collect();
        exprs.join(" ")
    }
}

fn shown(alias: Option<&As<'_>>) -> String {
    match alias {
        Some(As::As(name) | As::Elided(name)) => format!(" as {}", unquote(name.0)),
        None => String::new(),
    }
}
