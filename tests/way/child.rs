//! Owners in another process: this very program, started for that alone.
//!
//! In: one line of JSON for each database, on the child's standard input. Out: a line with its port. The child ends with its
//! standard input, so with the tests, however they end.

use std::any::type_name;
use std::env;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use sqlitenow_runtime::v1::Handle;
use sqlitenow_runtime::{ConnectPort, Result};

use super::builder::{Builder, Options, with};
use super::setting::Setting;
use super::{VARIABLE, Way, again, thread};

/// What the lines of the child begin with: the test harness says things too.
const MARK: &str = "owner: ";

/// A kind of database that the child can open.
pub struct Kind {
    name: &'static str,
    open: Box<dyn Fn(Vec<Setting>) -> Result<ConnectPort>>,
}

impl Kind {
    /// Databases of the type `H`.
    #[must_use]
    pub fn of<H: Handle>(adapters: fn() -> H::Adapters) -> Self {
        let open = move |settings: Vec<Setting>| {
            thread::own(|| with(Options::<H>::new(adapters()), settings.iter()))
        };
        Self {
            name: type_name::<H>(),
            open: Box::new(open),
        }
    }
}

/// Does nothing, unless this is the process of owners: then it serves what it is asked for until its input ends.
///
/// # Panics
///
/// On a line that it does not understand.
pub fn serve(kinds: &[Kind]) {
    if Way::chosen() != Way::Owner {
        return;
    }
    for line in io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (name, settings): (String, Vec<Setting>) =
            serde_json::from_str(&line).expect("a kind and its settings");
        let kind = kinds.iter().find(|kind| kind.name == name);
        let kind = kind.unwrap_or_else(|| panic!("no such kind: {name}"));
        let answer = match (kind.open)(settings) {
            Ok(port) => port.to_string(),
            Err(error) => error.to_string().replace('\n', " "),
        };
        println!("\n{MARK}{answer}");
    }
    // Not by way of the tests' own end, which would wait for what still runs.
    std::process::exit(0);
}

/// The child, as the tests see it.
struct Pipes {
    _child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

static CHILD: Mutex<Option<Pipes>> = Mutex::new(None);

fn start() -> io::Result<Pipes> {
    let mut child = Command::new(env::current_exe()?)
        .args(["remote::owners", "--exact", "--nocapture"])
        .env(VARIABLE, Way::Owner.word())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let missing = || io::Error::other("a pipe");
    Ok(Pipes {
        input: child.stdin.take().ok_or_else(missing)?,
        output: BufReader::new(child.stdout.take().ok_or_else(missing)?),
        _child: child,
    })
}

/// Asks the child for an owner of this database.
fn ask(name: &str, settings: &[Setting]) -> io::Result<String> {
    let mut pipes = CHILD.lock().unwrap_or_else(PoisonError::into_inner);
    let pipes = match &mut *pipes {
        Some(pipes) => pipes,
        none => none.insert(start()?),
    };
    writeln!(pipes.input, "{}", serde_json::to_string(&(name, settings))?)?;
    for line in pipes.output.by_ref().lines() {
        if let Some(answer) = line?.strip_prefix(MARK) {
            return Ok(answer.to_owned());
        }
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// Opens in the other process, for a client.
pub fn reach<H: Handle>(builder: &Builder<H>) -> Result<Options<H>> {
    let answer = ask(type_name::<H>(), builder.settings()).expect("the process of owners");
    let Ok(port) = answer.parse::<ConnectPort>() else {
        // The error itself is wanted, and only a thread can hand it over.
        return thread::reach(builder);
    };
    again::note(Way::Process);
    Ok(thread::client(builder.client(), &port))
}
