//! INSERT, UPDATE and DELETE with RETURNING, of tables and of views with INSTEAD OF triggers.

use super::expression::{Maker, Source};
use super::query::labelled;
use super::schema::value;

impl Maker<'_> {
    /// A statement that writes and gives rows.
    pub(super) fn write(&mut self) -> String {
        let relation = self.dice.pick(&self.database.relations);
        self.scopes.push(vec![Source {
            alias: relation.name.clone(),
            columns: relation.columns.clone(),
        }]);
        let stored: Vec<_> = relation
            .columns
            .iter()
            .filter(|column| column.name != "g")
            .collect();
        // A view shows what its trigger was handed; what its columns are is for the compiler to say, so they get NULL.
        let is_view = relation.name.starts_with('v');
        let column = stored[self.dice.below(stored.len())];
        let condition = self.condition(1);
        let name = &relation.name;
        let head = match self.dice.below(4) {
            0 => format!("DELETE FROM {name} WHERE {condition}"),
            1 => {
                let value = if is_view {
                    "NULL".to_owned()
                } else {
                    self.expression(column.class, 0)
                };
                format!(
                    "UPDATE OR IGNORE {name} SET {} = {value} WHERE {condition}",
                    column.name
                )
            }
            _ => {
                let some: Vec<_> = stored.iter().filter(|_| self.dice.chance(80)).collect();
                let names: Vec<_> = some.iter().map(|column| column.name.as_str()).collect();
                let values: Vec<_> = some
                    .iter()
                    .map(|column| {
                        if is_view || self.dice.chance(30) {
                            "NULL".to_owned()
                        } else {
                            value(self.dice, column.class)
                        }
                    })
                    .collect();
                let how = self.dice.pick(&["OR IGNORE ", "OR REPLACE "]);
                if names.is_empty() {
                    format!("INSERT {how}INTO {name} DEFAULT VALUES")
                } else {
                    format!(
                        "INSERT {how}INTO {name} ({}) VALUES ({})",
                        names.join(", "),
                        values.join(", ")
                    )
                }
            }
        };
        let classes = [self.class(), column.class];
        let returned = classes.map(|class| self.expression(class, 1));
        self.scopes.pop();
        format!(
            "{head} RETURNING {}, {name}.{} AS y",
            labelled(&returned),
            column.name
        )
    }
}
