//! Arguments, exit codes and where the configuration is looked for.

use super::project::Project;

#[test]
fn c12_input_and_output_stand_beside_the_configuration_from_any_folder() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "app"]).code, 0);
    project.write("elsewhere/keep.txt", "");
    let config = "../app/sqlitenow.toml";
    let outcome = project.run_in("elsewhere", &["generate", "--config", config]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert!(project.path("app/src/db/app_database.rs").exists());
    let module = project.read("app/src/db/app_database.rs");
    let from_inside = project.run_in("app", &["generate"]);
    assert!(
        from_inside.stdout.contains("(unchanged)"),
        "{from_inside:?}"
    );
    assert_eq!(project.read("app/src/db/app_database.rs"), module);
}

#[test]
fn c132_exit_codes_tell_whose_fault_it_is() {
    let project = Project::empty();
    for usage in [&["bogus"][..], &["generate", "--bogus"], &[]] {
        let outcome = project.run(usage);
        assert_eq!(outcome.code, 2, "{usage:?}: {outcome:?}");
    }
    let missing = project.run(&["generate"]);
    assert_eq!(missing.code, 2);
    assert!(missing.stderr.contains("`sqlitenow.toml`"), "{missing:?}");
    assert!(missing.stderr.contains("sqlitenow init"), "{missing:?}");

    project.write("sqlitenow.toml", "[databases.App]\n");
    let diagnostics = project.run(&["generate"]);
    assert_eq!(diagnostics.code, 1, "{diagnostics:?}");
    assert_eq!(project.run(&["--help"]).code, 0);
    assert_eq!(project.run(&["--version"]).code, 0);
}

#[test]
fn a_reader_that_is_gone_changes_no_exit_code() {
    for (fixture, code) in [("generate/first", 0), ("errors/sn0401-query-rejected", 1)] {
        let project = Project::of(fixture);
        assert_eq!(project.run_for_nobody(&["generate"]), code, "{fixture}");
    }
    assert_eq!(Project::empty().run_for_nobody(&["check"]), 2);
}

#[test]
fn c133_output_into_a_pipe_has_no_colour_and_no_progress() {
    let wrong = Project::of("errors/sn0401-query-rejected");
    let diagnostics = wrong.run(&["check"]);
    assert!(diagnostics.stderr.contains("error[SN0401]"));
    let project = Project::empty();
    let outcomes = [
        diagnostics,
        project.run(&["init"]),
        project.run(&["check"]),
        project.run(&["generate"]),
        project.run(&["--help"]),
        project.run(&["bogus"]),
    ];
    for outcome in outcomes {
        let all = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!all.is_empty());
        assert!(!all.contains(['\u{1b}', '\r', '\u{8}']), "{outcome:?}");
    }
}

#[test]
fn init_refuses_names_that_are_no_types() {
    let project = Project::empty();
    let outcome = project.run(&["init", "--name", "my-app"]);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome
            .stderr
            .contains("`my-app` is no name of a Rust type"),
        "{outcome:?}"
    );
    assert!(project.snapshot().is_empty());
}
