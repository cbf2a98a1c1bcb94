//! Parameters of every kind, and expressions over what they find.

use crate::cells::rows;
use crate::doors::{is_mixed, list, same};
use crate::generated::albums::{self, SearchParams};
use crate::generated::customers::{self, FilteredParams};
use crate::generated::employees;
use crate::generated::tracks::{self, AtParams, MatchingParams, OfGenresParams};
use crate::sample::Sample;

rows! {
    albums::SearchRow { album_id: i64, title: String, artist: Option<String> }
    customers::FilteredRow {
        customer_id: i64, last_name: String, company: Option<String>, country: Option<String>,
    }
    employees::HiredRow {
        last_name: String, hired: Option<String>, year: Option<i64>, days: Option<f64>, wrong: Option<bool>,
        title: String, head: bool,
    }
    tracks::AtRow { track_id: i64, name: String, milliseconds: i64 }
    tracks::ComposersRow {
        composer: String, first_name: String, letters: i64, slash: Option<i64>, count: String,
    }
    tracks::DescribedRow {
        json: String, bytes: Vec<u8>, hex: String, kind: String, size: String, megabytes: Option<f64>,
        minutes: Option<i64>, rest: Option<i64>, discount: f64, remarkable: bool, absent: Option<i64>,
    }
    tracks::MatchingRow { track_id: i64, name: String, found: Option<String> }
    tracks::OfGenresRow { track_id: i64, name: String, genre_id: i64, composer: Option<String> }
}

fn search(part: &str, skipped: i64) -> SearchParams {
    SearchParams {
        part: part.to_owned(),
        most: 7,
        skipped,
    }
}

#[test]
fn pages_of_a_search() {
    let sample = Sample::new();
    let first = same!(
        sample,
        albums::Search<'_>,
        [part = "the", most = 7, skipped = 0],
        |on| on.albums().search(&search("the", 0))
    );
    let second = same!(
        sample,
        albums::Search<'_>,
        [part = "the", most = 7, skipped = 7],
        |on| on.albums().search(&search("the", 7))
    );
    assert_eq!((first.len(), second.len()), (7, 7));
    assert!(first[6].title < second[0].title);

    let all = list!(sample, |on| on.albums().search(&search("", 0)));
    let percent = list!(sample, |on| on.albums().search(&search("%", 0)));
    assert_eq!((all.len(), percent.len()), (7, 0), "a `%` means itself");
}

#[test]
fn filters_that_may_be_left_out() {
    let sample = Sample::new();
    let none = same!(
        sample,
        customers::Filtered<'_>,
        [country = None::<String>, company = None::<String>],
        |on| on.customers().filtered(&FilteredParams {
            country: None,
            company: None
        })
    );
    let country = same!(
        sample,
        customers::Filtered<'_>,
        [
            country = Some("Brazil".to_owned()),
            company = None::<String>
        ],
        |on| on.customers().filtered(&FilteredParams {
            country: Some("Brazil".to_owned()),
            company: None,
        })
    );
    let both = same!(
        sample,
        customers::Filtered<'_>,
        [
            country = Some("Brazil".to_owned()),
            company = Some("Banco".to_owned())
        ],
        |on| on.customers().filtered(&FilteredParams {
            country: Some("Brazil".to_owned()),
            company: Some("Banco".to_owned()),
        })
    );
    assert_eq!((none.len(), country.len(), both.len()), (59, 5, 1));
    assert!(is_mixed(&none, 2));
}

#[test]
fn scalars_in_a_list_and_between() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        tracks::OfGenres<'_>,
        [one = 2, other = 6, limit = 180_000],
        |on| on.tracks().of_genres(&OfGenresParams {
            one: 2,
            other: 6,
            limit: 180_000
        })
    );
    assert!(rows.iter().any(|row| row.genre_id == 2));
    assert!(rows.iter().any(|row| row.genre_id == 6));
}

#[test]
fn row_values() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        tracks::At<'_>,
        [album_id = 141, genre_id = 1, milliseconds = 200_000],
        |on| on.tracks().at(&AtParams {
            album_id: 141,
            genre_id: 1,
            milliseconds: 200_000
        })
    );
    assert!(rows.len() > 10);
}

#[test]
fn functions_over_texts() {
    let sample = Sample::new();
    let rows = same!(sample, tracks::Composers<'_>, [pattern = "[AB]*"], |on| on
        .tracks()
        .composers("[AB]*"));
    assert!(is_mixed(&rows, 3));
    assert!(
        rows.iter()
            .any(|row| row.letters > i64::try_from(row.first_name.len()).unwrap())
    );
}

#[test]
fn functions_over_dates() {
    let sample = Sample::new();
    let rows = same!(sample, employees::Hired<'_>, [today = "2026-01-31"], |on| {
        on.employees().hired("2026-01-31")
    });
    assert_eq!(rows.len(), 8);
    assert!(
        rows.iter()
            .all(|row| row.wrong == Some(false) && row.days > Some(1000.0))
    );
}

#[test]
fn json_blobs_and_arithmetic() {
    let sample = Sample::new();
    for id in [1, 2, 2461] {
        let rows = same!(sample, tracks::Described, [track_id = id], |on| on
            .tracks()
            .described(id));
        assert_eq!(rows[0].bytes.len() * 2, rows[0].hex.len());
    }
}

#[test]
fn full_text_search() {
    let sample = Sample::new();
    let rows = same!(
        sample,
        tracks::Matching<'_>,
        [words = "rock OR composer:jagger", most = 30],
        |on| on.tracks().matching(&MatchingParams {
            words: "rock OR composer:jagger".to_owned(),
            most: 30,
        })
    );
    assert_eq!(rows.len(), 30);
    assert!(rows.iter().any(|row| {
        row.found
            .as_deref()
            .is_some_and(|found| found.contains('['))
    }));
}
