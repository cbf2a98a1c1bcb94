//! One SELECT, from FROM to the columns that come out.
//!
//! `SELECT name, MAX(age) FROM person WHERE age > 3` → FROM fills the level, WHERE proves `age`, the select list gives two
//! columns; since the aggregate makes a row even of no rows, `name` can be NULL.

use sqlparser::ast::{
    Expr, GroupByExpr, NamedWindowExpr, OrderBy, Select, SelectItem,
    SelectItemQualifiedWildcardKind, Spanned,
};

use super::from::last_name;
use super::infer::{Infer, Puzzled};
use super::query::Outcome;
use super::rule::Rule;
use super::scope::Level;
use super::value::{OutColumn, Value};

impl Infer<'_> {
    /// The outcome of one SELECT; `order` is the ORDER BY that speaks of its columns.
    pub(super) fn select(
        &mut self,
        select: &Select,
        order: Option<&OrderBy>,
    ) -> Result<Outcome, Puzzled> {
        self.levels.push(Level::default());
        let outcome = self.select_inside(select, order);
        self.levels.pop();
        outcome
    }

    fn select_inside(
        &mut self,
        select: &Select,
        order: Option<&OrderBy>,
    ) -> Result<Outcome, Puzzled> {
        self.enter_from(&select.from)?;
        if let Some(condition) = &select.selection {
            let proven = self.proven_by(condition);
            self.apply_proofs(&proven, |_| true);
        }
        let groups = match &select.group_by {
            GroupByExpr::Expressions(groups, _) => groups.as_slice(),
            GroupByExpr::All(_) => return Err(Puzzled),
        };
        let windows = self.named_windows(select);
        self.innermost(|level| {
            level.grouped = !groups.is_empty();
            level.windows = windows;
        });
        if let (Some(condition), false) = (&select.having, groups.is_empty()) {
            let proven = self.proven_by(condition);
            self.apply_proofs(&proven, |_| true);
        }
        let mut columns = self.projection(&select.projection)?;
        self.name_results(&select.projection, &columns);
        for condition in select.selection.iter().chain(groups).chain(&select.having) {
            self.infer(condition)?;
        }
        for window in &select.named_window {
            if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
                self.window(spec)?;
            }
        }
        self.order(order)?;
        // An aggregate makes one row even of none, and then a bare column beside it is NULL.
        let single = groups.is_empty()
            && (select.having.is_some()
                || self.levels.last().is_some_and(|level| level.aggregated));
        if single {
            self.innermost(|level| {
                level.may_be_empty = true;
                level.aliases.clear();
            });
            columns = self.projection(&select.projection)?;
        }
        let constant = select.from.is_empty() && select.selection.is_none();
        Ok(Outcome {
            columns,
            has_row: (single || constant) && (select.having.is_none() || !Rule::Having.holds()),
        })
    }

    /// Each named window, and whether its frame always holds the current row.
    fn named_windows(&self, select: &Select) -> Vec<(String, bool)> {
        let mut windows: Vec<(String, bool)> = Vec::new();
        for window in &select.named_window {
            let plain = match &window.1 {
                NamedWindowExpr::WindowSpec(spec) => {
                    let base = spec.window_name.as_ref().map(|name| &name.value);
                    let base_is_plain = base.is_none_or(|base| {
                        windows
                            .iter()
                            .any(|(name, plain)| *plain && name.eq_ignore_ascii_case(base))
                    });
                    self.holds_own_row(spec) && base_is_plain
                }
                NamedWindowExpr::NamedWindow(_) => false,
            };
            windows.push((window.0.value.clone(), plain));
        }
        windows
    }

    fn innermost(&mut self, change: impl FnOnce(&mut Level)) {
        if let Some(level) = self.levels.last_mut() {
            change(level);
        }
    }

    fn name_results(&mut self, items: &[SelectItem], columns: &[OutColumn]) {
        let named: Vec<(String, Value)> = items
            .iter()
            .filter_map(|item| match item {
                SelectItem::ExprWithAlias { alias, .. } => {
                    let column = columns.iter().find(|column| column.name == alias.value)?;
                    Some((column.name.clone(), column.value.clone()))
                }
                _ => None,
            })
            .collect();
        self.innermost(|level| level.aliases = named);
    }

    /// The columns of a select list or a RETURNING clause.
    pub(super) fn projection(&mut self, items: &[SelectItem]) -> Result<Vec<OutColumn>, Puzzled> {
        let mut columns = Vec::with_capacity(items.len());
        for item in items {
            let span = span_of(item);
            match item {
                SelectItem::UnnamedExpr(expr) => columns.push(OutColumn {
                    name: own_name(expr),
                    value: self.infer(expr)?,
                    span: span_of(expr),
                }),
                SelectItem::ExprWithAlias { expr, alias } => columns.push(OutColumn {
                    name: alias.value.clone(),
                    value: self.infer(expr)?,
                    span,
                }),
                SelectItem::Wildcard(_) => self.expand(None, span, &mut columns)?,
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => {
                    let table = last_name(name).ok_or(Puzzled)?;
                    self.expand(Some(&table), span, &mut columns)?;
                }
                _ => return Err(Puzzled),
            }
        }
        Ok(columns)
    }

    fn expand(
        &mut self,
        table: Option<&str>,
        span: Option<(usize, usize)>,
        columns: &mut Vec<OutColumn>,
    ) -> Result<(), Puzzled> {
        let depth = self.levels.len().checked_sub(1).ok_or(Puzzled)?;
        let found = self.levels[depth].expand(depth, table);
        if found.is_empty() {
            return Err(Puzzled);
        }
        columns.extend(
            found
                .into_iter()
                .map(|(name, value)| OutColumn { name, value, span }),
        );
        Ok(())
    }
}

/// The name that SQLite gives a column without alias, where it is that of a column.
fn own_name(expr: &Expr) -> String {
    match expr {
        Expr::Identifier(name) => name.value.clone(),
        Expr::CompoundIdentifier(parts) => parts
            .last()
            .map_or_else(String::new, |name| name.value.clone()),
        Expr::Nested(inner) => own_name(inner),
        _ => String::new(),
    }
}

/// The bytes of a node's leaves.
pub(super) fn span_of(node: &impl Spanned) -> Option<(usize, usize)> {
    let span = node.span();
    if span.start.line == 0 {
        return None;
    }
    Some((
        usize::try_from(span.start.column).ok()?,
        usize::try_from(span.end.column).ok()?,
    ))
}
