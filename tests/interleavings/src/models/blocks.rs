//! Transactions beside each other, inside of each other, and dropped.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::future::block_on;
use loom::thread;

use crate::database::Core;
use crate::driver::Bracketed as _;
use crate::error::{Error, Result};
use crate::options::Executor;
use crate::queue::Frame;
use crate::transaction::{Block, TransactionMode};

use super::{here, look, watch, writes};

async fn begin(core: &Arc<Core>, own: Option<&Arc<Frame>>) -> Result<Block> {
    Block::begin(core, own, Some(TransactionMode::default()), here()).await
}

/// One statement in a frame. In a block that has ended it is refused, as the database refuses it.
async fn insert(core: &Arc<Core>, frame: &Arc<Frame>, number: u32) -> Result<()> {
    let permit = core.acquire(Arc::clone(frame), here(), None).await?;
    let open = core.engine(|engine| Ok(engine.in_transaction()))?;
    if !frame.is_root() && !open {
        return Err(Error::TransactionEnded { block: here() });
    }
    // Nobody stands at the root's gate while a block is open.
    assert!(
        !(frame.is_root() && open),
        "a statement inside of a foreign block"
    );
    core.append(&permit, number, &writes());
    Ok(())
}

async fn transaction(core: &Arc<Core>, numbers: [u32; 2]) -> Result<()> {
    let block = begin(core, None).await?;
    for number in numbers {
        insert(core, block.frame(), number).await?;
    }
    block.commit().await
}

/// A block that is dropped leaves nothing, and nobody hears of it.
pub(crate) fn dropped() {
    let core = Core::new(Executor::Inline);
    let dropped = {
        let core = Arc::clone(&core);
        thread::spawn(move || {
            block_on(async {
                let block = begin(&core, None).await.unwrap();
                insert(&core, block.frame(), 10).await.unwrap();
                insert(&core, block.frame(), 11).await.unwrap();
            });
        })
    };
    let alone = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(insert(&core, &core.root, 20)).unwrap())
    };
    dropped.join().unwrap();
    let commits = core.hub.commits();
    alone.join().unwrap();
    assert!(commits <= 1, "the dropped block was told");
    block_on(transaction(&core, [1, 2])).unwrap();
    assert_eq!(core.rows(), [20, 1, 2]);
    assert_eq!(core.hub.commits(), 2);
}

/// A call inside of a block that is dropped runs before the ROLLBACK or not at all.
pub(crate) fn inside() {
    let core = Core::new(Executor::Inline);
    let block = block_on(begin(&core, None)).unwrap();
    let inside = {
        let (core, frame) = (Arc::clone(&core), Arc::clone(block.frame()));
        // Refused or undone: nobody can tell.
        thread::spawn(move || drop(block_on(insert(&core, &frame, 10))))
    };
    let behind = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(insert(&core, &core.root, 20)).unwrap())
    };
    drop(block);
    inside.join().unwrap();
    behind.join().unwrap();
    assert_eq!(core.rows(), [20]);
    assert_eq!(core.hub.commits(), 1);
}

/// COMMIT waits for a call that is inside, and refuses one that comes too late.
pub(crate) fn joined() {
    let core = Core::new(Executor::Inline);
    let block = block_on(begin(&core, None)).unwrap();
    let inside = {
        let (core, frame) = (Arc::clone(&core), Arc::clone(block.frame()));
        thread::spawn(move || block_on(insert(&core, &frame, 10)).is_ok())
    };
    block_on(insert(&core, block.frame(), 1)).unwrap();
    block_on(block.commit()).unwrap();
    let inside = inside.join().unwrap();
    let rows = core.rows();
    assert!(rows.contains(&1));
    assert_eq!(rows.contains(&10), inside, "{rows:?}");
}

/// Of two blocks nested in one the second waits for the first; the one that is dropped vanishes alone.
pub(crate) fn nested() {
    let core = Core::new(Executor::Inline);
    let outer = block_on(begin(&core, None)).unwrap();
    let inner = {
        let (core, frame) = (Arc::clone(&core), Arc::clone(outer.frame()));
        thread::spawn(move || {
            block_on(async {
                let block = begin(&core, Some(&frame)).await.unwrap();
                insert(&core, block.frame(), 10).await.unwrap();
                drop(block);
            });
        })
    };
    block_on(async {
        let block = begin(&core, Some(outer.frame())).await.unwrap();
        insert(&core, block.frame(), 20).await.unwrap();
        block.commit().await.unwrap();
        insert(&core, outer.frame(), 1).await.unwrap();
    });
    inner.join().unwrap();
    assert_eq!(core.hub.commits(), 0, "told before COMMIT");
    block_on(outer.commit()).unwrap();
    assert_eq!(core.rows(), [20, 1]);
    assert_eq!(core.hub.commits(), 1);
}

/// Whoever sees what was committed finds the watch told.
pub(crate) fn told() {
    let core = Core::new(Executor::Inline);
    let mut watch = watch(&core);
    assert_eq!(look(&mut watch), Some(vec![]));
    let other = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(transaction(&core, [1, 2])).unwrap())
    };
    let permit = block_on(core.acquire(Arc::clone(&core.root), here(), None)).unwrap();
    let rows = core.rows();
    assert!(rows.is_empty() || rows == [1, 2], "{rows:?}");
    let commits = core.hub.commits();
    assert_eq!(commits > 0, !rows.is_empty());
    drop(permit);
    let told = look(&mut watch);
    assert!(rows.is_empty() || told == Some(rows));
    other.join().unwrap();
}

/// A COMMIT that fails undoes, tells nobody, and lets the next one in.
pub(crate) fn refused() {
    let core = Core::new(Executor::Inline);
    let other = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(transaction(&core, [10, 11])).unwrap())
    };
    block_on(async {
        let block = begin(&core, None).await.unwrap();
        insert(&core, block.frame(), 1).await.unwrap();
        core.engine(|engine| {
            engine.refuses = true;
            Ok(())
        })
        .unwrap();
        assert!(matches!(block.commit().await, Err(Error::Refused)));
    });
    other.join().unwrap();
    assert_eq!(core.rows(), [10, 11]);
    assert_eq!(core.hub.commits(), 1);
}

/// BEGIN and COMMIT run as jobs, each on a thread of its own.
pub(crate) fn on_the_thread() {
    let core = Core::new(Executor::Thread);
    let other = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(insert(&core, &core.root, 20)).unwrap())
    };
    block_on(transaction(&core, [1, 2])).unwrap();
    let commits = core.hub.commits();
    assert!(commits >= 1, "acknowledged before it was told");
    other.join().unwrap();
    let mut rows = core.rows();
    rows.retain(|row| *row != 20);
    assert_eq!(rows, [1, 2]);
    assert_eq!(core.rows().len(), 3);
}

/// A caller that goes away before the job has begun the block: the job undoes it.
pub(crate) fn dropped_on_the_way() {
    let core = Core::new(Executor::Thread);
    let other = {
        let core = Arc::clone(&core);
        thread::spawn(move || block_on(insert(&core, &core.root, 20)).unwrap())
    };
    {
        let mut begun = pin!(begin(&core, None));
        let mut cx = Context::from_waker(Waker::noop());
        if let Poll::Ready(block) = begun.as_mut().poll(&mut cx) {
            drop(block.unwrap());
        }
    }
    block_on(insert(&core, &core.root, 30)).unwrap();
    other.join().unwrap();
    assert!(!core.engine(|engine| Ok(engine.in_transaction())).unwrap());
    assert_eq!(core.rows().len(), 2);
}
