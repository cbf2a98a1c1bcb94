//! Runs the program and reads what it prints.

use std::process::Command;

#[test]
fn c138_the_module_of_a_build_script_runs_its_queries() {
    let output = Command::new(env!("CARGO_BIN_EXE_example-music"))
        .output()
        .expect("the example was built");
    let text = String::from_utf8(output.stdout).expect("the example writes UTF-8");
    assert!(output.status.success());
    assert!(
        text.contains("The Indices: Expression (2 tracks, 180 seconds)"),
        "{text}"
    );
    assert!(
        text.contains("The Indices: Partial (0 tracks, 0 seconds)"),
        "{text}"
    );
}
