//! Every type at its edges, out and back.

use crate::statement::Statement;
use crate::value::{Adapters, Binder, FromCell, ToCell, Value};

fn stored<T: ToCell>(value: &T) -> crate::Result<Value> {
    let mut values = Vec::new();
    Binder::new(&Statement::EMPTY, &Adapters::NONE, &mut values).bind(1, value)?;
    Ok(values.remove(0))
}

/// Checks that `value` is stored as `cell` and reads back as the same.
fn round_trip<T: ToCell + FromCell + PartialEq + std::fmt::Debug>(
    value: &T,
    cell: impl Into<Value>,
) {
    let found = cell.into();
    assert_eq!(stored(value).ok().as_ref(), Some(&found));
    assert_eq!(T::from_cell(found.as_cell()).as_ref(), Ok(value));
    assert_eq!(stored(&Some(value)).ok(), Some(found));
    assert_eq!(Option::<T>::from_cell(Value::Null.as_cell()), Ok(None));
}

fn read<T: FromCell>(text: &str) -> Result<T, String> {
    T::from_cell(crate::Cell::Text(text)).map_err(|misfit| misfit.to_string())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn r78_dates_and_times_of_chrono() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let leap = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    round_trip(&first, text("0001-01-01"));
    round_trip(&leap, text("2024-02-29"));
    round_trip(&NaiveTime::MIN, text("00:00:00"));
    let last = NaiveTime::from_hms_nano_opt(23, 59, 59, 999_999_999).unwrap();
    round_trip(&last, text("23:59:59.999999999"));
    let local: NaiveDateTime = leap.and_time(last);
    round_trip(&local, text("2024-02-29 23:59:59.999999999"));
    round_trip(&local.and_utc(), text("2024-02-29 23:59:59.999999999"));
    let east = FixedOffset::east_opt(5 * 3600 + 45 * 60).unwrap();
    let there: DateTime<FixedOffset> = first
        .and_time(NaiveTime::MIN)
        .and_local_timezone(east)
        .unwrap();
    round_trip(&there, text("0001-01-01 00:00:00+05:45"));
    let utc: DateTime<Utc> = read("2024-02-29T01:00:00+02:00").unwrap();
    assert_eq!(stored(&utc).unwrap(), text("2024-02-28 23:00:00"));
    assert_eq!(
        read::<NaiveDate>("2023-02-29").unwrap_err(),
        "found TEXT that is none, expected a date, YYYY-MM-DD"
    );
    assert!(read::<NaiveDateTime>("2024-02-29 01:00:00Z").is_err());
    let far = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap();
    assert!(
        stored(&far)
            .unwrap_err()
            .to_string()
            .contains("a year from 0 to 9999")
    );
    let leap_second = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_000_000_000).unwrap();
    assert!(stored(&leap_second).is_err());
    let seconds = FixedOffset::east_opt(61).unwrap();
    assert!(stored(&local.and_local_timezone(seconds).unwrap()).is_err());
}

#[test]
fn r78_dates_and_times_of_time() {
    use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};
    let first = Date::from_calendar_date(1, Month::January, 1).unwrap();
    let leap = Date::from_calendar_date(2024, Month::February, 29).unwrap();
    round_trip(&first, text("0001-01-01"));
    round_trip(&leap, text("2024-02-29"));
    let last = Time::from_hms_nano(23, 59, 59, 500_000_000).unwrap();
    round_trip(&last, text("23:59:59.5"));
    round_trip(
        &PrimitiveDateTime::new(leap, last),
        text("2024-02-29 23:59:59.5"),
    );
    round_trip(&OffsetDateTime::UNIX_EPOCH, text("1970-01-01 00:00:00"));
    let west = UtcOffset::from_hms(-3, -30, 0).unwrap();
    let there = OffsetDateTime::new_in_offset(leap, last, west);
    round_trip(&there, text("2024-02-29 23:59:59.5-03:30"));
    assert!(read::<Date>("2024-13-01").is_err());
    assert!(read::<PrimitiveDateTime>("2024-01-01 00:00+01:00").is_err());
    let before = Date::from_calendar_date(-1, Month::January, 1).unwrap();
    assert!(stored(&before).is_err());
}

#[test]
fn r78_dates_and_times_of_jiff() {
    use jiff::Timestamp;
    use jiff::civil::{Date, DateTime, Time, date, time};
    round_trip(&date(1, 1, 1), text("0001-01-01"));
    round_trip(&date(2024, 2, 29), text("2024-02-29"));
    round_trip(&time(23, 59, 59, 1), text("23:59:59.000000001"));
    let local = date(2024, 2, 29).at(12, 30, 0, 250_000_000);
    round_trip(&local, text("2024-02-29 12:30:00.25"));
    round_trip(&Timestamp::UNIX_EPOCH, text("1970-01-01 00:00:00"));
    let moment: Timestamp = read("2024-02-29T01:00:00.5+02:00").unwrap();
    round_trip(&moment, text("2024-02-28 23:00:00.5"));
    assert!(read::<Date>("2024-02-30").is_err());
    assert!(read::<Time>("24:00").is_err());
    assert!(read::<DateTime>("2024-02-29 12:30Z").is_err());
    assert!(stored(&date(-1, 1, 1)).is_err());
}

#[test]
fn what_sqlite_writes_is_read() {
    let sqlite = rusqlite::Connection::open_in_memory().unwrap();
    let row = |sql: &str| -> String { sqlite.query_row(sql, [], |row| row.get(0)).unwrap() };
    for sql in [
        "SELECT datetime('now')",
        "SELECT datetime('now', 'subsec')",
        "SELECT CURRENT_TIMESTAMP",
    ] {
        let told = row(sql);
        let ours: chrono::DateTime<chrono::Utc> = read(&told).unwrap();
        assert_eq!(
            read::<jiff::Timestamp>(&told).unwrap().as_second(),
            ours.timestamp()
        );
        assert_eq!(
            read::<time::OffsetDateTime>(&told)
                .unwrap()
                .unix_timestamp(),
            ours.timestamp()
        );
    }
    assert!(read::<chrono::NaiveDate>(&row("SELECT date('now')")).is_ok());
    assert!(read::<chrono::NaiveTime>(&row("SELECT time('now')")).is_ok());
}

#[test]
fn r78_uuids() {
    use uuid::Uuid;
    round_trip(&Uuid::nil(), text("00000000-0000-0000-0000-000000000000"));
    let some = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    round_trip(&some, text("67e55044-10b1-426f-9247-bb680e5fe0c8"));
    assert_eq!(read("67E55044-10B1-426F-9247-BB680E5FE0C8"), Ok(some));
    let bytes = Value::Blob(some.as_bytes().to_vec());
    assert_eq!(Uuid::from_cell(bytes.as_cell()), Ok(some));
    for wrong in [
        "67e5504410b1426f9247bb680e5fe0c8",
        "",
        "urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8",
    ] {
        assert!(read::<Uuid>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn r78_json_and_lists() {
    use crate::Json;
    use serde_json::{Value as Tree, json};
    use std::collections::BTreeMap;
    round_trip(&json!({}), text("{}"));
    round_trip(
        &json!({"a": [1, 2.5, null, "x\u{0}"]}),
        text(r#"{"a":[1,2.5,null,"x\u0000"]}"#),
    );
    let map = BTreeMap::from([("k".to_owned(), vec![i64::MIN, i64::MAX])]);
    round_trip(
        &Json(map),
        text(r#"{"k":[-9223372036854775808,9223372036854775807]}"#),
    );
    round_trip(&vec!["a".to_owned(), String::new()], text(r#"["a",""]"#));
    round_trip(&Vec::<i64>::new(), text("[]"));
    round_trip(&vec![true, false], text("[true,false]"));
    round_trip(&vec![0.1, 1e300], text("[0.1,1e+300]"));
    // A column declared JSON turns `5` into a number.
    assert_eq!(Tree::from_cell(crate::Cell::Integer(5)), Ok(json!(5)));
    assert_eq!(
        Json::<f64>::from_cell(crate::Cell::Real(0.5)),
        Ok(Json(0.5))
    );
    assert_eq!(
        read::<Vec<i64>>(r#"[1, "secret"]"#).unwrap_err(),
        "found TEXT that differs at column 12, expected a JSON array of i64"
    );
    let refused = stored(&vec![0.5, f64::NAN]).unwrap_err().to_string();
    assert!(refused.contains("finite numbers"), "{refused}");
    let keys = BTreeMap::from([((1, 2), 3)]);
    assert!(
        stored(&Json(keys))
            .unwrap_err()
            .to_string()
            .contains("JSON")
    );
}
