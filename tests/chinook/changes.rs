//! INSERT, UPDATE and REPLACE of every kind; the tables' content is compared afterwards.

use crate::cells::rows;
use crate::generated::{artists, customers, invoices, playlists, ratings, tracks};
use crate::twins::{execute, returning, through_every_door};

rows! {
    artists::RenameRow {
        artist_id: i64, name: Option<String>, letters: Option<i64>, heading: Option<String>,
    }
    invoices::AddLineRow { invoice_line_id: i64, unit_price: f64, amount: f64 }
    ratings::RateRow { stars: i64, comment: Option<String>, changes: i64 }
}

#[test]
fn an_insert_with_nulls_and_without() {
    through_every_door(|twins| {
        let added = execute!(
            twins,
            tracks::Add<'_>,
            [
                name = "naïve 'quoted' \u{1F3B5}",
                album_id = None::<i64>,
                media_type_id = 1,
                genre_id = Some(2),
                composer = Some(String::new()),
                milliseconds = i64::MAX,
                bytes = None::<i64>,
                unit_price = 0.1
            ],
            |on| on.tracks().add(&tracks::AddParams {
                name: "naïve 'quoted' \u{1F3B5}".to_owned(),
                album_id: None,
                media_type_id: 1,
                genre_id: Some(2),
                composer: Some(String::new()),
                milliseconds: i64::MAX,
                bytes: None,
                unit_price: 0.1,
            })
        );
        assert_eq!((added.rows, added.last_rowid), (1, 3504));
    });
}

#[test]
fn an_insert_with_a_subquery_for_a_value() {
    through_every_door(|twins| {
        let added = execute!(
            twins,
            customers::Register<'_>,
            [
                first_name = "Ada",
                last_name = "L.",
                email = "Ada@Example.org",
                country = None::<String>
            ],
            |on| on.customers().register(&customers::RegisterParams {
                first_name: "Ada".to_owned(),
                last_name: "L.".to_owned(),
                email: "Ada@Example.org".to_owned(),
                country: None,
            })
        );
        assert_eq!(added.last_rowid, 60);
    });
}

#[test]
fn an_insert_of_what_a_select_finds() {
    through_every_door(|twins| {
        let rows = returning!(
            twins,
            invoices::AddLine<'_>,
            [invoice_id = 7, track_id = 2819, quantity = 3],
            |on| on.invoices().add_line(&invoices::AddLineParams {
                invoice_id: 7,
                quantity: 3,
                track_id: 2819,
            })
        );
        assert_eq!(rows.len(), 1);

        let copied = execute!(
            twins,
            playlists::CopyShort<'_>,
            [from = 1, below = 120_000, into = 3],
            |on| on.playlists().copy_short(&playlists::CopyShortParams {
                from: 1,
                below: 120_000,
                into: 3,
            })
        );
        assert!(copied.rows > 30);
    });
}

#[test]
fn updates_of_several_columns() {
    through_every_door(|twins| {
        let moved = execute!(
            twins,
            customers::Relocate<'_>,
            [
                address = Some("Rua 1".to_owned()),
                city = Some("São Paulo".to_owned()),
                state = None::<String>,
                country = Some("Brazil".to_owned()),
                postal_code = None::<String>,
                customer_id = 3
            ],
            |on| on.customers().relocate(&customers::RelocateParams {
                address: Some("Rua 1".to_owned()),
                city: Some("São Paulo".to_owned()),
                state: None,
                country: Some("Brazil".to_owned()),
                postal_code: None,
                customer_id: 3,
            })
        );
        assert_eq!(moved.rows, 1);

        let rows = returning!(
            twins,
            artists::Rename<'_>,
            [name = "  Björk ", artist_id = 4],
            |on| on.artists().rename(&artists::RenameParams {
                name: "  Björk ".to_owned(),
                artist_id: 4,
            })
        );
        assert_eq!(rows[0].letters, Some(5));
    });
}

#[test]
fn an_update_from_a_subquery() {
    through_every_door(|twins| {
        returning!(
            twins,
            invoices::AddLine<'_>,
            [invoice_id = 5, track_id = 1, quantity = 2],
            |on| on.invoices().add_line(&invoices::AddLineParams {
                invoice_id: 5,
                quantity: 2,
                track_id: 1,
            })
        );
        let settled = execute!(twins, invoices::Settle, [customer_id = 23], |on| on
            .invoices()
            .settle(23));
        assert_eq!(settled.rows, 7);
    });
}

fn rating(stars: i64, comment: Option<&str>) -> ratings::RateParams {
    ratings::RateParams {
        customer_id: 5,
        track_id: 20,
        stars,
        comment: comment.map(str::to_owned),
    }
}

#[test]
fn upserts() {
    through_every_door(|twins| {
        let rate = |stars: i64, comment: Option<&'static str>| {
            returning!(
                twins,
                ratings::Rate<'_>,
                [
                    customer_id = 5,
                    track_id = 20,
                    stars = stars,
                    comment = comment
                ],
                |on| on.ratings().rate(&rating(stars, comment))
            )
        };
        assert_eq!(rate(2, None)[0].changes, 0);
        assert_eq!(rate(4, Some("grows"))[0].changes, 1);
        let last = rate(5, None);
        assert_eq!(
            (last[0].changes, last[0].comment.as_deref()),
            (2, Some("grows"))
        );

        let suggested = execute!(
            twins,
            ratings::Suggest<'_>,
            [customer_id = 5, track_id = 20, stars = 1],
            |on| on.ratings().suggest(&ratings::SuggestParams {
                customer_id: 5,
                track_id: 20,
                stars: 1,
            })
        );
        assert_eq!(suggested.rows, 0, "it is rated");

        let put = execute!(
            twins,
            ratings::Put<'_>,
            [customer_id = 5, track_id = 20, stars = 3],
            |on| on.ratings().put(&ratings::PutParams {
                customer_id: 5,
                track_id: 20,
                stars: 3,
            })
        );
        assert_eq!(put.rows, 1);
        assert_eq!(twins.count("Rating"), 1);
    });
}
