//! Binding by types of the application's own.

use sqlitenow_runtime::v1::{
    Binder, Bound, Builder, Database, Execute, Handle, Migrations, Statement,
};
use sqlitenow_runtime::{Error, Result, Slot, ToCell};

#[derive(Clone, Debug)]
struct Empty(Database);

impl Handle for Empty {
    const MIGRATIONS: Migrations = Migrations::NONE;
    const STATEMENTS: usize = 1;

    fn from_database(database: Database) -> Self {
        Self(database)
    }
}

/// A value that cannot be bound to anything.
struct Unbindable;

impl ToCell for Unbindable {
    fn to_cell(&self, slot: Slot<'_>) -> Result<()> {
        Err(slot.refuse("something else", "this"))
    }
}

struct Refused;

impl Bound for Refused {
    const STATEMENT: &'static Statement = &Statement {
        sql: "SELECT :text",
        // As the generator prints names.
        parameters: &[":text"],
        ..Statement::EMPTY
    };

    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        to.bind(1, &Unbindable)
    }
}

#[tokio::test]
async fn a_value_that_cannot_be_bound_names_its_parameter_as_the_sql_does() {
    let db: Empty = Builder::default().open().await.unwrap();
    let refused = Execute::new(&db.0, Refused).execute().await;
    let Err(Error::Convert { column, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(column, ":text");
}
