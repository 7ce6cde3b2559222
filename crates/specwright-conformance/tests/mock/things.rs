//! A document with one resource, whose list pages by a plan that is given, and plain requests to it.

use serde_json::{Value, json};
use specwright_conformance::{Mock, MockServer};
use specwright_openapi::Description;

use crate::{
    client::{Answer, parse, send},
    documents::{description, start},
};

/// What differs between the lists.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Things {
    /// `x-specwright-pagination` of the list.
    pub(crate) plan: &'static str,
    /// Its parameters, in one line.
    pub(crate) parameters: &'static str,
    /// The schema of its body; `THINGS` stands for the array of items.
    pub(crate) body: &'static str,
    /// The header fields of its response.
    pub(crate) headers: &'static str,
    /// The type of `id`.
    pub(crate) id: &'static str,
}

pub(crate) const THINGS: Things = Things {
    plan: "{style: cursor, request: {position: cursor, size: limit}, response: {items: /items, next: /next}}",
    parameters: "[{name: cursor, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer}}]",
    body: "{type: object, required: [items], properties: {items: THINGS, next: {type: string, nullable: true}}}",
    headers: "{}",
    id: "{type: string, readOnly: true}",
};

impl Things {
    /// The document: `GET` and `POST /things`, and `GET`, `PUT`, `PATCH` and `DELETE /things/{id}`; the same below
    /// `/users/{user}`.
    pub(crate) fn text(&self) -> String {
        let body = self.body.replace(
            "THINGS",
            "{type: array, items: {$ref: '#/components/schemas/Thing'}}",
        );
        let thing = "{description: A thing., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}";
        let sent = "{content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}";
        let paths = |prefix: &str, list: &str| {
            format!(
                "'{prefix}/things': {{
                   get: {{operationId: {list}, x-specwright-pagination: {}, parameters: {},
                     responses: {{'200': {{description: A page., headers: {}, content: {{application/json: {{schema: {body}}}}}}}}}}},
                   post: {{requestBody: {sent}, responses: {{'201': {thing}}}}}}},
                 '{prefix}/things/{{id}}': {{
                   get: {{responses: {{'200': {thing}, '404': {{description: None., content: {{application/json: {{schema:
                     {{type: object, required: [message], properties: {{message: {{type: string}}}}}}}}}}}}}}}},
                   put: {{requestBody: {sent}, responses: {{'200': {thing}}}}},
                   patch: {{requestBody: {sent}, responses: {{'200': {thing}}}}},
                   delete: {{responses: {{'204': {{description: Gone.}}}}}}}}",
                self.plan, self.parameters, self.headers
            )
        };
        format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{{}, {}}},
              components: {{schemas: {{Thing: {{type: object, required: [id, name, made_at], properties: {{
                id: {}, name: {{type: string}}, note: {{type: string, nullable: true}},
                color: {{type: string, enum: [red, green, blue]}}, size: {{type: integer, minimum: 1, maximum: 50}},
                secret: {{type: string, writeOnly: true}}, made_at: {{type: string, format: date-time, readOnly: true}}}}}}}}}}}}",
            paths("", "things"),
            paths("/users/{user}", "thingsOfUsers"),
            self.id
        )
    }

    pub(crate) fn description(&self) -> Description {
        description(&self.text())
    }

    pub(crate) fn mock(&self) -> Mock {
        Mock::new(self.description())
    }

    pub(crate) async fn serve(&self, items: usize) -> MockServer {
        start(self.mock().items(items)).await
    }
}

/// Sends a request with header fields and a JSON body.
pub(crate) async fn call(
    server: &MockServer,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> Answer {
    let mut head =
        format!("{method} {target} HTTP/1.1\r\nhost: mock.test:8080\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let body = body.map(Value::to_string).unwrap_or_default();
    if !body.is_empty() {
        head.push_str("content-type: application/json\r\n");
    }
    head.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    parse(&send(server.address(), head.as_bytes()).await)
}

/// The ids of items.
pub(crate) fn ids(items: &[Value]) -> Vec<Value> {
    items.iter().map(|it| it["id"].clone()).collect()
}

/// The ids of the data set of the list.
pub(crate) fn all_ids(server: &MockServer) -> Vec<Value> {
    ids(server.data("things"))
}

/// The array at a pointer of a body.
pub(crate) fn items_at(body: &Value, pointer: &str) -> Vec<Value> {
    let items = body.pointer(pointer).and_then(Value::as_array);
    items
        .unwrap_or_else(|| panic!("no items in {body}"))
        .clone()
}

/// Adds a thing and gives its id.
pub(crate) async fn create(server: &MockServer, name: &str) -> Value {
    let answer = call(
        server,
        "POST",
        "/things",
        &[],
        Some(&json!({ "name": name })),
    )
    .await;
    assert_eq!(answer.status, 201);
    answer.json()["id"].clone()
}

/// Takes a thing away.
pub(crate) async fn delete(server: &MockServer, id: &Value) {
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let answer = call(server, "DELETE", &format!("/things/{id}"), &[], None).await;
    assert_eq!((answer.status, answer.body.len()), (204, 0));
}
