//! Which keys and values are accepted where.

use crate::diagnostic::Diagnostics;
use crate::source::SourceMap;
use crate::syntax::{comments_behind, split};

use super::{fine, has_errors, resolve, said};
use crate::annotation::refuse_orphans;

/// The only diagnostic about `text` starts like this.
#[track_caller]
fn refused(text: &str, expected: &str) {
    let (_, diagnostics) = resolve(text);
    assert!(
        diagnostics.len() == 1 && diagnostics[0].starts_with(expected),
        "{text}\nexpected: {expected}\nfound: {diagnostics:#?}"
    );
}

#[test]
fn what_has_an_effect_is_accepted() {
    for (text, expected) in [
        (
            "-- @@{ name=all, queryResult=Task }\nSELECT a FROM t",
            &["name=all queryResult=Task"][..],
        ),
        ("-- @@{ name=add }\nINSERT INTO t VALUES (1)", &["name=add"]),
        (
            "-- @@{ queryResult=Task }\nWITH x AS (SELECT 1) DELETE FROM t RETURNING a",
            &["queryResult=Task"],
        ),
        (
            "UPDATE t SET a = :a -- @@{ param=a, propertyType=u8, notNull=true }\nRETURNING a -- @@{ field=a, propertyName=b }\n",
            &[
                "field=a propertyName=b",
                "param=a propertyType=u8 notNull=true",
            ],
        ),
        (
            "DELETE FROM t WHERE a = :a -- @@{ param=a, notNull=false }\n",
            &["param=a notNull=false"],
        ),
        (
            "SELECT :a, :A -- @@{ param=a, notNull=true } @@{ param=A, notNull=false }\n",
            &["param=a notNull=true", "param=A notNull=false"],
        ),
        (
            "CREATE TABLE t (a /* @@{ field=a, propertyName=b, propertyType=bool, notNull=true } */)",
            &["field=a propertyName=b propertyType=bool notNull=true"],
        ),
        (
            "VALUES (1) -- @@{ field=column1, propertyName=one }",
            &["field=column1 propertyName=one"],
        ),
        ("-- @@{ }\nSELECT 1", &[]),
    ] {
        assert_eq!(said(&fine(text)), expected, "{text}");
    }
}

#[test]
fn c45_unknown_keys_are_refused_with_a_suggestion() {
    refused(
        "-- @@{ nam=all }\nSELECT 1",
        "SN0203 [nam] unknown key `nam` | did you mean `name`?",
    );
    refused(
        "SELECT a -- @@{ field=a, propertyNam=b }",
        "SN0203 [propertyNam] unknown key `propertyNam` | did you mean `propertyName`?",
    );
    refused(
        "SELECT a -- @@{ field=a, notnull=true }",
        "SN0203 [notnull] unknown key `notnull` | did you mean `notNull`?",
    );
    refused("-- @@{ zzz=1 }\nSELECT 1", "SN0203 [zzz] unknown key `zzz`");
    // `propertyName` is nearer, but has no place here.
    refused(
        "SELECT :a -- @@{ param=a, propertyTame=b }",
        "SN0203 [propertyTame] unknown key `propertyTame` | did you mean `propertyType`?",
    );
}

#[test]
fn c45_known_keys_in_the_wrong_place_say_where_they_belong() {
    refused(
        "-- @@{ queryResult=Task }\nCREATE TABLE t (a)",
        "SN0204 [queryResult] key `queryResult` has no place in front of CREATE TABLE | it belongs in front of SELECT, INSERT",
    );
    refused(
        "-- @@{ notNull=true }\nSELECT 1",
        "SN0204 [notNull] key `notNull` has no place in front of SELECT | it belongs beside `field=`",
    );
    refused("-- @@{ mapTo=a::B }\nDELETE FROM t", "SN0204 [mapTo]");
    refused(
        "-- @@{ cascadeNotify={ delete=[a] } }\nSELECT 1",
        "SN0204 [cascadeNotify]",
    );
    refused(
        "SELECT a -- @@{ field=a, name=b }",
        "SN0204 [name] key `name` has no place in a block with `field=`",
    );
    refused(
        "SELECT a -- @@{ field=a, mappingType=perRow }",
        "SN0204 [mappingType]",
    );
    refused(
        "SELECT :a -- @@{ param=a, propertyName=b }",
        "SN0204 [propertyName]",
    );
    refused(
        "CREATE TABLE t (a /* @@{ param=a, propertyType=i64 } */)",
        "SN0204 [param] key `param` has no place in CREATE TABLE",
    );
    refused(
        "DELETE FROM t -- @@{ field=a, notNull=true }",
        "SN0204 [field]",
    );
    refused("-- @@{ name=a }\nCREATE INDEX a ON b (c)", "SN0204 [@@{]");
}

#[test]
fn c46_repeated_keys_and_unclear_subjects_are_refused() {
    refused(
        "-- @@{ name=a, name=b }\nSELECT 1",
        "SN0205 [name] key `name` is given twice",
    );
    refused("SELECT a -- @@{ field=a, field=b }", "SN0205 [field]");
    refused(
        "SELECT a -- @@{ notNull=true }",
        "SN0206 [@@{] block inside of a statement without `field`, `dynamicField` or `param` | say what",
    );
    refused(
        "SELECT a -- @@{ name=b }",
        "SN0206 [@@{] block inside of a statement without `field`, `dynamicField` or `param` | move it",
    );
    refused("SELECT a -- @@{ }", "SN0206 [@@{]");
    refused(
        "SELECT a -- @@{ field=a, param=b, notNull=true }",
        "SN0206 [param] block with both `field` and `param`",
    );
    refused(
        "SELECT a -- @@{ dynamicField=a, field=b }",
        "SN0206 [field]",
    );
    let (annotations, _) = resolve("-- @@{ name=a, name=b }\nSELECT 1");
    assert_eq!(said(&annotations[0]), ["name=a"]);
}

#[test]
fn c47_values_that_are_not_accepted_list_those_that_are() {
    for (text, expected) in [
        (
            "SELECT a -- @@{ field=a, notNull=yes }",
            "[yes] found `yes` for `notNull`, expected `true` or `false`",
        ),
        ("SELECT a -- @@{ field=a, notNull=\"true\" }", "[\"true\"]"),
        ("SELECT a -- @@{ field=a, notNull=1 }", "[1]"),
        (
            "SELECT a -- @@{ field=a, adapter=costum }",
            "[costum] found `costum` for `adapter`, expected `default` or `custom` | did you mean `custom`?",
        ),
        (
            "-- @@{ propertyNameGenerator=camel }\nSELECT a",
            "[camel] found `camel` for `propertyNameGenerator`, expected `plain`, `snakeCase` or `lowerCamelCase`",
        ),
        (
            "SELECT a -- @@{ field=a, propertyName=[b] }",
            "[[b]] found `[b]` for `propertyName`, expected a word or a quoted string",
        ),
        ("-- @@{ name=\"\" }\nSELECT a", "[\"\"]"),
        ("-- @@{ name=3 }\nSELECT a", "[3]"),
        ("SELECT a -- @@{ field=[a, b], notNull=true }", "[[a, b]]"),
        ("-- @@{ collectionKey=[] }\nSELECT a", "[[]]"),
        (
            "-- @@{ cascadeNotify=all }\nCREATE TABLE t (a)",
            "[all] found `all` for `cascadeNotify`, expected lists of tables by change, such as `{ delete = [notes] }`",
        ),
        (
            "-- @@{ cascadeNotify={ delet=[b] } }\nCREATE TABLE t (a)",
            "[delet] found `delet` for `cascadeNotify`, expected `insert`, `update` or `delete` | did you mean `delete`?",
        ),
        (
            "-- @@{ cascadeNotify={ delete={ b=c } } }\nCREATE TABLE t (a)",
            "[{ b=c }] found `{ b=c }` for `delete`, expected a table or a list of tables",
        ),
        (
            "-- @@{ cascadeNotify={ delete=[b, 1] } }\nCREATE TABLE t (a)",
            "[[b, 1]]",
        ),
        ("-- @@{ enableSync=maybe }\nCREATE TABLE t (a)", "[maybe]"),
        (
            "SELECT a -- @@{ dynamicField=a, mappingType=many }",
            "[many] found `many` for `mappingType`, expected `perRow`, `entity` or `collection`",
        ),
        (
            "SELECT a -- @@{ dynamicField=a, defaultValue='1 +' }",
            "['1 +'] found `\"1 +\"` for `defaultValue`, expected an expression of Rust",
        ),
        (
            "SELECT a -- @@{ dynamicField=a, defaultValue='1, b: 2' }",
            "['1, b: 2']",
        ),
    ] {
        refused(text, &format!("SN0207 {expected}"));
    }
}

#[test]
fn c50_keys_of_other_generators_are_taken_with_a_warning() {
    for (text, why) in [
        ("-- @@{ enableSync=true }\nCREATE TABLE t (a)", "synchron"),
        (
            "-- @@{ syncKeyColumnName=id }\nCREATE TABLE t (a)",
            "synchron",
        ),
        ("-- @@{ name=T }\nCREATE TABLE t (a)", "`queryResult`"),
        (
            "-- @@{ name=V }\nCREATE VIEW v AS SELECT 1",
            "`queryResult`",
        ),
        (
            "SELECT a -- @@{ field=a, defaultValue=\"vec![]\" }",
            "`dynamicField`",
        ),
    ] {
        let (_, diagnostics) = resolve(text);
        assert_eq!(diagnostics.len(), 1, "{text}\n{diagnostics:#?}");
        assert!(
            diagnostics[0].starts_with("SN0208 ") && diagnostics[0].contains(why),
            "{diagnostics:?}"
        );
        assert!(!has_errors(text), "{text}");
    }
}

#[test]
fn every_key_of_the_grammar_is_in_the_model() {
    for (text, expected) in [
        (
            "-- @@{ name=T, propertyNameGenerator=plain, cascadeNotify={ insert=a, update=[b], delete=[c, d] } }
            -- @@{ enableSync=true, syncKeyColumnName=id }
            CREATE TABLE t (a)",
            "name=T propertyNameGenerator=Plain insert=a update=b delete=c+d enableSync=true syncKeyColumnName=id",
        ),
        (
            "-- @@{ propertyNameGenerator=snakeCase, collectionKey=[a, b] }\nCREATE VIEW v AS SELECT a",
            "propertyNameGenerator=SnakeCase collectionKey=a+b",
        ),
        (
            "-- @@{ propertyNameGenerator=lowerCamelCase, collectionKey=p.id, mapTo=crate::Task }\nSELECT a",
            "propertyNameGenerator=LowerCamelCase collectionKey=p.id mapTo=crate::Task",
        ),
        (
            "SELECT a -- @@{ field=a, adapter=custom } @@{ field=A, sqlTypeHint=JSON, defaultValue=7 }",
            "field=a adapter=Custom sqlTypeHint=JSON defaultValue=7",
        ),
        (
            "SELECT a -- @@{ dynamicField=x, mappingType=perRow, sourceTable=b, aliasPrefix=b_, collectionKey=[b.id, c] }
            FROM t -- @@{ dynamicField=X, propertyType=List<Y>, propertyName=z, notNull=true }",
            "dynamicField=x propertyName=z propertyType=List<Y> notNull=true mappingType=PerRow sourceTable=b aliasPrefix=b_ collectionKey=b.id+c",
        ),
        (
            "CREATE VIEW v AS SELECT a -- @@{ dynamicField=a, mappingType=entity, defaultValue=\"x()\" }\nFROM t",
            "dynamicField=a defaultValue=x() mappingType=Entity",
        ),
        (
            "CREATE TABLE t (a /* @@{ dynamicField=b, mappingType=collection } */)",
            "dynamicField=b mappingType=Collection",
        ),
        (
            "SELECT :a -- @@{ param=a, adapter=default }",
            "param=a adapter=Default",
        ),
    ] {
        let (annotations, _) = resolve(text);
        assert_eq!(said(&annotations[0]), [expected], "{text}");
    }
}

#[test]
fn what_is_refused_takes_nothing_along() {
    let (annotations, diagnostics) = resolve(
        "-- @@{ name=all, nonsense=1, queryResult=Task, mapTo=a::B }\nSELECT a -- @@{ field=a, notNull=x, propertyName=b }\n",
    );
    assert_eq!(diagnostics.len(), 2, "{diagnostics:#?}");
    assert_eq!(
        said(&annotations[0]),
        [
            "name=all queryResult=Task mapTo=a::B",
            "field=a propertyName=b"
        ]
    );
}

#[test]
fn blocks_behind_the_last_semicolon_are_refused() {
    let text = "SELECT 1; -- fine\n-- @@{ name=all }\n/* @@{ name=b } */";
    let mut sources = SourceMap::default();
    let file = sources.add("a.sql", text);
    let mut diagnostics = Diagnostics::default();
    let comments = comments_behind(file, text, &split(file, text));
    refuse_orphans(&comments, &sources, &mut diagnostics);
    assert_eq!(diagnostics.iter().len(), 2);
    let at = diagnostics.sorted(&sources)[0]
        .location(&sources)
        .unwrap()
        .to_string();
    assert_eq!(at, "a.sql:2:4");
}
