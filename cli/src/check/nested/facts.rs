//! What the row that a column is in says about it: its name before annotations, and whether it can be NULL.

use crate::annotation::MappingType;

use super::plan::{Member, Plan, prefix, strip};

/// What the row that a column is in says about it.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Its label without the prefixes of the values that it is in.
    pub text: String,
    /// Whether it can be NULL while its row is there.
    pub nullable: bool,
    /// The number of its row among those of the statement; 0 for the result's own.
    pub row: usize,
}

impl Plan<'_> {
    /// The facts about each column.
    pub fn facts(&self, members: &[Member<'_>]) -> Vec<Facts> {
        let columns = self.columns.iter();
        let mut walk = Walk {
            plan: self,
            facts: columns.map(|_| Facts::default()).collect(),
            rows: 0,
        };
        walk.enter(members, None, &[]);
        walk.facts
    }
}

struct Walk<'a> {
    plan: &'a Plan<'a>,
    facts: Vec<Facts>,
    /// How many rows were entered besides the result's own.
    rows: usize,
}

impl Walk<'_> {
    /// Enters a row that is there when one of `present` is not NULL, or always.
    fn enter(&mut self, members: &[Member<'_>], present: Option<&[usize]>, prefixes: &[&str]) {
        let row = self.rows;
        for member in members {
            match member {
                Member::Column(index) => {
                    let column = &self.plan.columns[*index];
                    let shorten = |text, prefix: &&str| strip(text, Some(*prefix));
                    self.facts[*index] = Facts {
                        text: prefixes.iter().fold(&*column.label, shorten).to_owned(),
                        nullable: present.map_or(column.nullable, |present| {
                            self.plan.is_nullable_among(*index, present)
                        }),
                        row,
                    };
                }
                Member::Nested(nested) => {
                    self.rows += 1;
                    let inner: Vec<_> = prefixes
                        .iter()
                        .copied()
                        .chain(prefix(nested.block))
                        .collect();
                    let present = match nested.mapping() {
                        MappingType::Entity => present,
                        MappingType::PerRow | MappingType::Collection => Some(&*nested.columns),
                    };
                    self.enter(&nested.members, present, &inner);
                }
            }
        }
    }
}
