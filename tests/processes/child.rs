//! A process for tests that need several, or one whose disk is full.
//!
//! In: what to do, and the file. Out: its exit code; a panic says what was not as expected.

#[cfg(unix)]
mod actor;
#[expect(dead_code, reason = "made for other tests as well")]
#[path = "../random/dice.rs"]
mod dice;
mod piece;
#[path = "../chaos/said.rs"]
mod said;
mod worker;

use std::io::{self, Read as _, Write as _};
use std::path::Path;

use sqlitenow_tests::board::BoardDatabase;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        #[cfg(unix)]
        ["act"] => actor::act(),
        ["open", path] => open(Path::new(path)),
        ["add", path] => add(Path::new(path)),
        ["work", path, worker] => worker::work(worker::alone(path.as_ref()), number(worker)),
        ["work-shared", path, worker] => {
            worker::work(worker::shared(path.as_ref()), number(worker));
        }
        #[cfg(unix)]
        ["fill", path] => full_disk::fill(Path::new(path)),
        _ => panic!("`act`, or `open`, `add`, `work` or `fill` and a path"),
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number")
}

/// Opens the file at the same moment as others do, and writes.
fn open(path: &Path) {
    println!("ready");
    io::stdout().flush().expect("somebody listens");
    let mut start = String::new();
    io::stdin()
        .read_to_string(&mut start)
        .expect("a sign to start");
    let builder = BoardDatabase::builder().path(path);
    let db = builder.open_blocking().expect("it opens");
    let added = db.blocking_write(|conn| conn.cards().insert_titled("from a child").execute());
    added.expect("it writes");
}

/// Writes without the runtime, as any other program would.
fn add(path: &Path) {
    let other = rusqlite::Connection::open(path).expect("it opens");
    let patience = std::time::Duration::from_secs(5);
    other.busy_timeout(patience).expect("it waits for others");
    let added = other.execute("INSERT INTO card (title) VALUES ('from outside')", ());
    assert_eq!(added, Ok(1));
}

#[cfg(unix)]
mod full_disk {
    use std::path::Path;

    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use sqlitenow_runtime::Error;
    use sqlitenow_tests::board::BoardDatabase;

    /// Lets files grow by so many bytes, or without end.
    fn leave_room(path: &Path, room: Option<u64>) {
        let log = path.with_extension("db-wal");
        let length = std::fs::metadata(log).expect("the log is there").len();
        let limit = Rlimit {
            current: room.map(|room| length + room),
            ..getrlimit(Resource::Fsize)
        };
        setrlimit(Resource::Fsize, limit).expect("the soft limit may be set");
    }

    /// Fills the disk in mid-transaction and at COMMIT, makes room and goes on.
    pub fn fill(path: &Path) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build();
        let work = async {
            let db = BoardDatabase::open(path).await?;
            let mut watch = db.cards().titles().watch().with_duplicates();
            assert_eq!(watch.next().await.expect("open")?.len(), 1);
            let title = "long ".repeat(10_000);
            // SQLite keeps two megabytes of changed pages in memory before it writes to the log.
            for (titles, in_statement) in [(100, true), (10, false)] {
                leave_room(path, Some(100_000));
                let mut ran = 0;
                let full = db.transaction(async |tx| {
                    for _ in 0..titles {
                        tx.cards().insert_titled(&title).execute().await?;
                        ran += 1;
                    }
                    Ok::<_, Error>(())
                });
                let error = full.await.expect_err("there is no room");
                assert!(
                    matches!(error, Error::Sqlite { code: 10 | 13, .. }),
                    "{error}"
                );
                assert_eq!(ran < titles, in_statement, "{ran} of {titles}");
                let longer = title.repeat(10);
                let alone = db.cards().insert_titled(&longer).execute().await;
                let error = alone.expect_err("there is no room either");
                assert!(
                    matches!(error, Error::Sqlite { code: 10 | 13, .. }),
                    "{error}"
                );
                assert_eq!(db.cards().titles().list().await?.len(), 1);
                assert!(db.status().holder.is_none());
            }
            let quiet = std::future::poll_fn(|cx| {
                let next = std::pin::pin!(watch.next());
                std::task::Poll::Ready(std::future::Future::poll(next, cx).is_pending())
            });
            assert!(quiet.await, "what was undone is told to nobody");
            leave_room(path, None);
            db.cards().insert_titled(&title).execute().await?;
            assert_eq!(watch.next().await.expect("open")?.len(), 2);
            db.close().await
        };
        let ran = runtime.expect("a runtime").block_on(work);
        ran.expect("work goes on");
    }
}
