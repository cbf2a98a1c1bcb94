//! DELETE, with what foreign keys and triggers do beyond it; the tables' content is compared afterwards.

use crate::cells::rows;
use crate::doors::is_mixed;
use crate::generated::{customers, invoices, ratings, shelves, tracks};
use crate::sample::block_on;
use crate::twins::{Twins, execute, returning, through_every_door};

rows! {
    invoices::RemoveLinesRow {
        invoice_line_id: i64, invoice_id: i64, track_id: i64, unit_price: f64, quantity: i64,
    }
    ratings::OfCustomerRow {
        customer_id: i64, track_id: i64, stars: i64, comment: Option<String>, changes: i64, track: String,
    }
    shelves::ContentsRow {
        shelf_id: i64, shelf: String, note: Option<String>, place: Option<i64>, track_id: Option<i64>,
        track: Option<String>,
    }
    tracks::RetireRow { name: String, composer: Option<String> }
}

/// A shelf with all that the customer has bought, and what they think of one track.
fn furnish(twins: &Twins, customer: i64, shelf: i64, name: &'static str) -> u64 {
    execute!(
        twins,
        shelves::Add<'_>,
        [
            shelf_id = Some(shelf),
            customer_id = customer,
            name = name,
            note = None::<String>
        ],
        |on| on.shelves().add(&shelves::AddParams {
            shelf_id: Some(shelf),
            customer_id: customer,
            name: name.to_owned(),
            note: None,
        })
    );
    execute!(
        twins,
        ratings::Suggest<'_>,
        [customer_id = customer, track_id = 5, stars = 4],
        |on| on.ratings().suggest(&ratings::SuggestParams {
            customer_id: customer,
            track_id: 5,
            stars: 4,
        })
    );
    let filled = execute!(twins, shelves::Fill, [shelf_id = shelf], |on| on
        .shelves()
        .fill(shelf));
    filled.rows
}

fn put(twins: &Twins, shelf_id: i64, place: i64, track_id: i64) {
    execute!(
        twins,
        shelves::Put<'_>,
        [
            shelf_id = shelf_id,
            place = place,
            track_id = Some(track_id)
        ],
        |on| on.shelves().put(&shelves::PutParams {
            shelf_id,
            place,
            track_id: Some(track_id),
        })
    );
}

#[test]
fn a_delete_through_a_common_table_expression_returns_what_is_gone() {
    through_every_door(|twins| {
        let lines = twins.count("InvoiceLine");
        let rows = returning!(
            twins,
            invoices::RemoveLines<'_>,
            [customer_id = 2, before = "2023-01-01"],
            |on| on.invoices().remove_lines(&invoices::RemoveLinesParams {
                customer_id: 2,
                before: "2023-01-01".to_owned(),
            })
        );
        assert!(rows.len() > 1);
        let gone = i64::try_from(rows.len()).unwrap();
        assert_eq!(twins.count("InvoiceLine"), lines - gone);
    });
}

#[test]
fn a_delete_takes_along_what_hangs_on_it_and_fires_triggers() {
    through_every_door(|twins| {
        assert_eq!(furnish(twins, 8, 10, "all"), 38);
        assert_eq!(furnish(twins, 9, 20, "all"), 38);
        assert_eq!(twins.count("ShelfTrack"), 76);
        let removed = execute!(
            twins,
            shelves::Remove<'_>,
            [customer_id = 8, name = "A%"],
            |on| on.shelves().remove(&shelves::RemoveParams {
                customer_id: 8,
                name: "A%".to_owned(),
            })
        );
        assert_eq!(removed.rows, 1, "what hangs on it does not count");
        assert_eq!(
            (twins.count("ShelfTrack"), twins.count("RemovedShelf")),
            (38, 1)
        );
    });
}

#[test]
fn a_removed_track_leaves_its_places_empty() {
    through_every_door(|twins| {
        furnish(twins, 8, 10, "all");
        put(twins, 10, 100, 7);
        put(twins, 10, 101, 2819);
        let sold = twins.plain.query_row(
            "SELECT count(*) FROM InvoiceLine WHERE TrackId = 7",
            (),
            |row| row.get::<_, i64>(0),
        );
        assert_eq!(sold, Ok(0));
        // Playlists keep their tracks: their key has no action.
        let refused = block_on(twins.db.tracks().retire(7).list());
        assert!(refused.is_err_and(|error| error.is_constraint()));

        let added = execute!(
            twins,
            tracks::Add<'_>,
            [
                name = "late",
                album_id = Some(1),
                media_type_id = 1,
                genre_id = None::<i64>,
                composer = None::<String>,
                milliseconds = 1,
                bytes = None::<i64>,
                unit_price = 0.99
            ],
            |on| on.tracks().add(&tracks::AddParams {
                name: "late".to_owned(),
                album_id: Some(1),
                media_type_id: 1,
                genre_id: None,
                composer: None,
                milliseconds: 1,
                bytes: None,
                unit_price: 0.99,
            })
        );
        let late = added.last_rowid;
        put(twins, 10, 102, late);
        let rows = returning!(twins, tracks::Retire, [track_id = late], |on| on
            .tracks()
            .retire(late));
        assert_eq!(rows[0].name, "late");
        let contents = block_on(twins.db.shelves().contents(8).list()).unwrap();
        assert_eq!(contents.len(), 41);
        assert!(is_mixed(&contents, 4) && is_mixed(&contents, 5));
    });
}

#[test]
fn a_customer_is_forgotten_with_all_that_is_kept_for_them() {
    through_every_door(|twins| {
        let added = execute!(
            twins,
            customers::Register<'_>,
            [
                first_name = "A",
                last_name = "B",
                email = "C",
                country = Some("D".to_owned())
            ],
            |on| on.customers().register(&customers::RegisterParams {
                first_name: "A".to_owned(),
                last_name: "B".to_owned(),
                email: "C".to_owned(),
                country: Some("D".to_owned()),
            })
        );
        let customer = added.last_rowid;
        assert_eq!(furnish(twins, customer, 30, "wishes"), 0);
        put(twins, 30, 1, 5);
        let thoughts = returning!(twins, ratings::OfCustomer, [customer_id = customer], |on| {
            on.ratings().of_customer(customer)
        });
        assert_eq!(thoughts[0].stars, 4);
        let shelves = returning!(twins, shelves::Contents, [customer_id = customer], |on| on
            .shelves()
            .contents(customer));
        assert_eq!(shelves[0].place, Some(1));

        let forget = || {
            execute!(twins, customers::Forget, [customer_id = customer], |on| on
                .customers()
                .forget(customer))
        };
        assert_eq!((forget().rows, forget().rows), (1, 0));
        let tables = ["Shelf", "ShelfTrack", "Rating"].map(|table| twins.count(table));
        assert_eq!(tables, [0, 0, 0]);
        assert_eq!(
            twins.count("RemovedShelf"),
            1,
            "a trigger fires for what a key removes"
        );
    });
}
