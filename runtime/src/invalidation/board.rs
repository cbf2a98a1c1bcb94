//! Who reads which tables.
//!
//! In: subscriptions with their read sets; write sets. Out: the marks `M` of those concerned. Pure: no clocks,
//! no wakers. Invariant: the work of a write is bounded by the subscribers of its tables – of its rows, where it names
//! them –, not by all of them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::set::{Columns, ReadSet, Rows, Table, WriteSet};

pub(crate) type SubscriberId = u64;

/// Who reads one table: its subscribers, each with the columns it reads.
#[derive(Debug, Default)]
struct Readers {
    of_all: HashMap<SubscriberId, Columns>,
    of_row: HashMap<i64, HashMap<SubscriberId, Columns>>,
}

#[derive(Debug)]
pub(super) struct Board<M> {
    issued: SubscriberId,
    marks: HashMap<SubscriberId, M>,
    readers: HashMap<Table, Readers>,
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
        for read in reads.iter() {
            let readers = self.readers.entry(read.table).or_default();
            match &read.rows {
                Rows::All => {
                    readers.of_all.insert(id, read.columns);
                }
                Rows::These(rows) => {
                    for row in rows {
                        let of_row = readers.of_row.entry(*row).or_default();
                        of_row.insert(id, read.columns);
                    }
                }
            }
        }
        id
    }

    pub(super) fn unsubscribe(&mut self, id: SubscriberId, reads: &ReadSet) -> Option<M> {
        for read in reads.iter() {
            let Some(readers) = self.readers.get_mut(&read.table) else {
                continue;
            };
            readers.of_all.remove(&id);
            if let Rows::These(rows) = &read.rows {
                for row in rows {
                    if let Entry::Occupied(mut of_row) = readers.of_row.entry(*row) {
                        of_row.get_mut().remove(&id);
                        // Rows come and go without end.
                        if of_row.get().is_empty() {
                            of_row.remove();
                        }
                    }
                }
            }
        }
        self.marks.remove(&id)
    }

    /// The marks of all whom this write concerns, each once.
    pub(super) fn concerned(&self, set: &WriteSet) -> Vec<M> {
        if set.changed_everything().is_some() {
            return self.all();
        }
        let mut found = HashSet::new();
        for written in set.iter() {
            let Some(readers) = self.readers.get(&written.table) else {
                continue;
            };
            let mut add = |readers: &HashMap<SubscriberId, Columns>| {
                let told = readers.iter();
                let told = told.filter(|(_, columns)| written.change.concerns(**columns));
                found.extend(told.map(|(id, _)| *id));
            };
            add(&readers.of_all);
            match &written.rows {
                Rows::All => readers.of_row.values().for_each(add),
                Rows::These(rows) => {
                    let of_rows = rows.iter().filter_map(|row| readers.of_row.get(row));
                    of_rows.for_each(add);
                }
            }
        }
        found
            .iter()
            .filter_map(|id| self.marks.get(id).cloned())
            .collect()
    }

    pub(super) fn all(&self) -> Vec<M> {
        self.marks.values().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::origin::ChangeOrigin;
    use super::super::set::{Change, Pin};
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
            set.add(*table, Change::EVERYTHING, ChangeOrigin::Generated);
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
    fn r100_who_reads_one_row_is_found_by_writes_of_that_row_and_of_all() {
        let mut board = Board::new();
        let one = |row| {
            let mut set = reads(&[1]);
            set.confine(&[(1, Some(row))]);
            set
        };
        board.subscribe(&one(7), "seven");
        let eight = board.subscribe(&one(8), "eight");
        board.subscribe(&reads(&[1]), "all");
        let found = |board: &Board<&'static str>, pins: &[Pin]| {
            let mut found = board.concerned(&writes(&[1]).confined(pins));
            found.sort_unstable();
            found
        };
        assert_eq!(found(&board, &[(1, Some(7))]), ["all", "seven"]);
        assert_eq!(found(&board, &[(1, Some(9))]), ["all"]);
        assert_eq!(
            found(&board, &[(1, Some(7)), (1, Some(8))]),
            ["all", "eight", "seven"]
        );
        assert_eq!(found(&board, &[(1, None)]), ["all", "eight", "seven"]);
        assert_eq!(found(&board, &[]), ["all", "eight", "seven"]);
        board.unsubscribe(eight, &one(8));
        assert_eq!(found(&board, &[]), ["all", "seven"]);
        assert_eq!(board.readers[&1].of_row.len(), 1);
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
        assert_eq!(board.all(), ["here"]);
    }
}
