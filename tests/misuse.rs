//! What must not compile and is not told in `misuse.md` of the runtime, as doctests: each is the right program with one
//! line changed.
//!
//! ```
//! #![deny(unused_must_use)]
//! use sqlitenow_tests::board::{BoardDatabase, BoardTransaction};
//!
//! async fn run(db: &BoardDatabase, tx: &BoardTransaction) -> sqlitenow_runtime::Result<()> {
//!     db.cards().insert_titled("one").execute().await?;
//!     let all = db.cards().all().list().await?;
//!     let first = tx.cards().all().optional().await?;
//!     let mut watch = db.cards().all().watch();
//!     let next = watch.next().await;
//!     Ok(())
//! }
//!
//! fn nested<Q: sqlitenow_runtime::v1::NestedQuery>(
//!     query: sqlitenow_runtime::v1::SelectNested<'_, sqlitenow_runtime::v1::Database, Q>,
//! ) {
//!     let watch = query.watch();
//! }
//! ```

/// ```compile_fail
/// #![deny(unused_must_use)]
/// use sqlitenow_tests::board::BoardDatabase;
///
/// async fn run(db: &BoardDatabase) {
///     db.cards().insert_titled("one");
/// }
/// ```
fn c122_a_call_that_is_never_run_is_a_warning() {}

/// ```compile_fail
/// #![deny(unused_must_use)]
/// use sqlitenow_tests::board::BoardDatabase;
///
/// async fn run(db: &BoardDatabase) {
///     db.cards().all();
/// }
/// ```
fn c122_a_query_that_is_never_run_is_a_warning() {}

/// ```compile_fail,E0599
/// use sqlitenow_tests::board::BoardDatabase;
///
/// async fn run(db: &BoardDatabase) {
///     let watch = db.cards().insert_titled("one").watch();
/// }
/// ```
fn c122_a_write_is_not_watched() {}

/// ```compile_fail,E0599
/// use sqlitenow_tests::board::BoardDatabase;
///
/// async fn run(db: &BoardDatabase) {
///     let watch = db.cards().insert_returning("one").watch();
/// }
/// ```
fn c122_a_write_that_gives_rows_is_not_watched() {}

/// ```compile_fail,E0599
/// use sqlitenow_tests::board::BoardConnection;
///
/// fn run(conn: &BoardConnection<'_>) {
///     let watch = conn.cards().all().watch();
/// }
/// ```
fn c149_the_connection_of_a_closure_watches_nothing() {}

/// ```
/// use sqlitenow_tests::board::BoardDatabase;
/// use sqlitenow_tests::desk::{DeskAdapters, DeskDatabase};
///
/// fn open(adapters: DeskAdapters) {
///     let desk = DeskDatabase::open("desk.db", adapters);
///     let board = BoardDatabase::open("board.db");
/// }
/// ```
///
/// ```compile_fail,E0061
/// use sqlitenow_tests::desk::DeskDatabase;
///
/// fn open() {
///     let desk = DeskDatabase::open("desk.db");
/// }
/// ```
///
/// ```compile_fail,E0061
/// use sqlitenow_tests::desk::DeskDatabase;
///
/// fn open() {
///     let desk = DeskDatabase::builder();
/// }
/// ```
///
/// ```compile_fail,E0061
/// use sqlitenow_tests::board::BoardDatabase;
/// use sqlitenow_tests::desk::DeskAdapters;
///
/// fn open(adapters: DeskAdapters) {
///     let board = BoardDatabase::open("board.db", adapters);
/// }
/// ```
fn c59_a_database_with_adapters_does_not_open_without_them_and_no_other_takes_any() {}

/// ```compile_fail,E0063
/// use sqlitenow_runtime::Adapter;
/// use sqlitenow_tests::desk::DeskAdapters;
/// use sqlitenow_tests::own::Day;
///
/// fn adapters() -> DeskAdapters {
///     DeskAdapters { task_due: Adapter::new(Day::to_string, |text: &str| text.parse::<Day>()) }
/// }
/// ```
fn c59_no_entry_of_the_adapters_may_be_left_out() {}

/// ```compile_fail,E0277
/// use sqlitenow_runtime::Adapter;
/// use sqlitenow_tests::own::Day;
///
/// let adapter: Adapter<Day, String> = Adapter::new(|day: &Day| day.number, |text: &str| text.parse::<Day>());
/// ```
fn c59_an_adapter_writes_the_type_of_its_column() {}

/// ```compile_fail,E0599
/// use sqlitenow_runtime::v1::{Database, NestedQuery, SelectNested};
///
/// fn run<Q: NestedQuery + Send>(query: SelectNested<'_, Database, Q>) {
///     let rows = query.stream();
/// }
/// ```
fn c149_a_statement_with_a_collection_has_no_stream() {}
