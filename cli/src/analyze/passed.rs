//! From the names of the columns that a value passes to what the catalog knows of them.
//!
//! `SELECT day FROM soon` over `CREATE VIEW soon(day) AS SELECT due FROM tasks` passes `soon.day`, then `tasks.due`.

use crate::catalog::{Catalog, Column, Relation};

use super::Origin;

/// The columns of views `through` which a value passes on its way from the table column `origin`, outermost first.
pub fn passed_columns<'a, 'p>(
    catalog: &'a Catalog,
    through: &'p [Origin],
    origin: Option<&'p Origin>,
) -> impl Iterator<Item = (&'a Relation, &'a Column)> + use<'a, 'p> {
    through.iter().chain(origin).filter_map(|place| {
        let relation = catalog.relation(&place.table)?;
        Some((relation, relation.column(&place.column)?))
    })
}
