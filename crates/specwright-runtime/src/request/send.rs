//! Sending a request, and what becomes of its response.

use http::StatusCode;

use super::prepare::{Prepared, Reading};
use super::{Call, Request};
use crate::body::Body;
use crate::error::{ApiError, Error};
use crate::json::FromJson;
use crate::response::{RawResponse, Response, SuccessResponse};
use crate::stream::{ByteStream, EventStream, JsonLines};
use crate::transport::{TransportError, TransportRequest, TransportResponse, read_body};

impl Request {
    /// Sends the request and reads the JSON body of a 2xx response.
    ///
    /// # Errors
    /// Any but pagination errors.
    pub fn send<T: FromJson + Send + 'static>(self) -> Call<T> {
        let response = self.successful();
        Box::pin(async move { Ok(response.await?.json()?) })
    }

    /// Sends the request and takes any 2xx response, whatever its body: for operations that answer
    /// with none.
    ///
    /// # Errors
    /// Any but decoding and pagination errors.
    pub fn send_unit(self) -> Call<()> {
        let response = self.successful();
        Box::pin(async move { response.await.map(drop) })
    }

    /// Sends the request and returns the response whatever its status, with its whole body, not
    /// decoded.
    ///
    /// # Errors
    /// Configuration and transport errors.
    pub fn send_raw(self) -> Call<RawResponse> {
        Box::pin(self.whole())
    }

    /// Sends the request and reads the JSON body of a 2xx response; `None` for the statuses 204 and
    /// 205 and for an empty body.
    ///
    /// # Errors
    /// Any but pagination errors.
    pub fn send_optional<T: FromJson + Send + 'static>(self) -> Call<Option<T>> {
        let response = self.successful();
        Box::pin(async move { Ok(response.await?.optional()?) })
    }

    /// Sends the request and reads the body of a 2xx response as text.
    ///
    /// # Errors
    /// Any but pagination errors; a body that is not UTF-8 is a decoding error.
    pub fn send_text(self) -> Call<String> {
        let response = self.successful();
        Box::pin(async move { Ok(response.await?.text()?) })
    }

    /// Sends the request and reads a 2xx response as its status says.
    ///
    /// # Errors
    /// Any but pagination errors; a status that is not documented is a decoding error.
    pub fn send_response<R: SuccessResponse>(self) -> Call<R> {
        let response = self.successful();
        Box::pin(async move { Ok(R::from_response(&response.await?)?) })
    }

    /// Sends the request and reads the JSON body of a 2xx response, together with its status and
    /// headers.
    ///
    /// # Errors
    /// Any but pagination errors.
    pub fn send_with_head<T: FromJson + Send + 'static>(self) -> Call<Response<T>> {
        let response = self.successful();
        Box::pin(async move {
            let response = response.await?;
            let body = response.json()?;
            Ok(Response::new(response, body))
        })
    }

    /// Sends the request and hands out the body of a 2xx response while it arrives. The timeout
    /// covers the time until the response begins, and from then on each wait for another chunk.
    ///
    /// # Errors
    /// Configuration and transport errors, and other statuses.
    pub fn send_stream(self) -> Call<ByteStream> {
        Box::pin(self.streamed())
    }

    /// Sends the request and reads a 2xx response as a stream of events whose data is JSON
    /// (`text/event-stream`, WHATWG HTML, section 9.2). Timeouts are those of
    /// [`send_stream`](Self::send_stream).
    ///
    /// # Errors
    /// Configuration and transport errors, and other statuses; a response that is JSON or HTML is a
    /// decoding error.
    pub fn send_events<T: FromJson + Send + 'static>(self) -> Call<EventStream<T>> {
        let stream = self.send_stream();
        Box::pin(async move { Ok(EventStream::json(stream.await?)?) })
    }

    /// Sends the request and reads a 2xx response as a stream of events whose data is text.
    ///
    /// # Errors
    /// Those of [`send_events`](Self::send_events).
    pub fn send_text_events(self) -> Call<EventStream<String>> {
        let stream = self.send_stream();
        Box::pin(async move { Ok(EventStream::text(stream.await?)?) })
    }

    /// Sends the request and reads a 2xx response as JSON values, one on each line
    /// (`application/jsonl`, `application/x-ndjson`, `application/json-seq`). Timeouts are those of
    /// [`send_stream`](Self::send_stream).
    ///
    /// # Errors
    /// Configuration and transport errors, and other statuses.
    pub fn send_json_lines<T: FromJson + Send + 'static>(self) -> Call<JsonLines<T>> {
        let stream = self.send_stream();
        Box::pin(async move { Ok(JsonLines::new(stream.await?)) })
    }

    /// Sends a copy of the request; statuses other than 2xx are errors.
    pub(crate) fn successful(&self) -> Call<RawResponse> {
        let request = self.clone();
        Box::pin(async move { request.answer().await })
    }

    async fn whole(self) -> Result<RawResponse, Error> {
        let response = self.exchange(Reading::Whole).await?;
        self.read(response).await
    }

    async fn streamed(self) -> Result<ByteStream, Error> {
        let response = self.exchange(Reading::Streamed).await?;
        if response.status.is_success() {
            let limit = self.client.shared().maximum_body;
            return Ok(ByteStream::new(self.operation.id(), response, limit));
        }
        Err(ApiError::new(self.read(response).await?).into())
    }

    pub(super) async fn read(&self, mut response: TransportResponse) -> Result<RawResponse, Error> {
        let limit = self.client.shared().maximum_body;
        let body = read_body(&mut response, limit).await;
        let body = body.map_err(|error| self.failed(error))?;
        let (status, headers) = (response.status, response.headers);
        Ok(RawResponse::new(self.operation.id(), status, headers, body))
    }

    /// Sends the request; once again with a fresh token if a provider's token is refused (RFC 6750,
    /// section 3.1) and the body can be sent again.
    pub(super) async fn exchange(&self, reading: Reading) -> Result<TransportResponse, Error> {
        let Prepared { request, tokens } = self.prepare(reading)?;
        let Some(tokens) = tokens else {
            return self.attempt(request).await;
        };
        let mut first = request.clone();
        tokens.authorize(&mut first, false).await?;
        let response = self.attempt(first).await?;
        let is_repeatable = self.body.as_ref().is_none_or(Body::is_repeatable);
        if response.status != StatusCode::UNAUTHORIZED || !is_repeatable {
            return Ok(response);
        }
        drop(response);
        let mut second = request;
        tokens.authorize(&mut second, true).await?;
        self.attempt(second).await
    }

    /// Sends what is prepared, together with the body, which may be gone afterwards.
    async fn attempt(&self, mut request: TransportRequest) -> Result<TransportResponse, Error> {
        request.body = self.claimed_body()?;
        let response = self.client.shared().transport.send(request).await;
        response.map_err(|error| self.failed(error))
    }

    fn failed(&self, error: TransportError) -> Error {
        error.during(self.operation.id()).into()
    }
}
