//! Bodies from files of the file system, read in chunks while they are sent.

use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::{Body, File};

const CHUNK: usize = 64 << 10;

impl Body {
    /// The content of a file, read in chunks while it is sent. Needs a Tokio runtime.
    ///
    /// # Errors
    /// The file cannot be opened, or its size is not known.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = tokio::fs::File::open(path).await?;
        let metadata = file.metadata().await?;
        let body = Self::from_stream(Chunks {
            file,
            buffer: vec![0; CHUNK],
        });
        Ok(if metadata.is_file() {
            body.with_length(metadata.len())
        } else {
            body
        })
    }
}

impl File {
    /// A file of the file system, under its own name, read in chunks while it is sent. Needs a
    /// Tokio runtime.
    ///
    /// # Errors
    /// The file cannot be opened, or its size is not known.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = Self::new(Body::open(path).await?);
        Ok(match path.file_name() {
            Some(name) => file.file_name(name.to_string_lossy()),
            None => file,
        })
    }
}

struct Chunks {
    file: tokio::fs::File,
    buffer: Vec<u8>,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { file, buffer } = &mut *self;
        let mut chunk = ReadBuf::new(buffer);
        Poll::Ready(match ready!(Pin::new(file).poll_read(cx, &mut chunk)) {
            Ok(()) if chunk.filled().is_empty() => None,
            Ok(()) => Some(Ok(Bytes::copy_from_slice(chunk.filled()))),
            Err(error) => Some(Err(error)),
        })
    }
}
