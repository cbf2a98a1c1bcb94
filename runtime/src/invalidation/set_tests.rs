//! What concerns whom, and what merges into what.

use super::*;

use super::super::origin::ChangeOrigin::Generated;

fn update(columns: Columns) -> Change {
    Change::update(columns)
}

#[test]
fn an_update_concerns_whoever_reads_one_of_its_columns() {
    let read = Columns::one(0).and(Columns::one(2));
    assert!(update(Columns::one(2)).concerns(read));
    assert!(!update(Columns::one(1)).concerns(read));
    assert!(update(Columns::ALL).concerns(read));
}

#[test]
fn counting_rows_is_concerned_by_rows_only() {
    assert!(!update(Columns::ALL).concerns(Columns::NONE));
    assert!(Change::INSERT.concerns(Columns::NONE));
}

#[test]
fn a_column_without_a_bit_stands_for_all() {
    assert_eq!(Columns::one(64), Columns::ALL);
    assert!(update(Columns::one(64)).concerns(Columns::one(3)));
    assert!(update(Columns::one(3)).concerns(Columns::one(64)));
}

#[test]
fn merging_keeps_each_table_once() {
    let mut set = WriteSet::default();
    set.add(1, update(Columns::one(0)), Generated);
    let mut other = WriteSet::default();
    other.add(
        1,
        Change {
            inserted: true,
            ..update(Columns::one(1))
        },
        Generated,
    );
    other.add(2, Change::EVERYTHING, Generated);
    set.merge(&other);
    let both = Columns::one(0).and(Columns::one(1));
    let merged: Vec<_> = set
        .iter()
        .map(|written| (written.table, written.change))
        .collect();
    assert_eq!(
        merged,
        [
            (
                1,
                Change {
                    inserted: true,
                    ..update(both)
                }
            ),
            (2, Change::EVERYTHING)
        ]
    );
}

fn rows(set: &WriteSet) -> Vec<(Table, Rows)> {
    let rows = set
        .iter()
        .map(|written| (written.table, written.rows.clone()));
    rows.collect()
}

#[test]
fn r100_a_table_is_confined_to_all_rows_that_are_named() {
    let mut set = WriteSet::default();
    set.add(1, Change::EVERYTHING, Generated);
    set.add(2, Change::EVERYTHING, Generated);
    let these = |rows: &[i64]| Rows::These(rows.to_vec());
    let named = set.confined(&[(1, Some(7)), (1, Some(8)), (1, Some(7))]);
    assert_eq!(rows(&named), [(1, these(&[7, 8])), (2, Rows::All)]);
    let half = set.confined(&[(1, Some(7)), (1, None)]);
    assert_eq!(rows(&half), [(1, Rows::All), (2, Rows::All)]);
}

#[test]
fn r100_merged_changes_concern_the_rows_of_both() {
    let mut all = WriteSet::default();
    all.add(1, Change::EVERYTHING, Generated);
    let mut some = all.confined(&[(1, Some(7))]);
    some.merge(&all.confined(&[(1, Some(8))]));
    assert_eq!(rows(&some), [(1, Rows::These(vec![7, 8]))]);
    for row in 0..300 {
        some.merge(&all.confined(&[(1, Some(row))]));
    }
    assert_eq!(rows(&some), [(1, Rows::All)], "no list grows without end");
    let mut some = all.confined(&[(1, Some(7))]);
    some.merge(&all);
    assert_eq!(rows(&some), [(1, Rows::All)]);
}

#[test]
fn so_many_rows_are_told_apart_and_one_more_is_all_of_them() {
    let most = i64::try_from(Rows::MOST).unwrap();
    let mut named = Rows::These(Vec::new());
    named.add(&Rows::These((0..most).collect()));
    assert_eq!(named, Rows::These((0..most).collect()));
    named.add(&Rows::These(vec![0]));
    assert_eq!(named, Rows::These((0..most).collect()));
    named.add(&Rows::These(vec![most]));
    assert_eq!(named, Rows::All);
}
