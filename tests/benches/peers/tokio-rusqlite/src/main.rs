//! The workload on tokio-rusqlite: one connection on a thread of its own, closures sent to it.

#[path = "../../workload.rs"]
mod workload;

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use tokio_rusqlite::{Connection, rusqlite};
use workload::{Call, Run, Workload};

type Failure = Box<dyn Error + Send + Sync>;
type Item = (i64, String, f64, Option<String>, Vec<u8>);

async fn call(on: &Connection, workload: &Arc<Workload>, call: Call) -> Result<(), Failure> {
    let workload = Arc::clone(workload);
    match call {
        Call::Read(id) => {
            let item = on.call(move |on| {
                let mut statement = on.prepare_cached(&workload.read)?;
                statement.query_row([id], |row| -> rusqlite::Result<Item> {
                    Ok((
                        row.get(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                        row.get(4)?,
                    ))
                })
            });
            black_box(item.await?);
        }
        Call::Write(moment) => {
            let label = "a label of some length".to_owned();
            let added = on.call(move |on| {
                let mut statement = on.prepare_cached(&workload.write)?;
                statement.execute((moment, label, 0.125))
            });
            black_box(added.await?);
        }
    }
    Ok(())
}

async fn run(on: &Connection, workload: &Arc<Workload>, run: &Run) -> Result<(), Failure> {
    let tasks: Vec<_> = (0..run.tasks)
        .map(|task| {
            let (on, workload, calls) = (on.clone(), Arc::clone(workload), run.of_task(task));
            tokio::spawn(async move {
                for one in calls {
                    call(&on, &workload, one).await?;
                }
                Ok::<_, Failure>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(())
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let (Some(workload), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("expected the paths of a workload and a database".into());
    };
    let workload = Arc::new(Workload::parse(&std::fs::read_to_string(workload)?)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let on = Connection::open(path).await?;
        on.call(|on| on.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"))
            .await?;
        for one in &workload.runs {
            let start = Instant::now();
            run(&on, &workload, one).await?;
            one.report(start.elapsed());
        }
        Ok(())
    })
}
