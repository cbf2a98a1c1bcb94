//! The runtime's watches, file by file. What they run is the one query that there is.

#[path = "../../../runtime/src/watch/course.rs"]
mod course;
#[path = "../../../runtime/src/watch/pace.rs"]
mod pace;
#[path = "../../../runtime/src/watch/shared.rs"]
mod shared;
#[path = "../../../runtime/src/watch/stream.rs"]
mod stream;
#[path = "../../../runtime/src/watch/watched.rs"]
mod watched;

pub(crate) use self::stream::Watch;
pub(crate) use self::watched::{Registry, Watched};

mod beside {
    //! A reader, which asks nobody for a permit.

    use std::sync::Arc;

    use crate::database::Core;
    use crate::invalidation::wake;

    use super::query::Found;
    use super::stream::Attempt;

    impl Attempt {
        pub(super) fn beside(self, core: &Arc<Core>) -> Option<Self> {
            if !core.policy().reads_beside {
                return Some(self);
            }
            if self.watched.shared.begin(self.run) {
                let (commit, rows) = (core.hub.commits(), vec![core.committed()]);
                wake(self.end(Ok(Found { commit, rows }), None));
            }
            None
        }
    }
}

mod query {
    //! A query that reads the whole list.

    use std::panic::Location;

    use crate::database::Core;
    use crate::driver::{Bracketed as _, Patience};
    use crate::error::{Error, Origin};
    use crate::invalidation::{Columns, ReadSet};
    use crate::options::Executor;
    use crate::queue::Permit;
    use crate::statement::Statement;
    use crate::value::Adapters;

    pub(crate) type Rows = Vec<u32>;
    pub(crate) type Failure = (usize, Error);

    pub(crate) struct Found {
        pub(crate) commit: u64,
        pub(crate) rows: Vec<Rows>,
    }

    impl Found {
        pub(crate) fn same(&self, other: &Self) -> bool {
            self.rows == other.rows
        }
    }

    #[derive(PartialEq, Eq, Hash)]
    pub(crate) struct Part;

    pub(crate) type Prepared = (Part, Option<Error>);

    impl Part {
        pub(crate) fn new<Q>(_: &Q, _most: usize, _: &Adapters) -> Prepared {
            (Self, None)
        }
    }

    #[derive(PartialEq, Eq, Hash)]
    pub(crate) struct Queries(pub(crate) Vec<Part>);

    impl Queries {
        pub(crate) fn origin(
            &self,
            _: &Core,
            _part: usize,
            site: &'static Location<'static>,
        ) -> Origin {
            Origin::new(&Statement, Some(site))
        }

        pub(crate) fn reads(&self, _: &Core) -> ReadSet {
            let mut set = ReadSet::default();
            set.add(0, Columns::ALL);
            set
        }

        pub(crate) fn runs_inline(&self, core: &Core) -> bool {
            core.policy().executor != Executor::Thread
        }

        pub(crate) fn run(&self, core: &Core, _: &Permit, _: Patience) -> Result<Found, Failure> {
            let commit = core.hub.commits();
            let rows = core.engine(|engine| {
                assert!(!engine.in_transaction(), "a watch inside of a block");
                Ok(engine.rows.clone())
            });
            rows.map(|rows| Found {
                commit,
                rows: vec![rows],
            })
            .map_err(|error| (0, error))
        }
    }
}
