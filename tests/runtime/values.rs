//! Results, counts and conversions.

use sqlitenow_runtime::{ConstraintKind, Error, Executor, Value};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::board::samples::InsertAllParams;

use crate::harness::{board, builder, titles};

async fn on_every_executor(check: impl AsyncFn(BoardDatabase)) {
    for executor in [Executor::Auto, Executor::Thread] {
        check(builder().executor(executor).open().await.unwrap()).await;
    }
}

#[tokio::test]
async fn r52_no_rows_one_row_and_two_rows() {
    on_every_executor(async |db| {
        let found = |result: Result<_, Error>| match result {
            Err(Error::RowCount {
                found, expected, ..
            }) => (found, expected),
            other => panic!("{other:?}"),
        };
        assert!(db.cards().by_title("none").list().await.unwrap().is_empty());
        assert_eq!(db.cards().by_title("none").optional().await.unwrap(), None);
        let none = db.cards().by_title("none").one().await.map(drop);
        assert_eq!(found(none), (0, "exactly one row".into()));
        let one = db.cards().by_title("read the guide").one().await.unwrap();
        assert_eq!(
            db.cards()
                .by_title("read the guide")
                .optional()
                .await
                .unwrap(),
            Some(one)
        );
        for _ in 0..3 {
            db.cards().insert_titled("many").execute().await.unwrap();
        }
        let many = db.cards().by_title("many").one().await.map(drop);
        assert_eq!(found(many), (2, "exactly one row".into()));
        let many = db.cards().by_title("many").optional().await.map(drop);
        assert_eq!(found(many), (2, "at most one row".into()));
    })
    .await;
}

#[tokio::test]
async fn r53_a_wrong_row_count_of_a_returning_statement_changes_nothing() {
    on_every_executor(async |db| {
        db.cards().insert_titled("second").execute().await.unwrap();
        let before = titles(&db).await;
        let refused = db.cards().retitle_all("same").one().await;
        assert!(
            matches!(refused, Err(Error::RowCount { found: 2, .. })),
            "{refused:?}"
        );
        let refused = db.cards().retitle_all("same").optional().await;
        assert!(
            matches!(refused, Err(Error::RowCount { found: 2, .. })),
            "{refused:?}"
        );
        assert_eq!(titles(&db).await, before);
        db.transaction(async |tx| {
            tx.cards().insert_titled("third").execute().await?;
            assert!(tx.cards().retitle_all("same").one().await.is_err());
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        assert_eq!(titles(&db).await, ["read the guide", "second", "third"]);
        assert_eq!(
            db.cards().retitle_all("same").list().await.unwrap().len(),
            3
        );
    })
    .await;
}

#[tokio::test]
async fn a_returned_row_that_cannot_be_read_undoes_its_statement() {
    on_every_executor(async |db| {
        let text = Value::Text("no integer".to_owned());
        let refused = db.samples().insert_strict(&text).one().await;
        assert!(matches!(refused, Err(Error::Convert { .. })), "{refused:?}");
        assert_eq!(db.samples().as_value(1).optional().await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn r55_execute_gives_changed_rows_and_the_last_rowid() {
    on_every_executor(async |db| {
        let changes = db.cards().insert_titled("one").execute().await.unwrap();
        assert_eq!((changes.rows, changes.last_rowid), (1, 2));
        let gone = db.cards().remove(2).execute().await.unwrap();
        assert_eq!(gone.rows, 1);
        let none = db.cards().remove(404).execute().await.unwrap();
        assert_eq!(none.rows, 0);
    })
    .await;
}

#[tokio::test]
async fn r61_a_broken_unique_key_names_kind_table_and_columns_and_changes_nothing() {
    on_every_executor(async |db| {
        db.lists().insert_one("inbox").execute().await.unwrap();
        let broken = db.lists().insert_one("inbox").execute().await.unwrap_err();
        assert!(broken.is_constraint() && !broken.is_busy() && !broken.is_closed());
        let Error::Constraint {
            kind,
            table,
            columns,
            origin,
            ..
        } = broken
        else {
            panic!()
        };
        assert_eq!(
            (kind, table.as_deref()),
            (ConstraintKind::Unique, Some("list"))
        );
        assert_eq!(columns, ["name"]);
        let origin = origin.unwrap();
        assert_eq!(origin.statement(), "lists.insert_one");
        assert!(origin.sql().starts_with("INSERT INTO list"));
        assert!(origin.call_site().unwrap().file().ends_with("values.rs"));
        assert_eq!(db.lists().all().list().await.unwrap().len(), 1);
    })
    .await;
}

fn extremes() -> Vec<InsertAllParams> {
    let base = InsertAllParams {
        flag: true,
        small: i8::MIN,
        big: i64::MIN,
        ratio: f64::MIN_POSITIVE,
        label: String::new(),
        bytes: Vec::new(),
    };
    vec![
        base.clone(),
        InsertAllParams {
            flag: false,
            small: i8::MAX,
            big: i64::MAX,
            ratio: f64::MAX,
            label: "it's \"quoted\" \\ \n\t🦀 naïve\u{0}end".to_owned(),
            bytes: vec![0, 255, 0],
        },
        InsertAllParams {
            ratio: f64::NEG_INFINITY,
            big: 0,
            small: 0,
            ..base
        },
    ]
}

#[tokio::test]
async fn r71_r72_values_round_trip_exactly() {
    on_every_executor(async |db| {
        for params in extremes() {
            db.samples().insert_all(&params).execute().await.unwrap();
        }
        let rows = db.samples().all_typed().list().await.unwrap();
        for (row, params) in rows.iter().zip(extremes()) {
            assert_eq!(
                (row.flag, row.small, row.big),
                (params.flag, params.small, params.big)
            );
            assert_eq!(row.ratio.to_bits(), params.ratio.to_bits());
            assert_eq!((&row.label, &row.bytes), (&params.label, &params.bytes));
        }
        assert_eq!(rows.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn r71_empty_text_and_empty_blobs_are_not_null() {
    on_every_executor(async |db| {
        let values = [
            Value::Null,
            Value::Text(String::new()),
            Value::Blob(Vec::new()),
            Value::Integer(0),
            Value::Real(0.5),
        ];
        for (id, value) in (1..).zip(&values) {
            db.samples().insert_one(value).execute().await.unwrap();
            assert_eq!(&db.samples().as_value(id).one().await.unwrap().value, value);
        }
    })
    .await;
}

#[tokio::test]
async fn r73_nan_is_null() {
    on_every_executor(async |db| {
        db.samples()
            .insert_one(&Value::Real(f64::NAN))
            .execute()
            .await
            .unwrap();
        assert_eq!(
            db.samples().as_value(1).one().await.unwrap().value,
            Value::Null
        );
        let refused = db.samples().insert_ratio(f64::NAN).execute().await;
        let Err(Error::Constraint { kind, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(kind, ConstraintKind::NotNull);
    })
    .await;
}

async fn sample(db: &BoardDatabase, value: Value) -> i64 {
    db.samples()
        .insert_one(&value)
        .execute()
        .await
        .unwrap()
        .last_rowid
}

#[tokio::test]
async fn r74_what_a_field_cannot_hold_names_statement_column_expected_and_found() {
    on_every_executor(async |db| {
        let null = sample(&db, Value::Null).await;
        let text = sample(&db, Value::Text("12".to_owned())).await;
        let real = sample(&db, Value::Real(1.0)).await;
        let refused = db.samples().as_i64(null).one().await.unwrap_err();
        let Error::Convert {
            column,
            expected,
            found,
            origin,
            ..
        } = &refused
        else {
            panic!()
        };
        assert_eq!(
            (column.as_str(), expected.as_ref(), found.as_str()),
            ("value", "INTEGER", "NULL")
        );
        assert_eq!(origin.as_ref().unwrap().statement(), "samples.as_i64");
        let message = refused.to_string();
        for part in [
            "samples.as_i64",
            "`value`",
            "found NULL",
            "expected INTEGER",
            "values.rs",
        ] {
            assert!(message.contains(part), "{part} in {message}");
        }
        assert!(matches!(
            db.samples().as_i64(text).one().await,
            Err(Error::Convert { found, .. }) if found == "TEXT"
        ));
        assert!(db.samples().as_i64(real).one().await.is_err());
        assert!(db.samples().as_text(real).one().await.is_err());
        assert!(db.samples().as_blob(text).one().await.is_err());
        assert!(db.samples().as_f64(text).one().await.is_err());
        assert_eq!(db.samples().as_maybe(null).one().await.unwrap().value, None);
        assert!(db.samples().as_maybe(text).one().await.is_err());
    })
    .await;
}

#[tokio::test]
async fn r75_integers_read_as_reals_and_numbers_out_of_range_are_errors() {
    on_every_executor(async |db| {
        let two = sample(&db, Value::Integer(2)).await;
        let big = sample(&db, Value::Integer(300)).await;
        let negative = sample(&db, Value::Integer(-1)).await;
        let huge = sample(&db, Value::Integer((1 << 53) + 1)).await;
        assert!((db.samples().as_f64(two).one().await.unwrap().value - 2.0).abs() < f64::EPSILON);
        assert!((db.samples().as_f32(two).one().await.unwrap().value - 2.0).abs() < f32::EPSILON);
        let found = |error: Error| match error {
            Error::Convert { found, .. } => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            found(db.samples().as_bool(two).one().await.unwrap_err()),
            "INTEGER 2"
        );
        assert_eq!(
            found(db.samples().as_i8(big).one().await.unwrap_err()),
            "INTEGER 300"
        );
        assert_eq!(
            found(db.samples().as_u32(negative).one().await.unwrap_err()),
            "INTEGER -1"
        );
        found(db.samples().as_f64(huge).one().await.unwrap_err());
    })
    .await;
}

#[tokio::test]
async fn text_that_is_no_utf8_is_an_error_not_a_guess() {
    on_every_executor(async |db| {
        let id = sample(&db, Value::Blob(vec![0xff, 0xfe])).await;
        let refused = db.samples().cast_text(id).one().await;
        let Err(Error::Convert {
            expected, column, ..
        }) = refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(
            (expected.as_ref(), column.as_str()),
            ("TEXT in UTF-8", "value")
        );
    })
    .await;
}

#[tokio::test]
async fn r112_an_error_holds_its_sql_and_not_the_bound_values() {
    let db = board().await;
    db.lists().insert_one("hunter2").execute().await.unwrap();
    let broken = db
        .lists()
        .insert_one("hunter2")
        .execute()
        .await
        .unwrap_err();
    assert!(broken.origin().unwrap().sql().contains("VALUES (:name)"));
    assert!(!format!("{broken} {broken:?}").contains("hunter2"));
}

#[tokio::test]
async fn r112_bound_values_stand_in_errors_where_that_was_asked_for() {
    for executor in [Executor::Auto, Executor::Thread] {
        let builder = BoardDatabase::builder().executor(executor);
        let db = builder.values_in_errors(true).open().await.unwrap();
        db.lists().insert_one("it's").execute().await.unwrap();
        let shown = |error: Error| {
            let origin = error.origin().unwrap();
            assert!(
                origin.call_site().is_some() && error.to_string().contains("('it''s')"),
                "{error}"
            );
            assert_eq!(origin.values().unwrap(), ["'it''s'"]);
        };
        shown(db.lists().insert_one("it's").execute().await.unwrap_err());
        let many = db.lists().insert_one_many(["new", "it's"]);
        shown(many.execute().await.unwrap_err());
        let raw = db.execute_raw("INSERT INTO list (name) VALUES (?)", ("it's",));
        shown(raw.await.unwrap_err());
        let inside = db.write(|conn| conn.lists().insert_one("it's").execute());
        shown(inside.await.unwrap_err());
        let missing = db.cards().by_id(404).watch_one().next().await;
        let missing = missing.unwrap().unwrap_err();
        assert_eq!(missing.origin().unwrap().values().unwrap(), ["404"]);
    }
}

#[tokio::test]
async fn r113_the_helpers_are_true_for_their_own_variants_only() {
    let db = board().await;
    let kinds = |error: &Error| (error.is_busy(), error.is_constraint(), error.is_closed());
    db.lists().insert_one("inbox").execute().await.unwrap();
    let broken = db.lists().insert_one("inbox").execute().await.unwrap_err();
    assert_eq!(kinds(&broken), (false, true, false));
    let missing = db.cards().by_id(404).one().await.unwrap_err();
    assert_eq!(kinds(&missing), (false, false, false));
    db.close().await.unwrap();
    let closed = db.cards().by_id(1).one().await.unwrap_err();
    assert_eq!(kinds(&closed), (false, false, true));
    assert_eq!(kinds(&Error::sqlite(5, "locked")), (true, false, false));
}
