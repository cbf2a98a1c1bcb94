//! Both ends of a connection, over streams in memory.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, duplex};

use super::super::preamble::preamble;
use super::super::*;
use super::to_client;

const PATIENCE: Option<Duration> = Some(Duration::from_secs(10));

/// An outbox, whoever writes for it, and what it writes to.
fn outbox(
    width: usize,
    bound: usize,
) -> (
    Arc<Outbox>,
    tokio::task::JoinHandle<Result<(), Broken>>,
    DuplexStream,
) {
    let (near, far) = duplex(width);
    let outbox = Outbox::new(near, bound);
    let writing = Arc::clone(&outbox);
    let writer = tokio::spawn(async move { writing.write(PATIENCE).await });
    (outbox, writer, far)
}

fn incoming<M: serde::de::DeserializeOwned>(stream: DuplexStream) -> Incoming<DuplexStream, M> {
    Incoming::new(stream, 1 << 20, PATIENCE)
}

#[tokio::test]
async fn s57_every_message_passes_a_stream_that_hands_over_one_byte_at_a_time() {
    let (outbox, writer, far) = outbox(1, 100);
    let sent = to_client();
    let expected = sent.clone();
    let reader = tokio::spawn(async move {
        let mut incoming = incoming::<ToClient>(far);
        for message in expected {
            assert_eq!(incoming.next().await.unwrap(), Some(message));
        }
        assert!(incoming.next().await.unwrap().is_none());
    });
    for message in &sent {
        outbox.send(message).await.unwrap();
    }
    outbox.close();
    reader.await.unwrap();
    writer.await.unwrap().unwrap();
    assert!(matches!(outbox.send(&sent[0]).await, Err(Broken::Ended)));
}

#[tokio::test]
async fn a_message_leaves_within_the_call_that_sends_it() {
    let (near, far) = duplex(1 << 16);
    let outbox = Outbox::new(near, 1000);
    // Nobody runs `write`.
    outbox.hold(&ToOwner::More { id: 1 }).unwrap();
    outbox.push(&ToOwner::Bye).unwrap();
    outbox.send(&ToOwner::Bye).await.unwrap();
    let mut incoming = incoming(far);
    for message in [ToOwner::More { id: 1 }, ToOwner::Bye, ToOwner::Bye] {
        assert_eq!(incoming.next().await.unwrap(), Some(message));
    }
}

#[tokio::test]
async fn what_is_held_leaves_soon() {
    let (outbox, _writer, far) = outbox(1 << 16, 1000);
    tokio::task::yield_now().await;
    outbox.hold(&ToOwner::Bye).unwrap();
    assert_eq!(incoming(far).next().await.unwrap(), Some(ToOwner::Bye));
}

#[tokio::test(start_paused = true)]
async fn senders_wait_for_room_and_go_on() {
    let (outbox, _writer, far) = outbox(10, 50);
    let sending = Arc::clone(&outbox);
    let sender = tokio::spawn(async move {
        for id in 0..1000 {
            sending.send(&ToOwner::More { id }).await.unwrap();
        }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!sender.is_finished());
    let mut incoming = incoming(far);
    for id in 0..1000 {
        assert_eq!(incoming.next().await.unwrap(), Some(ToOwner::More { id }));
    }
    sender.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_side_that_takes_nothing_is_given_up() {
    let (outbox, writer, mut far) = outbox(10, 50);
    let sending = Arc::clone(&outbox);
    let sender = tokio::spawn(async move {
        loop {
            if let Err(broken) = sending.send(&ToOwner::Bye).await {
                return broken;
            }
        }
    });
    assert!(matches!(sender.await.unwrap(), Broken::Stalled { .. }));
    assert!(matches!(writer.await.unwrap(), Err(Broken::Stalled { .. })));
    let mut taken = Vec::new();
    far.read_to_end(&mut taken).await.unwrap();
    assert_eq!(taken.len(), 10, "the stream has ended");
}

#[tokio::test(start_paused = true)]
async fn a_slow_side_is_not() {
    let (outbox, writer, mut far) = outbox(10, 50);
    for _ in 0..10 {
        outbox.push(&ToOwner::Bye).unwrap();
    }
    for _ in 0..60 {
        tokio::time::sleep(Duration::from_secs(9)).await;
        far.read_u8().await.unwrap();
    }
    outbox.close();
    assert!(writer.await.unwrap().is_ok());
}

#[tokio::test]
async fn what_waits_is_counted() {
    let (near, _far) = duplex(10);
    let outbox = Outbox::new(near, 50);
    for _ in 0..100 {
        outbox.push(&ToOwner::Bye).unwrap();
    }
    assert_eq!(outbox.waiting(), 100 * 6 - 10);
}

#[tokio::test]
async fn whoever_waits_for_room_hears_of_the_end() {
    let (outbox, writer, far) = outbox(10, 50);
    let sending = Arc::clone(&outbox);
    let sender = tokio::spawn(async move { while sending.send(&ToOwner::Bye).await.is_ok() {} });
    tokio::task::yield_now().await;
    drop(far);
    sender.await.unwrap();
    assert!(matches!(writer.await.unwrap(), Err(Broken::Io(_))));
    assert!(matches!(outbox.cut(Broken::Ended), Broken::Io(_)));
}

#[tokio::test(start_paused = true)]
async fn half_a_message_may_not_be_all_that_comes() {
    let (mut near, far) = duplex(100);
    let mut incoming = incoming::<ToOwner>(far);
    let idle = tokio::time::timeout(Duration::from_secs(3600), incoming.next());
    assert!(idle.await.is_err(), "nothing is begun, nothing is late");
    near.write_all(&[1, 0]).await.unwrap();
    assert!(matches!(incoming.next().await, Err(Broken::Silent { .. })));
    near.write_all(&[0, 0, 1, 2]).await.unwrap();
    assert!(matches!(incoming.next().await, Err(Broken::Silent { .. })));
    drop(near);
    assert!(matches!(incoming.next().await, Err(Broken::Cut)));
}

#[tokio::test]
async fn s50_both_sides_name_the_version_of_the_other() {
    let greeted = async |theirs: [u8; 16]| {
        let (near, mut far) = duplex(1);
        let (mut reader, mut writer) = tokio::io::split(near);
        let (greeted, ()) = tokio::join!(greet(&mut reader, &mut writer), async {
            let (mut from, mut to) = tokio::io::split(&mut far);
            let mut ours = [0; 16];
            let (read, written) = tokio::join!(from.read_exact(&mut ours), to.write_all(&theirs));
            read.unwrap();
            written.unwrap();
            assert_eq!(ours, preamble());
        });
        greeted
    };
    assert!(greeted(preamble()).await.is_ok());
    let mut other = preamble();
    other[8] = 7;
    let broken = greeted(other).await.unwrap_err();
    assert!(matches!(broken, Broken::Version { theirs: 7 }));
    let text = broken.lost(false).to_string();
    assert!(
        text.contains("version 7") && text.contains("version 1"),
        "{text}"
    );
    let mut stranger = preamble();
    stranger[0] = b'G';
    assert!(matches!(greeted(stranger).await, Err(Broken::Stranger)));
    let mut reserved = preamble();
    reserved[15] = 1;
    assert!(
        greeted(reserved).await.is_ok(),
        "reserved bytes are not looked at"
    );
}
