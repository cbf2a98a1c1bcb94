//! Who reads which tables.
//!
//! In: subscriptions with their read sets; write sets. Out: the marks `M` of those concerned. Pure: no clocks,
//! no wakers. Invariant: the work of a write is bounded by the subscribers of its tables, not by all of them.

use std::collections::{HashMap, HashSet};

use super::set::{Columns, ReadSet, Table, WriteSet};

pub(super) type SubscriberId = u64;

#[derive(Debug)]
pub(super) struct Board<M> {
    issued: SubscriberId,
    marks: HashMap<SubscriberId, M>,
    readers: HashMap<Table, HashMap<SubscriberId, Columns>>,
}

impl<M: Clone> Board<M> {
    pub(super) fn new() -> Self {
        Self {
            issued: 0,
            marks: HashMap::new(),
            readers: HashMap::new(),
        }
    }

    pub(super) fn subscribe(&mut self, reads: &ReadSet, mark: M) -> SubscriberId {
        let id = self.issued;
        self.issued += 1;
        self.marks.insert(id, mark);
        for (table, columns) in reads.iter() {
            self.readers.entry(table).or_default().insert(id, columns);
        }
        id
    }

    pub(super) fn unsubscribe(&mut self, id: SubscriberId, reads: &ReadSet) -> Option<M> {
        for (table, _) in reads.iter() {
            if let Some(readers) = self.readers.get_mut(&table) {
                readers.remove(&id);
            }
        }
        self.marks.remove(&id)
    }

    /// The marks of all whom this write concerns, each once.
    pub(super) fn concerned(&self, written: &WriteSet) -> Vec<M> {
        if written.is_everything() {
            return self.all();
        }
        let mut found = HashSet::new();
        for (table, change) in written.iter() {
            let readers = self.readers.get(&table).into_iter().flatten();
            found.extend(
                readers
                    .filter(|(_, columns)| change.concerns(**columns))
                    .map(|(id, _)| *id),
            );
        }
        found
            .iter()
            .filter_map(|id| self.marks.get(id).cloned())
            .collect()
    }

    pub(super) fn all(&self) -> Vec<M> {
        self.marks.values().cloned().collect()
    }

    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::set::Change;
    use super::*;

    fn reads(tables: &[Table]) -> ReadSet {
        let mut set = ReadSet::default();
        for table in tables {
            set.add(*table, Columns::one(0));
        }
        set
    }

    fn writes(tables: &[Table]) -> WriteSet {
        let mut set = WriteSet::default();
        for table in tables {
            set.add(*table, Change::EVERYTHING);
        }
        set
    }

    #[test]
    fn a_write_finds_its_readers_once_each() {
        let mut board = Board::new();
        board.subscribe(&reads(&[1, 2]), "both");
        board.subscribe(&reads(&[2]), "second");
        board.subscribe(&reads(&[]), "none");
        let mut found = board.concerned(&writes(&[1, 2]));
        found.sort_unstable();
        assert_eq!(found, ["both", "second"]);
        assert_eq!(board.concerned(&writes(&[1])), ["both"]);
        assert!(board.concerned(&writes(&[3])).is_empty());
        assert!(board.concerned(&WriteSet::default()).is_empty());
    }

    #[test]
    fn whoever_left_is_not_found() {
        let mut board = Board::new();
        let set = reads(&[1]);
        let id = board.subscribe(&set, "gone");
        board.subscribe(&set, "here");
        assert_eq!(board.unsubscribe(id, &set), Some("gone"));
        assert_eq!(board.unsubscribe(id, &set), None);
        assert_eq!(board.concerned(&writes(&[1])), ["here"]);
        assert_eq!(board.len(), 1);
    }
}
