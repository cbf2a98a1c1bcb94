//! Different writes as one.

use std::future::Future;
use std::panic::Location;

use crate::connection::Connection;
use crate::database::Core;
use crate::error::{Error, Origin, Result};
use crate::queue::FrameId;
use crate::statement::{Bound, Changes};

use super::bundle::{self, Bundle};
use super::{AnyHandle, AsyncHandle, Execute};

/// Collects the writes of a batch.
#[derive(Debug)]
pub struct Batch {
    database: FrameId,
    bundle: Bundle,
}

impl Batch {
    fn filled(core: &Core, fill: impl FnOnce(&mut Self)) -> Bundle {
        let mut batch = Self {
            database: core.root.id,
            bundle: Bundle::default(),
        };
        fill(&mut batch);
        batch.bundle
    }

    /// Adds a write, of any handle of the batch's own database. Its parameters are bound here and now.
    ///
    /// An error of binding comes out of the batch. Statements that give rows have no place in one: use a transaction.
    pub fn add<C: AnyHandle, Q: Bound>(&mut self, write: Execute<'_, C, Q>) {
        let Execute { on, query, site } = write;
        let core = on.reach().core;
        if core.root.id == self.database {
            self.bundle.add(&query, &core.adapters, site);
        } else {
            self.bundle.fail(Error::Refused {
                reason: "a statement of another database was added to the batch".into(),
                origin: Some(Box::new(Origin::new(Q::STATEMENT, Some(site)))),
            });
        }
    }
}

/// Runs a batch on a database or a transaction.
pub(crate) fn batch<'c, C: AsyncHandle>(
    on: &'c C,
    fill: impl FnOnce(&mut Batch),
    site: &'static Location<'static>,
) -> impl Future<Output = Result<Vec<Changes>>> + Send + 'c {
    let bundle = Batch::filled(on.reach().core, fill);
    async move {
        let ran = bundle::perform(on, bundle, site).await;
        ran.map_err(|error| error.at(|| origin(site)))
    }
}

/// Runs a batch on the connection of a closure.
pub(crate) fn batch_on(
    on: &Connection,
    fill: impl FnOnce(&mut Batch),
    site: &'static Location<'static>,
) -> Result<Vec<Changes>> {
    let bundle = Batch::filled(on.reach().core, fill);
    let ran = bundle::perform_on(on, bundle);
    ran.map_err(|error| error.at(|| origin(site)))
}

/// Of what no single statement is to blame for: BEGIN, COMMIT.
fn origin(site: &'static Location<'static>) -> Origin {
    Origin::raw("batch", String::new(), site)
}
