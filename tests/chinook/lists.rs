//! Lists: what a slice finds is what rusqlite finds for the list written out.

use rusqlite::types::Value;

use crate::cells::{assert_same, rows, rows_of, statement_of};
use crate::doors::{is_mixed, list};
use crate::generated::customers::{self, InCountriesParams};
use crate::generated::{invoices, tracks};
use crate::sample::{Sample, block_on};

rows! {
    customers::InCountriesRow {
        customer_id: i64, country: String, company: Option<String>, invoices: i64,
    }
    invoices::OfTotalsRow { invoice_id: i64, total: f64 }
    tracks::ByIdsRow { track_id: i64, name: String, composer: Option<String> }
}

/// What plain rusqlite finds when the parameters are replaced by their values.
fn written_out(sample: &Sample, sql: &str, values: &[(&str, &str)]) -> Vec<Vec<Value>> {
    let text = values.iter().fold(sql.to_owned(), |text, (name, value)| {
        assert!(text.contains(name), "there is no `{name}`");
        text.replace(name, value)
    });
    rows_of(&sample.plain(), &text, &[])
}

#[test]
fn a_list_of_integers() {
    let sample = Sample::new();
    let rows = list!(sample, |on| on.tracks().by_ids(&[3503, 1, 63, 1, -7]));
    let sql = include_str!("queries/tracks/by_ids.sql");
    let found = written_out(&sample, sql, &[(":ids", "(3503, 1, 63, 1, -7)")]);
    let widened = assert_same(&rows, &found, statement_of::<tracks::ByIds<'_>>());
    assert!(widened.is_empty());
    assert!(rows.len() == 3 && is_mixed(&rows, 2));
    assert_eq!(list!(sample, |on| on.tracks().by_ids(&[])), []);
}

#[test]
fn two_lists_of_texts() {
    let sample = Sample::new();
    let wanted = || InCountriesParams {
        countries: vec!["Brazil".to_owned(), "Norway".to_owned()],
        companies: vec!["Riotur".to_owned(), "it's".to_owned()],
    };
    let rows = list!(sample, |on| on.customers().in_countries(&wanted()));
    let sql = include_str!("queries/customers/in_countries.sql");
    let values = [
        ("(:countries)", "('Brazil', 'Norway')"),
        (":companies", "('Riotur', 'it''s')"),
    ];
    let found = written_out(&sample, sql, &values);
    let widened = assert_same(&rows, &found, statement_of::<customers::InCountries<'_>>());
    assert!(widened.is_empty());
    assert!(rows.len() == 5 && is_mixed(&rows, 2));
}

#[test]
fn a_list_of_reals() {
    let sample = Sample::new();
    let rows = list!(sample, |on| on.invoices().of_totals(&[13.86, 0.99, 7.0]));
    let sql = include_str!("queries/invoices/of_totals.sql");
    let found = written_out(&sample, sql, &[(":totals", "(13.86, 0.99, 7.0)")]);
    assert_same(&rows, &found, statement_of::<invoices::OfTotals<'_>>());
    assert!(rows.len() > 100);
}

#[test]
fn a_delete_of_a_list() {
    let (sample, twin) = (Sample::new(), Sample::new());
    let plain = twin.plainly_migrated();
    let sql = include_str!("queries/playlists/drop.sql").replace(":ids", "(1, 2, 3, 99999)");
    let gone = plain.execute(&sql, ()).unwrap();
    let db = sample.open(sqlitenow_runtime::Executor::Auto);
    let removed = block_on(db.playlists().drop(&[1, 2, 3, 99999]).execute());
    assert_eq!(removed.unwrap().rows, u64::try_from(gone).unwrap());
    assert!(gone > 3);
    let left = "SELECT * FROM PlaylistTrack ORDER BY PlaylistId, TrackId";
    assert_eq!(
        rows_of(&sample.plain(), left, &[]),
        rows_of(&plain, left, &[])
    );
}
