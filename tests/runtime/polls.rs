//! A transaction dropped at every one of its awaits in turn, on the embedded database.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll};

use sqlitenow_runtime::{Error, Executor};
use sqlitenow_tests::board::BoardDatabase;

use crate::harness::titles;

async fn nested(db: &BoardDatabase) -> Result<(), Error> {
    db.transaction(async |tx| {
        tx.cards().insert_titled("outer").execute().await?;
        tx.transaction(async |tx| {
            tx.cards().insert_titled("inner").execute().await?;
            Ok(())
        })
        .await
    })
    .await
}

/// Polls a future so many times, waiting for its wake-up in between, and then drops it; tells whether it had ended.
async fn drop_after<F: Future>(polls: usize, future: F) -> bool {
    let mut future = pin!(future);
    for poll in 0..polls {
        let ended = if poll + 1 < polls {
            // Polled again only when it was woken, so that each poll makes a step.
            let mut first = true;
            std::future::poll_fn(|cx| {
                if !std::mem::take(&mut first) {
                    return Poll::Ready(false);
                }
                match future.as_mut().poll(cx) {
                    Poll::Ready(_) => Poll::Ready(true),
                    Poll::Pending => Poll::Pending,
                }
            })
            .await
        } else {
            let waker = std::task::Waker::noop();
            future
                .as_mut()
                .poll(&mut Context::from_waker(waker))
                .is_ready()
        };
        if ended {
            return true;
        }
    }
    false
}

/// Every await of a nested, contended transaction: dropped there, all of it is kept or nothing, and the queue is free.
#[tokio::test]
async fn dropped_after_any_number_of_polls_all_or_nothing_is_left() {
    for executor in [Executor::Auto, Executor::Inline, Executor::Thread] {
        let mut suspensions = 0;
        for polls in 0.. {
            let db = BoardDatabase::builder()
                .executor(executor)
                .open()
                .await
                .unwrap();
            let held = db.clone();
            let (release, wait) = tokio::sync::oneshot::channel::<()>();
            let holder = tokio::spawn(async move {
                held.transaction(async |_| {
                    let _ = wait.await;
                    Ok::<_, Error>(())
                })
                .await
            });
            while db.status().holder.is_none() {
                tokio::task::yield_now().await;
            }
            // The holder lets go while the other one waits for it, if that one gets so far.
            let let_go = tokio::spawn({
                let db = db.clone();
                async move {
                    for _ in 0..100 {
                        if db.status().waiting > 0 {
                            break;
                        }
                        tokio::task::yield_now().await;
                    }
                    let _ = release.send(());
                }
            });
            let ended = drop_after(polls, nested(&db)).await;
            let_go.await.unwrap();
            holder.await.unwrap().unwrap();
            let found = titles(&db).await;
            if ended {
                assert_eq!(found.len(), 3, "{executor:?} after {polls} polls");
                break;
            }
            assert!(
                found.len() == 1 || found.len() == 3,
                "{executor:?} after {polls} polls: {found:?}"
            );
            db.cards().insert_titled("after").execute().await.unwrap();
            assert_eq!(db.status().holder, None);
            suspensions = polls;
        }
        // The wait in the queue is one on every executor. How many more there are depends on how fast the database's
        // thread answers; `cancellation` holds each of them in turn.
        assert!(suspensions >= 1, "{executor:?} never waits");
    }
}
