//! The databases that the build script made, and what can be asked of them whatever their types.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use sqlitenow_runtime::v1::{Bound, Statement};
use sqlitenow_runtime::{Changes, Error, Executor, Result, Value, Watch};

use super::hold::Given;
use super::outcome::cell;

/// The rows of a result in an order that does not depend on how they were found.
pub type Rows = Vec<Vec<Value>>;
pub type Later<'a, T, E = Error> = Pin<Box<dyn Future<Output = Result<T, E>> + 'a>>;
/// Looks whether a watch has something to tell.
pub type Watcher = Box<dyn FnMut() -> Option<Result<Rows>>>;

/// Why a block ends without COMMIT.
#[derive(Debug)]
pub enum Stop {
    /// It wants to be undone.
    Wanted,
    Failed,
}

impl From<Error> for Stop {
    fn from(_: Error) -> Self {
        Self::Failed
    }
}

/// A query of a random schema.
pub struct Asked {
    pub statement: &'static Statement,
    pub watch: fn(&Databases, &[Value]) -> Watcher,
    pub list: for<'a> fn(&'a Databases, &'a [Value]) -> Later<'a, Rows>,
}

/// A write to a random schema.
pub struct Written {
    pub statement: &'static Statement,
    pub run: for<'a> fn(&'a Databases, &'a [Value]) -> Later<'a, Changes>,
}

/// A random schema.
pub struct Ground {
    pub name: &'static str,
    /// Statements that add rows, if they succeed.
    pub rows: &'static [&'static str],
    pub raw: for<'a> fn(&'a Databases, &'a str) -> Later<'a, Changes>,
    pub block: for<'a> fn(&'a Databases, Later<'a, (), Stop>) -> Later<'a, (), Stop>,
    pub queries: &'static [Asked],
    pub writes: &'static [Written],
}

macro_rules! databases {
    ($($field:ident: $database:ident in $file:literal;)*) => {
        $(mod $field {
            include!(concat!(env!("OUT_DIR"), "/", $file));
        })*

        /// All databases, open.
        pub struct Databases {
            $($field: $field::$database,)*
        }

        impl Databases {
            /// Nothing runs but on the poll that asks for it.
            pub fn open() -> Self {
                $(let $field = $field::$database::builder()
                    .memory()
                    .executor(Executor::Inline)
                    .open_blocking()
                    .unwrap();)*
                Self { $($field,)* }
            }
        }
    };
}

databases! {
    told1: Told1Database in "told1_database.rs";
    told2: Told2Database in "told2_database.rs";
    told4: Told4Database in "told4_database.rs";
    told7: Told7Database in "told7_database.rs";
    told11: Told11Database in "told11_database.rs";
    told16: Told16Database in "told16_database.rs";
    told22: Told22Database in "told22_database.rs";
    told29: Told29Database in "told29_database.rs";
}

#[allow(
    elided_lifetimes_in_paths,
    unused_variables,
    reason = "which statements borrow or take something is the generator's business"
)]
pub const GROUNDS: &[Ground] = include!(concat!(env!("OUT_DIR"), "/told_samples.rs"));

const fn statement_of<B: Bound>() -> &'static Statement {
    B::STATEMENT
}

/// The value as the type of a parameter; any number where the type has no such value.
fn hold<T: Given>(value: &Value) -> T {
    let shown = format!("{value:?}");
    let others = [Value::Integer(3), Value::Real(3.0), Value::Text(shown)];
    let mut values = std::iter::once(value.clone()).chain(others);
    values.find_map(T::hold).unwrap()
}

fn sorted<R>(rows: &[R], cells: fn(&R) -> Vec<Value>) -> Rows {
    let mut rows: Rows = rows.iter().map(cells).collect();
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}

/// What a future gives that never has to wait.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut cx) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nobody else is there to wait for"),
    }
}

fn observe<R: 'static>(watch: Watch<Vec<R>>, cells: fn(&R) -> Vec<Value>) -> Watcher {
    // A query that ran again is an item, whether or not its result is another one.
    let mut watch = watch.with_duplicates();
    Box::new(move || {
        let mut cx = Context::from_waker(Waker::noop());
        match pin!(watch.next()).poll(&mut cx) {
            Poll::Pending => None,
            Poll::Ready(item) => Some(item.unwrap().map(|rows| sorted(&rows, cells))),
        }
    })
}
