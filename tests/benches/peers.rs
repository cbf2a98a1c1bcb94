//! The same workload on other libraries, each a program in a workspace of its own.
//!
//! In: the programs that are built: this one by itself in two forms, and what stands in `peers/`. Out: for every run of the
//! workload the median time of one call, and the ratio to the direct call. Invariant: programs run in turns, each time on a
//! fresh copy of one file.

#[path = "peers/workload.rs"]
mod workload;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use rusqlite::Connection;
use tokio::runtime::Builder;

use self::workload::{Call, Run, Workload};
use crate::bench_database::BenchDatabase;
use crate::bench_database::readings::AddParams;
use crate::race::{Failure, Lap, finish};
use crate::reading;
use crate::table::Table;

/// What `bench` is told to run these alone.
pub const NAME: &str = "peers";
/// How often each program runs.
const ROUNDS: usize = 9;
const PEERS: [&str; 1] = ["tokio-rusqlite"];
const DIRECT: &str = "by hand, one thread";
const GENERATED: &str = "generated, async";

struct Program {
    name: &'static str,
    path: PathBuf,
    /// In front of the paths of workload and database.
    form: Option<&'static str>,
}

/// This program in its two forms, and the peers that are built.
fn programs() -> Result<Vec<Program>, Failure> {
    let ourselves = |name| {
        let path = std::env::current_exe()?;
        let form = Some(name);
        Ok::<_, Failure>(Program { name, path, form })
    };
    let mut programs = vec![ourselves(DIRECT)?, ourselves(GENERATED)?];
    for name in PEERS {
        let built = folder().join(name).join("target/release");
        let path = built.join(format!("peer-{name}"));
        if path.exists() {
            let form = None;
            programs.push(Program { name, path, form });
        } else {
            println!("`{name}` is not built: `just bench` builds it");
        }
    }
    Ok(programs)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers")
}

/// Runs all programs in turns and adds their times.
pub fn compare(table: &mut Table) -> Result<(), Failure> {
    let workload = folder().join("workload");
    let runs = Workload::parse(&fs::read_to_string(&workload)?)?.runs;
    let here = tempfile::tempdir()?;
    let seeded = here.path().join("seeded.db");
    drop(BenchDatabase::builder().path(&seeded).open_blocking()?);
    let programs = programs()?;
    let mut times = vec![vec![Vec::new(); programs.len()]; runs.len()];
    for round in 0..ROUNDS {
        for place in 0..programs.len() {
            let which = (place + round) % programs.len();
            let database = here.path().join(format!("{round}-{which}.db"));
            fs::copy(&seeded, &database)?;
            let lines = lines(&programs[which], &workload, &database)?;
            let mut lines = lines.lines();
            for (run, times) in runs.iter().zip(&mut times) {
                let line = lines.next().unwrap_or_default();
                times[which].push(nanoseconds(run, line)?);
            }
        }
    }
    for (run, times) in runs.iter().zip(&times) {
        let laps = programs.iter().zip(times).map(|(program, times)| Lap {
            name: program.name,
            rival: DIRECT,
            times,
        });
        table.add(&run.name, "WAL file", finish(&laps.collect::<Vec<_>>())?);
    }
    Ok(())
}

/// What the program prints.
fn lines(program: &Program, workload: &Path, database: &Path) -> Result<String, Failure> {
    let mut command = Command::new(&program.path);
    if let Some(form) = program.form {
        command.args(["--peer", form]);
    }
    let output = command.arg(workload).arg(database).output()?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("`{}` failed: {told}", program.name).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn nanoseconds(run: &Run, line: &str) -> Result<f64, Failure> {
    match line.split_once(' ') {
        Some((name, figure)) if name == run.name => Ok(figure.parse()?),
        _ => Err(format!("found `{line}`, expected the time of `{}`", run.name).into()),
    }
}

/// Is one of the programs: the arguments behind `--peer`.
pub fn be(arguments: &[String]) -> Result<(), Failure> {
    let [form, workload, database] = arguments else {
        return Err("expected a form and the paths of a workload and a database".into());
    };
    let workload = Workload::parse(&fs::read_to_string(workload)?)?;
    match form.as_str() {
        DIRECT => direct(&workload, Path::new(database)),
        _ => generated(&workload, Path::new(database)),
    }
}

fn direct(workload: &Workload, path: &Path) -> Result<(), Failure> {
    let on = Connection::open(path)?;
    on.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")?;
    for run in &workload.runs {
        let start = Instant::now();
        for call in (0..run.tasks).flat_map(|task| run.of_task(task)) {
            match call {
                Call::Read(id) => {
                    let mut statement = on.prepare_cached(&workload.read)?;
                    black_box(statement.query_row([id], crate::by_hand::item)?);
                }
                Call::Write(moment) => {
                    let mut statement = on.prepare_cached(&workload.write)?;
                    let values = (moment, "a label of some length", 0.125);
                    black_box(statement.execute(values)?);
                }
            }
        }
        run.report(start.elapsed());
    }
    Ok(())
}

async fn serve(db: &BenchDatabase, call: Call) -> Result<(), sqlitenow_runtime::Error> {
    match call {
        Call::Read(id) => {
            black_box(db.items().by_id(id).one().await?);
        }
        Call::Write(moment) => {
            let reading = AddParams {
                taken_at: moment,
                ..reading(1)
            };
            black_box(db.readings().add(&reading).execute().await?);
        }
    }
    Ok(())
}

fn generated(workload: &Workload, path: &Path) -> Result<(), Failure> {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).enable_time().build()?;
    runtime.block_on(async {
        let db = BenchDatabase::open(path).await?;
        for run in &workload.runs {
            let start = Instant::now();
            let tasks = (0..run.tasks).map(|task| {
                let (db, calls) = (db.clone(), run.of_task(task));
                tokio::spawn(async move {
                    for call in calls {
                        serve(&db, call).await?;
                    }
                    Ok::<_, sqlitenow_runtime::Error>(())
                })
            });
            for task in tasks.collect::<Vec<_>>() {
                task.await??;
            }
            run.report(start.elapsed());
        }
        Ok(())
    })
}
