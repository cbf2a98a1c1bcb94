//! One database for several threads and processes.

mod actor;
mod blocks;
mod clients;
mod deaths;
mod endings;
mod errors;
mod joining;
mod owners;
mod shared;
mod sockets;
mod watches;

use std::path::{Path, PathBuf};

use sqlitenow_runtime::{ConnectOptions, ConnectPort, Owner, ServeOptions};
use sqlitenow_tests::board::BoardDatabase;
use sqlitenow_tests::way::Builder;
use tempfile::TempDir;

use crate::harness::{Latch, builder_with_latch};
use actor::{Actor, PATIENCE};

/// What every board begins with.
const SEED: &str = "read the guide";

/// A folder for a board, and the path of its file.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    (folder, path)
}

/// An owner on a thread of this process.
fn owner(path: &Path, options: ServeOptions) -> Owner {
    let path = path.to_owned();
    Owner::spawn(async move || BoardDatabase::open(path).await, options).unwrap()
}

/// An owner on a thread of this process, whose SQL function `hold` stops at the latch.
fn owner_with_latch(
    path: &Path,
    change: fn(Builder<BoardDatabase>) -> Builder<BoardDatabase>,
) -> (Owner, Latch) {
    let (builder, latch) = builder_with_latch();
    let builder = change(builder.path(path));
    let opener = async move || builder.open().await;
    (Owner::spawn(opener, ServeOptions::new()).unwrap(), latch)
}

/// A client in this process.
async fn client(port: &ConnectPort) -> BoardDatabase {
    port.connect(ConnectOptions::new()).await.unwrap()
}

/// What must come within a test's patience.
async fn soon<T>(future: impl Future<Output = T>) -> T {
    let soon = tokio::time::timeout(PATIENCE, future).await;
    soon.expect("it does not come")
}

async fn add(db: &BoardDatabase, title: &str) {
    db.cards().insert_titled(title).execute().await.unwrap();
}
