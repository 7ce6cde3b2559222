//! The program against two pages that are answered from memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{Arc, Mutex};

use talktohumans::{
    Client,
    runtime::{
        BoxFuture, HeaderMap, StatusCode, Transport, TransportError, TransportRequest,
        TransportResponse,
    },
};

const FIRST: &str = r#"{"data": {
    "conversations": [{"conversation_id": "1", "title": "Offer"}, {"conversation_id": "2"}],
    "pagination": {"has_more": true, "next_cursor": "b"}
}}"#;
const SECOND: &str = r#"{"data": {
    "conversations": [{"conversation_id": "3", "title": "Invoice"}],
    "pagination": {"has_more": false}
}}"#;

/// Answers by the cursor and remembers the queries.
#[derive(Default)]
struct Canned {
    queries: Mutex<Vec<String>>,
}

impl Transport for Canned {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let query = request.url.query().unwrap_or_default().to_owned();
        let body = if query.contains("cursor=b") {
            SECOND
        } else {
            FIRST
        };
        self.queries.lock().unwrap().push(query);
        Box::pin(async move {
            Ok(TransportResponse::full(
                StatusCode::OK,
                HeaderMap::new(),
                body,
            ))
        })
    }
}

#[tokio::test]
async fn every_page_is_read() {
    let transport = Arc::new(Canned::default());
    let client = Client::builder()
        .bearer_token("token")
        .transport(Arc::clone(&transport))
        .build()
        .unwrap();
    let titles = example_cli::titles(&client, "sales").await.unwrap();
    assert_eq!(titles, ["Offer", "Invoice"]);
    assert_eq!(
        *transport.queries.lock().unwrap(),
        ["tag=sales", "tag=sales&cursor=b"]
    );
}
