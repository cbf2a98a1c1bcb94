//! The table of all codes: name, number, title, explanation.
//!
//! New codes go to the end of their group. An explanation says in a few sentences what is wrong and why it matters, then
//! shows a wrong and a right example.

super::code::codes! {
    ConfigSyntax "SN0001" "the configuration is not TOML"
    "`sqlitenow.toml` does not follow TOML's grammar, so nothing of it was read.

Wrong: `input = sql/App`
Right: `input = \"sql/App\"`"

    UnknownConfigKey "SN0002" "unknown key in the configuration"
    "The configuration has a key that sqlitenow does not know. Unknown keys are refused, since a misspelled one would \
silently have no effect.

Wrong: `inputs = \"sql/App\"`
Right: `input = \"sql/App\"`"

    ConfigValue "SN0003" "unsuitable value in the configuration"
    "A key of the configuration has a value of another kind than it takes.

Wrong: `input = 1`
Right: `input = \"sql/App\"`"

    DatabaseName "SN0005" "database name that is no type name"
    "The key of a database becomes the name of a Rust type: it is written in UpperCamelCase, with ASCII letters and \
digits.

Wrong: `[databases.my-app]`
Right: `[databases.MyApp]`"

    NoDatabase "SN0006" "configuration without a database"
    "The configuration describes no database, so there is nothing to generate.

Wrong: an empty `sqlitenow.toml`
Right: `[databases.App]`"

    DeclaredName "SN0007" "function or collation declared by an unsuitable name"
    "A function is declared by its name alone, without arguments, and each function and collation once: SQLite takes no \
account of letter case.

Wrong: `\"slug(text)\" = {}`
Right: `slug = { arguments = 1 }`"

    SchemaMissing "SN0010" "no schema"
    "A database needs a folder `schema/` with at least one statement: queries are checked against it, and fresh \
databases are made from it.

Wrong: `sql/App/queries/all.sql` alone
Right: `sql/App/schema/tasks.sql` with `CREATE TABLE tasks (id INTEGER PRIMARY KEY);` beside it"

    InputMissing "SN0011" "no folder for a database"
    "The folder a database is read from does not exist. It is `sql/<Name>` beside the configuration unless `input` says \
otherwise.

Wrong: `[databases.App]` without a folder `sql/App`
Right: create `sql/App/schema/`, or set `input` to the folder you have"

    FileForFolder "SN0012" "file where a folder belongs"
    "A file has the name of one of the folders of a database.

Wrong: a file named `queries`
Right: a folder `queries/` with one `.sql` file per query"

    UnknownFolder "SN0013" "folder that is never read"
    "A folder of a database holds `.sql` files but is none of `schema/`, `queries/`, `init/` and `migration/`, so they \
would be ignored in silence.

Wrong: `sql/App/query/all.sql`
Right: `sql/App/queries/all.sql`"

    LooseFile "SN0014" "SQL file outside of the folders"
    "A `.sql` file lies directly in the folder of a database, where nothing is read.

Wrong: `sql/App/tasks.sql`
Right: `sql/App/schema/tasks.sql`, or `sql/App/queries/tasks.sql`"

    FolderForFile "SN0015" "folder where a file belongs"
    "Only `queries/` has folders inside: they become namespaces. In `schema/`, `init/` and `migration/` a folder with \
`.sql` files would be ignored in silence, and a folder can nowhere be named like a `.sql` file.

Wrong: `schema/tables/tasks.sql`
Right: `schema/tasks.sql`"

    NotUtf8 "SN0016" "file that is not UTF-8"
    "SQLite reads text as UTF-8, and so does sqlitenow. The file holds bytes that are none.

Wrong: a file saved as Latin-1 or UTF-16
Right: the same file saved as UTF-8"

    NulCharacter "SN0017" "NUL character in a file"
    "SQLite takes a NUL character for the end of the text, so what follows would be ignored in silence.

Wrong: a file saved as UTF-16 without its mark, or a binary file
Right: the text alone, as UTF-8"

    Unreadable "SN0018" "file or folder that cannot be read"
    "A `.sql` file or a folder of a database is there, but it cannot be read: a link that leads nowhere, a folder that \
contains itself through a link, missing permissions, or something that is no regular file.

Wrong: `queries/all.sql` as a link to a file that was removed
Right: the file itself, or no link"

    UnusedType "SN0019" "Rust type for an SQL type that no column has"
    "`types` gives a Rust type to all columns that are declared with an SQL type, but no column of the schema is. Sizes and \
letter case do not matter.

Wrong: `DATETIM = \"crate::Moment\"`
Right: `DATETIME = \"crate::Moment\"`"

    QueryStatementKind "SN0101" "statement that is no query"
    "A file in `queries/` holds SELECT, INSERT, UPDATE, DELETE, REPLACE, VALUES and WITH statements. Others change the \
schema or the connection and belong elsewhere.

Wrong: `CREATE TABLE t (id INTEGER);` in `queries/`
Right: the same statement in `schema/`"

    QueryWithoutStatement "SN0102" "query file without a statement"
    "A file in `queries/` becomes a method, but there is no statement in it.

Wrong: a file that holds only comments
Right: `SELECT id FROM tasks;`"

    UnnamedStatement "SN0103" "unnamed statement among several"
    "A file with several statements becomes several methods, so each statement says its name.

Wrong: `SELECT 1; SELECT 2;`
Right: `-- @@{ name=one }` in front of the first and `-- @@{ name=two }` in front of the second"

    UnclosedBlock "SN0201" "annotation block that is never closed"
    "A block starts with `@@{` and ends with `}` in the same comment, or in the same run of `--` lines.

Wrong: `-- @@{ name=all`
Right: `-- @@{ name=all }`"

    MalformedBlock "SN0202" "annotation block that cannot be read"
    "A block holds entries `key=value` or `key: value`, separated by commas or new lines. Values are bare words, quoted \
strings, `true`, `false`, `null`, numbers, lists and nested objects.

Wrong: `-- @@{ field=title notNull=true }`
Right: `-- @@{ field=title, notNull=true }`"

    UnknownKey "SN0203" "unknown key in an annotation"
    "A block has a key that sqlitenow does not know. `GRAMMAR.md` lists all keys.

Wrong: `-- @@{ field=title, propertyNam=heading }`
Right: `-- @@{ field=title, propertyName=heading }`"

    MisplacedKey "SN0204" "annotation key in the wrong place"
    "The key exists, but means nothing at this place: `queryResult`, for example, is for queries, and what concerns one \
column needs `field=` in the same block.

Wrong: `-- @@{ queryResult=Task }` in front of CREATE TABLE
Right: `-- @@{ queryResult=Task }` in front of SELECT"

    RepeatedKey "SN0205" "key given twice in a block"
    "A block has one key twice, so one of the values would be lost.

Wrong: `-- @@{ name=a, name=b }`
Right: `-- @@{ name=a }`"

    BlockTarget "SN0206" "block about nothing or about two things"
    "A block inside a statement is about one column (`field=`), one nested value (`dynamicField=`) or one parameter \
(`param=`), and says which.

Wrong: `-- @@{ notNull=true }` inside a SELECT
Right: `-- @@{ field=title, notNull=true }`"

    AnnotationValue "SN0207" "unsuitable value in an annotation"
    "A key of a block has a value it does not take.

Wrong: `-- @@{ field=title, notNull=yes }`
Right: `-- @@{ field=title, notNull=true }`"

    KeyWithoutEffect "SN0208" "annotation that has no effect yet"
    "The key is part of the grammar, but this version of sqlitenow does nothing with it. It is refused, so that nobody \
relies on an effect that is not there.

Wrong: `-- @@{ mapTo=crate::Task }`
Right: leave the key out"

    OrphanedBlock "SN0209" "annotation that belongs to no statement"
    "A comment belongs to the statement that follows it. This block stands behind the last semicolon, so nothing follows.

Wrong: `SELECT id FROM tasks; -- @@{ name=all }`
Right: `-- @@{ name=all }` in front of `SELECT id FROM tasks;`"

    UnknownField "SN0210" "annotation for a column that is not there"
    "`field=` names a column of the table, or a label of the result, and this one matches none.

Wrong: `SELECT title -- @@{ field=titel, notNull=true }`
Right: `SELECT title -- @@{ field=title, notNull=true }`"

    UnknownParam "SN0211" "annotation for a parameter that is not there"
    "`param=` names a parameter of the statement without its prefix, and this one matches none.

Wrong: `SELECT :id -- @@{ param=di, propertyType=i64 }`
Right: `SELECT :id -- @@{ param=id, propertyType=i64 }`"

    UnknownPropertyType "SN0212" "property type that is unknown"
    "A `propertyType`, or an entry of `types` in the configuration, is none of the types that are built in and no whole \
path of another one. A type of yours implements the runtime's `FromCell` and `ToCell`, and is written with its whole \
path, since statements stand in modules of their own.

Wrong: `-- @@{ field=status, propertyType=Status }`
Right: `-- @@{ field=status, propertyType=crate::Status }`"

    SchemaRejected "SN0301" "SQLite rejects a statement of the schema"
    "The statements in `schema/` are run on an empty database in memory. SQLite refused this one; the message is its own.

Wrong: `CREATE TABLE tasks (id INTEGER PRIMARY KEY, id TEXT);`
Right: `CREATE TABLE tasks (id INTEGER PRIMARY KEY, title TEXT);`"

    SchemaStatementKind "SN0302" "statement in the schema that creates nothing"
    "The folder `schema/` describes the newest shape of the database with CREATE TABLE, CREATE VIRTUAL TABLE, CREATE \
VIEW, CREATE INDEX and CREATE TRIGGER. First rows belong in `init/`, changes of older databases in `migration/`.

Wrong: `ALTER TABLE tasks ADD COLUMN done BOOLEAN;` in `schema/`
Right: `CREATE TABLE tasks (id INTEGER PRIMARY KEY, done BOOLEAN);`"

    DuplicateObject "SN0303" "object of the schema that is created twice"
    "Two statements create one name. SQLite refuses the second one, or, with IF NOT EXISTS, ignores it in silence. Tables, \
views and indexes share their names; letter case makes no other name.

Wrong: `CREATE TABLE tasks (id INTEGER);` and `CREATE TABLE IF NOT EXISTS Tasks (title TEXT);`
Right: one `CREATE TABLE tasks (id INTEGER, title TEXT);`"

    ForeignKeyTarget "SN0304" "foreign key that nothing can satisfy"
    "A foreign key refers to the primary key of a table, or to columns with a unique index of their own: one that has \
exactly these columns, no WHERE clause and the columns' own collations. With any other target SQLite refuses every \
statement that writes one of the two tables.

Wrong: `CREATE TABLE tasks (list TEXT REFERENCES lists(name));` where `name` is not unique
Right: the same with `name TEXT NOT NULL UNIQUE` in `lists`"

    NumericAffinity "SN0307" "text columns that make numbers of text"
    "A column declared DATE, DATETIME, TIME or JSON is read as text, but these words give it numeric affinity: text that \
looks like a number is stored as that number, and '007' reads back as '7'. A warning: '2024-05-01' is no number, and stays \
as it is.

Wrong: `CREATE TABLE trip (id INTEGER PRIMARY KEY, day DATE);`
Right: `CREATE TABLE trip (id INTEGER PRIMARY KEY, day TEXT);`"

    QueryRejected "SN0401" "SQLite rejects a query"
    "Each query is prepared by SQLite against the schema. SQLite refused this one; the message is its own.

Wrong: `SELECT titel FROM tasks`
Right: `SELECT title FROM tasks`"

    UntypedParameter "SN0402" "parameter without a type"
    "Nothing in the statement tells the parameter's type, so it takes any `Value`.

Wrong: `SELECT :anything`
Right: `SELECT :anything -- @@{ param=anything, propertyType=i64 }`"

    UntypedColumn "SN0403" "result column without a type"
    "The type of a column of the result is not known before the query runs, so it is read as any `Value`.

Wrong: `SELECT json_extract(data, '$.age') AS age FROM people`
Right: `SELECT CAST(json_extract(data, '$.age') AS INTEGER) AS age FROM people`"

    ConflictingParameter "SN0404" "parameter used with two types"
    "A parameter that is used several times is one value, and its uses ask for different types.

Wrong: `SELECT id FROM tasks WHERE id = :x AND title = :x`
Right: `SELECT id FROM tasks WHERE id = :id AND title = :title`"

    NotTakenApart "SN0405" "query known by SQLite's description only"
    "SQLite accepts the statement, but sqlitenow cannot take it apart. It still generates, typed by what SQLite tells of \
it: expressions and parameters are any `Value`, and columns may be NULL. A note, not an error.

Wrong: relying on inferred types in such a statement
Right: say them, with `field=` and `param=` blocks"

    InitRejected "SN0406" "SQLite rejects a seed"
    "The statements in `init/` are run, in order and in one transaction, on a scratch database with the schema. SQLite \
refused this one; the message is its own. Foreign keys are checked when all statements have run.

A statement behind a failed one, or one for which SQLite had to call a function that `sqlitenow.toml` declares, is only \
prepared: the rows it would meet at run time are not known here.

Wrong: `INSERT INTO tasks (titel) VALUES ('first');`
Right: `INSERT INTO tasks (title) VALUES ('first');`"

    InitStatementKind "SN0407" "statement that has no place among the seeds"
    "The statements in `init/` fill a fresh database with its first rows, inside the one transaction in which it is made. A \
statement that ends this transaction would leave half a database behind; one that changes the schema would make a \
database that the queries were not checked against.

Wrong: `CREATE TABLE tasks (id INTEGER PRIMARY KEY);` in `init/`
Right: the same statement in `schema/`"

    InvalidName "SN0501" "name that cannot be used in Rust"
    "A file, folder, label or `name=` gives no name that Rust could use, for example because no letter is left of it.

Wrong: `queries/---.sql`
Right: `queries/select_all.sql`"

    DuplicateLabel "SN0502" "two columns with one name"
    "Two columns of a result have the same label, or become the same field of the row.

Wrong: `SELECT a.id, b.id FROM a JOIN b`
Right: `SELECT a.id, b.id AS b_id FROM a JOIN b`"

    DuplicateMethod "SN0503" "two queries with one name"
    "Two queries of one namespace become the same method. File names are read without regard to style: `selectAll.sql` \
and `select_all.sql` are one name.

Wrong: `queries/tasks/selectAll.sql` and `queries/tasks/select_all.sql`
Right: `queries/tasks/select_all.sql` alone, or `-- @@{ name=... }` in one of them"

    DuplicateType "SN0504" "two types with one name"
    "Two items of the generated module would have the same type name.

Wrong: `-- @@{ queryResult=Task }` in two queries that give different columns
Right: `-- @@{ queryResult=Task }` in one, `-- @@{ queryResult=TaskTitle }` in the other"

    MigrationFileName "SN0601" "migration file with an unsuitable name"
    "A migration is named by its version in exactly four digits, with a description if you like; versions start at 0001.

Wrong: `migration/2_add_done.sql`
Right: `migration/0002_add_done.sql`"

    DuplicateVersion "SN0602" "two migrations with one version"
    "Two files in `migration/` have the same version, so their order would be left to chance.

Wrong: `0002_add_done.sql` and `0002_add_due.sql`
Right: `0002_add_done.sql` and `0003_add_due.sql`"
}
