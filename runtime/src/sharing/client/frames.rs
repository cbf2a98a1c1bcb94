//! Messages on a stream of bytes.

use postcard::to_extend;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::error::{Error, Result};
use crate::sharing::wire::{Hello, ToClient, ToOwner};

const LONGEST: usize = 16 << 20;

pub(super) fn put(message: &ToOwner, line: &mut Vec<u8>) -> Result<()> {
    let bytes = to_extend(message, Vec::new()).map_err(|error| Error::Refused {
        reason: error.to_string().into(),
        origin: None,
    })?;
    let mut rest = bytes.as_slice();
    loop {
        let (now, later) = rest.split_at(rest.len().min(LONGEST));
        let length = u32::try_from(now.len()).unwrap_or(u32::MAX);
        line.extend_from_slice(&length.to_le_bytes());
        line.push(u8::from(!later.is_empty()));
        line.extend_from_slice(now);
        rest = later;
        if rest.is_empty() {
            return Ok(());
        }
    }
}

const MAGIC: [u8; 16] = *b"SQLTNOW\0\x01\0\0\0\0\0\0\0";

/// Exchanges preambles and says hello.
pub(super) async fn greet<R: AsyncRead + Unpin, W: AsyncWrite + Unpin>(
    reading: R,
    writing: &mut W,
    hello: &Hello,
) -> std::io::Result<Incoming<R>> {
    let mut line = MAGIC.to_vec();
    put(&ToOwner::Hello(hello.clone()), &mut line).map_err(std::io::Error::other)?;
    writing.write_all(&line).await?;
    writing.flush().await?;
    let mut incoming = Incoming::new(reading);
    let mut preamble = [0; 16];
    incoming.stream.read_exact(&mut preamble).await?;
    if preamble != MAGIC {
        return Err(std::io::Error::other("another protocol"));
    }
    Ok(incoming)
}

pub(super) struct Incoming<R> {
    stream: tokio::io::BufReader<R>,
    message: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Incoming<R> {
    pub(super) fn new(stream: R) -> Self {
        Self {
            stream: tokio::io::BufReader::with_capacity(1 << 16, stream),
            message: Vec::new(),
        }
    }

    pub(super) async fn next(&mut self) -> std::io::Result<ToClient> {
        self.message.clear();
        loop {
            let length = self.stream.read_u32_le().await?;
            let more = self.stream.read_u8().await?;
            let start = self.message.len();
            self.message
                .resize(start + usize::try_from(length).unwrap_or(usize::MAX), 0);
            self.stream.read_exact(&mut self.message[start..]).await?;
            if more == 0 {
                let message = postcard::from_bytes(&self.message);
                return message
                    .map_err(|error| std::io::Error::new(std::io::ErrorKind::InvalidData, error));
            }
        }
    }
}
