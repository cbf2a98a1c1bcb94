//! The write-ahead log stays short, however the rows were written and whatever the file is called.

use std::fs;
use std::path::{Path, PathBuf};

use sqlitenow_runtime::Value;

use crate::harness::open;

/// Many times what a checkpoint waits for.
const WRITES: usize = 300;

fn page() -> Value {
    Value::Blob(vec![7; 4096 * 20])
}

fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// The log has not kept all that was written: 24 MB, of which a checkpoint leaves a fraction.
fn assert_short(path: &Path) {
    let length = fs::metadata(log_of(path)).unwrap().len();
    assert!(length < 12 << 20, "{length}");
}

#[tokio::test]
async fn nested_blocks_keep_the_log_short() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    for _ in 0..WRITES {
        db.transaction(async |tx| {
            tx.transaction(async |tx| tx.samples().insert_one(&page()).execute().await)
                .await
        })
        .await
        .unwrap();
    }
    assert_short(&path);
}

#[tokio::test]
async fn closures_inside_of_blocks_keep_the_log_short() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("board.db");
    let db = open(&path).await.unwrap();
    for _ in 0..WRITES {
        db.transaction(async |_| {
            db.write(|conn| conn.samples().insert_one(&page()).execute())
                .await
        })
        .await
        .unwrap();
    }
    assert_short(&path);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_is_no_utf8_keeps_the_log_short() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"\xff.db"));
    let db = open(&path).await.unwrap();
    for _ in 0..WRITES {
        db.samples().insert_one(&page()).execute().await.unwrap();
    }
    assert_short(&path);
}
