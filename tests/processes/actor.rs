//! A process that does with a shared database what it is told.
//!
//! In: lines on standard input, `add milk`. Out: `= ok` for each of them in its turn, and `! …` for what happens by itself.
//! Invariant: it ends with its standard input, so that no process outlives its test.

use std::io::{self, BufRead as _};
use std::process;
use std::thread;
use std::time::Duration;

use sqlitenow_runtime::{
    Builder, ChangeFilter, ConnectOptions, ConnectPort, Error, Result, ServeOptions, TableChange,
    Value,
};
use sqlitenow_tests::board::BoardDatabase;
use tokio::sync::{mpsc, oneshot};

/// Not long, and long enough for a machine that is busy.
const MOMENT: Duration = Duration::from_millis(200);

/// Titles in one line.
fn shown(titles: impl IntoIterator<Item = String>) -> String {
    titles.into_iter().collect::<Vec<_>>().join("|")
}

/// The variant and what it says, in one line.
fn refused(error: &Error) -> String {
    let debug = format!("{error:?}");
    let variant = debug.split(|c: char| !c.is_alphanumeric()).next();
    format!("error {} {error}", variant.unwrap_or_default()).replace('\n', " ")
}

fn told(outcome: Result<String>) -> String {
    outcome.unwrap_or_else(|error| refused(&error))
}

/// Obeys until standard input ends.
pub fn act() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let (send, mut lines) = mpsc::unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            let _ = send.send(line);
        }
        // Whoever has started this process is gone, and nobody asks for an orderly end.
        process::exit(0);
    });
    runtime.block_on(async {
        let mut actor = Actor::default();
        while let Some(line) = lines.recv().await {
            let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let answer = actor.obey(word, rest.to_owned()).await;
            println!("= {}", told(answer));
        }
    });
}

/// What the process holds.
#[derive(Default)]
struct Actor {
    db: Option<BoardDatabase>,
    port: Option<ConnectPort>,
    block: Option<(oneshot::Sender<bool>, oneshot::Receiver<String>)>,
}

impl Actor {
    fn db(&self) -> BoardDatabase {
        self.db.clone().expect("a database is open")
    }

    async fn obey(&mut self, word: &str, rest: String) -> Result<String> {
        match word {
            "own" => {
                self.own(BoardDatabase::builder(), rest, ServeOptions::new())
                    .await
            }
            // Whoever waits for a moment is sent away.
            "hasty" => {
                let builder = BoardDatabase::builder().queue_wait(Some(MOMENT));
                self.own(builder, rest, ServeOptions::new()).await
            }
            // Whoever does nothing in a transaction for a moment is rolled back.
            "brisk" => {
                let options = ServeOptions::new().idle_transaction(Some(MOMENT));
                self.own(BoardDatabase::builder(), rest, options).await
            }
            // Nobody is sent away, rolled back or cut off within an hour.
            "patient" => {
                let hour = Some(Duration::from_secs(3600));
                let options = ServeOptions::new().idle_transaction(hour);
                let options = options.handshake(hour).silence(hour).stall(hour);
                self.own(BoardDatabase::builder().queue_wait(hour), rest, options)
                    .await
            }
            "connect" => {
                let port: ConnectPort = rest.parse()?;
                Ok(self.take(port.connect(ConnectOptions::new()).await?))
            }
            "shared" => {
                let db = BoardDatabase::builder().path(rest).open_shared().await?;
                Ok(self.take(db))
            }
            "add" => {
                let changes = self.db().cards().insert_titled(&rest).execute().await?;
                Ok(format!("ok {}", changes.last_rowid))
            }
            "remove" => {
                let id = rest.parse().expect("a number");
                let changes = self.db().cards().remove(id).execute().await?;
                Ok(format!("ok {}", changes.rows))
            }
            "waiting" => Ok(self.count(&rest, |db| db.status().waiting).await),
            "clients" => Ok(self.count(&rest, |db| db.status().clients).await),
            "titles" => {
                let rows = self.db().cards().titles().list().await?;
                Ok(shown(rows.into_iter().map(|row| row.title)))
            }
            "begin" => self.begin(rest).await,
            "commit" => Ok(self.end(true).await),
            "rollback" => Ok(self.end(false).await),
            "watch" => Ok(self.watch()),
            "changes" => Ok(self.changes()),
            "start" => Ok(self.start(rest)),
            "close" => {
                self.db().close().await?;
                Ok("ok".to_owned())
            }
            other => panic!("no such word: {other}"),
        }
    }

    /// Waits until there are so many.
    async fn count(&self, wanted: &str, count: fn(&BoardDatabase) -> usize) -> String {
        let wanted: usize = wanted.parse().expect("a number");
        while count(&self.db()) != wanted {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        "ok".to_owned()
    }

    fn take(&mut self, db: BoardDatabase) -> String {
        self.db = Some(db);
        "ok".to_owned()
    }

    /// Opens the file and lets others in. `hold(…)` stops the statement that calls it for ever.
    async fn own(
        &mut self,
        builder: Builder<BoardDatabase>,
        path: String,
        options: ServeOptions,
    ) -> Result<String> {
        let db = builder
            .path(path)
            .on_open(|setup| {
                setup.scalar_function(
                    "hold",
                    Some(1),
                    false,
                    |_| -> std::result::Result<Value, _> {
                        println!("! held");
                        loop {
                            thread::park();
                        }
                    },
                )
            })
            .open()
            .await?;
        let port = db.serve(options).await?;
        self.db = Some(db);
        let line = port.to_string();
        self.port = Some(port);
        Ok(line)
    }

    /// Begins a transaction, adds a card, and stays inside.
    async fn begin(&mut self, title: String) -> Result<String> {
        let (db, (inside, entered)) = (self.db(), oneshot::channel());
        let (end, ended) = oneshot::channel();
        let (send, outcome) = oneshot::channel();
        tokio::spawn(async move {
            let block = db.transaction(async |tx| {
                let added = tx.cards().insert_titled(&title).execute().await;
                let _ = inside.send(());
                added?;
                match ended.await {
                    Ok(true) => Ok(()),
                    _ => Err(Error::sqlite(1, "as told")),
                }
            });
            let outcome = block.await.map(|()| "committed".to_owned());
            let _ = send.send(told(outcome));
        });
        if entered.await.is_err() {
            return Ok(outcome.await.unwrap_or_default());
        }
        self.block = Some((end, outcome));
        Ok("inside".to_owned())
    }

    async fn end(&mut self, keep: bool) -> String {
        let (end, outcome) = self.block.take().expect("a block");
        let _ = end.send(keep);
        outcome.await.unwrap_or_default()
    }

    /// Tells every state of the titles.
    fn watch(&self) -> String {
        let mut watch = self.db().cards().titles().watch();
        tokio::spawn(async move {
            while let Some(item) = watch.next().await {
                let item = item.map(|rows| shown(rows.into_iter().map(|row| row.title)));
                println!("! watched {}", told(item));
            }
            println!("! watched the end");
        });
        "ok".to_owned()
    }

    /// Tells every change of a table.
    fn changes(&self) -> String {
        let mut changes = self.db().table_changes(&ChangeFilter::all());
        tokio::spawn(async move {
            while let Some(change) = changes.next().await {
                println!("! changed {}", told(change.map(|change| line(&change))));
            }
        });
        "ok".to_owned()
    }

    /// Begins something whose end is told by itself.
    fn start(&self, what: String) -> String {
        let db = self.db();
        tokio::spawn(async move {
            let (word, rest) = what.split_once(' ').unwrap_or((&what, ""));
            let outcome = match word {
                "add" => db.cards().insert_titled(rest).execute().await.map(drop),
                "hold" => db.cards().held_titles().list().await.map(drop),
                other => panic!("no such word: {other}"),
            };
            println!("! ended {}", told(outcome.map(|()| what.clone())));
        });
        "ok".to_owned()
    }
}

fn line(change: &TableChange) -> String {
    let table = change.table.as_deref().unwrap_or("*");
    format!("{} {:?} {table}", change.commit, change.origin)
}
