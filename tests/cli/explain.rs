//! `explain`: every code has its page.

use sqlitenow::diagnostic::Code;

use super::project::Project;

#[test]
fn c127_every_code_is_explained_with_title_meaning_mistake_and_mend() {
    let project = Project::empty();
    for code in Code::all() {
        let explained = project.run(&["explain", code.number()]);
        assert_eq!((explained.code, explained.stderr.as_str()), (0, ""));
        let mut parts = explained.stdout.splitn(2, "\n\n");
        let title = parts.next().unwrap();
        assert_eq!(title, format!("{code}: {}", code.title()));
        let page = parts.next().unwrap();
        let (meaning, examples) = page.split_once("\n\nWrong:").unwrap();
        assert!(meaning.len() > 40, "{code}: {meaning}");
        let (mistake, mend) = examples.split_once("\n\nRight:").unwrap();
        assert!(!mistake.trim().is_empty() && !mend.trim().is_empty());
        assert!(!page.contains("```"), "{code}: {page}");
    }
}

#[test]
fn c127_a_code_is_found_however_it_is_written_and_shown_with_its_examples_indented() {
    let project = Project::empty();
    let expected = "SN0401: SQLite rejects a query

Each query is prepared by SQLite against the schema. SQLite refused this one; the message
is its own.

Wrong:

    -- sql/App/queries/all.sql
    SELECT titel FROM tasks;

Right:

    -- sql/App/queries/all.sql
    SELECT title FROM tasks;
";
    for written in ["SN0401", "sn0401", "0401", "401", "SN401"] {
        assert_eq!(project.run(&["explain", written]).stdout, expected);
    }
}

#[test]
fn c127_an_unknown_code_is_told_with_the_nearest_and_exit_code_2() {
    let project = Project::empty();
    for (written, near) in [("SN0491", "SN04"), ("sn26", "SN0016"), ("SN9999", "SN0")] {
        let refused = project.run(&["explain", written]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        let expected = format!("error: there is no code `{written}`; did you mean `{near}");
        assert!(refused.stderr.starts_with(&expected), "{refused:?}");
        let end = "`? `sqlitenow explain` lists them all\n";
        assert!(refused.stderr.ends_with(end), "{refused:?}");
    }
}

#[test]
fn without_a_code_all_are_listed() {
    let listed = Project::empty().run(&["explain"]);
    assert_eq!(listed.stdout.lines().count(), Code::all().len());
    assert!(listed.stdout.contains("\nSN0401  SQLite rejects a query\n"));
}
