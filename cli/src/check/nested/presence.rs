//! Which columns of a nested value can be NULL while the value is there.
//!
//! An outer join leaves out a whole row: then all columns of the value are NULL, and there is none. So a NOT NULL column
//! of the optional side is plain inside of the value – as long as whatever can leave it out leaves out all the others,
//! too.

use super::plan::Plan;

impl Plan<'_> {
    /// Whether the column can be NULL while one of `columns` is not.
    pub fn is_nullable_among(&self, index: usize, columns: &[usize]) -> bool {
        let column = &self.columns[index];
        if column.path.is_empty() {
            return column.nullable;
        }
        let goes_along = |depth: usize| {
            let here = &column.path[..=depth];
            columns.iter().all(|other| {
                let there = self.columns[*other].path.get(..=depth);
                there.is_some_and(|there| {
                    let mut both = here.iter().zip(there);
                    both.all(|(here, there)| here.alias == there.alias)
                })
            })
        };
        let mut steps = column.path.iter().enumerate();
        column.null_inside || steps.any(|(depth, step)| step.optional && !goes_along(depth))
    }
}
