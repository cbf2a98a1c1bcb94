//! Prints finishes as one table.

use std::fmt;

use crate::race::Finish;

/// What the figures mean, on any machine.
pub const NOTES: &str = "\
Time is the median of one call; ratio is the median of (time / rival's time in the same round), quartiles in brackets.
- All read rows into structs of owned values, by index, with statements from rusqlite's cache.
- A read outside of a transaction takes and gives back a lock on the WAL: hence two rivals for reads. The blocking
  closure is one read transaction; an awaited call is a transaction of its own, as a call by hand is.
- `one()` steps a second time to see that there is no second row; `query_row` by hand does not.
- `async` is as databases are opened by default: a statement runs on the caller's poll if the compiler found that it
  touches few rows, or once it has proven quick; else on the database's thread, from where its cells are copied.
- `async, inline` runs everything on the caller's poll; the rows then go straight from SQLite into the structs.
- An awaited transaction begins and commits by awaiting, too.
- Other libraries run as programs of their own, in turns with two forms of this one, each time on a fresh copy of one file:
  `benches/peers/workload` is what all of them do. Their tasks run on two threads.
- Beside watches a write is timed from its call to its answer; before the next one all watches have delivered their items,
  which is not timed. With two threads the writer has to call the one that sleeps, for one watch as for a thousand.
";

/// All finishes, race by race.
#[derive(Default)]
pub struct Table {
    lines: Vec<[String; 6]>,
}

impl Table {
    pub fn add(&mut self, work: &str, medium: &str, finishes: Vec<Finish>) {
        let (mut work, mut medium) = (work.to_owned(), medium.to_owned());
        for finish in finishes {
            let is_rival = finish.name == finish.rival;
            let [lower, median, upper] = finish.ratio;
            self.lines.push([
                std::mem::take(&mut work),
                std::mem::take(&mut medium),
                finish.name.to_owned(),
                duration(finish.nanoseconds),
                if is_rival {
                    "1".to_owned()
                } else {
                    format!("{median:.2} ({lower:.2}–{upper:.2})")
                },
                if is_rival {
                    String::new()
                } else {
                    finish.rival.to_owned()
                },
            ]);
        }
    }
}

fn duration(nanoseconds: f64) -> String {
    if nanoseconds < 10_000.0 {
        format!("{nanoseconds:.0} ns")
    } else {
        format!("{:.1} µs", nanoseconds / 1000.0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["work", "database", "who", "time", "ratio", "to"].map(str::to_owned);
        let rule = head.clone().map(|_| "-".repeat(3));
        let lines: Vec<_> = [&head, &rule].into_iter().chain(&self.lines).collect();
        let width = |column: usize| {
            let cells = lines.iter().map(|line| line[column].chars().count());
            cells.max().unwrap_or_default()
        };
        let widths: Vec<_> = (0..head.len()).map(width).collect();
        for line in lines {
            for (cell, width) in line.iter().zip(&widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
        }
        Ok(())
    }
}
