//! Reading a body to its end, within a bound.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use super::error::{TransportError, TransportErrorKind};
use super::{BodyStream, TransportResponse};

/// How much memory a declared length is worth before the bytes are there.
const MOST_RESERVED: usize = 16 << 20;

/// Reads the whole body, which must not exceed `limit` bytes. A declared length beyond the limit is
/// refused before anything is read.
pub(crate) async fn read_body(
    response: &mut TransportResponse,
    limit: u64,
) -> Result<Bytes, TransportError> {
    let declared = declared_length(&response.headers);
    if declared.is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let body = &mut response.body;
    let Some(first) = next_chunk(body).await? else {
        return Ok(Bytes::new());
    };
    check(first.len(), limit)?;
    let Some(second) = next_chunk(body).await? else {
        return Ok(first);
    };
    // Growing step by step would hold a large body twice over.
    let declared = declared.and_then(|length| usize::try_from(length).ok());
    let reserved = declared.unwrap_or_default().min(MOST_RESERVED);
    let mut whole = Vec::with_capacity(reserved.max(first.len() + second.len()));
    whole.extend_from_slice(&first);
    drop(first);
    let mut next = Some(second);
    while let Some(chunk) = next {
        check(whole.len() + chunk.len(), limit)?;
        whole.extend_from_slice(&chunk);
        // As long as a chunk is kept, the connection cannot use its buffer again.
        drop(chunk);
        next = next_chunk(body).await?;
    }
    Ok(whole.into())
}

async fn next_chunk(body: &mut BodyStream) -> Result<Option<Bytes>, TransportError> {
    poll_fn(|cx| body.as_mut().poll_next(cx)).await.transpose()
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn check(length: usize, limit: u64) -> Result<(), TransportError> {
    if u64::try_from(length).is_ok_and(|length| length <= limit) {
        Ok(())
    } else {
        Err(too_large(limit))
    }
}

fn too_large(limit: u64) -> TransportError {
    let message = format!("the response's body is larger than {limit} bytes");
    TransportError::new(TransportErrorKind::TooLarge { limit }, message)
}

/// A stream of one chunk.
pub(crate) fn full(body: Bytes) -> BodyStream {
    Box::pin(Full(Some(body).filter(|body| !body.is_empty())))
}

struct Full(Option<Bytes>);

impl Stream for Full {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use http::StatusCode;

    use super::*;

    struct Chunks(VecDeque<&'static [u8]>);

    impl Stream for Chunks {
        type Item = Result<Bytes, TransportError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(
                self.0
                    .pop_front()
                    .map(|chunk| Ok(Bytes::from_static(chunk))),
            )
        }
    }

    async fn read(chunks: &[&'static [u8]], limit: u64) -> Result<Bytes, TransportError> {
        let body = Box::pin(Chunks(chunks.iter().copied().collect()));
        read_body(
            &mut TransportResponse {
                status: StatusCode::OK,
                headers: HeaderMap::new(),
                body,
            },
            limit,
        )
        .await
    }

    #[tokio::test]
    async fn chunks_are_joined_up_to_the_limit_and_not_beyond() {
        assert_eq!(read(&[], 0).await.unwrap(), "");
        assert_eq!(read(&[b"abc"], 3).await.unwrap(), "abc");
        assert_eq!(read(&[b"ab", b"", b"c", b"de"], 5).await.unwrap(), "abcde");
        for chunks in [
            &[&b"abcdef"[..]][..],
            &[b"abc", b"def"],
            &[b"a", b"b", b"c", b"def"],
        ] {
            let error = read(chunks, 5).await.unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::TooLarge { limit: 5 });
            assert!(!error.is_retryable());
        }
    }

    #[tokio::test]
    async fn a_declared_length_is_enough_to_refuse() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_LENGTH, "6".parse().unwrap());
        let mut response = TransportResponse::full(StatusCode::OK, headers, "");
        assert!(read_body(&mut response, 5).await.is_err());
        assert!(read_body(&mut response, 6).await.is_ok());
    }
}
