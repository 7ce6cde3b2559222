//! The module against a library that answers from memory.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use example_build_script::library::{
    Client,
    books::GetBookError,
    runtime::{
        BoxFuture, HeaderMap, StatusCode, Transport, TransportError, TransportRequest,
        TransportResponse,
    },
    types::{BookState, NewBook},
};

struct Library;

impl Transport for Library {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        let place = format!(
            "{} {}?{}",
            request.method,
            request.url.path(),
            request.url.query().unwrap_or_default()
        );
        let (status, body) = match place.as_str() {
            "GET /v1/books?" => (
                200,
                r#"{"books": [{"id": 1, "title": "Emma"}], "next": "b"}"#,
            ),
            "GET /v1/books?after=b" => (200, r#"{"books": [{"id": 2, "title": "Dune"}]}"#),
            "GET /v1/books/2?" => (200, r#"{"id": 2, "title": "Dune", "state": "on-loan"}"#),
            "POST /v1/books?" => (201, r#"{"id": 3, "title": "Ulysses"}"#),
            _ => (404, r#"{"title": "There is no such book."}"#),
        };
        Box::pin(async move {
            let status = StatusCode::from_u16(status).unwrap();
            Ok(TransportResponse::full(status, HeaderMap::new(), body))
        })
    }
}

fn client() -> Client {
    Client::builder().transport(Library).build().unwrap()
}

#[tokio::test]
async fn books_are_listed_over_all_pages() {
    let client = client();
    let mut books = client.books().list().items();
    let mut titles = Vec::new();
    while let Some(book) = books.try_next().await.unwrap() {
        titles.push(book.title);
    }
    assert_eq!(titles, ["Emma", "Dune"]);
}

#[tokio::test]
async fn a_book_is_read_and_one_is_added() {
    let client = client();
    let book = client.books().get(2).await.unwrap();
    assert_eq!(
        (book.title.as_str(), book.state),
        ("Dune", Some(BookState::OnLoan))
    );
    let added = client.books().add(&NewBook::new("Ulysses")).await.unwrap();
    assert_eq!(added.id, 3);
}

#[tokio::test]
async fn a_documented_error_is_typed() {
    let error = client().books().get(9).await.unwrap_err();
    let body = error.api().unwrap().body_as::<GetBookError>();
    assert!(
        matches!(body, Some(Ok(GetBookError::NotFound(problem))) if problem.title.contains("no such"))
    );
}
