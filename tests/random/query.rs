//! Whole queries: plain, grouped, windowed, compound, with table expressions.

use super::Class;
use super::expression::Maker;
use super::patterns::{aggregates, windows};

impl Maker<'_> {
    /// A query whose columns are `x0`, `x1` …, and their classes.
    pub(super) fn whole_query(&mut self) -> (String, Vec<Class>) {
        let outside = self.ctes.len();
        let mut with = Vec::new();
        if self.dice.chance(15) {
            let (query, relation) = self.subquery("c0");
            with.push(format!("c0 AS ({query})"));
            self.ctes.push(relation);
        }
        if self.dice.chance(12) {
            with.push(self.recursive());
        }
        let (query, classes) = match self.dice.below(10) {
            0 => self.compound(),
            _ => self.plain_query(2),
        };
        let recursive = self.ctes.last().filter(|relation| relation.name == "c1");
        let recursive =
            recursive.map(|relation| relation.columns.iter().map(|column| column.class).collect());
        let (query, classes) = match recursive {
            Some(classes) if self.dice.chance(50) => ("SELECT x0, x1 FROM c1".to_owned(), classes),
            _ => (query, classes),
        };
        self.ctes.truncate(outside);
        if with.is_empty() {
            return (query, classes);
        }
        (
            format!("WITH RECURSIVE {} {query}", with.join(", ")),
            classes,
        )
    }

    /// `c1(x0, x1) AS (… UNION ALL … LIMIT 4)`.
    fn recursive(&mut self) -> String {
        let classes = [self.class(), self.class()];
        let row = |maker: &mut Self| {
            let values = classes.map(|class| maker.expression(class, 1));
            values.join(", ")
        };
        let first = row(self);
        let columns = (0..).zip(classes).map(|(at, class)| super::Column {
            name: format!("x{at}"),
            class,
        });
        let relation = super::Relation {
            name: "c1".to_owned(),
            columns: columns.collect(),
        };
        self.scopes.push(vec![super::expression::Source {
            alias: "c1".to_owned(),
            columns: relation.columns.clone(),
        }]);
        let next = if self.dice.chance(40) {
            "NULL, c1.x0".to_owned()
        } else {
            row(self)
        };
        self.scopes.pop();
        self.ctes.push(relation);
        format!("c1(x0, x1) AS (SELECT {first} UNION ALL SELECT {next} FROM c1 LIMIT 4)")
    }

    fn compound(&mut self) -> (String, Vec<Class>) {
        let classes: Vec<Class> = (0..2).map(|_| self.class()).collect();
        let mut arms = vec![self.arm(&classes)];
        for _ in 0..=self.dice.below(2) {
            let operator = self
                .dice
                .pick(&["UNION ALL", "UNION", "EXCEPT", "INTERSECT"]);
            arms.push(operator.to_owned());
            arms.push(self.arm(&classes));
        }
        (arms.join(" "), classes)
    }

    fn arm(&mut self, classes: &[Class]) -> String {
        if self.dice.chance(15) {
            let values: Vec<_> = classes
                .iter()
                .map(|class| self.expression(*class, 1))
                .collect();
            return format!("SELECT {}", labelled(&values));
        }
        self.scopes.push(Vec::new());
        let from = self.from();
        let values: Vec<_> = classes
            .iter()
            .map(|class| self.expression(*class, 1))
            .collect();
        let condition = self.condition(1);
        self.scopes.pop();
        format!("SELECT {} {from} WHERE {condition}", labelled(&values))
    }

    /// One SELECT.
    pub(super) fn plain_query(&mut self, depth: usize) -> (String, Vec<Class>) {
        self.scopes.push(Vec::new());
        let from = self.from();
        let classes: Vec<Class> = (0..2 + self.dice.below(2)).map(|_| self.class()).collect();
        let tail = match self.dice.below(4) {
            0 => String::new(),
            _ => format!(" WHERE {}", self.condition(depth)),
        };
        let query = match self.dice.below(8) {
            0 => self.over_all(&classes, &format!("{from}{tail}")),
            1 | 2 => self.grouped(&classes, &format!("{from}{tail}")),
            3 => self.windowed(&classes, &format!("{from}{tail}")),
            _ => {
                let values: Vec<_> = classes
                    .iter()
                    .map(|class| self.expression(*class, depth))
                    .collect();
                let distinct = self.dice.pick(&["", "", "", "DISTINCT "]);
                format!("SELECT {distinct}{} {from}{tail}", labelled(&values))
            }
        };
        self.scopes.pop();
        (query, classes)
    }

    /// Aggregates, and columns beside them, without GROUP BY.
    fn over_all(&mut self, classes: &[Class], tail: &str) -> String {
        let values = self.aggregated(classes);
        let having = if self.dice.chance(15) {
            " HAVING count(*) >= 0"
        } else {
            ""
        };
        format!("SELECT {} {tail}{having}", labelled(&values))
    }

    fn grouped(&mut self, classes: &[Class], tail: &str) -> String {
        let values = self.aggregated(classes);
        let group = self.class();
        let group = self.expression(group, 1);
        let having = match self.dice.below(3) {
            0 => format!(" HAVING {}", self.condition(0)),
            _ => String::new(),
        };
        // A number would name a result column.
        format!(
            "SELECT {} {tail} GROUP BY ({group}) || ''{having}",
            labelled(&values)
        )
    }

    fn aggregated(&mut self, classes: &[Class]) -> Vec<String> {
        let mut values = Vec::new();
        for class in classes {
            values.push(if self.dice.chance(65) {
                let pattern = self.dice.pick(aggregates(*class));
                self.fill(pattern, 1)
            } else {
                self.expression(*class, 1)
            });
        }
        if self.dice.chance(70) {
            values[0] = match classes[0] {
                Class::Integer => "count(*)".to_owned(),
                class => self.fill(aggregates(class)[0], 0),
            };
        }
        values
    }

    fn windowed(&mut self, classes: &[Class], tail: &str) -> String {
        let mut values = Vec::new();
        for class in classes {
            values.push(if self.dice.chance(65) {
                let pattern = self.dice.pick(windows(*class));
                self.fill(pattern, 0)
            } else {
                self.expression(*class, 1)
            });
        }
        if self.dice.chance(25) {
            // What a condition says of its own row is no news of others.
            let column = self.expression(Class::Text, 0);
            let function = self.dice.pick(&["lag({}, 1, 'x')", "first_value({})"]);
            let value = function.replace("{}", &column);
            values.push(format!(
                "CASE WHEN {column} IS NOT NULL THEN {value} OVER w ELSE 'y' END"
            ));
        }
        let (part, order) = (self.fill("#a", 0), self.fill("#a", 0));
        let window = match self.dice.below(3) {
            0 => format!("PARTITION BY {part} ORDER BY {order}"),
            1 => format!("ORDER BY {order}"),
            _ => format!("ORDER BY {order} ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING"),
        };
        format!("SELECT {} {tail} WINDOW w AS ({window})", labelled(&values))
    }
}

/// `value AS x0, value AS x1`.
pub(super) fn labelled(values: &[String]) -> String {
    let labelled = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("{value} AS x{at}"));
    labelled.collect::<Vec<_>>().join(", ")
}
