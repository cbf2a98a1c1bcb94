//! How blocks are written, and what is left as documentation.

use super::{fine, resolve, said};

#[test]
fn c42_every_way_to_write_a_block_says_the_same() {
    let expected = ["field=due propertyName=deadline propertyType=chrono::NaiveDate notNull=true"];
    for block in [
        "-- @@{ field=due, propertyName=deadline, propertyType=chrono::NaiveDate, notNull=true }",
        "-- @@{ field: due, propertyName: deadline, propertyType: chrono::NaiveDate, notNull: true, }",
        "--@@{field=due,propertyName=deadline,propertyType=chrono::NaiveDate,notNull=true}",
        "-- @@{\n--   field=due\n--   propertyName=deadline\n--   propertyType=chrono::NaiveDate\n--   notNull=true\n-- }",
        "-- @@{ field=due\r\n-- , propertyName=deadline\r\n-- , propertyType=chrono::NaiveDate, notNull=true }\r",
        "/* @@{ field=due, propertyName=deadline, propertyType=chrono::NaiveDate, notNull=true } */",
        "/* @@{\n  field: due\n  propertyName: \"deadline\"\n  propertyType: 'chrono::NaiveDate',\n  notNull: true,\n} */",
        "/**\n * @@{ field=due,\n *     propertyName=deadline\n *     propertyType=chrono::NaiveDate\n *     notNull=true }\n */",
        "-- @@{ \"field\": \"due\", 'propertyName': deadline }\n-- @@{ field=due, propertyType=chrono::NaiveDate, notNull=true }",
    ] {
        assert_eq!(
            said(&fine(&format!("SELECT due {block}\nFROM t"))),
            expected,
            "{block}"
        );
        assert_eq!(
            said(&fine(&format!("{block}\nSELECT due FROM t"))),
            expected,
            "in front: {block}"
        );
        assert_eq!(
            said(&fine(&format!("CREATE TABLE t (\n  due DATE {block}\n)"))),
            expected,
            "table: {block}"
        );
    }
}

#[test]
fn c43_several_blocks_count_and_later_ones_add() {
    let text = "-- @@{ name=all } and @@{ queryResult=Task }\n/* @@{ field=a, notNull=true } */ -- @@{ param=p, propertyType=i64 }
SELECT a, b -- @@{ field=A, propertyName=x } @@{ field=b, notNull=false }
FROM t WHERE a = :p -- @@{ param=p, notNull=true }
/* @@{ field=b, notNull=true } */";
    assert_eq!(
        said(&fine(text)),
        [
            "name=all queryResult=Task",
            "field=a propertyName=x notNull=true",
            "field=b notNull=true",
            "param=p propertyType=i64 notNull=true",
        ]
    );
}

#[test]
fn c44_quoted_braces_end_nothing_and_strings_of_sql_start_nothing() {
    let text = "SELECT '@@{ nonsense', \"@@{\" -- @@{ field=\"a}b\", propertyName='x{y', propertyType=\"Q<\\\"}\\\">\" }\n, 1";
    assert_eq!(
        said(&fine(text)),
        ["field=a}b propertyName=x{y propertyType=Q<\"}\">"]
    );
}

#[test]
fn c44_an_unclosed_block_is_one_diagnostic_at_its_start() {
    for text in [
        "-- @@{ name=all\nSELECT 1",
        "-- @@{ name=all, nonsense;\n-- more\n\nSELECT 1",
        "/* @@{ name=all */ SELECT 1 /* } */",
        "-- @@{\nSELECT 1",
        "-- @@{ name={ a=b\nSELECT 1",
        "-- @@{ name=[a, b\nSELECT 1",
        "SELECT 1 -- @@{",
    ] {
        let (_, diagnostics) = resolve(text);
        let expected =
            "SN0201 [@@{] annotation block is never closed | close it with `}` in the same comment";
        assert_eq!(diagnostics, [expected], "{text}");
    }
    let (annotations, diagnostics) = resolve("-- @@{ name=a\n-- @@{ name=b }\nSELECT 1");
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert_eq!(said(&annotations[0]), ["name=b"]);
}

#[test]
fn values_of_all_kinds_are_read() {
    for (written, read) in [
        ("i64", "i64"),
        (
            "std::collections::HashMap<String, Vec<u8>>",
            "std::collections::HashMap<String, Vec<u8>>",
        ),
        ("(i64, String)", "(i64, String)"),
        ("&str", "&str"),
        ("fn(a) -> b", "fn(a) -> b"),
        ("two  inner   spaces", "two  inner   spaces"),
        ("a/b.c_d-e", "a/b.c_d-e"),
        ("größe 日本", "größe 日本"),
        ("\"a, b = c: d\"", "a, b = c: d"),
        ("'it\\'s \\\\ \\\"x\\\"'", "it's \\ \"x\""),
        ("1st", "1st"),
    ] {
        let text = format!("SELECT a -- @@{{ field=a, propertyType={written}, notNull=true }}\n");
        let annotations = fine(&text);
        let ty = annotations.fields[0].property_type.as_ref().unwrap();
        assert_eq!(ty.value, read, "{written}");
        assert_eq!(&text[ty.span.range()], written);
    }
    for (written, name) in [
        ("1", "1"),
        ("true", "true"),
        ("null", "null"),
        ("-1.5e3", "-1.5e3"),
        ("\"\\\"\"", "\""),
    ] {
        let annotations = fine(&format!(
            "SELECT 1 -- @@{{ field={written}, notNull=true }}"
        ));
        assert_eq!(annotations.fields[0].field.value, name, "{written}");
    }
}

#[test]
fn what_cannot_be_read_is_said_at_the_spot_and_the_rest_counts() {
    for (block, expected, rest) in [
        (
            "field=a propertyName=b, notNull=true",
            "[=] found `=`, expected `,` or a new line behind the value | separate two entries by a comma, or quote the value",
            &[][..],
        ),
        (
            "field=a, notNull",
            "[}] found `}`, expected `=` behind key `notNull`",
            &["field=a"],
        ),
        (
            "field=a, notNull true",
            "[t] found `t`, expected `=` behind key `notNull`",
            &["field=a"],
        ),
        (
            "field=a, propertyName=, notNull=true",
            "[,] found `,`, expected a value",
            &["field=a notNull=true"],
        ),
        (
            "field=a,, notNull=true",
            "[,] found `,`, expected a key",
            &["field=a notNull=true"],
        ),
        (
            "field=a, ?=3, notNull=true",
            "[?] found `?`, expected a key",
            &["field=a notNull=true"],
        ),
        (
            "field=a, propertyType=a;b, notNull=true",
            "[;] found `;`, expected a bare word | quote the value",
            &["field=a notNull=true"],
        ),
        (
            "field=\"a\" notNull=true",
            "[n] found `n`, expected `,` or a new line",
            &["field=a"],
        ),
        (
            "field=a, propertyType='x }\n-- }",
            "['x }] string is never closed in this line",
            &["field=a"],
        ),
        (
            "field=a, x=[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
            "[[] found `[`, expected a value that is nested less deeply",
            &["field=a"],
        ),
    ] {
        let (annotations, diagnostics) = resolve(&format!("SELECT a -- @@{{ {block} }}\nFROM t"));
        let malformed: Vec<&String> = diagnostics
            .iter()
            .filter(|d| d.starts_with("SN0202"))
            .collect();
        assert_eq!(malformed, [&format!("SN0202 {expected}")], "{block}");
        assert_eq!(said(&annotations[0]), rest, "{block}");
    }
}

#[test]
fn documentation_is_what_is_left_of_leading_comments() {
    for (text, doc) in [
        ("-- Lists all.\nSELECT 1", &["Lists all."][..]),
        ("--Lists\n--  all.\nSELECT 1", &["Lists", "  all."]),
        ("-- Lists all. @@{ name=all }\nSELECT 1", &["Lists all."]),
        (
            "-- @@{ name=all } Lists all.\n-- Slowly.\nSELECT 1",
            &["Lists all.", "Slowly."],
        ),
        (
            "-- @@{\n--   name=all\n-- }\n-- Lists all.\nSELECT 1",
            &["Lists all."],
        ),
        ("/* Lists all. */ SELECT 1 -- not this\n", &["Lists all."]),
        ("/* Lists\n   all. */\nSELECT 1", &["Lists", "all."]),
        (
            "/**\n * Lists:\n *\n *   - all\n *\n * @@{ name=all }\n **/\nSELECT 1",
            &["Lists:", "", "  - all"],
        ),
        ("/*\n\tLists\n\t\tall.\n*/ SELECT 1", &["Lists", "\tall."]),
        (
            "-- One.\n\n-- Two.\n--\n--\n-- Three.\nSELECT 1",
            &["One.", "", "Two.", "", "Three."],
        ),
        ("-------\n-- Lists all.\n-------\nSELECT 1", &["Lists all."]),
        ("-- a   \r\n-- b\r\nSELECT 1", &["a", "b"]),
        ("--\n-- @@{ name=all }\n--\nSELECT 1", &[]),
        ("-- @@{ name=all }\nSELECT 1", &[]),
        ("SELECT 1 -- inner\n, 2", &[]),
        ("/**/ /***/ SELECT 1", &[]),
        ("/* A. */ /* B. */ SELECT 1", &["A.", "B."]),
    ] {
        assert_eq!(fine(text).doc, doc, "{text}");
    }
}

#[test]
fn c19_the_second_statement_owns_the_comments_between() {
    let (annotations, diagnostics) = resolve(
        "SELECT 1; -- @@{ name=two }\n-- The second.\nSELECT 2;\n/* The third. */ SELECT 3",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(said(&annotations[0]), Vec::<String>::new());
    assert_eq!(
        (said(&annotations[1]), &annotations[1].doc[..]),
        (vec!["name=two".to_owned()], &["The second.".to_owned()][..])
    );
    assert_eq!(annotations[2].doc, ["The third."]);
}
