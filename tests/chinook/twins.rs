//! Writes, run twice: by the generated module, and by plain rusqlite on a second copy.
//!
//! In: a statement's type, its parameters by name, and the call. Out: what the call gave. Invariant: both sides give the
//! same rows, count the same changes and leave the same content in every table, whichever door the call took.

use rusqlite::Connection;
use sqlitenow_runtime::Executor;

use crate::generated::ChinookDatabase;
use crate::sample::Sample;

/// The ways a write can take.
#[derive(Clone, Copy, Debug)]
pub enum Door {
    Inline,
    Thread,
    Transaction,
    Blocking,
    Closure,
}

/// Two copies of the sample in the shape of the module.
pub struct Twins {
    pub door: Door,
    pub db: ChinookDatabase,
    pub plain: Connection,
    sample: Sample,
    twin: Sample,
}

impl Twins {
    fn new(door: Door) -> Self {
        let (sample, twin) = (Sample::new(), Sample::new());
        let executor = match door {
            Door::Inline => Executor::Inline,
            Door::Thread => Executor::Thread,
            Door::Transaction | Door::Blocking | Door::Closure => Executor::Auto,
        };
        Self {
            door,
            db: sample.open(executor),
            plain: twin.plainly_migrated(),
            sample,
            twin,
        }
    }

    /// Fails unless every table has the same rows in both, those of SQLite and of full text search included.
    #[track_caller]
    pub fn assert_same_content(&self) {
        let connection = self.sample.plain();
        let twin = self.twin.path();
        let attached = connection.execute("ATTACH ?1 AS twin", [twin.to_str().unwrap()]);
        attached.unwrap();
        let number =
            |sql: &str| -> i64 { connection.query_row(sql, (), |row| row.get(0)).unwrap() };
        let tables = texts(&connection, TABLES, ["main"]);
        assert_eq!(tables, texts(&connection, TABLES, ["twin"]));
        for table in tables {
            let columns = texts(&connection, COLUMNS, [&table]);
            // `=` takes 1 for 1.0.
            let cells = columns
                .iter()
                .map(|column| format!("typeof(\"{column}\"), \"{column}\""));
            let cells = cells.collect::<Vec<_>>().join(", ");
            let rows = |side| format!("SELECT {cells} FROM {side}.\"{table}\"");
            let count = |side| number(&format!("SELECT count(*) FROM {side}.\"{table}\""));
            assert_eq!(count("main"), count("twin"), "{table}, {:?}", self.door);
            let ours = format!(
                "SELECT count(*) FROM ({} EXCEPT {})",
                rows("main"),
                rows("twin")
            );
            assert_eq!(number(&ours), 0, "{table}, {:?}", self.door);
        }
    }

    /// How many rows the table has, in both.
    #[track_caller]
    pub fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM \"{table}\"");
        let count = |connection: &Connection| connection.query_row(&sql, (), |row| row.get(0));
        let ours: i64 = count(&self.sample.plain()).unwrap();
        assert_eq!(ours, count(&self.plain).unwrap(), "{table}");
        ours
    }
}

/// Runs the test once for each door.
#[track_caller]
pub fn through_every_door(test: impl Fn(&Twins)) {
    for door in [
        Door::Inline,
        Door::Thread,
        Door::Transaction,
        Door::Blocking,
        Door::Closure,
    ] {
        let twins = Twins::new(door);
        let before = twins.plain.total_changes();
        test(&twins);
        assert_ne!(twins.plain.total_changes(), before, "nothing was written");
        twins.assert_same_content();
    }
}

const TABLES: &str =
    "SELECT name FROM pragma_table_list WHERE schema = ?1 AND type <> 'view' ORDER BY name";
const COLUMNS: &str = "SELECT name FROM pragma_table_info(?1)";

fn texts(connection: &Connection, sql: &str, parameter: [&str; 1]) -> Vec<String> {
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map(parameter, |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// Calls the terminal method through the door, then runs the same text on the twin. Gives both outcomes.
macro_rules! both {
    (
        $twins:expr, $query:ty, [$($name:ident = $value:expr),* $(,)?],
        |$on:ident| $call:expr, $terminal:ident
    ) => {{
        let twins: &$crate::twins::Twins = $twins;
        let db = &twins.db;
        let outcome = match twins.door {
            $crate::twins::Door::Inline | $crate::twins::Door::Thread => {
                let $on = db;
                $crate::sample::block_on(async { $call.$terminal().await })
            }
            $crate::twins::Door::Transaction => {
                let block = async |$on: $crate::generated::ChinookTransaction| $call.$terminal().await;
                $crate::sample::block_on(db.transaction(block))
            }
            $crate::twins::Door::Blocking => db.blocking_write(|$on| $call.$terminal()),
            $crate::twins::Door::Closure => {
                $crate::sample::block_on(db.write(move |$on| $call.$terminal()))
            }
        };
        let statement = $crate::cells::statement_of::<$query>();
        let values = [$((concat!(":", stringify!($name)), $crate::cells::Field::cell(&$value))),*];
        (outcome.unwrap(), $crate::cells::plain(&twins.plain, statement, &values))
    }};
}
pub(crate) use both;

/// Executes a statement on both sides, which must count the same. Gives what the generated one tells.
macro_rules! execute {
    ($twins:expr, $query:ty, $values:tt, |$on:ident| $call:expr) => {{
        let (changes, rows) = $crate::twins::both!($twins, $query, $values, |$on| $call, execute);
        assert_eq!(rows, Vec::<Vec<_>>::new());
        assert_eq!(changes.rows, $twins.plain.changes());
        assert_eq!(changes.last_rowid, $twins.plain.last_insert_rowid());
        changes
    }};
}
pub(crate) use execute;

/// Runs a statement with RETURNING on both sides, which must give the same rows.
macro_rules! returning {
    ($twins:expr, $query:ty, $values:tt, |$on:ident| $call:expr) => {{
        let (rows, found) = $crate::twins::both!($twins, $query, $values, |$on| $call, list);
        let statement = $crate::cells::statement_of::<$query>();
        let widened = $crate::cells::assert_same(&rows, &found, statement);
        assert!(widened.is_empty(), "{}: {widened:?}", statement.name);
        rows
    }};
}
pub(crate) use returning;

#[test]
#[should_panic(expected = "Genre")]
fn a_difference_is_found() {
    let twins = Twins::new(Door::Blocking);
    let sql = "UPDATE Genre SET Name = 'Roll' WHERE GenreId = 1";
    assert_eq!(twins.plain.execute(sql, ()), Ok(1));
    twins.assert_same_content();
}
