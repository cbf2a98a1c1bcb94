//! What one open block has written.
//!
//! In: the write sets of its statements that changed rows, and of nested blocks that ended well. Out: one merged
//! set. A nested block has its own tracker, so undoing a savepoint is dropping it.

use super::set::WriteSet;

#[derive(Debug, Default)]
pub(crate) struct Tracker(WriteSet);

impl Tracker {
    pub(crate) fn record(&mut self, written: &WriteSet) {
        self.0.merge(written);
    }

    /// Hands over what was collected.
    pub(crate) fn take(&mut self) -> WriteSet {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::origin::ChangeOrigin;
    use super::super::set::Change;
    use super::*;

    fn wrote(table: u32) -> WriteSet {
        let mut set = WriteSet::default();
        set.add(table, Change::EVERYTHING, ChangeOrigin::Generated);
        set
    }

    #[test]
    fn a_nested_block_adds_its_writes_when_it_ends_well() {
        let mut outer = Tracker::default();
        outer.record(&wrote(1));
        let mut inner = Tracker::default();
        inner.record(&wrote(2));
        outer.record(&inner.take());
        let tables: Vec<u32> = outer.take().iter().map(|written| written.table).collect();
        assert_eq!(tables, [1, 2]);
    }

    #[test]
    fn an_undone_block_leaves_nothing() {
        let mut outer = Tracker::default();
        outer.record(&wrote(1));
        let mut inner = Tracker::default();
        inner.record(&wrote(2));
        drop(inner);
        let tables: Vec<u32> = outer.take().iter().map(|written| written.table).collect();
        assert_eq!(tables, [1]);
        assert!(outer.take().is_empty());
    }
}
