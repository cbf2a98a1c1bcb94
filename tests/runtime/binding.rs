//! Binding by types of the application's own.

use sqlitenow_runtime::v1::{
    Binder, Bound, Database, Execute, Executor, Handle, Migrations, Script, Statement, Writes,
};
use sqlitenow_runtime::{Error, Result, Slot, ToCell, Value};
use sqlitenow_tests::way::Builder;

#[derive(Clone, Debug)]
pub struct Empty(Database);

impl Handle for Empty {
    type Adapters = ();

    const MIGRATIONS: Migrations = Migrations::NONE;
    const STATEMENTS: usize = 1;

    fn from_database(database: Database) -> Self {
        Self(database)
    }

    fn database(&self) -> &Database {
        &self.0
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
    let db: Empty = Builder::new().open().await.unwrap();
    let refused = Execute::new(&db.0, Refused).execute().await;
    let Err(Error::Convert { column, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(column, ":text");
}

/// A database with one row.
#[derive(Clone, Debug)]
pub struct Named(Database);

impl Handle for Named {
    type Adapters = ();

    const MIGRATIONS: Migrations = Migrations {
        schema: &[Script::new(
            "schema/name.sql",
            "CREATE TABLE name (name TEXT)",
        )],
        init: &[Script::new(
            "init/name.sql",
            "INSERT INTO name VALUES ('b')",
        )],
        ..Migrations::NONE
    };
    const STATEMENTS: usize = 1;

    fn from_database(database: Database) -> Self {
        Self(database)
    }

    fn database(&self) -> &Database {
        &self.0
    }
}

/// Deletes what is not in a list.
struct Listed(Vec<Value>);

impl Bound for Listed {
    const STATEMENT: &'static Statement = &Statement {
        sql: "DELETE FROM name WHERE name NOT IN (SELECT value FROM json_each(:names))",
        parameters: &[":names"],
        writes: &[Writes::Delete("name")],
        ..Statement::EMPTY
    };

    fn bind(&self, to: &mut Binder<'_>) -> Result<()> {
        to.bind_list(1, &self.0)
    }
}

#[tokio::test]
async fn r79_a_list_element_that_is_no_value_is_refused_before_anything_runs() {
    let text = || Value::Text("a".to_owned());
    for executor in [Executor::Inline, Executor::Thread] {
        let db: Named = Builder::new().executor(executor).open().await.unwrap();
        for wrong in [Value::Null, Value::Real(f64::NAN)] {
            let list = Listed(vec![text(), wrong, text()]);
            let refused = Execute::new(&db.0, list).execute().await;
            let Err(Error::Convert {
                column,
                expected,
                found,
                ..
            }) = refused
            else {
                panic!("{refused:?}")
            };
            assert_eq!((column.as_str(), found.as_str()), (":names", "NULL"));
            assert_eq!(expected, "list elements that are neither NULL nor NaN");
        }
        let deleted = Execute::new(&db.0, Listed(vec![text()])).execute().await;
        assert_eq!(deleted.unwrap().rows, 1, "nothing had run before");
    }
}
