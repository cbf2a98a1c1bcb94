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
