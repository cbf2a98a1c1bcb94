//! Which columns of a nested value can be NULL while the value is there.
//!
//! An outer join leaves out a whole row: then all columns of the value are NULL, and there is none. So a NOT NULL column
//! of the optional side is plain inside of the value – as long as whatever can leave it out leaves out all the others,
//! too.

use super::plan::{Nested, Plan};

impl Plan<'_> {
    /// Whether the column can be NULL while one of `columns` is not.
    pub fn is_nullable_among(&self, index: usize, columns: &[usize]) -> bool {
        let column = &self.columns[index];
        if column.path.is_empty() {
            return column.nullable;
        }
        let mut steps = column.path.iter().enumerate();
        column.null_inside
            || steps.any(|(depth, step)| step.optional && !self.goes_along(index, depth, columns))
    }

    /// Whether an outer join around the view that declares `nested` can leave it out, though the value that it is a part
    /// of is there: one with the columns `around`, or the statement's row.
    pub fn is_left_out(&self, nested: &Nested<'_>, around: Option<&[usize]>) -> bool {
        nested.columns.iter().any(|index| {
            let steps = self.columns[*index].path.iter().take(nested.depth);
            steps.enumerate().any(|(depth, step)| {
                let goes_along = |columns| self.goes_along(*index, depth, columns);
                step.optional && !around.is_some_and(goes_along)
            })
        })
    }

    /// Whether all of `columns` come through the same items of FROM as the column `index`, down to `depth`.
    fn goes_along(&self, index: usize, depth: usize, columns: &[usize]) -> bool {
        let here = &self.columns[index].path[..=depth];
        columns.iter().all(|other| {
            let there = self.columns[*other].path.get(..=depth);
            there.is_some_and(|there| {
                let mut both = here.iter().zip(there);
                both.all(|(here, there)| here.alias == there.alias)
            })
        })
    }
}
