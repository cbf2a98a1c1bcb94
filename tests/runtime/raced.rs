//! Somebody else makes the database between two questions of the one who opens it.

use sqlitenow_runtime::{
    Answer, Capabilities, Driver, DriverConnection, DriverFuture, Result, Value,
};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::memory::Memory;

/// A driver whose database is made as soon as its version was asked for.
struct Raced;

struct Connection {
    memory: Memory,
    asked: u32,
}

impl Driver for Raced {
    fn capabilities(&self) -> Capabilities {
        Capabilities::NONE.with_interactive_transactions(true)
    }

    fn connect(&self) -> DriverFuture<'_, Box<dyn DriverConnection>> {
        Box::pin(async {
            let memory = Memory::open()?;
            Ok(Box::new(Connection { memory, asked: 0 }) as Box<dyn DriverConnection>)
        })
    }
}

impl Connection {
    fn answer(&mut self, sql: &str, values: &[Value], most: usize) -> Result<Answer> {
        let answer = self.memory.run(sql, values, most)?;
        self.asked += u32::from(sql == "PRAGMA user_version");
        if self.asked == 1 {
            self.asked += 1;
            let version = BoardDatabase::SCHEMA_VERSION;
            let made = format!("CREATE TABLE card (id, title); PRAGMA user_version = {version};");
            self.memory.run_script(&made)?;
        }
        Ok(answer)
    }
}

impl DriverConnection for Connection {
    fn run<'a>(
        &'a mut self,
        sql: &'a str,
        values: &'a [Value],
        most: usize,
    ) -> DriverFuture<'a, Answer> {
        Box::pin(async move { self.answer(sql, values, most) })
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

#[tokio::test]
async fn r128_tables_that_another_process_makes_meanwhile_have_a_version() {
    let db = BoardDatabase::builder().driver(Raced).open().await.unwrap();
    db.close().await.unwrap();
}
