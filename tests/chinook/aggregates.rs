//! Aggregates, with groups and without, and windows.

use crate::cells::rows;
use crate::doors::{is_mixed, list, same};
use crate::generated::invoices::MonthsParams;
use crate::generated::{albums, artists, customers, invoices, tracks};
use crate::sample::Sample;

rows! {
    albums::ContentsRow {
        title: String, tracks: i64, credited: i64, seconds: Option<i64>, milliseconds: i64, bytes: f64,
        cheapest: f64, last_composer: Option<String>, genres: Option<String>, names: String, average: f64,
    }
    artists::BestSellingRow { name: Option<String>, sold: i64, revenue: f64, buyers: i64 }
    customers::SpendingRow {
        customer_id: i64, name: String, place: Option<String>, invoices: i64, spent: f64, latest: Option<String>,
        standing: Option<String>, frequency: String,
    }
    invoices::ByCountryRow {
        country: Option<String>, invoices: i64, revenue: f64, average: f64, earliest: String,
        last_state: Option<String>, many_customers: bool,
    }
    invoices::LargestRow { customer_id: i64, total: f64, invoice_id: i64, billing_state: Option<String> }
    invoices::MonthsRow {
        month: Option<String>, invoices: i64, there: i64, revenue_there: Option<f64>, revenue: f64,
    }
    invoices::RunningRow {
        invoice_id: i64, total: f64, number: i64, so_far: f64, previous: Option<String>, previous_total: f64,
        next: Option<i64>, before: Option<f64>, quarter: i64,
    }
    invoices::SummaryRow {
        invoices: i64, revenue: Option<f64>, revenue_or_zero: f64, first: Option<String>, last: Option<i64>,
        average: Option<f64>,
    }
    tracks::LongestOfAlbumsRow {
        title: String, name: String, milliseconds: i64, place: i64, share: Option<f64>,
    }
    tracks::PlacesRow {
        name: String, place: i64, dense: i64, percent: f64, share: f64, winner: String, second: Option<String>,
        below: Option<String>, long: i64, others: Option<i64>,
    }
}

#[test]
fn groups_with_having() {
    let sample = Sample::new();
    let rows = same!(sample, invoices::ByCountry, [least = 45.5], |on| on
        .invoices()
        .by_country(45.5));
    assert!(rows.iter().all(|row| row.revenue > 45.5));
    assert!(rows.iter().any(|row| row.many_customers));
    assert!(rows.iter().any(|row| !row.many_customers));
    assert!(is_mixed(&rows, 5), "some countries have no states");
    assert!(list!(sample, |on| on.invoices().by_country(0.0)).len() > rows.len());
}

#[test]
fn every_aggregate_function() {
    let sample = Sample::new();
    let rows = same!(sample, albums::Contents, [artist_id = 90], |on| on
        .albums()
        .contents(90));
    assert!(rows.len() > 15);
    assert!(rows.iter().any(|row| row.credited < row.tracks));
    assert!(
        rows.iter()
            .any(|row| row.genres.as_deref() == Some("Rock,Metal"))
    );
}

#[test]
fn the_best_of_groups() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        artists::BestSelling<'_>,
        [since = "2023-06-01", most = 12],
        |on| on.artists().best_selling(&artists::BestSellingParams {
            since: "2023-06-01".to_owned(),
            most: 12,
        })
    );
    assert_eq!(rows.len(), 12);
}

#[test]
fn aggregates_over_a_left_join_with_conditions() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        customers::Spending<'_>,
        [gold = 40.0, silver = 25.0, least = 8.5],
        |on| on.customers().spending(&customers::SpendingParams {
            gold: 40.0,
            silver: 25.0,
            least: 8.5,
        })
    );
    assert_eq!(rows.len(), 59);
    assert!(is_mixed(&rows, 2) && is_mixed(&rows, 6));
}

#[test]
fn columns_beside_max_come_from_its_row() {
    let sample = Sample::new();
    let rows = same!(sample, invoices::Largest, [], |on| on.invoices().largest());
    assert_eq!(rows.len(), 59);
    assert!(is_mixed(&rows, 3));
}

#[test]
fn without_groups_there_is_one_row_whatever_there_is() {
    let sample = Sample::new();
    let rows = same!(sample, invoices::Summary<'_>, [country = "Canada"], |on| on
        .invoices()
        .summary("Canada"));
    assert!(rows[0].revenue.is_some_and(|revenue| revenue > 100.0));

    let rows = same!(
        sample,
        invoices::Summary<'_>,
        [country = "Atlantis"],
        |on| on.invoices().summary("Atlantis")
    );
    assert_eq!(
        (rows[0].invoices, rows[0].revenue, rows[0].last),
        (0, None, None)
    );
}

#[test]
fn aggregates_with_filter() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        invoices::Months<'_>,
        [
            country = "Norway",
            first = "2021-03-01",
            last = "2025-11-15"
        ],
        |on| on.invoices().months(&MonthsParams {
            country: "Norway".to_owned(),
            first: "2021-03-01".to_owned(),
            last: "2025-11-15".to_owned(),
        })
    );
    assert!(rows.len() > 30);
    assert!(is_mixed(&rows, 3));
}

#[test]
fn windows_over_a_common_table_expression() {
    let sample = Sample::new();
    let rows = same!(sample, tracks::LongestOfAlbums, [places = 2], |on| on
        .tracks()
        .longest_of_albums(2));
    assert!(rows.iter().any(|row| row.place == 2));
    assert!(
        rows.iter()
            .all(|row| row.share.is_some_and(|share| share <= 1.0))
    );
}

#[test]
fn windows_that_look_back_and_ahead() {
    let sample = Sample::new();
    let rows = same!(sample, invoices::Running, [customer_id = 17], |on| on
        .invoices()
        .running(17));
    assert_eq!(rows.len(), 7);
    assert!(is_mixed(&rows, 4) && is_mixed(&rows, 6) && is_mixed(&rows, 7));
}

#[test]
fn windows_of_every_function_and_frame() {
    let sample = Sample::new();
    let rows = same!(sample, tracks::Places, [album_id = 141], |on| on
        .tracks()
        .places(141));
    assert!(rows.len() > 50);
    assert!(is_mixed(&rows, 6) && is_mixed(&rows, 7));
}
