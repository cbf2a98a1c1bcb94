//! Joins of all sides and by all spellings.

use crate::cells::rows;
use crate::doors::{is_mixed, list, nulls, same};
use crate::generated::{artists, customers, employees, genres, invoices, playlists, tracks};
use crate::sample::Sample;

rows! {
    artists::WithAlbumsRow {
        artist_id: i64, name: Option<String>, album_id: Option<i64>, title: Option<String>,
    }
    customers::ByEmailRow {
        customer_id: i64, first_name: String, last_name: String, company: Option<String>, address: Option<String>,
        city: Option<String>, state: Option<String>, country: Option<String>, postal_code: Option<String>,
        phone: Option<String>, fax: Option<String>, email: String, support_rep_id: Option<i64>,
    }
    employees::ColleaguesRow {
        one: String, other: String, boss: String, title: Option<String>, reports_to: i64,
    }
    employees::CustomersRow {
        customer_id: Option<i64>, customer: Option<String>, support_rep_id: Option<i64>, employee_id: i64,
        employee: String,
    }
    employees::NeighboursRow {
        employee: Option<String>, customer: Option<String>, city: Option<String>, place: String,
    }
    genres::MediaRow {
        genre: Option<String>, medium: Option<String>, tracks: i64, milliseconds: Option<i64>,
    }
    invoices::LinesRow {
        invoice_line_id: i64, track: String, quantity: i64, unit_price: f64, amount: f64,
        billing_state: Option<String>,
    }
    playlists::EntriesRow { playlist_id: i64, track_id: i64, playlist: String }
    tracks::InfoRow {
        track_id: i64, album_id: i64, name: String, album: Option<String>, artist: Option<String>,
        genre: Option<String>,
    }
    tracks::OfArtistRow {
        track_id: i64, name: String, album: String, genre: Option<String>, medium: Option<String>,
        composer: Option<String>, milliseconds: i64, unit_price: f64,
    }
}

#[test]
fn a_point_select_with_a_text() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        customers::ByEmail<'_>,
        [email = "leonekohler@surfeu.de"],
        |on| on.customers().by_email("leonekohler@surfeu.de")
    );
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
    let rows = same!(
        sample,
        tracks::OfArtist<'_>,
        [artist = "Iron Maiden"],
        |on| on.tracks().of_artist("Iron Maiden")
    );
    assert!(rows.len() > 100);
    assert!(is_mixed(&rows, 5), "some composers are unknown");
}

#[test]
fn a_left_join_with_rows_that_have_no_match() {
    let sample = Sample::new();
    let rows = same!(sample, artists::WithAlbums, [], |on| on
        .artists()
        .with_albums());
    assert!(is_mixed(&rows, 2));
    assert_eq!(nulls(&rows, 3), nulls(&rows, 2), "no album, no title");
}

#[test]
fn a_right_join_keeps_those_without_a_match() {
    let sample = Sample::new();
    let rows = same!(sample, employees::Customers, [], |on| on
        .employees()
        .customers());
    assert!(is_mixed(&rows, 0));
    assert_eq!(nulls(&rows, 1), nulls(&rows, 0), "no customer, no name");
}

#[test]
fn a_full_join_keeps_both_sides() {
    let sample = Sample::new();
    let rows = same!(sample, employees::Neighbours, [], |on| on
        .employees()
        .neighbours());
    assert!(is_mixed(&rows, 0) && is_mixed(&rows, 1));
    assert!(
        rows.iter()
            .any(|row| row.employee.is_some() && row.customer.is_some())
    );
}

#[test]
fn a_table_joined_with_itself() {
    let sample = Sample::new();
    let rows = same!(sample, employees::Colleagues, [], |on| on
        .employees()
        .colleagues());
    assert!(rows.iter().any(|row| row.boss == "Edwards"));
}

#[test]
fn a_cross_join_with_groups_that_are_empty() {
    let sample = Sample::new();
    let rows = same!(sample, genres::Media, [], |on| on.genres().media());
    assert_eq!(rows.len(), 25 * 5);
    assert!(
        rows.iter()
            .all(|row| (row.tracks == 0) == row.milliseconds.is_none())
    );
    assert!(is_mixed(&rows, 3));
}

#[test]
fn joins_by_using_and_by_natural() {
    let sample = Sample::new();
    let rows = same!(sample, invoices::Lines, [invoice_id = 5], |on| on
        .invoices()
        .lines(5));
    assert_eq!(rows.len(), 14);

    // Two playlists have that name.
    let rows = same!(sample, playlists::Entries<'_>, [name = "Music"], |on| on
        .playlists()
        .entries("Music"));
    let first = rows[0].playlist_id;
    assert!(rows.iter().any(|row| row.playlist_id != first));
}

#[test]
fn a_view_over_left_joins() {
    let sample = Sample::new();
    let rows = same!(sample, tracks::Info, [album_id = 1], |on| on
        .tracks()
        .info(1));
    assert_eq!(rows.len(), 10);
}
