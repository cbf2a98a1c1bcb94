// The database of the documentation's examples, in the shape in which the generator prints one.

use ::sqlitenow_runtime as rt;

rt::v1::database! {
    /// The database of `sql/NotesDatabase`.
    pub struct NotesDatabase {
        transaction: NotesTransaction,
        connection: NotesConnection,
        migrations: MIGRATIONS,
        statements: 3,
    }
}

const MIGRATIONS: rt::v1::Migrations = rt::v1::Migrations {
    schema: &[rt::v1::Script::new("schema/note.sql", SCHEMA_1)],
    ..rt::v1::Migrations::NONE
};

const SCHEMA_1: &str = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);";

impl NotesDatabase {
    /// The statements of `queries/notes/`.
    #[must_use]
    pub fn notes(&self) -> Notes<'_, rt::v1::Database> {
        Notes { on: &self.0 }
    }
}

impl NotesTransaction {
    /// The statements of `queries/notes/`.
    #[must_use]
    pub fn notes(&self) -> Notes<'_, rt::v1::Transaction> {
        Notes { on: &self.0 }
    }
}

impl NotesConnection<'_> {
    /// The statements of `queries/notes/`.
    #[must_use]
    pub fn notes(&self) -> Notes<'_, rt::v1::Connection> {
        Notes { on: self.0 }
    }
}

/// The statements of `queries/notes/`, on a database, a transaction or a connection.
pub struct Notes<'c, C> {
    on: &'c C,
}

/// Rows, parameters and statements of `queries/notes/`.
pub mod notes {
    use super::rt;

    impl<'c, C> super::Notes<'c, C> {
        /// From `queries/notes/all.sql`.
        #[track_caller]
        pub fn all(&self) -> rt::v1::Select<'c, C, All> {
            rt::v1::Select::new(self.on, All)
        }

        /// From `queries/notes/add.sql`.
        #[track_caller]
        pub fn add<'p>(&self, text: &'p str) -> rt::v1::Execute<'c, C, Add<'p>> {
            rt::v1::Execute::new(self.on, Add(text))
        }

        /// From `queries/notes/remove.sql`.
        #[track_caller]
        pub fn remove(&self, id: i64) -> rt::v1::Returning<'c, C, Remove> {
            rt::v1::Returning::new(self.on, Remove(id))
        }
    }

    /// A row of `queries/notes/all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AllRow {
        /// Column `id`.
        pub id: i64,
        /// Column `text`.
        pub text: String,
    }

    /// The statement of `queries/notes/all.sql`.
    pub struct All;

    impl rt::v1::Bound for All {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 0,
            name: "notes.all",
            sql: "SELECT id, text FROM note ORDER BY id",
            columns: &["id", "text"],
            reads: &[rt::v1::Reads("note", &["id", "text"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for All {
        type Row = AllRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AllRow> {
            Ok(AllRow {
                id: row.get(0)?,
                text: row.get(1)?,
            })
        }
    }

    /// The statement of `queries/notes/add.sql`.
    pub struct Add<'p>(&'p str);

    impl rt::v1::Bound for Add<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 1,
            name: "notes.add",
            sql: "INSERT INTO note (text) VALUES (:text)",
            parameters: &["text"],
            writes: &[rt::v1::Writes::Insert("note")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    /// A row of `queries/notes/remove.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RemoveRow {
        /// Column `text`.
        pub text: String,
    }

    /// The statement of `queries/notes/remove.sql`.
    pub struct Remove(i64);

    impl rt::v1::Bound for Remove {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 2,
            name: "notes.remove",
            sql: "DELETE FROM note WHERE id = :id RETURNING text",
            parameters: &["id"],
            columns: &["text"],
            writes: &[rt::v1::Writes::Delete("note")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for Remove {
        type Row = RemoveRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<RemoveRow> {
            Ok(RemoveRow { text: row.get(0)? })
        }
    }
}
