//! Subqueries, common table expressions and set operations.

use crate::cells::rows;
use crate::doors::{is_mixed, nulls, same};
use crate::generated::{
    SizesRow, Totals, TotalsRow, artists, customers, employees, genres, invoices, playlists, tracks,
};
use crate::sample::Sample;

rows! {
    SizesRow { column1: String, column2: i64, column3: Option<f64> }
    TotalsRow { artists: i64, albums: i64, tracks: i64, revenue: Option<f64> }
    artists::InGenreRow { artist_id: i64, name: Option<String> }
    artists::UnsoldRow { artist_id: i64, name: Option<String>, has_album: bool }
    customers::ContactsRow {
        first_name: String, last_name: String, email: Option<String>, fax: Option<String>, role: String,
    }
    employees::ChartRow {
        employee_id: i64, last_name: String, reports_to: Option<i64>, level: i64, path: String,
    }
    genres::ExtremesRow {
        genre_id: i64, name: Option<String>, longest: Option<i64>, longest_name: Option<String>, sold: i64,
    }
    invoices::QuietDaysRow { day: Option<String> }
    playlists::SharedRow { track_id: i64 }
    playlists::SizesRow { tracks: i64, playlists: i64, example: Option<String> }
    tracks::BandsRow { label: String, low: i64, tracks: i64, average: Option<f64> }
    tracks::NeverSoldRow { track_id: i64 }
}

#[test]
fn exists_that_depends_on_the_row() {
    let sample = Sample::new();
    let rows = same!(sample, artists::InGenre<'_>, [genre = "Jazz"], |on| on
        .artists()
        .in_genre("Jazz"));
    assert!(
        rows.iter()
            .any(|row| row.name.as_deref() == Some("Miles Davis"))
    );

    let rows = same!(sample, artists::Unsold, [], |on| on.artists().unsold());
    assert!(rows.iter().any(|row| row.has_album));
    assert!(rows.iter().any(|row| !row.has_album));
}

#[test]
fn scalar_subqueries() {
    let sample = Sample::new();
    let rows = same!(sample, genres::Extremes, [], |on| on.genres().extremes());
    assert_eq!(rows.len(), 25);
    assert!(rows.iter().any(|row| row.sold == 0));

    let rows = same!(sample, Totals, [], |on| on.totals());
    assert_eq!(
        (rows[0].artists, rows[0].albums, rows[0].tracks),
        (275, 347, 3503)
    );
}

#[test]
fn a_subquery_in_from() {
    let sample = Sample::new();
    let rows = same!(sample, playlists::Sizes, [], |on| on.playlists().sizes());
    assert_eq!(rows[0].tracks, 0, "some playlists are empty");
}

#[test]
fn values_by_themselves_and_in_a_common_table_expression() {
    let sample = Sample::new();
    let rows = same!(sample, crate::generated::Sizes, [], |on| on.sizes());
    assert_eq!((rows[0].column1.as_str(), rows[1].column3), ("small", None));

    let rows = same!(sample, tracks::Bands, [price = 1.99], |on| on
        .tracks()
        .bands(1.99));
    assert_eq!(rows.len(), 3);
    assert!(is_mixed(&rows, 3), "no short track is dear");
}

#[test]
fn recursive_common_table_expressions() {
    let sample = Sample::new();
    let rows = same!(sample, employees::Chart, [], |on| on.employees().chart());
    assert_eq!(nulls(&rows, 2), 1, "one is at the top");
    assert!(rows.iter().any(|row| row.level == 2));

    let rows = same!(
        sample,
        invoices::QuietDays<'_>,
        [first = "2022-02-01", last = "2022-04-30"],
        |on| on.invoices().quiet_days(&invoices::QuietDaysParams {
            first: "2022-02-01".to_owned(),
            last: "2022-04-30".to_owned(),
        })
    );
    assert!((60..89).contains(&rows.len()));
}

#[test]
fn set_operations() {
    let sample = Sample::new();
    let rows = same!(sample, customers::Contacts, [], |on| on
        .customers()
        .contacts());
    let employees = rows.iter().filter(|row| row.role == "employee").count();
    assert!((1..rows.len()).contains(&employees));

    let rows = same!(sample, tracks::NeverSold, [], |on| on.tracks().never_sold());
    assert!(rows.len() > 1000);

    let rows = same!(sample, playlists::Shared<'_>, [one = 1, other = 5], |on| on
        .playlists()
        .shared(&playlists::SharedParams { one: 1, other: 5 }));
    assert!(rows.len() > 1000);
}
