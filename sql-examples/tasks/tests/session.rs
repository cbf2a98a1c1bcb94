//! Runs the program as a user would: a line is typed when the answer to the one before is on the screen.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

struct Session {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Session {
    fn start(file: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_example-tasks"))
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example was built");
        let input = child.stdin.take().expect("stdin is piped");
        let output = child.stdout.take().expect("stdout is piped");
        let output = BufReader::new(output).lines();
        Self {
            child,
            input,
            output,
        }
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.input, "{line}").expect("the example reads");
    }

    /// Reads until a line that starts like this; gives everything that was read.
    fn read_to(&mut self, start: &str) -> String {
        let mut text = String::new();
        for line in self.output.by_ref() {
            let line = line.expect("the example writes UTF-8");
            let found = line.starts_with(start);
            text.push_str(&line);
            text.push('\n');
            if found {
                return text;
            }
        }
        panic!("the example ended without `{start}`:\n{text}");
    }

    fn quit(mut self) {
        self.type_line("quit");
        assert!(self.child.wait().expect("the example ends").success());
    }
}

#[test]
fn the_list_is_redrawn_after_each_change_and_kept_in_the_file() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("tasks.db");
    let mut session = Session::start(&file);
    session.read_to("[ ] 1 type `add`");
    session.type_line("add milk");
    session.read_to("[ ] 2 milk");
    session.type_line("add! bread");
    session.read_to("[ ] 3 bread!");
    session.type_line("done 2");
    session.read_to("[x] 2 milk");
    session.type_line("done 9");
    session.read_to("no open task has the number 9");
    session.type_line("clean");
    session.read_to("1 of 3 were done");
    session.quit();

    let mut again = Session::start(&file);
    let list = again.read_to("[ ] 3 bread!");
    assert!(!list.contains("milk"), "{list}");
    again.quit();
}
