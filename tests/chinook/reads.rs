//! Queries of every kind, through every door, against plain rusqlite on the same file.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use sqlitenow_runtime::Executor;

use crate::cells::{Cells, assert_same, plain, rows, statement_of};
use crate::generated::{artists, customers, employees, invoices, tracks};
use crate::sample::{Sample, block_on};

rows! {
    artists::WithAlbumsRow { artist_id, name, album_id, title }
    customers::ByEmailRow {
        customer_id, first_name, last_name, company, address, city, state, country, postal_code, phone, fax,
        email, support_rep_id,
    }
    customers::ContactsRow { first_name, last_name, email, fax, role }
    employees::ChartRow { employee_id, last_name, reports_to, level, path }
    invoices::ByCountryRow {
        country, invoices, revenue, average, earliest, last_state, many_customers,
    }
    tracks::LongestOfAlbumsRow { title, name, milliseconds, place, share }
    tracks::NeverSoldRow { track_id }
    tracks::OfArtistRow { track_id, name, album, genre, medium, composer, milliseconds, unit_price }
}

/// Lists the rows in a blocking closure, in a closure on the database's thread, and asynchronously where the call
/// itself reads them, where the thread reads them, and where the runtime chooses. All of them must be the same.
macro_rules! list {
    ($sample:expr, |$on:ident| $select:expr) => {{
        let sample = &$sample;
        let db = sample.open(Executor::Auto);
        let listed = db.blocking_read(|$on| $select.list()).unwrap();
        let moved = block_on(db.read(|$on| $select.list())).unwrap();
        assert_eq!(moved, listed, "in a closure on the thread");
        for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
            let $on = sample.open(executor);
            let awaited = block_on(async { $select.list().await }).unwrap();
            assert_eq!(awaited, listed, "awaited, {executor:?}");
        }
        listed
    }};
}

const NO_COLUMN: BTreeSet<&str> = BTreeSet::new();

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// How many of the rows have NULL in the column.
fn nulls<R: Cells>(rows: &[R], column: usize) -> usize {
    let is_null = |row: &&R| row.cells()[column] == Value::Null;
    rows.iter().filter(is_null).count()
}

#[test]
fn a_point_select_with_a_text() {
    let sample = Sample::new();
    let email = "leonekohler@surfeu.de";
    let statement = statement_of::<customers::ByEmail<'_>>();
    let found = plain(&sample.plain(), statement, &[(":email", text(email))]);
    let rows = list!(sample, |on| on
        .customers()
        .by_email("leonekohler@surfeu.de"));
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (rows[0].last_name.as_str(), &rows[0].company),
        ("Köhler", &None)
    );

    let nobody = list!(sample, |on| on.customers().by_email("nobody"));
    assert_eq!(nobody, []);
}

#[test]
fn a_join_of_five_tables() {
    let sample = Sample::new();
    let statement = statement_of::<tracks::OfArtist<'_>>();
    let found = plain(
        &sample.plain(),
        statement,
        &[(":artist", text("Iron Maiden"))],
    );
    let rows = list!(sample, |on| on.tracks().of_artist("Iron Maiden"));
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert!(rows.len() > 100);
    let composers = nulls(&rows, 5);
    assert!(
        0 < composers && composers < rows.len(),
        "some composers are unknown"
    );
}

#[test]
fn a_left_join_with_rows_that_have_no_match() {
    let sample = Sample::new();
    let statement = statement_of::<artists::WithAlbums>();
    let found = plain(&sample.plain(), statement, &[]);
    let rows = list!(sample, |on| on.artists().with_albums());
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    let without = nulls(&rows, 2);
    assert!(0 < without && without < rows.len());
    assert_eq!(nulls(&rows, 3), without, "no album, no title");
}

#[test]
fn an_aggregate_with_groups_and_having() {
    let sample = Sample::new();
    let statement = statement_of::<invoices::ByCountry>();
    let found = plain(&sample.plain(), statement, &[(":least", Value::Real(45.5))]);
    let rows = list!(sample, |on| on.invoices().by_country(45.5));
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert!(rows.iter().all(|row| row.revenue > 45.5));
    assert!(rows.iter().any(|row| row.many_customers));
    assert!(rows.iter().any(|row| !row.many_customers));
    let states = nulls(&rows, 5);
    assert!(
        0 < states && states < rows.len(),
        "some countries have no states"
    );
    assert!(list!(sample, |on| on.invoices().by_country(0.0)).len() > rows.len());
}

#[test]
fn windows_over_a_common_table_expression() {
    let sample = Sample::new();
    let statement = statement_of::<tracks::LongestOfAlbums>();
    let found = plain(
        &sample.plain(),
        statement,
        &[(":places", Value::Integer(2))],
    );
    let rows = list!(sample, |on| on.tracks().longest_of_albums(2));
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert!(rows.iter().any(|row| row.place == 2));
    assert!(
        rows.iter()
            .all(|row| row.share.is_some_and(|share| share <= 1.0))
    );
}

#[test]
fn a_recursive_common_table_expression() {
    let sample = Sample::new();
    let statement = statement_of::<employees::Chart>();
    let found = plain(&sample.plain(), statement, &[]);
    let rows = list!(sample, |on| on.employees().chart());
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert_eq!(nulls(&rows, 2), 1, "one is at the top");
    assert!(rows.iter().any(|row| row.level == 2));
}

#[test]
fn set_operations() {
    let sample = Sample::new();
    let statement = statement_of::<customers::Contacts>();
    let found = plain(&sample.plain(), statement, &[]);
    let rows = list!(sample, |on| on.customers().contacts());
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    let employees = rows.iter().filter(|row| row.role == "employee").count();
    assert!(0 < employees && employees < rows.len());

    let statement = statement_of::<tracks::NeverSold>();
    let found = plain(&sample.plain(), statement, &[]);
    let rows = list!(sample, |on| on.tracks().never_sold());
    assert_eq!(assert_same(&rows, &found, statement), NO_COLUMN);
    assert!(rows.len() > 1000);
}
