//! The library of contract tests, held against clients that keep to the document and clients that do not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use specwright_conformance::contract::{self, Broken, Operation, Seen, Typed};
use specwright_runtime::{
    Call, Client, ClientBuilder, DecodeError, ErrorResponse, Items, PagePlan, PageStyle, Paginated,
    Place, RawResponse, Request, Server, Signals, Value,
};

const DOCUMENT: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Cats", "version": "1"},
  "paths": {
    "/cats/{id}": {"put": {
      "operationId": "nameCat",
      "parameters": [
        {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
        {"name": "loud", "in": "query", "schema": {"type": "boolean"}}],
      "requestBody": {"content": {"application/json": {"schema": {
        "type": "object", "properties": {"name": {"type": "string"}}}}}},
      "responses": {
        "200": {"description": "The cat.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cat"}}}},
        "404": {"description": "No cat.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
    "/cats": {"get": {
      "operationId": "listCats",
      "parameters": [
        {"name": "offset", "in": "query", "schema": {"type": "integer"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 50, "default": 10}}],
      "x-specwright-pagination": {
        "style": "offset", "request": {"position": "offset", "size": "limit"}, "response": {"items": "/cats", "total": "/total"}},
      "responses": {"200": {"description": "Cats.", "content": {"application/json": {"schema": {
        "type": "object", "required": ["cats", "total"],
        "properties": {"total": {"type": "integer"}, "cats": {"type": "array", "items": {"$ref": "#/components/schemas/Cat"}}}}}}}}}}
  },
  "components": {"schemas": {
    "Cat": {"type": "object", "required": ["id"], "properties": {
      "id": {"type": "string"}, "name": {"type": "string", "nullable": true}, "lives": {"type": "integer", "minimum": 0, "maximum": 9}}},
    "Problem": {"type": "object", "required": ["why"], "properties": {"why": {"type": "string"}}}}}
}"##;

static SERVER: Server = Server {
    url: "https://cats.example",
    variables: &[],
};
static NAME_CAT: specwright_runtime::Operation =
    specwright_runtime::Operation::new("nameCat", "PUT", "/cats/{id}").accept("application/json");
static LIST_CATS: specwright_runtime::Operation =
    specwright_runtime::Operation::new("listCats", "GET", "/cats").accept("application/json");

fn client(operation: &Operation) -> Client {
    let mut builder = ClientBuilder::new(&SERVER);
    builder.base_url(operation.url());
    builder.build().unwrap()
}

/// A request to name a cat, changed as a mistaken client would.
async fn sent(given: &str, change: impl FnOnce(&mut Request)) -> Result<(), Broken> {
    let operation = Operation::of(DOCUMENT, "PUT /cats/{id}").await?;
    let mut request = client(&operation).request(&NAME_CAT);
    request.path("id", "a b/ü");
    change(&mut request);
    operation.sends(given, request.send_raw()).await
}

fn name() -> Value {
    specwright_runtime::from_slice(br#"{"name": "Tom"}"#).unwrap()
}

#[tokio::test]
async fn requests_say_what_was_given() {
    let path = r#"{"path": {"id": "a b/ü"}}"#;
    sent(path, |_| {}).await.unwrap();
    let all = r#"{"path": {"id": "a b/ü"}, "query": {"loud": true}, "body": {"name": "Tom"}}"#;
    let full = |request: &mut Request| {
        request.query("loud", true);
        request.json(&name());
    };
    sent(all, full).await.unwrap();
    for (given, what) in [
        (r#"{"path": {"id": "other"}}"#, "path `id`"),
        (path, "the query parameter `loud` is true and was not given"),
        (path, "there is a body, which was not given"),
        (
            r#"{"path": {"id": "a b/ü"}, "query": {"loud": false}, "body": {"name": "Tom"}}"#,
            "false became true",
        ),
        (
            r#"{"path": {"id": "a b/ü"}, "query": {"loud": true}, "body": {"name": "Tim"}}"#,
            "$.name: \"Tim\" became \"Tom\"",
        ),
    ] {
        let broken = sent(given, full).await.unwrap_err().to_string();
        assert!(broken.contains(what), "{broken}");
    }
}

#[tokio::test]
async fn requests_keep_to_the_document() {
    let given = r#"{"path": {"id": "a b/ü"}, "query": {"loud": true}}"#;
    let misspelt = sent(given, |request| request.query("lout", true))
        .await
        .unwrap_err();
    assert!(
        misspelt
            .to_string()
            .contains("`loud` was given as true and is not there"),
        "{misspelt}"
    );
    let given = r#"{"path": {"id": "a b/ü"}, "body": {"name": "Tom"}}"#;
    let text = |request: &mut Request| request.text("text/plain", "Tom".to_owned());
    let broken = sent(given, text).await.unwrap_err().to_string();
    assert!(broken.contains("text/plain"), "{broken}");
}

/// The documented error of `nameCat`.
struct NoCat(Value);

impl ErrorResponse for NoCat {
    fn from_response(response: &RawResponse) -> Option<Result<Self, DecodeError>> {
        (response.status() == 404).then(|| response.json().map(Self))
    }
}

async fn answered(see: fn(Value) -> Seen, error: fn(NoCat) -> Typed) -> Result<(), Broken> {
    let operation = Operation::of(DOCUMENT, "PUT /cats/{id}").await?;
    let mut request = client(&operation).request(&NAME_CAT);
    request.path("id", "1");
    let raw = || request.clone().send_raw();
    let call = async || {
        let call: Call<Value> = request.clone().send();
        Ok(see(call.await?))
    };
    operation.answers(raw, call, error).await
}

#[tokio::test]
async fn answers_are_read_in_full() {
    let see = |cat: Value| contract::json(&cat);
    let error = |NoCat(body): NoCat| contract::typed("404", &body);
    answered(see, error).await.unwrap();
    let forgetful =
        |_: Value| contract::json(&specwright_runtime::from_slice::<Value>(b"{}").unwrap());
    let broken = answered(forgetful, error).await.unwrap_err().to_string();
    assert!(
        broken.contains("status 200 (minimal, seed 1): at $.id"),
        "{broken}"
    );
    let mistaken = |NoCat(body): NoCat| contract::typed("default", &body);
    let broken = answered(see, mistaken).await.unwrap_err().to_string();
    assert!(
        broken.contains("it is typed as `default` instead of `404`"),
        "{broken}"
    );
}

/// The list, with an adapter that may be wrong.
struct Cats<const LAST: bool>;

static PLAN: PagePlan = PagePlan::new(PageStyle::Offset)
    .position(Place::Query("offset"))
    .size(Place::Query("limit"))
    .default_size(10)
    .maximum_size(50);

impl<const LAST: bool> Paginated for Cats<LAST> {
    type Page = CatPage<LAST>;
    type Item = Value;
    const PLAN: &'static PagePlan = &PLAN;

    fn items(page: &Self::Page) -> &[Value] {
        &page.0
    }

    fn into_items(page: Self::Page) -> Vec<Value> {
        page.0
    }

    fn signals(page: &Self::Page) -> Signals<'_> {
        Signals {
            total: Some(page.1),
            ..Signals::default()
        }
    }
}

/// The cats of a page, without the last one if `LAST` is not set, and the total.
struct CatPage<const LAST: bool>(Vec<Value>, u64);

impl<const LAST: bool> specwright_runtime::FromJson for CatPage<LAST> {
    fn from_json(
        json: &mut specwright_runtime::JsonReader<'_>,
    ) -> Result<Self, specwright_runtime::JsonError> {
        let (mut cats, mut total): (Option<Vec<Value>>, Option<u64>) = (None, None);
        json.object(&mut [("cats", &mut cats), ("total", &mut total)], &mut [])?;
        let (Some(mut cats), Some(total)) = (cats, total) else {
            return Err(json.incomplete());
        };
        if !LAST {
            cats.pop();
        }
        Ok(Self(cats, total))
    }
}

async fn walked<const LAST: bool>() -> Result<(), Broken> {
    let mut operation = Operation::of(DOCUMENT, "GET /cats").await?;
    let client = client(&operation);
    operation
        .walks(|| Items::<Cats<LAST>>::new(client.request(&LIST_CATS)))
        .await
}

#[tokio::test]
async fn walks_give_the_data_set_or_an_error() {
    walked::<true>().await.unwrap();
    let broken = walked::<false>().await.unwrap_err().to_string();
    assert!(broken.contains("- GET /cats: "), "{broken}");
}

#[tokio::test]
async fn what_the_document_does_not_have_is_told() {
    let broken = Operation::of(DOCUMENT, "GET /dogs")
        .await
        .unwrap_err()
        .to_string();
    assert!(broken.contains("no operation `GET /dogs`"), "{broken}");
    assert!(Operation::of("[]", "GET /cats").await.is_err());
}
