//! A driver that keeps SQLite in memory and writes down what it is asked to run.

use std::collections::BTreeSet;
use std::str::Chars;
use std::sync::{Arc, Mutex};

use sqlitenow_runtime::{Answer, Capabilities, Driver, DriverConnection, DriverFuture, Value};
use sqlitenow_tests::memory::Memory;

/// The texts that ran, shared with the connection.
#[derive(Clone, Default)]
pub struct Recorder {
    texts: Arc<Mutex<BTreeSet<String>>>,
    function: Option<&'static str>,
}

impl Recorder {
    /// Its databases know a function of one text.
    pub fn with_function(name: &'static str) -> Self {
        Self {
            function: Some(name),
            ..Self::default()
        }
    }

    /// Fails unless every statement of the generated module `text` ran.
    #[track_caller]
    pub fn assert_ran_all_of(&self, module: &str) {
        let ran = self.texts.lock().unwrap();
        let constants = sql_constants(module);
        assert!(!constants.is_empty(), "the module has no statement");
        for (name, sql) in constants {
            assert!(ran.contains(&sql), "{name} never ran");
        }
    }
}

/// The SQL constants of a generated module, by name.
fn sql_constants(module: &str) -> Vec<(String, String)> {
    let heads = module
        .match_indices("\nconst ")
        .map(|(at, head)| &module[at + head.len()..]);
    let constants = heads.filter_map(|rest| {
        let (name, value) = rest.split_once(": &str =")?;
        name.ends_with("_SQL")
            .then(|| (name.to_owned(), literal(value.trim_start())))
    });
    constants.collect()
}

/// The text that a literal of the generator means.
fn literal(text: &str) -> String {
    let (opening, closing) = if text.starts_with("r#") {
        ("r#\"", "\"#;\n")
    } else if text.starts_with('r') {
        ("r\"", "\";\n")
    } else {
        ("\"", "\";\n")
    };
    let body = &text[opening.len()..];
    let body = &body[..body.find(closing).expect("a constant ends")];
    if opening.starts_with('r') {
        return body.to_owned();
    }
    let mut meant = String::new();
    let mut characters = body.chars();
    while let Some(c) = characters.next() {
        meant.push(match (c, characters.as_str().chars().next()) {
            ('\\', Some(escaped)) => {
                characters.next();
                match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => code_point(&mut characters),
                    other => other,
                }
            }
            _ => c,
        });
    }
    meant
}

/// The character of `{202e}`, which is taken off the front.
fn code_point(characters: &mut Chars<'_>) -> char {
    let (digits, rest) = characters.as_str().split_once('}').unwrap();
    *characters = rest.chars();
    let number = u32::from_str_radix(&digits[1..], 16).unwrap();
    char::from_u32(number).unwrap()
}

impl Driver for Recorder {
    fn capabilities(&self) -> Capabilities {
        Capabilities::NONE
            .with_interactive_transactions(true)
            .with_savepoints(true)
    }

    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>> {
        Box::pin(async {
            let memory = Memory::open()?;
            if let Some(function) = self.function {
                memory.register(function)?;
            }
            Ok(Box::new(Recording {
                memory,
                recorder: self.clone(),
            }) as Box<dyn DriverConnection>)
        })
    }
}

struct Recording {
    memory: Memory,
    recorder: Recorder,
}

impl DriverConnection for Recording {
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer> {
        self.recorder.texts.lock().unwrap().insert(sql.to_owned());
        Box::pin(async move { self.memory.run(sql, values, most) })
    }

    fn run_script<'a>(&'a mut self, sql: &'a str) -> DriverFuture<'a, ()> {
        Box::pin(async move { self.memory.run_script(sql) })
    }

    fn in_transaction(&self) -> bool {
        self.memory.in_transaction()
    }

    fn close(self: Box<Self>) -> DriverFuture<'static, ()> {
        Box::pin(async { Ok(()) })
    }
}
