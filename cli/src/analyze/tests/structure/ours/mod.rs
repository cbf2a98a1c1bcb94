//! Facts of our own tree.

mod expr;

use sqlparser::ast::{
    Assignment, AssignmentTarget, Distinct, Expr, FromTable, GroupByExpr, JoinConstraint,
    JoinOperator, LimitClause, NamedWindowExpr, ObjectName, OrderBy, OrderByExpr, OrderByKind,
    Query, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, Statement as Tree, TableAlias,
    TableFactor, TableObject, TableWithJoins, UpdateTableFromKind, WindowSpec, With,
};

use super::Facts;
use crate::analyze::parse::parse_statement;
use crate::source::SourceMap;
use crate::syntax::Statement;

/// The facts of a statement; none when it is not taken apart.
pub(super) fn facts(sources: &SourceMap, statement: &Statement) -> Option<Vec<String>> {
    let parsed = parse_statement(sources, statement)?;
    let mut facts = Ours::default();
    facts.tree(&parsed.tree);
    for upsert in &parsed.upserts {
        if let Tree::Update(update) = upsert {
            facts.sets(&update.assignments);
            facts.clause("where", update.selection.as_ref());
        }
    }
    Some(facts.0.sorted())
}

/// The walk.
#[derive(Default)]
struct Ours(Facts);

impl Ours {
    fn note(&mut self, kind: &str, what: &str) {
        self.0.note(kind, what);
    }

    fn tree(&mut self, tree: &Tree) {
        match tree {
            Tree::Query(query) => self.query(query),
            Tree::Insert(insert) => {
                if let TableObject::TableName(name) = &insert.table {
                    self.note("insert", &last(name));
                }
                for column in &insert.columns {
                    self.note("into", &last(column));
                }
                if let Some(source) = &insert.source {
                    self.query(source);
                }
                self.columns(insert.returning.as_deref().unwrap_or_default());
            }
            Tree::Update(update) => {
                if let TableFactor::Table { name, .. } = &update.table.relation {
                    self.note("update", &last(name));
                }
                self.sets(&update.assignments);
                if let Some(
                    UpdateTableFromKind::AfterSet(from) | UpdateTableFromKind::BeforeSet(from),
                ) = &update.from
                {
                    self.from(from);
                }
                self.clause("where", update.selection.as_ref());
                self.columns(update.returning.as_deref().unwrap_or_default());
            }
            Tree::Delete(delete) => {
                let (FromTable::WithFromKeyword(tables) | FromTable::WithoutKeyword(tables)) =
                    &delete.from;
                for table in tables {
                    if let TableFactor::Table { name, .. } = &table.relation {
                        self.note("delete", &last(name));
                    }
                }
                self.clause("where", delete.selection.as_ref());
                self.columns(delete.returning.as_deref().unwrap_or_default());
            }
            other => self.note("unexpected", &other.to_string()),
        }
    }

    fn with(&mut self, with: Option<&With>) {
        for cte in with.iter().flat_map(|with| &with.cte_tables) {
            self.note("with", &cte.alias.name.value);
            self.query(&cte.query);
        }
    }

    fn query(&mut self, query: &Query) {
        self.with(query.with.as_ref());
        self.body(&query.body);
        self.order(query.order_by.as_ref());
        match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, .. }) => {
                self.clause("bound", limit.as_ref());
                self.clause("bound", offset.as_ref().map(|offset| &offset.value));
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                self.clause("bound", Some(limit));
                self.clause("bound", Some(offset));
            }
            None => {}
        }
    }

    fn body(&mut self, body: &SetExpr) {
        match body {
            SetExpr::Select(select) => {
                let distinct = matches!(select.distinct, Some(Distinct::Distinct));
                self.note("select", if distinct { "distinct" } else { "" });
                self.columns(&select.projection);
                self.from(&select.from);
                self.clause("where", select.selection.as_ref());
                if let GroupByExpr::Expressions(groups, _) = &select.group_by {
                    for group in groups {
                        self.clause("group", Some(group));
                    }
                }
                self.clause("having", select.having.as_ref());
                for window in &select.named_window {
                    self.note("window", &window.0.value);
                    if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
                        self.window(spec);
                    }
                }
            }
            SetExpr::Query(query) => self.query(query),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(left);
                self.note("arm", "");
                self.body(right);
            }
            SetExpr::Values(values) => {
                for row in &values.rows {
                    let row = self.list(&row.content);
                    self.note("row", &row);
                }
            }
            SetExpr::Insert(tree) | SetExpr::Update(tree) | SetExpr::Delete(tree) => {
                self.tree(tree);
            }
            other => self.note("unexpected", &other.to_string()),
        }
    }

    fn columns(&mut self, items: &[SelectItem]) {
        for item in items {
            let what = match item {
                SelectItem::UnnamedExpr(expr) => self.expr(expr),
                SelectItem::ExprWithAlias { expr, alias } => {
                    format!("{} as {}", self.expr(expr), alias.value)
                }
                SelectItem::Wildcard(_) => "*".to_owned(),
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => format!("{}.*", last(name)),
                other => other.to_string(),
            };
            self.note("column", &what);
        }
    }

    fn from(&mut self, from: &[TableWithJoins]) {
        for tree in from {
            self.table(&tree.relation);
            for join in &tree.joins {
                self.table(&join.relation);
                if let JoinOperator::Join(constraint)
                | JoinOperator::Inner(constraint)
                | JoinOperator::CrossJoin(constraint)
                | JoinOperator::Left(constraint)
                | JoinOperator::LeftOuter(constraint)
                | JoinOperator::Right(constraint)
                | JoinOperator::RightOuter(constraint)
                | JoinOperator::FullOuter(constraint) = &join.join_operator
                {
                    self.constraint(constraint);
                }
            }
        }
    }

    fn constraint(&mut self, constraint: &JoinConstraint) {
        match constraint {
            JoinConstraint::On(condition) => self.clause("on", Some(condition)),
            JoinConstraint::Using(names) => {
                for name in names {
                    self.note("using", &last(name));
                }
            }
            JoinConstraint::Natural | JoinConstraint::None => {}
        }
    }

    fn table(&mut self, factor: &TableFactor) {
        match factor {
            TableFactor::Table {
                name, alias, args, ..
            } => {
                let call = args.as_ref().map(|args| {
                    let args: Vec<_> = args.args.iter().map(|arg| self.argument(arg)).collect();
                    format!("({})", args.join(" "))
                });
                let call = call.unwrap_or_default();
                self.note(
                    "table",
                    &format!("{}{call}{}", last(name), shown(alias.as_ref())),
                );
            }
            TableFactor::Derived {
                subquery, alias, ..
            } => {
                self.query(subquery);
                self.note("subquery", &shown(alias.as_ref()));
            }
            TableFactor::NestedJoin {
                table_with_joins,
                alias,
            } => {
                self.from(std::slice::from_ref(table_with_joins));
                if alias.is_some() {
                    self.note("nested", &shown(alias.as_ref()));
                }
            }
            other => self.note("unexpected", &other.to_string()),
        }
    }

    fn sets(&mut self, assignments: &[Assignment]) {
        for assignment in assignments {
            let names = match &assignment.target {
                AssignmentTarget::ColumnName(name) => last(name),
                AssignmentTarget::Tuple(names) => {
                    let names: Vec<_> = names.iter().map(last).collect();
                    names.join(" ")
                }
            };
            let value = self.expr(&assignment.value);
            self.note("set", &format!("{names} = {value}"));
        }
    }

    fn order(&mut self, order: Option<&OrderBy>) {
        if let Some(OrderByKind::Expressions(terms)) = order.map(|order| &order.kind) {
            self.terms(terms);
        }
    }

    fn terms(&mut self, terms: &[OrderByExpr]) {
        for term in terms {
            self.clause("order", Some(&term.expr));
        }
    }

    fn window(&mut self, spec: &WindowSpec) {
        for expr in &spec.partition_by {
            self.clause("partition", Some(expr));
        }
        self.terms(&spec.order_by);
    }

    fn clause(&mut self, kind: &str, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            let expr = self.expr(expr);
            self.note(kind, &expr);
        }
    }

    fn list(&mut self, exprs: &[Expr]) -> String {
        let exprs: Vec<_> = exprs.iter().map(|expr| self.expr(expr)).collect();
        exprs.join(" ")
    }
}

fn last(name: &ObjectName) -> String {
    let part = name.0.last().and_then(|part| part.as_ident());
    part.map(|part| part.value.clone()).unwrap_or_default()
}

fn shown(alias: Option<&TableAlias>) -> String {
    alias.map_or_else(String::new, |alias| format!(" as {}", alias.name.value))
}
