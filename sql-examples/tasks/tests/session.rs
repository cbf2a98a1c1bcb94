//! Runs the program as a user would: lines in, lists out.

use std::io::Write as _;
use std::process::{Command, Stdio};

fn session(input: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_example-tasks"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the example was built");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(input.as_bytes()).expect("the example reads");
    drop(stdin);
    let output = child.wait_with_output().expect("the example ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("the example writes UTF-8")
}

#[test]
fn the_list_is_redrawn_after_each_change() {
    let output = session("add milk\nadd! bread\ndone 2\ndone 9\nclean\nbogus\nquit\n");
    let lists: Vec<_> = output.split("----\n").collect();
    assert!(output.contains("milk is number 2"), "{output}");
    assert!(output.contains("no open task has the number 9"), "{output}");
    assert!(output.contains("1 of 3 were done"), "{output}");
    let last = lists.iter().rev().find(|list| list.contains("[ ]")).expect("a list was drawn");
    assert!(last.contains("bread!") && !last.contains("milk"), "{output}");
}
