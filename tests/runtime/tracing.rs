//! What a listener to `tracing` hears.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Dispatch, Event, Metadata, Subscriber};

use crate::faulty::Faults;
use crate::harness::{builder, poll_once, titles};

/// Keeps all that is told on the thread of a test.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    spans: Vec<Told>,
    warnings: Vec<Told>,
    entered: Vec<u64>,
}

#[derive(Debug, Clone, Default)]
struct Told {
    name: &'static str,
    parent: Option<u64>,
    fields: BTreeMap<&'static str, String>,
}

impl Told {
    fn number(&self, field: &str) -> u64 {
        self.fields[field].parse().unwrap()
    }
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.fields.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.fields.insert(field.name(), value.to_owned());
    }
}

impl Listener {
    /// Listens on this thread until the guard is dropped.
    fn listen() -> (Self, DefaultGuard) {
        // While there is one listener alone, the first thread that passes a place decides for all whether it is heard.
        static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Listener::default()));
        LazyLock::force(&ANOTHER);
        let listener = Self::default();
        let guard = set_default(listener.clone());
        (listener, guard)
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap()
    }

    /// The last span of this name whose field has this value.
    fn last(&self, name: &str, field: &str, value: &str) -> (u64, Told) {
        let log = self.log();
        let found = (1..).zip(&log.spans).filter(|(_, told)| {
            told.name == name && told.fields.get(field).is_some_and(|found| found == value)
        });
        let (id, told) = found.last().unwrap_or_else(|| panic!("{:?}", log.spans));
        (id, told.clone())
    }

    fn statement(&self, name: &str) -> Told {
        self.last("statement", "statement", name).1
    }

    fn warned_of(&self, statement: &str) -> bool {
        let log = self.log();
        let mut warnings = log.warnings.iter();
        warnings.any(|told| told.fields["statement"] == statement)
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlitenow"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut log = self.log();
        let mut told = Told {
            name: attributes.metadata().name(),
            parent: log.entered.last().copied(),
            ..Told::default()
        };
        attributes.record(&mut told);
        log.spans.push(told);
        Id::from_u64(log.spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let at = usize::try_from(span.into_u64() - 1).unwrap();
        values.record(&mut self.log().spans[at]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::default();
        event.record(&mut told);
        self.log().warnings.push(told);
    }

    fn enter(&self, span: &Id) {
        self.log().entered.push(span.into_u64());
    }

    fn exit(&self, _: &Id) {
        self.log().entered.pop();
    }
}

#[tokio::test]
async fn r114_spans_of_statements_hold_name_rows_queue_wait_and_run_time() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let (listener, _guard) = Listener::listen();
        let db = builder().executor(executor).open().await.unwrap();
        db.cards()
            .insert_titled("of secret")
            .execute()
            .await
            .unwrap();
        db.cards()
            .insert_returning("of secret")
            .one()
            .await
            .unwrap();
        titles(&db).await;
        db.query_raw("SELECT 1 UNION ALL SELECT 2", ())
            .await
            .unwrap();
        let batch = db.batch(|batch| batch.add(db.cards().insert_titled("of secret")));
        batch.await.unwrap();
        let rows = [
            ("cards.insert_titled", 1),
            ("cards.insert_returning", 1),
            ("cards.titles", 3),
            ("query_raw", 2),
        ];
        for (name, rows) in rows {
            let told = listener.statement(name);
            assert_eq!(told.number("rows"), rows, "{told:?}");
            told.number("queue_wait_us");
            told.number("run_us");
        }
        listener.statement("batch").number("run_us");
        let all = format!("{:?}", listener.log().spans);
        assert!(!all.contains("secret"), "{all}");
    }
}

#[tokio::test]
async fn r114_a_stream_has_a_span_that_ends_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = BoardDatabase::builder().path(folder.path().join("board.db"));
    for builder in [file, BoardDatabase::builder().memory()] {
        let (listener, _guard) = Listener::listen();
        let db = builder.open().await.unwrap();
        let mut stream = db.cards().titles().stream();
        while stream.next().await.is_some() {}
        drop(stream);
        let told = listener.statement("cards.titles");
        assert_eq!(told.number("rows"), 1);
        told.number("queue_wait_us");
        told.number("run_us");
    }
}

#[tokio::test]
async fn r114_the_wait_in_the_queue_is_apart_from_the_run() {
    let (listener, _guard) = Listener::listen();
    let faults = Faults::new();
    let db = faults.board().await;
    let mut hold = faults.hold("INSERT");
    let cards = db.cards();
    let mut first = Box::pin(cards.insert_titled("first").execute());
    assert!(poll_once(&mut first).await.is_pending());
    hold.reached().await;
    let mut second = Box::pin(cards.titles().list());
    assert!(poll_once(&mut second).await.is_pending());
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(3) {}
    hold.release();
    first.await.unwrap();
    second.await.unwrap();
    assert!(listener.statement("cards.titles").number("queue_wait_us") >= 3000);
    assert!(listener.statement("cards.insert_titled").number("run_us") >= 3000);
}

#[tokio::test]
async fn r114_blocks_have_spans_around_those_of_their_statements() {
    let (listener, _guard) = Listener::listen();
    let db = builder().open().await.unwrap();
    let undone = db
        .transaction(async |tx| {
            titles(&db).await;
            let nested = tx.transaction(async |tx| tx.cards().insert_titled("new").execute().await);
            nested.await?;
            Err::<(), _>(Error::sqlite(1, "as told"))
        })
        .await;
    assert!(undone.is_err());
    let (outer, told) = listener.last("transaction", "outcome", "undone");
    assert_eq!(told.fields["kind"], "BEGIN IMMEDIATE");
    told.number("queue_wait_us");
    told.number("run_us");
    assert_eq!(listener.statement("cards.titles").parent, Some(outer));
    let (inner, nested) = listener.last("transaction", "outcome", "committed");
    assert_eq!(nested.parent, Some(outer));
    assert_eq!(
        listener.statement("cards.insert_titled").parent,
        Some(inner)
    );
    db.exclusive(async |_| Ok::<_, Error>(())).await.unwrap();
    listener.last("transaction", "kind", "exclusive");
}

#[test]
fn r114_closures_and_migrations_have_spans() {
    let (listener, _guard) = Listener::listen();
    let db = builder().open_blocking().unwrap();
    let (_, migration) = listener.last("migration", "outcome", "committed");
    assert_eq!(
        migration.fields["version"],
        BoardDatabase::SCHEMA_VERSION.to_string()
    );
    migration.number("run_us");
    db.blocking_write(|on| on.cards().insert_titled("new").execute())
        .unwrap();
    let (closure, told) = listener.last("transaction", "kind", "write");
    assert_eq!(told.fields["outcome"], "committed");
    let statement = listener.statement("cards.insert_titled");
    assert_eq!(
        (statement.parent, statement.number("rows")),
        (Some(closure), 1)
    );
}

#[tokio::test]
async fn r34_a_poll_that_is_blocked_beyond_the_threshold_is_a_warning_with_the_statements_name() {
    for (limit, warns) in [(Duration::from_millis(2), true), (Duration::MAX, false)] {
        let (listener, _guard) = Listener::listen();
        let db = builder()
            .executor(Executor::Inline)
            .slow_poll(limit)
            .on_open(|setup| {
                setup.scalar_function("hold", Some(1), false, |cells| {
                    std::thread::sleep(Duration::from_millis(3));
                    Ok(cells[0].into())
                })
            })
            .open()
            .await
            .unwrap();
        db.cards().held_titles().list().await.unwrap();
        assert_eq!(listener.warned_of("cards.held_titles"), warns);
    }
}
