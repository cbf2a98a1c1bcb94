// Written by hand in the style of the generator, until it prints this file.

use ::sqlitenow_runtime as rt;

rt::v1::database! {
    /// The database of `sql/BoardDatabase`.
    pub struct BoardDatabase {
        transaction: BoardTransaction,
        connection: BoardConnection,
        migrations: MIGRATIONS,
        statements: 37,
    }
}

const MIGRATIONS: rt::v1::Migrations = rt::v1::Migrations {
    version: 2,
    schema: &[rt::v1::Script::new("schema/card.sql", SCHEMA_1)],
    init: &[rt::v1::Script::new("init/seed.sql", INIT_1)],
    steps: &[rt::v1::Step::new(
        2,
        "migration/0002_note.sql",
        MIGRATION_0002,
    )],
    ..rt::v1::Migrations::NONE
};

const SCHEMA_1: &str = r"CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    note TEXT
);
CREATE TABLE list (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL REFERENCES list (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    entry TEXT NOT NULL
);
CREATE TRIGGER item_gone AFTER DELETE ON item BEGIN
    INSERT INTO audit (entry) VALUES ('gone: ' || old.label);
END;
CREATE TABLE sample (
    id INTEGER PRIMARY KEY,
    value
);
CREATE TABLE sample_typed (
    id INTEGER PRIMARY KEY,
    flag INTEGER,
    small INTEGER,
    big INTEGER,
    ratio REAL NOT NULL,
    label TEXT,
    bytes BLOB
);";

const INIT_1: &str = r"INSERT INTO card (title) VALUES ('read the guide');";

const MIGRATION_0002: &str = r"ALTER TABLE card ADD COLUMN note TEXT;";

impl BoardDatabase {
    /// The statements of `queries/cards/`.
    #[must_use]
    pub fn cards(&self) -> Cards<'_, rt::v1::Database> {
        Cards { on: &self.0 }
    }

    /// The statements of `queries/lists/`.
    #[must_use]
    pub fn lists(&self) -> Lists<'_, rt::v1::Database> {
        Lists { on: &self.0 }
    }

    /// The statements of `queries/items/`.
    #[must_use]
    pub fn items(&self) -> Items<'_, rt::v1::Database> {
        Items { on: &self.0 }
    }

    /// The statements of `queries/audits/`.
    #[must_use]
    pub fn audits(&self) -> Audits<'_, rt::v1::Database> {
        Audits { on: &self.0 }
    }

    /// The statements of `queries/samples/`.
    #[must_use]
    pub fn samples(&self) -> Samples<'_, rt::v1::Database> {
        Samples { on: &self.0 }
    }
}

impl BoardTransaction {
    /// The statements of `queries/cards/`.
    #[must_use]
    pub fn cards(&self) -> Cards<'_, rt::v1::Transaction> {
        Cards { on: &self.0 }
    }

    /// The statements of `queries/lists/`.
    #[must_use]
    pub fn lists(&self) -> Lists<'_, rt::v1::Transaction> {
        Lists { on: &self.0 }
    }

    /// The statements of `queries/items/`.
    #[must_use]
    pub fn items(&self) -> Items<'_, rt::v1::Transaction> {
        Items { on: &self.0 }
    }

    /// The statements of `queries/audits/`.
    #[must_use]
    pub fn audits(&self) -> Audits<'_, rt::v1::Transaction> {
        Audits { on: &self.0 }
    }

    /// The statements of `queries/samples/`.
    #[must_use]
    pub fn samples(&self) -> Samples<'_, rt::v1::Transaction> {
        Samples { on: &self.0 }
    }
}

impl BoardConnection<'_> {
    /// The statements of `queries/cards/`.
    #[must_use]
    pub fn cards(&self) -> Cards<'_, rt::v1::Connection> {
        Cards { on: self.0 }
    }

    /// The statements of `queries/lists/`.
    #[must_use]
    pub fn lists(&self) -> Lists<'_, rt::v1::Connection> {
        Lists { on: self.0 }
    }

    /// The statements of `queries/items/`.
    #[must_use]
    pub fn items(&self) -> Items<'_, rt::v1::Connection> {
        Items { on: self.0 }
    }

    /// The statements of `queries/audits/`.
    #[must_use]
    pub fn audits(&self) -> Audits<'_, rt::v1::Connection> {
        Audits { on: self.0 }
    }

    /// The statements of `queries/samples/`.
    #[must_use]
    pub fn samples(&self) -> Samples<'_, rt::v1::Connection> {
        Samples { on: self.0 }
    }
}

/// The statements of `queries/cards/`, on a database, a transaction or a connection.
pub struct Cards<'c, C> {
    on: &'c C,
}

/// The statements of `queries/lists/`, on a database, a transaction or a connection.
pub struct Lists<'c, C> {
    on: &'c C,
}

/// The statements of `queries/items/`, on a database, a transaction or a connection.
pub struct Items<'c, C> {
    on: &'c C,
}

/// The statements of `queries/audits/`, on a database, a transaction or a connection.
pub struct Audits<'c, C> {
    on: &'c C,
}

/// The statements of `queries/samples/`, on a database, a transaction or a connection.
pub struct Samples<'c, C> {
    on: &'c C,
}

/// Rows, parameters and statements of `queries/cards/`.
pub mod cards {
    use super::rt;

    impl<'c, C> super::Cards<'c, C> {
        /// One card by its key.
        ///
        /// From `queries/cards/by_id.sql`.
        #[track_caller]
        pub fn by_id(&self, id: i64) -> rt::v1::Select<'c, C, ById> {
            rt::v1::Select::new(self.on, ById(id))
        }

        /// From `queries/cards/insert_one.sql`.
        #[track_caller]
        pub fn insert_one<'p>(
            &self,
            params: &'p InsertOneParams,
        ) -> rt::v1::Execute<'c, C, InsertOne<'p>> {
            rt::v1::Execute::new(self.on, InsertOne(params))
        }

        /// From `queries/cards/rename.sql`.
        #[track_caller]
        pub fn rename<'p>(&self, params: &'p RenameParams) -> rt::v1::Returning<'c, C, Rename<'p>> {
            rt::v1::Returning::new(self.on, Rename(params))
        }

        /// From `queries/cards/all.sql`.
        #[track_caller]
        pub fn all(&self) -> rt::v1::Select<'c, C, All> {
            rt::v1::Select::new(self.on, All)
        }

        /// From `queries/cards/titles.sql`.
        #[track_caller]
        pub fn titles(&self) -> rt::v1::Select<'c, C, Titles> {
            rt::v1::Select::new(self.on, Titles)
        }

        /// From `queries/cards/count_all.sql`.
        #[track_caller]
        pub fn count_all(&self) -> rt::v1::Select<'c, C, CountAll> {
            rt::v1::Select::new(self.on, CountAll)
        }

        /// From `queries/cards/by_title.sql`.
        #[track_caller]
        pub fn by_title<'p>(&self, title: &'p str) -> rt::v1::Select<'c, C, ByTitle<'p>> {
            rt::v1::Select::new(self.on, ByTitle(title))
        }

        /// From `queries/cards/insert_titled.sql`.
        #[track_caller]
        pub fn insert_titled<'p>(
            &self,
            title: &'p str,
        ) -> rt::v1::Execute<'c, C, InsertTitled<'p>> {
            rt::v1::Execute::new(self.on, InsertTitled(title))
        }

        /// From `queries/cards/set_note.sql`.
        #[track_caller]
        pub fn set_note<'p>(
            &self,
            params: &'p SetNoteParams,
        ) -> rt::v1::Execute<'c, C, SetNote<'p>> {
            rt::v1::Execute::new(self.on, SetNote(params))
        }

        /// From `queries/cards/retitle_all.sql`.
        #[track_caller]
        pub fn retitle_all<'p>(&self, title: &'p str) -> rt::v1::Returning<'c, C, RetitleAll<'p>> {
            rt::v1::Returning::new(self.on, RetitleAll(title))
        }

        /// From `queries/cards/insert_returning.sql`.
        #[track_caller]
        pub fn insert_returning<'p>(
            &self,
            title: &'p str,
        ) -> rt::v1::Returning<'c, C, InsertReturning<'p>> {
            rt::v1::Returning::new(self.on, InsertReturning(title))
        }

        /// From `queries/cards/remove.sql`.
        #[track_caller]
        pub fn remove(&self, id: i64) -> rt::v1::Execute<'c, C, Remove> {
            rt::v1::Execute::new(self.on, Remove(id))
        }

        /// From `queries/cards/insert_held.sql`.
        #[track_caller]
        pub fn insert_held<'p>(&self, title: &'p str) -> rt::v1::Execute<'c, C, InsertHeld<'p>> {
            rt::v1::Execute::new(self.on, InsertHeld(title))
        }

        /// From `queries/cards/held_titles.sql`.
        #[track_caller]
        pub fn held_titles(&self) -> rt::v1::Select<'c, C, HeldTitles> {
            rt::v1::Select::new(self.on, HeldTitles)
        }

        /// From `queries/cards/constant.sql`.
        #[track_caller]
        pub fn constant(&self) -> rt::v1::Select<'c, C, Constant> {
            rt::v1::Select::new(self.on, Constant)
        }
    }

    /// `queries/cards/by_id.sql`
    pub const BY_ID_SQL: &str = r"-- One card by its key.
SELECT id, title, note FROM card WHERE id = :id";

    /// A row of `queries/cards/by_id.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ByIdRow {
        /// Column `id`.
        pub id: i64,
        /// Column `title`.
        pub title: String,
        /// Column `note`.
        pub note: Option<String>,
    }

    /// The statement of `queries/cards/by_id.sql`.
    pub struct ById(i64);

    impl rt::v1::Bound for ById {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 0,
            name: "cards.by_id",
            sql: BY_ID_SQL,
            parameters: &["id"],
            columns: &["id", "title", "note"],
            reads: &[rt::v1::Reads("card", &["id", "title", "note"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for ById {
        type Row = ByIdRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<ByIdRow> {
            Ok(ByIdRow {
                id: row.get(0)?,
                title: row.get(1)?,
                note: row.get(2)?,
            })
        }
    }

    /// `queries/cards/insert_one.sql`
    pub const INSERT_ONE_SQL: &str = r"INSERT INTO card (title, note) VALUES (:title, :note)";

    /// The parameters of `queries/cards/insert_one.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct InsertOneParams {
        /// Parameter `:title`.
        pub title: String,
        /// Parameter `:note`.
        pub note: Option<String>,
    }

    /// The statement of `queries/cards/insert_one.sql`.
    pub struct InsertOne<'p>(&'p InsertOneParams);

    impl rt::v1::Bound for InsertOne<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 1,
            name: "cards.insert_one",
            sql: INSERT_ONE_SQL,
            parameters: &["title", "note"],
            writes: &[rt::v1::Writes::Insert("card")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0.title)?;
            to.bind(2, &self.0.note)?;
            Ok(())
        }
    }

    /// `queries/cards/rename.sql`
    pub const RENAME_SQL: &str = r"UPDATE card SET title = :title WHERE id = :id RETURNING id";

    /// The parameters of `queries/cards/rename.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RenameParams {
        /// Parameter `:title`.
        pub title: String,
        /// Parameter `:id`.
        pub id: i64,
    }

    /// A row of `queries/cards/rename.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RenameRow {
        /// Column `id`.
        pub id: i64,
    }

    /// The statement of `queries/cards/rename.sql`.
    pub struct Rename<'p>(&'p RenameParams);

    impl rt::v1::Bound for Rename<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 2,
            name: "cards.rename",
            sql: RENAME_SQL,
            parameters: &["title", "id"],
            columns: &["id"],
            writes: &[rt::v1::Writes::Update("card", &["title"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0.title)?;
            to.bind(2, &self.0.id)?;
            Ok(())
        }
    }

    impl rt::v1::Query for Rename<'_> {
        type Row = RenameRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<RenameRow> {
            Ok(RenameRow { id: row.get(0)? })
        }
    }

    /// `queries/cards/all.sql`
    pub const ALL_SQL: &str = r"SELECT id, title, note FROM card ORDER BY id";

    /// A row of `queries/cards/all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AllRow {
        /// Column `id`.
        pub id: i64,
        /// Column `title`.
        pub title: String,
        /// Column `note`.
        pub note: Option<String>,
    }

    /// The statement of `queries/cards/all.sql`.
    pub struct All;

    impl rt::v1::Bound for All {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 3,
            name: "cards.all",
            sql: ALL_SQL,
            columns: &["id", "title", "note"],
            reads: &[rt::v1::Reads("card", &["id", "title", "note"])],
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
                title: row.get(1)?,
                note: row.get(2)?,
            })
        }
    }

    /// `queries/cards/titles.sql`
    pub const TITLES_SQL: &str = r"SELECT title FROM card ORDER BY id";

    /// A row of `queries/cards/titles.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct TitlesRow {
        /// Column `title`.
        pub title: String,
    }

    /// The statement of `queries/cards/titles.sql`.
    pub struct Titles;

    impl rt::v1::Bound for Titles {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 4,
            name: "cards.titles",
            sql: TITLES_SQL,
            columns: &["title"],
            reads: &[rt::v1::Reads("card", &["id", "title"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for Titles {
        type Row = TitlesRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<TitlesRow> {
            Ok(TitlesRow { title: row.get(0)? })
        }
    }

    /// `queries/cards/count_all.sql`
    pub const COUNT_ALL_SQL: &str = r"SELECT count(*) AS cards FROM card";

    /// A row of `queries/cards/count_all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct CountAllRow {
        /// Column `cards`.
        pub cards: i64,
    }

    /// The statement of `queries/cards/count_all.sql`.
    pub struct CountAll;

    impl rt::v1::Bound for CountAll {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 5,
            name: "cards.count_all",
            sql: COUNT_ALL_SQL,
            columns: &["cards"],
            reads: &[rt::v1::Reads("card", &[])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for CountAll {
        type Row = CountAllRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<CountAllRow> {
            Ok(CountAllRow { cards: row.get(0)? })
        }
    }

    /// `queries/cards/by_title.sql`
    pub const BY_TITLE_SQL: &str = r"SELECT id, title, note FROM card WHERE title = :title";

    /// A row of `queries/cards/by_title.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ByTitleRow {
        /// Column `id`.
        pub id: i64,
        /// Column `title`.
        pub title: String,
        /// Column `note`.
        pub note: Option<String>,
    }

    /// The statement of `queries/cards/by_title.sql`.
    pub struct ByTitle<'p>(&'p str);

    impl rt::v1::Bound for ByTitle<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 6,
            name: "cards.by_title",
            sql: BY_TITLE_SQL,
            parameters: &["title"],
            columns: &["id", "title", "note"],
            reads: &[rt::v1::Reads("card", &["id", "title", "note"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for ByTitle<'_> {
        type Row = ByTitleRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<ByTitleRow> {
            Ok(ByTitleRow {
                id: row.get(0)?,
                title: row.get(1)?,
                note: row.get(2)?,
            })
        }
    }

    /// `queries/cards/insert_titled.sql`
    pub const INSERT_TITLED_SQL: &str = r"INSERT INTO card (title) VALUES (:title)";

    /// The statement of `queries/cards/insert_titled.sql`.
    pub struct InsertTitled<'p>(&'p str);

    impl rt::v1::Bound for InsertTitled<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 7,
            name: "cards.insert_titled",
            sql: INSERT_TITLED_SQL,
            parameters: &["title"],
            writes: &[rt::v1::Writes::Insert("card")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    /// `queries/cards/set_note.sql`
    pub const SET_NOTE_SQL: &str = r"UPDATE card SET note = :note WHERE id = :id";

    /// The parameters of `queries/cards/set_note.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct SetNoteParams {
        /// Parameter `:note`.
        pub note: Option<String>,
        /// Parameter `:id`.
        pub id: i64,
    }

    /// The statement of `queries/cards/set_note.sql`.
    pub struct SetNote<'p>(&'p SetNoteParams);

    impl rt::v1::Bound for SetNote<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 8,
            name: "cards.set_note",
            sql: SET_NOTE_SQL,
            parameters: &["note", "id"],
            writes: &[rt::v1::Writes::Update("card", &["note"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0.note)?;
            to.bind(2, &self.0.id)?;
            Ok(())
        }
    }

    /// `queries/cards/retitle_all.sql`
    pub const RETITLE_ALL_SQL: &str = r"UPDATE card SET title = :title RETURNING id, title";

    /// A row of `queries/cards/retitle_all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RetitleAllRow {
        /// Column `id`.
        pub id: i64,
        /// Column `title`.
        pub title: String,
    }

    /// The statement of `queries/cards/retitle_all.sql`.
    pub struct RetitleAll<'p>(&'p str);

    impl rt::v1::Bound for RetitleAll<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 9,
            name: "cards.retitle_all",
            sql: RETITLE_ALL_SQL,
            parameters: &["title"],
            columns: &["id", "title"],
            writes: &[rt::v1::Writes::Update("card", &["title"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for RetitleAll<'_> {
        type Row = RetitleAllRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<RetitleAllRow> {
            Ok(RetitleAllRow {
                id: row.get(0)?,
                title: row.get(1)?,
            })
        }
    }

    /// `queries/cards/insert_returning.sql`
    pub const INSERT_RETURNING_SQL: &str =
        r"INSERT INTO card (title) VALUES (:title) RETURNING id, title, note";

    /// A row of `queries/cards/insert_returning.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct InsertReturningRow {
        /// Column `id`.
        pub id: i64,
        /// Column `title`.
        pub title: String,
        /// Column `note`.
        pub note: Option<String>,
    }

    /// The statement of `queries/cards/insert_returning.sql`.
    pub struct InsertReturning<'p>(&'p str);

    impl rt::v1::Bound for InsertReturning<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 10,
            name: "cards.insert_returning",
            sql: INSERT_RETURNING_SQL,
            parameters: &["title"],
            columns: &["id", "title", "note"],
            writes: &[rt::v1::Writes::Insert("card")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for InsertReturning<'_> {
        type Row = InsertReturningRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<InsertReturningRow> {
            Ok(InsertReturningRow {
                id: row.get(0)?,
                title: row.get(1)?,
                note: row.get(2)?,
            })
        }
    }

    /// `queries/cards/remove.sql`
    pub const REMOVE_SQL: &str = r"DELETE FROM card WHERE id = :id";

    /// The statement of `queries/cards/remove.sql`.
    pub struct Remove(i64);

    impl rt::v1::Bound for Remove {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 11,
            name: "cards.remove",
            sql: REMOVE_SQL,
            parameters: &["id"],
            writes: &[rt::v1::Writes::Delete("card")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    /// `queries/cards/insert_held.sql`
    pub const INSERT_HELD_SQL: &str = r"INSERT INTO card (title) VALUES (hold(:title))";

    /// The statement of `queries/cards/insert_held.sql`.
    pub struct InsertHeld<'p>(&'p str);

    impl rt::v1::Bound for InsertHeld<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 12,
            name: "cards.insert_held",
            sql: INSERT_HELD_SQL,
            parameters: &["title"],
            writes: &[rt::v1::Writes::Insert("card")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    /// `queries/cards/held_titles.sql`
    pub const HELD_TITLES_SQL: &str = r"SELECT hold(title) AS title FROM card ORDER BY id";

    /// A row of `queries/cards/held_titles.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct HeldTitlesRow {
        /// Column `title`.
        pub title: String,
    }

    /// The statement of `queries/cards/held_titles.sql`.
    pub struct HeldTitles;

    impl rt::v1::Bound for HeldTitles {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 13,
            name: "cards.held_titles",
            sql: HELD_TITLES_SQL,
            columns: &["title"],
            reads: &[rt::v1::Reads("card", &["id", "title"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for HeldTitles {
        type Row = HeldTitlesRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<HeldTitlesRow> {
            Ok(HeldTitlesRow { title: row.get(0)? })
        }
    }

    /// `queries/cards/constant.sql`
    pub const CONSTANT_SQL: &str = r"SELECT 7 AS seven";

    /// A row of `queries/cards/constant.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ConstantRow {
        /// Column `seven`.
        pub seven: i64,
    }

    /// The statement of `queries/cards/constant.sql`.
    pub struct Constant;

    impl rt::v1::Bound for Constant {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 14,
            name: "cards.constant",
            sql: CONSTANT_SQL,
            columns: &["seven"],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for Constant {
        type Row = ConstantRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<ConstantRow> {
            Ok(ConstantRow { seven: row.get(0)? })
        }
    }
}

/// Rows, parameters and statements of `queries/lists/`.
pub mod lists {
    use super::rt;

    impl<'c, C> super::Lists<'c, C> {
        /// From `queries/lists/insert_one.sql`.
        #[track_caller]
        pub fn insert_one<'p>(&self, name: &'p str) -> rt::v1::Execute<'c, C, InsertOne<'p>> {
            rt::v1::Execute::new(self.on, InsertOne(name))
        }

        /// From `queries/lists/all.sql`.
        #[track_caller]
        pub fn all(&self) -> rt::v1::Select<'c, C, All> {
            rt::v1::Select::new(self.on, All)
        }

        /// From `queries/lists/remove.sql`.
        #[track_caller]
        pub fn remove(&self, id: i64) -> rt::v1::Execute<'c, C, Remove> {
            rt::v1::Execute::new(self.on, Remove(id))
        }
    }

    /// `queries/lists/insert_one.sql`
    pub const INSERT_ONE_SQL: &str = r"INSERT INTO list (name) VALUES (:name)";

    /// The statement of `queries/lists/insert_one.sql`.
    pub struct InsertOne<'p>(&'p str);

    impl rt::v1::Bound for InsertOne<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 15,
            name: "lists.insert_one",
            sql: INSERT_ONE_SQL,
            parameters: &["name"],
            writes: &[rt::v1::Writes::Insert("list")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    /// `queries/lists/all.sql`
    pub const ALL_SQL: &str = r"SELECT id, name FROM list ORDER BY id";

    /// A row of `queries/lists/all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AllRow {
        /// Column `id`.
        pub id: i64,
        /// Column `name`.
        pub name: String,
    }

    /// The statement of `queries/lists/all.sql`.
    pub struct All;

    impl rt::v1::Bound for All {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 16,
            name: "lists.all",
            sql: ALL_SQL,
            columns: &["id", "name"],
            reads: &[rt::v1::Reads("list", &["id", "name"])],
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
                name: row.get(1)?,
            })
        }
    }

    /// `queries/lists/remove.sql`
    pub const REMOVE_SQL: &str = r"DELETE FROM list WHERE id = :id";

    /// The statement of `queries/lists/remove.sql`.
    pub struct Remove(i64);

    impl rt::v1::Bound for Remove {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 17,
            name: "lists.remove",
            sql: REMOVE_SQL,
            parameters: &["id"],
            writes: &[
                rt::v1::Writes::Delete("list"),
                rt::v1::Writes::Delete("item"),
                rt::v1::Writes::Insert("audit"),
            ],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }
}

/// Rows, parameters and statements of `queries/items/`.
pub mod items {
    use super::rt;

    impl<'c, C> super::Items<'c, C> {
        /// From `queries/items/insert_one.sql`.
        #[track_caller]
        pub fn insert_one<'p>(
            &self,
            params: &'p InsertOneParams,
        ) -> rt::v1::Execute<'c, C, InsertOne<'p>> {
            rt::v1::Execute::new(self.on, InsertOne(params))
        }

        /// From `queries/items/labels.sql`.
        #[track_caller]
        pub fn labels(&self) -> rt::v1::Select<'c, C, Labels> {
            rt::v1::Select::new(self.on, Labels)
        }
    }

    /// `queries/items/insert_one.sql`
    pub const INSERT_ONE_SQL: &str = r"INSERT INTO item (list_id, label) VALUES (:list_id, :label)";

    /// The parameters of `queries/items/insert_one.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct InsertOneParams {
        /// Parameter `:list_id`.
        pub list_id: i64,
        /// Parameter `:label`.
        pub label: String,
    }

    /// The statement of `queries/items/insert_one.sql`.
    pub struct InsertOne<'p>(&'p InsertOneParams);

    impl rt::v1::Bound for InsertOne<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 18,
            name: "items.insert_one",
            sql: INSERT_ONE_SQL,
            parameters: &["list_id", "label"],
            writes: &[rt::v1::Writes::Insert("item")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0.list_id)?;
            to.bind(2, &self.0.label)?;
            Ok(())
        }
    }

    /// `queries/items/labels.sql`
    pub const LABELS_SQL: &str = r"SELECT label FROM item ORDER BY id";

    /// A row of `queries/items/labels.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct LabelsRow {
        /// Column `label`.
        pub label: String,
    }

    /// The statement of `queries/items/labels.sql`.
    pub struct Labels;

    impl rt::v1::Bound for Labels {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 19,
            name: "items.labels",
            sql: LABELS_SQL,
            columns: &["label"],
            reads: &[rt::v1::Reads("item", &["id", "label"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for Labels {
        type Row = LabelsRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<LabelsRow> {
            Ok(LabelsRow { label: row.get(0)? })
        }
    }
}

/// Rows, parameters and statements of `queries/audits/`.
pub mod audits {
    use super::rt;

    impl<'c, C> super::Audits<'c, C> {
        /// From `queries/audits/all.sql`.
        #[track_caller]
        pub fn all(&self) -> rt::v1::Select<'c, C, All> {
            rt::v1::Select::new(self.on, All)
        }
    }

    /// `queries/audits/all.sql`
    pub const ALL_SQL: &str = r"SELECT entry FROM audit ORDER BY id";

    /// A row of `queries/audits/all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AllRow {
        /// Column `entry`.
        pub entry: String,
    }

    /// The statement of `queries/audits/all.sql`.
    pub struct All;

    impl rt::v1::Bound for All {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 20,
            name: "audits.all",
            sql: ALL_SQL,
            columns: &["entry"],
            reads: &[rt::v1::Reads("audit", &["id", "entry"])],
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
            Ok(AllRow { entry: row.get(0)? })
        }
    }
}

/// Rows, parameters and statements of `queries/samples/`.
pub mod samples {
    use super::rt;

    impl<'c, C> super::Samples<'c, C> {
        /// From `queries/samples/insert_one.sql`.
        #[track_caller]
        pub fn insert_one<'p>(
            &self,
            value: &'p rt::v1::Value,
        ) -> rt::v1::Execute<'c, C, InsertOne<'p>> {
            rt::v1::Execute::new(self.on, InsertOne(value))
        }

        /// From `queries/samples/insert_all.sql`.
        #[track_caller]
        pub fn insert_all<'p>(
            &self,
            params: &'p InsertAllParams,
        ) -> rt::v1::Execute<'c, C, InsertAll<'p>> {
            rt::v1::Execute::new(self.on, InsertAll(params))
        }

        /// From `queries/samples/all_typed.sql`.
        #[track_caller]
        pub fn all_typed(&self) -> rt::v1::Select<'c, C, AllTyped> {
            rt::v1::Select::new(self.on, AllTyped)
        }

        /// From `queries/samples/insert_ratio.sql`.
        #[track_caller]
        pub fn insert_ratio(&self, ratio: f64) -> rt::v1::Execute<'c, C, InsertRatio> {
            rt::v1::Execute::new(self.on, InsertRatio(ratio))
        }

        /// From `queries/samples/as_value.sql`.
        #[track_caller]
        pub fn as_value(&self, id: i64) -> rt::v1::Select<'c, C, AsValue> {
            rt::v1::Select::new(self.on, AsValue(id))
        }

        /// From `queries/samples/as_bool.sql`.
        #[track_caller]
        pub fn as_bool(&self, id: i64) -> rt::v1::Select<'c, C, AsBool> {
            rt::v1::Select::new(self.on, AsBool(id))
        }

        /// From `queries/samples/as_i8.sql`.
        #[track_caller]
        pub fn as_i8(&self, id: i64) -> rt::v1::Select<'c, C, AsI8> {
            rt::v1::Select::new(self.on, AsI8(id))
        }

        /// From `queries/samples/as_u32.sql`.
        #[track_caller]
        pub fn as_u32(&self, id: i64) -> rt::v1::Select<'c, C, AsU32> {
            rt::v1::Select::new(self.on, AsU32(id))
        }

        /// From `queries/samples/as_i64.sql`.
        #[track_caller]
        pub fn as_i64(&self, id: i64) -> rt::v1::Select<'c, C, AsI64> {
            rt::v1::Select::new(self.on, AsI64(id))
        }

        /// From `queries/samples/as_f32.sql`.
        #[track_caller]
        pub fn as_f32(&self, id: i64) -> rt::v1::Select<'c, C, AsF32> {
            rt::v1::Select::new(self.on, AsF32(id))
        }

        /// From `queries/samples/as_f64.sql`.
        #[track_caller]
        pub fn as_f64(&self, id: i64) -> rt::v1::Select<'c, C, AsF64> {
            rt::v1::Select::new(self.on, AsF64(id))
        }

        /// From `queries/samples/as_text.sql`.
        #[track_caller]
        pub fn as_text(&self, id: i64) -> rt::v1::Select<'c, C, AsText> {
            rt::v1::Select::new(self.on, AsText(id))
        }

        /// From `queries/samples/as_blob.sql`.
        #[track_caller]
        pub fn as_blob(&self, id: i64) -> rt::v1::Select<'c, C, AsBlob> {
            rt::v1::Select::new(self.on, AsBlob(id))
        }

        /// From `queries/samples/as_maybe.sql`.
        #[track_caller]
        pub fn as_maybe(&self, id: i64) -> rt::v1::Select<'c, C, AsMaybe> {
            rt::v1::Select::new(self.on, AsMaybe(id))
        }

        /// From `queries/samples/cast_text.sql`.
        #[track_caller]
        pub fn cast_text(&self, id: i64) -> rt::v1::Select<'c, C, CastText> {
            rt::v1::Select::new(self.on, CastText(id))
        }

        /// From `queries/samples/insert_strict.sql`.
        #[track_caller]
        pub fn insert_strict<'p>(
            &self,
            value: &'p rt::v1::Value,
        ) -> rt::v1::Returning<'c, C, InsertStrict<'p>> {
            rt::v1::Returning::new(self.on, InsertStrict(value))
        }
    }

    /// `queries/samples/insert_one.sql`
    pub const INSERT_ONE_SQL: &str = r"INSERT INTO sample (value) VALUES (:value)";

    /// The statement of `queries/samples/insert_one.sql`.
    pub struct InsertOne<'p>(&'p rt::v1::Value);

    impl rt::v1::Bound for InsertOne<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 21,
            name: "samples.insert_one",
            sql: INSERT_ONE_SQL,
            parameters: &["value"],
            writes: &[rt::v1::Writes::Insert("sample")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    /// `queries/samples/insert_all.sql`
    pub const INSERT_ALL_SQL: &str = r"INSERT INTO sample_typed (flag, small, big, ratio, label, bytes) VALUES (:flag, :small, :big, :ratio, :label, :bytes)";

    /// The parameters of `queries/samples/insert_all.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct InsertAllParams {
        /// Parameter `:flag`.
        pub flag: bool,
        /// Parameter `:small`.
        pub small: i8,
        /// Parameter `:big`.
        pub big: i64,
        /// Parameter `:ratio`.
        pub ratio: f64,
        /// Parameter `:label`.
        pub label: String,
        /// Parameter `:bytes`.
        pub bytes: Vec<u8>,
    }

    /// The statement of `queries/samples/insert_all.sql`.
    pub struct InsertAll<'p>(&'p InsertAllParams);

    impl rt::v1::Bound for InsertAll<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 22,
            name: "samples.insert_all",
            sql: INSERT_ALL_SQL,
            parameters: &["flag", "small", "big", "ratio", "label", "bytes"],
            writes: &[rt::v1::Writes::Insert("sample_typed")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0.flag)?;
            to.bind(2, &self.0.small)?;
            to.bind(3, &self.0.big)?;
            to.bind(4, &self.0.ratio)?;
            to.bind(5, &self.0.label)?;
            to.bind(6, &self.0.bytes)?;
            Ok(())
        }
    }

    /// `queries/samples/all_typed.sql`
    pub const ALL_TYPED_SQL: &str =
        r"SELECT flag, small, big, ratio, label, bytes FROM sample_typed ORDER BY id";

    /// A row of `queries/samples/all_typed.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AllTypedRow {
        /// Column `flag`.
        pub flag: bool,
        /// Column `small`.
        pub small: i8,
        /// Column `big`.
        pub big: i64,
        /// Column `ratio`.
        pub ratio: f64,
        /// Column `label`.
        pub label: String,
        /// Column `bytes`.
        pub bytes: Vec<u8>,
    }

    /// The statement of `queries/samples/all_typed.sql`.
    pub struct AllTyped;

    impl rt::v1::Bound for AllTyped {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 23,
            name: "samples.all_typed",
            sql: ALL_TYPED_SQL,
            columns: &["flag", "small", "big", "ratio", "label", "bytes"],
            reads: &[rt::v1::Reads(
                "sample_typed",
                &["id", "flag", "small", "big", "ratio", "label", "bytes"],
            )],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, _to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            Ok(())
        }
    }

    impl rt::v1::Query for AllTyped {
        type Row = AllTypedRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AllTypedRow> {
            Ok(AllTypedRow {
                flag: row.get(0)?,
                small: row.get(1)?,
                big: row.get(2)?,
                ratio: row.get(3)?,
                label: row.get(4)?,
                bytes: row.get(5)?,
            })
        }
    }

    /// `queries/samples/insert_ratio.sql`
    pub const INSERT_RATIO_SQL: &str = r"INSERT INTO sample_typed (ratio) VALUES (:ratio)";

    /// The statement of `queries/samples/insert_ratio.sql`.
    pub struct InsertRatio(f64);

    impl rt::v1::Bound for InsertRatio {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 24,
            name: "samples.insert_ratio",
            sql: INSERT_RATIO_SQL,
            parameters: &["ratio"],
            writes: &[rt::v1::Writes::Insert("sample_typed")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    /// `queries/samples/as_value.sql`
    pub const AS_VALUE_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_value.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsValueRow {
        /// Column `value`.
        pub value: rt::v1::Value,
    }

    /// The statement of `queries/samples/as_value.sql`.
    pub struct AsValue(i64);

    impl rt::v1::Bound for AsValue {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 25,
            name: "samples.as_value",
            sql: AS_VALUE_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsValue {
        type Row = AsValueRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsValueRow> {
            Ok(AsValueRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_bool.sql`
    pub const AS_BOOL_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_bool.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsBoolRow {
        /// Column `value`.
        pub value: bool,
    }

    /// The statement of `queries/samples/as_bool.sql`.
    pub struct AsBool(i64);

    impl rt::v1::Bound for AsBool {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 26,
            name: "samples.as_bool",
            sql: AS_BOOL_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsBool {
        type Row = AsBoolRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsBoolRow> {
            Ok(AsBoolRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_i8.sql`
    pub const AS_I8_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_i8.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsI8Row {
        /// Column `value`.
        pub value: i8,
    }

    /// The statement of `queries/samples/as_i8.sql`.
    pub struct AsI8(i64);

    impl rt::v1::Bound for AsI8 {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 27,
            name: "samples.as_i8",
            sql: AS_I8_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsI8 {
        type Row = AsI8Row;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsI8Row> {
            Ok(AsI8Row { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_u32.sql`
    pub const AS_U32_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_u32.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsU32Row {
        /// Column `value`.
        pub value: u32,
    }

    /// The statement of `queries/samples/as_u32.sql`.
    pub struct AsU32(i64);

    impl rt::v1::Bound for AsU32 {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 28,
            name: "samples.as_u32",
            sql: AS_U32_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsU32 {
        type Row = AsU32Row;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsU32Row> {
            Ok(AsU32Row { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_i64.sql`
    pub const AS_I64_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_i64.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsI64Row {
        /// Column `value`.
        pub value: i64,
    }

    /// The statement of `queries/samples/as_i64.sql`.
    pub struct AsI64(i64);

    impl rt::v1::Bound for AsI64 {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 29,
            name: "samples.as_i64",
            sql: AS_I64_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsI64 {
        type Row = AsI64Row;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsI64Row> {
            Ok(AsI64Row { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_f32.sql`
    pub const AS_F32_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_f32.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsF32Row {
        /// Column `value`.
        pub value: f32,
    }

    /// The statement of `queries/samples/as_f32.sql`.
    pub struct AsF32(i64);

    impl rt::v1::Bound for AsF32 {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 30,
            name: "samples.as_f32",
            sql: AS_F32_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsF32 {
        type Row = AsF32Row;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsF32Row> {
            Ok(AsF32Row { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_f64.sql`
    pub const AS_F64_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_f64.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsF64Row {
        /// Column `value`.
        pub value: f64,
    }

    /// The statement of `queries/samples/as_f64.sql`.
    pub struct AsF64(i64);

    impl rt::v1::Bound for AsF64 {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 31,
            name: "samples.as_f64",
            sql: AS_F64_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsF64 {
        type Row = AsF64Row;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsF64Row> {
            Ok(AsF64Row { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_text.sql`
    pub const AS_TEXT_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_text.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsTextRow {
        /// Column `value`.
        pub value: String,
    }

    /// The statement of `queries/samples/as_text.sql`.
    pub struct AsText(i64);

    impl rt::v1::Bound for AsText {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 32,
            name: "samples.as_text",
            sql: AS_TEXT_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsText {
        type Row = AsTextRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsTextRow> {
            Ok(AsTextRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_blob.sql`
    pub const AS_BLOB_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_blob.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsBlobRow {
        /// Column `value`.
        pub value: Vec<u8>,
    }

    /// The statement of `queries/samples/as_blob.sql`.
    pub struct AsBlob(i64);

    impl rt::v1::Bound for AsBlob {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 33,
            name: "samples.as_blob",
            sql: AS_BLOB_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsBlob {
        type Row = AsBlobRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsBlobRow> {
            Ok(AsBlobRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/as_maybe.sql`
    pub const AS_MAYBE_SQL: &str = r"SELECT value FROM sample WHERE id = :id";

    /// A row of `queries/samples/as_maybe.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AsMaybeRow {
        /// Column `value`.
        pub value: Option<i64>,
    }

    /// The statement of `queries/samples/as_maybe.sql`.
    pub struct AsMaybe(i64);

    impl rt::v1::Bound for AsMaybe {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 34,
            name: "samples.as_maybe",
            sql: AS_MAYBE_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for AsMaybe {
        type Row = AsMaybeRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<AsMaybeRow> {
            Ok(AsMaybeRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/cast_text.sql`
    pub const CAST_TEXT_SQL: &str =
        r"SELECT CAST(value AS TEXT) AS value FROM sample WHERE id = :id";

    /// A row of `queries/samples/cast_text.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct CastTextRow {
        /// Column `value`.
        pub value: String,
    }

    /// The statement of `queries/samples/cast_text.sql`.
    pub struct CastText(i64);

    impl rt::v1::Bound for CastText {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 35,
            name: "samples.cast_text",
            sql: CAST_TEXT_SQL,
            parameters: &["id"],
            columns: &["value"],
            reads: &[rt::v1::Reads("sample", &["id", "value"])],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, &self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for CastText {
        type Row = CastTextRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<CastTextRow> {
            Ok(CastTextRow { value: row.get(0)? })
        }
    }

    /// `queries/samples/insert_strict.sql`
    pub const INSERT_STRICT_SQL: &str =
        r"INSERT INTO sample (id, value) VALUES (1, :value) RETURNING value";

    /// A row of `queries/samples/insert_strict.sql`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct InsertStrictRow {
        /// Column `value`.
        pub value: i64,
    }

    /// The statement of `queries/samples/insert_strict.sql`.
    pub struct InsertStrict<'p>(&'p rt::v1::Value);

    impl rt::v1::Bound for InsertStrict<'_> {
        const STATEMENT: &'static rt::v1::Statement = &rt::v1::Statement {
            number: 36,
            name: "samples.insert_strict",
            sql: INSERT_STRICT_SQL,
            parameters: &["value"],
            columns: &["value"],
            writes: &[rt::v1::Writes::Insert("sample")],
            short: true,
            ..rt::v1::Statement::EMPTY
        };

        fn bind(&self, to: &mut rt::v1::Binder<'_>) -> rt::v1::Result<()> {
            to.bind(1, self.0)?;
            Ok(())
        }
    }

    impl rt::v1::Query for InsertStrict<'_> {
        type Row = InsertStrictRow;

        fn read(row: &rt::v1::Row<'_>) -> rt::v1::Result<InsertStrictRow> {
            Ok(InsertStrictRow { value: row.get(0)? })
        }
    }
}
