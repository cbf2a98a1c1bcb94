//! Several queries that are watched as one.
//!
//! In: a tuple of queries. Out: a watch whose items hold the results of all of them, read from one snapshot. Invariant: each
//! result fits the others, and the number of the commit that they show.

use std::panic::Location;
use std::sync::Arc;

use crate::database::Database;
use crate::error::{Error, Result};

use super::query::{Failure, Prepared, Rows};
use super::stream::Watch;

/// The results of several queries as of one commit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group<T> {
    /// The number of the last commit that the results show, as [`Status::commits`](crate::Status::commits) counts them.
    pub commit: u64,
    /// The rows of each query, in the order of the queries.
    pub results: T,
}

/// What may be watched as a group: a tuple of two to eight queries of one database.
pub trait Grouped: sealed::Tuple {}

impl<T: sealed::Tuple> Grouped for T {}

pub(crate) mod sealed {
    use crate::database::Database;
    use crate::error::Result;
    use crate::watch::query::{Failure, Prepared, Rows};

    /// One query of a group.
    pub trait Member {
        type Results;

        /// The database on which it was called.
        fn on(&self) -> &Database;
        fn prepare(self) -> Prepared;
        fn convert(rows: &Rows, on: &Database) -> Result<Self::Results>;
    }

    /// The queries of a group.
    pub trait Tuple {
        type Results;

        fn prepare(self, on: &Database) -> Vec<Prepared>;
        fn convert(rows: &[Rows], on: &Database) -> Result<Self::Results, Failure>;
    }
}

/// Binds a query of a group, which has to be one of that database.
fn prepare(member: impl sealed::Member, on: &Database) -> Prepared {
    let elsewhere = !Arc::ptr_eq(member.on().core(), on.core());
    let (part, reason) = member.prepare();
    let refused = elsewhere.then(|| Error::Refused {
        reason: "found a query of another database in a group".into(),
        origin: None,
    });
    (part, refused.or(reason))
}

macro_rules! tuples {
    ($($name:ident $index:tt),+) => {
        impl<$($name: sealed::Member),+> sealed::Tuple for ($($name,)+) {
            type Results = ($($name::Results,)+);

            fn prepare(self, on: &Database) -> Vec<Prepared> {
                vec![$(prepare(self.$index, on)),+]
            }

            fn convert(rows: &[Rows], on: &Database) -> Result<Self::Results, Failure> {
                let none = Rows::new();
                let of = |index: usize| rows.get(index).unwrap_or(&none);
                Ok(($($name::convert(of($index), on).map_err(|error| ($index, error))?,)+))
            }
        }
    };
}

tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

pub(crate) fn watch_group<Q: Grouped>(
    database: &Database,
    queries: Q,
    site: &'static Location<'static>,
) -> Watch<Group<Q::Results>> {
    Watch::of(
        database,
        queries.prepare(database),
        |found, on| {
            let results = Q::convert(&found.rows, on)?;
            let commit = found.commit;
            Ok(Group { commit, results })
        },
        site,
    )
}
