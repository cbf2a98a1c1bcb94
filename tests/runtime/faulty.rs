//! A driver over a database in memory that fails and stops where a test tells it to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use sqlitenow_runtime::{
    Answer, Capabilities, Driver, DriverConnection, DriverFuture, Error, Result, Value,
};
use tokio::sync::watch;

use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::memory::Memory;

use crate::harness::builder;

/// What the driver shall do, and what it has done.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<State>>);

struct State {
    capabilities: Capabilities,
    log: Vec<String>,
    failing: Vec<&'static str>,
    failing_once: Vec<&'static str>,
    lost: Vec<&'static str>,
    held: HashMap<&'static str, (watch::Sender<bool>, watch::Receiver<bool>)>,
    closed: bool,
}

/// A statement that stops before it runs.
pub struct Hold {
    reached: watch::Receiver<bool>,
    release: watch::Sender<bool>,
}

impl Hold {
    /// Waits until the statement has come.
    pub async fn reached(&mut self) {
        self.reached.wait_for(|reached| *reached).await.unwrap();
    }

    /// Lets it run.
    pub fn release(self) {
        self.release.send_replace(true);
    }
}

impl Faults {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            capabilities: Capabilities::NONE
                .with_interactive_transactions(true)
                .with_savepoints(true),
            log: Vec::new(),
            failing: Vec::new(),
            failing_once: Vec::new(),
            lost: Vec::new(),
            held: HashMap::new(),
            closed: false,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn with_capabilities(self, capabilities: Capabilities) -> Self {
        self.state().capabilities = capabilities;
        self
    }

    /// Statements that start like this fail, until [`heal`](Self::heal).
    pub fn fail(&self, start: &'static str) {
        self.state().failing.push(start);
    }

    /// The next statement that starts like this fails.
    pub fn fail_once(&self, start: &'static str) {
        self.state().failing_once.push(start);
    }

    /// Statements that start like this run, but their answers are lost.
    pub fn lose(&self, start: &'static str) {
        self.state().lost.push(start);
    }

    pub fn heal(&self) {
        self.state().failing.clear();
    }

    /// The next statement that starts like this stops.
    pub fn hold(&self, start: &'static str) -> Hold {
        let (arrive, reached) = watch::channel(false);
        let (release, go) = watch::channel(false);
        self.state().held.insert(start, (arrive, go));
        Hold { reached, release }
    }

    /// What ran since the last look, by the first two words.
    pub fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.state().log)
    }

    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    pub async fn board(&self) -> BoardDatabase {
        let db = builder().driver(self.clone()).open().await.unwrap();
        self.log();
        db
    }

    /// Notes the statement, waits if it is held, fails if it shall.
    async fn meet(&self, sql: &str) -> Result<()> {
        let sql = sql.trim_start();
        let words: Vec<&str> = sql.split_whitespace().take(2).collect();
        let held = {
            let mut state = self.state();
            state.log.push(words.join(" "));
            let start = state
                .held
                .keys()
                .copied()
                .find(|start| sql.starts_with(start));
            start.and_then(|start| state.held.remove(start))
        };
        if let Some((arrive, mut go)) = held {
            arrive.send_replace(true);
            // A hold that was dropped holds no more.
            let _ = go.wait_for(|go| *go).await;
        }
        let mut state = self.state();
        let mut once = state.failing_once.iter();
        let once = once.position(|start| sql.starts_with(*start));
        let always = state.failing.iter().any(|start| sql.starts_with(start));
        if once.map(|at| state.failing_once.remove(at)).is_some() || always {
            return Err(Error::sqlite(10, "disk I/O error, as told"));
        }
        Ok(())
    }
}

impl Driver for Faults {
    fn capabilities(&self) -> Capabilities {
        self.state().capabilities
    }

    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>> {
        Box::pin(async {
            Ok(Box::new(Faulty {
                faults: self.clone(),
                memory: Memory::open()?,
            }) as Box<dyn DriverConnection>)
        })
    }
}

struct Faulty {
    faults: Faults,
    memory: Memory,
}

impl DriverConnection for Faulty {
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer> {
        Box::pin(async move {
            self.faults.meet(sql).await?;
            let answer = self.memory.run(sql, values, most);
            let lost = &self.faults.state().lost;
            if lost.iter().any(|start| sql.starts_with(start)) {
                return Err(Error::sqlite(10, "the connection was lost, as told"));
            }
            answer
        })
    }

    fn run_script<'a>(&'a mut self, sql: &'a str) -> DriverFuture<'a, ()> {
        Box::pin(async move {
            self.faults.meet(sql).await?;
            self.memory.run_script(sql)
        })
    }

    fn in_transaction(&self) -> bool {
        self.memory.in_transaction()
    }

    fn close(self: Box<Self>) -> DriverFuture<'static, ()> {
        Box::pin(async move {
            self.faults.state().closed = true;
            Ok(())
        })
    }
}
