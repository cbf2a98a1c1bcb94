//! What both sides send first, before any frame, in every version of the protocol.
//!
//! `SQLTNOW\0`, the version in four bytes, least significant first, and four bytes that are sent as 0 and not looked at.

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::broken::Broken;

/// The version of the protocol: it rises with every change of a message.
pub(crate) const VERSION: u32 = 1;

const MAGIC: [u8; 8] = *b"SQLTNOW\0";
const LENGTH: usize = 16;

/// What this side sends.
pub(super) fn preamble() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    bytes[..8].copy_from_slice(&MAGIC);
    bytes[8..12].copy_from_slice(&VERSION.to_le_bytes());
    bytes
}

/// Looks at what the other side sent.
pub(super) fn check(theirs: &[u8; LENGTH]) -> Result<(), Broken> {
    let [magic @ .., a, b, c, d, _, _, _, _] = theirs;
    if *magic != MAGIC {
        return Err(Broken::Stranger);
    }
    match u32::from_le_bytes([*a, *b, *c, *d]) {
        VERSION => Ok(()),
        theirs => Err(Broken::Version { theirs }),
    }
}

/// Sends the preamble and waits for the other one.
pub(crate) async fn greet(
    reader: &mut (impl AsyncRead + Unpin),
    writer: &mut (impl AsyncWrite + Unpin),
) -> Result<(), Broken> {
    let mut theirs = [0; LENGTH];
    let ours = preamble();
    let send = async {
        writer.write_all(&ours).await?;
        writer.flush().await
    };
    // At the same time, or two sides with narrow streams would wait for each other.
    let (greeted, read) = tokio::join!(send, reader.read_exact(&mut theirs));
    // Whoever refuses to read on has sent its reason before.
    match read {
        Ok(_) => check(&theirs)?,
        Err(error) => return Err(error.into()),
    }
    Ok(greeted?)
}
