//! Watches beside the tasks of a run: of one query, and of two as a group.

use std::cell::Cell;

use super::world::World;

impl World {
    /// Looks until the database is closed: nothing twice, nothing torn, nothing old.
    pub(super) async fn watch(&self, last: &Cell<usize>) {
        let mut watch = self.db.cards().titles().watch();
        let mut before: Option<Vec<String>> = None;
        while let Some(item) = watch.next().await {
            let titles: Vec<_> = item.unwrap().into_iter().map(|row| row.title).collect();
            assert_ne!(before.as_ref(), Some(&titles), "seed {}", self.seed);
            self.watched(titles.clone(), last);
            before = Some(titles);
        }
        self.ended();
    }

    /// Looks at two queries until the database is closed: both are of one commit, whose number rises.
    pub(super) async fn watch_both(&self, last: &Cell<usize>) {
        let cards = self.db.cards();
        let mut watch = self.db.watch_group((cards.titles(), cards.count_all()));
        let mut before: Option<(u64, usize)> = None;
        while let Some(item) = watch.next().await {
            let group = item.unwrap();
            let (titles, counts) = group.results;
            assert_eq!(
                i64::try_from(titles.len()).unwrap(),
                counts[0].cards,
                "seed {}: the group is torn",
                self.seed
            );
            if let Some((commit, count)) = before {
                let news = (group.commit > commit, titles.len() > count);
                assert_eq!(news, (true, true), "seed {}: {before:?}", self.seed);
            }
            before = Some((group.commit, titles.len()));
            self.watched(titles.into_iter().map(|row| row.title).collect(), last);
        }
        self.ended();
    }

    fn watched(&self, titles: Vec<String>, last: &Cell<usize>) {
        self.items.set(self.items.get() + 1);
        last.set(titles.len());
        self.see(titles, self.acknowledged.get(), &[]);
    }

    fn ended(&self) {
        assert!(
            self.closing.get(),
            "seed {}: the watch has ended",
            self.seed
        );
    }
}
